# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "mlx[cpu]==0.32.4", "tinygrad==0.14.0", "gguf==0.19.0", "safetensors==0.8.0", "numpy==2.4.6", "ml-dtypes==0.6.0",
# ]
# [tool.landscape]
# suite = true
# shares = ["gguf_types"]
# timeout = 1800
# ///
"""tinygrad imports GGUF: which types of tensors it reads as the gguf library does.

Each tensor is in a file of its own. DEV=PYTHON is tinygrad's own interpreter of its kernels, which needs no compiler.
"""

import os
from pathlib import Path

os.environ["DEV"] = "PYTHON"

import gguf_types
from landscape_suite import Suite
from tinygrad.llm.gguf import gguf_load


def load(case):
    _, tensors = gguf_load(Path(gguf_types.write(case)))
    return tensors[gguf_types.NAME]


def run(tensor, case):
    return (tensor if case.given.packing.name in gguf_types.PLAIN else tensor.float()).numpy()


suite = Suite("tinygrad", "gguf", "numpy", keys=gguf_types.KEYS, seconds=60)
suite.grade(gguf_types.cases(), load=load, run=run, control=gguf_types.control, named="gguf")
