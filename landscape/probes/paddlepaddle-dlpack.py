# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "paddlepaddle==3.3.1", "setuptools==84.2.1", "paddle2onnx==2.1.0", "onnx==1.17.0", "onnxruntime==1.32.0",
#   "safetensors==0.8.0",
# ]
# ///
"""PaddlePaddle and NumPy share tensors through DLPack, in both directions and without copying."""

import numpy as np
import paddle
from landscape_probe import Probe

with Probe("paddlepaddle", "numpy") as probe:
    for name in ("float64", "float32", "float16", "int64", "int32", "uint8", "bool", "complex64"):
        there = paddle.arange(12).reshape([3, 4]).astype(name)
        here = np.from_dlpack(there)
        probe.same(f"type of {name}", str(here.dtype), name)
        same_place = here.__array_interface__["data"][0] == there.data_ptr()
        probe.same(f"{name} stands at the same place in memory", same_place, True)
        back = paddle.from_dlpack(here.copy())
        probe.same(f"values of {name} after the way back", bool((back == there).all()), True)
    array = np.zeros(3, dtype=np.float32)
    paddle.from_dlpack(array)[0] = 5
    probe.same("a write through PaddlePaddle as NumPy sees it", float(array[0]), 5.0)
    probe.refused("bfloat16, which NumPy does not have", lambda: np.from_dlpack(paddle.zeros([2], dtype="bfloat16")))
