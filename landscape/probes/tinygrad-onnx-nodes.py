# /// script
# requires-python = ">=3.10"
# dependencies = ["tinygrad==0.14.0", "onnx==1.23.2", "numpy==2.4.6", "pillow==13.0.0"]
# [tool.landscape]
# suite = true
# shares = ["onnx_nodes"]
# timeout = 7200
# memory = 8192
# needs = "clang"
# ///
"""tinygrad imports ONNX: how many of ONNX's own cases of single nodes it gives the same outputs for.

The cases come with the package onnx, whose reference is the control. Kernels are compiled for the processor by clang,
in whichever version the machine has. An operator is looked up when it runs, so that is when it is refused.
"""

import os
import shutil

import numpy as np
import onnx_nodes
from landscape_suite import NotFed, Refused, Suite

os.environ["DEV"] = "CPU"
COMPILER = next(
    filter(None, map(shutil.which, ("clang", *(f"clang-{version}" for version in range(25, 13, -1))))), None
)


def load(case):
    from tinygrad.nn.onnx import OnnxRunner

    with open("model.onnx", "wb") as file:
        file.write(case.given.model.SerializeToString())
    return OnnxRunner("model.onnx")


def run(runner, case):
    from tinygrad import Tensor

    for value in case.given.inputs.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, np.ndarray) and (onnx_nodes.is_foreign(one) or one.dtype.kind not in "biuf"):
                raise NotFed(f"takes no {one.dtype}")
    try:
        found = runner(dict(case.given.inputs))
    except NotImplementedError as error:
        raise Refused(f"NotImplementedError: {error}") from None
    return [_numpy(found[end.name], Tensor) for end in case.given.model.graph.output]


def _numpy(value, tensor):
    if isinstance(value, (list, tuple)):
        return [_numpy(one, tensor) for one in value]
    return value.numpy() if isinstance(value, tensor) else value


suite = Suite("tinygrad", "onnx", "numpy", keys=onnx_nodes.KEYS, seconds=60)
if COMPILER is None:
    suite.unsupported("needs clang")
os.symlink(COMPILER, "clang")
os.environ["PATH"] = f"{os.getcwd()}{os.pathsep}{os.environ['PATH']}"
suite.grade(onnx_nodes.cases(), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
