# /// script
# requires-python = ">=3.10"
# dependencies = ["tract==0.23.9", "onnx==1.23.2", "numpy==2.4.6", "pillow==13.0.0"]
# [tool.landscape]
# suite = true
# shares = ["onnx_nodes", "tract_nodes"]
# timeout = 7200
# memory = 8192
# ///
"""tract imports ONNX: how many of ONNX's own cases of single nodes it gives the same outputs for.

The cases come with the package onnx, whose reference is the control. Shapes and types of inputs are those of the case;
each model is taken in as it is, and where axes or shapes arrive as inputs while it runs, tract may refuse it.
"""

import onnx_nodes
from landscape_suite import Suite
from tract_nodes import load, run

suite = Suite("tract", "onnx", "numpy", keys=onnx_nodes.KEYS)
suite.grade(onnx_nodes.cases(), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
