# /// script
# requires-python = ">=3.10"
# dependencies = ["onnxruntime==1.32.0", "onnx==1.17.0", "numpy==1.26.4", "pillow==13.0.0"]
# [tool.landscape]
# suite = true
# shares = ["onnx_nodes", "onnx_runtime_nodes", "onnx_older"]
# timeout = 1800
# ///
"""ONNX Runtime imports ONNX as it was at opset 22: how many cases of that time's package it gives the same outputs for.

The cases come with onnx 1.17.0, whose reference is the control: models carry the opsets of their time, and have to
mean what they meant then. Types that NumPy lacks are left out.
"""

import onnx_nodes
import onnx_older
from landscape_suite import Suite
from onnx_runtime_nodes import load, run

suite = Suite("onnxruntime", "onnx", "numpy", keys=onnx_nodes.KEYS)
suite.grade(onnx_older.cases(), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
