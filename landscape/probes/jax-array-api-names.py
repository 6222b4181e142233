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
"""JAX implements the array API: for how many names and types jax.numpy gives what the standard says.

Each case is one line of a program that knows only the namespace it is handed; the strict implementation of the standard
is the control. Types of 64 bits are switched on, which by default they are not. As JAX compiles each line, only the
first of each name is run, with one type of each kind.
"""

import array_api_names
import jax
import jax.numpy as xp
import numpy as np
from landscape_suite import Suite

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platforms", "cpu")

TYPES = "bool", "int32", "uint8", "float32", "complex64"


def cases():
    """The first line of each name, with each of the types."""
    first = {}
    for case in array_api_names.cases():
        if case.group[1] in TYPES:
            first.setdefault(case.group, case)
    return first.values()


def load(case):
    return array_api_names.load(xp, case, xp.asarray)


def run(line, case):
    return array_api_names.plain(line(), np.asarray)


suite = Suite("jax", "array-api-strict", "numpy", keys=array_api_names.KEYS, batch=400, seconds=60)
suite.note("types of 64 bits are switched on by jax_enable_x64; without it they become types of 32 bits")
suite.grade(cases(), load=load, run=run, control=array_api_names.control, named="array-api-strict")
