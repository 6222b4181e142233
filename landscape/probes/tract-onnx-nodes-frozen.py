# /// script
# requires-python = ">=3.10"
# dependencies = ["tract==0.23.9", "onnx==1.23.2", "numpy==2.4.6", "pillow==13.0.0"]
# [tool.landscape]
# suite = true
# shares = ["onnx_nodes", "tract_nodes"]
# timeout = 7200
# memory = 8192
# ///
"""tract imports ONNX as most exporters write it: how many cases of single nodes it gives the same outputs for.

The cases are those of the package onnx, with all inputs but the first as constants of the model: axes, shapes and
weights no longer arrive while it runs. The reference of onnx is the control.
"""

from dataclasses import replace

import onnx_nodes
from landscape_suite import Suite
from tract_nodes import load, run


def frozen(case):
    """The case with constants for inputs, where it has any input."""
    return replace(case, given=onnx_nodes._freeze(case.given)) if case.given.inputs else case


suite = Suite("tract", "onnx", "numpy", keys=onnx_nodes.KEYS)
suite.grade(map(frozen, onnx_nodes.cases()), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
