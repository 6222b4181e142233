# /// script
# requires-python = ">=3.10"
# dependencies = ["opencv-python-headless==5.0.0.93", "onnx==1.23.2", "numpy==2.4.6", "pillow==13.0.0"]
# [tool.landscape]
# suite = true
# shares = ["onnx_nodes"]
# timeout = 7200
# memory = 8192
# ///
"""OpenCV's DNN module imports ONNX: how many of ONNX's own cases of single nodes it gives the same outputs for.

The cases come with the package onnx, whose reference is the control. Networks run in the engine that readNetFromONNX
chooses by itself.
"""

import cv2
import numpy as np
import onnx_nodes
from landscape_suite import NotFed, Suite

cv2.setNumThreads(1)


def load(case):
    return cv2.dnn.readNetFromONNX(np.frombuffer(case.given.model.SerializeToString(), np.uint8))


def run(net, case):
    for name, value in case.given.inputs.items():
        if not isinstance(value, np.ndarray):
            raise NotFed("takes no sequence")
        if onnx_nodes.is_foreign(value) or value.dtype.kind not in "biuf":
            raise NotFed(f"takes no {value.dtype}")
        net.setInput(np.asarray(value, order="C"), name)
    names = [end.name for end in case.given.model.graph.output]
    return list(net.forward(names)) if len(names) > 1 else [net.forward(names[0])]


suite = Suite("opencv-python-headless", "onnx", "numpy", keys=onnx_nodes.KEYS)
suite.grade(onnx_nodes.cases(), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
