# /// script
# requires-python = ">=3.10"
# dependencies = ["tract==0.23.9", "onnx==1.23.2", "numpy==2.4.6", "pillow==13.0.0"]
# [tool.landscape]
# suite = true
# shares = ["onnx_nodes"]
# timeout = 7200
# memory = 8192
# ///
"""tract imports ONNX: how many of ONNX's own cases of single nodes it gives the same outputs for.

The cases come with the package onnx, whose reference is the control. Shapes and types of inputs are those of the case;
each model is taken in as it is, and where axes or shapes arrive as inputs while it runs, tract may refuse it.
"""

import numpy as np
import onnx_nodes
import tract
from landscape_suite import NotFed, Suite


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


suite = Suite("tract", "onnx", "numpy", keys=onnx_nodes.KEYS)
suite.grade(onnx_nodes.cases(), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
