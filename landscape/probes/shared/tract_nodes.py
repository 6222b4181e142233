"""tract as the suites of ONNX's own cases see it: takes a model in from a file, and computes it."""

import numpy as np
import onnx_nodes
import tract
from landscape_suite import NotFed


def load(case):
    with open("model.onnx", "wb") as file:
        file.write(case.given.model.SerializeToString())
    return tract.onnx().load("model.onnx").into_model().into_runnable()


def run(runnable, case):
    for value in case.given.inputs.values():
        if not isinstance(value, np.ndarray):
            raise NotFed("takes no sequence")
        if onnx_nodes.is_foreign(value) or value.dtype.kind not in "biuf":
            raise NotFed(f"takes no {value.dtype}")
    return [
        tensor.to_numpy() for tensor in runnable.run([np.asarray(v, order="C") for v in case.given.inputs.values()])
    ]
