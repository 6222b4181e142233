# /// script
# requires-python = ">=3.10"
# dependencies = ["onnxruntime==1.32.0", "onnx==1.23.2", "numpy==2.4.6", "pillow==13.0.0"]
# [tool.landscape]
# suite = true
# shares = ["onnx_nodes", "onnx_runtime_nodes"]
# timeout = 1800
# ///
"""ONNX Runtime imports ONNX: how many of ONNX's own cases of single nodes its processor gives the same outputs for.

The cases come with the package onnx, whose reference is the control. Types that NumPy lacks are fed by their ONNX type
where the binding takes them.
"""

import onnx_nodes
from landscape_suite import Suite
from onnx_runtime_nodes import load, run

suite = Suite("onnxruntime", "onnx", "numpy", keys=onnx_nodes.KEYS)
suite.grade(onnx_nodes.cases(), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
