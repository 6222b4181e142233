# /// script
# requires-python = ">=3.10"
# dependencies = ["openvino==2026.4.1", "onnx==1.23.2", "numpy==2.4.6", "pillow==13.0.0"]
# [tool.landscape]
# suite = true
# shares = ["onnx_nodes"]
# timeout = 7200
# memory = 8192
# ///
"""OpenVINO imports ONNX: how many of ONNX's own cases of single nodes its CPU plugin gives the same outputs for.

The cases come with the package onnx, whose reference is the control. The core is made in each process of cases.
"""

from functools import cache

import numpy as np
import onnx_nodes
from landscape_suite import NotFed, Suite


@cache
def core():
    import openvino

    return openvino.Core()


def load(case):
    if any(isinstance(value, list) for value in case.given.inputs.values()):
        raise NotFed("takes no sequence")
    model = core().read_model(case.given.model.SerializeToString())
    return core().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1})


def run(compiled, case):
    foreign = [value.dtype for value in case.given.inputs.values() if onnx_nodes.is_foreign(value)]
    if foreign:
        raise NotFed(f"takes no {foreign[0]}")
    names = {name for end in compiled.inputs for name in end.names}
    found = compiled({name: value for name, value in case.given.inputs.items() if name in names})
    return [np.asarray(found[end]) for end in compiled.outputs]


suite = Suite("openvino", "onnx", "numpy", keys=onnx_nodes.KEYS)
suite.grade(onnx_nodes.cases(), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
