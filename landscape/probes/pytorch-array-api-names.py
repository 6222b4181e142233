# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "jax==0.10.2", "mlx[cpu]==0.32.4", "paddlepaddle==3.3.1", "setuptools==84.2.1",
#   "tensorflow-cpu==2.21.0", "tinygrad==0.14.0", "numpy==2.4.6", "ml-dtypes==0.6.0", "safetensors==0.8.0",
#   "array-api-strict==2.6.1", "array-api-compat==1.16.0",
# ]
# [tool.landscape]
# suite = true
# shares = ["array_api_names"]
# timeout = 1800
# ///
"""PyTorch implements the array API: for how many names and types array-api-compat gives what the standard says.

Each case is one line of a program that knows only the namespace it is handed; the strict implementation of the standard
is the control. NumPy itself gives other results for one name, and lacks an argument of four.
"""

import array_api_names
import torch
from array_api_compat import torch as xp
from landscape_suite import Suite


def load(case):
    return array_api_names.load(xp, case, torch.from_numpy)


def run(line, case):
    return array_api_names.plain(line(), _give)


def _give(value):
    return value.resolve_conj().resolve_neg().numpy() if isinstance(value, torch.Tensor) else value


suite = Suite(
    "torch", "array-api-compat", "array-api-strict", "numpy", keys=array_api_names.KEYS, batch=200, seconds=60
)
suite.grade(array_api_names.cases(), load=load, run=run, control=array_api_names.control, named="array-api-strict")
