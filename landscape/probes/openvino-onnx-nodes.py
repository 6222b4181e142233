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
    names = [end.names for end in compiled.inputs]
    inputs = case.given.inputs
    if not all(any(name in inputs for name in known) for known in names):  # one that became an output has its name
        fed = list(inputs.values())[: len(names)]
    else:
        fed = [next(inputs[name] for name in known if name in inputs) for known in names]
    found = compiled(fed)
    outputs = [np.asarray(found[end]) for end in compiled.outputs]
    for got, expected in zip(outputs, case.expected, strict=False):
        if onnx_nodes.is_foreign(expected) and got.size != expected.size:
            raise NotFed(f"gives no {expected.dtype}")
    return onnx_nodes.from_bits(outputs, case)


suite = Suite("openvino", "onnx", "numpy", keys=onnx_nodes.KEYS)
suite.grade(onnx_nodes.cases(), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
