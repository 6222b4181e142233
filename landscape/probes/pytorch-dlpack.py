# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "onnx2torch==1.5.15", "openvino==2026.4.1", "safetensors==0.8.0", "array-api-compat==1.16.0",
# ]
# ///
"""PyTorch and NumPy share tensors through DLPack, without copying, in both directions.

Writing on one side must be seen on the other. Element types that NumPy does not have must be refused, not changed.
"""

import numpy as np
import torch
from landscape_probe import Probe

with Probe("torch", "numpy") as probe:
    for name in ("float64", "float32", "float16", "int64", "int32", "uint8", "bool", "complex64"):
        there = torch.arange(12).reshape(3, 4).to(getattr(torch, name))
        here = np.from_dlpack(there)
        probe.same(f"type of {name}", str(here.dtype), name)
        same_place = here.__array_interface__["data"][0] == there.data_ptr()
        probe.same(f"{name} stands at the same place in memory", same_place, True)
        back = torch.from_dlpack(here.copy())
        probe.same(f"values of {name} after the way back", torch.equal(back, there), True)
    shared = torch.zeros(2, 3)
    view = np.from_dlpack(shared.T)
    probe.same("strides of a transposed view", tuple(s // 4 for s in view.strides), shared.T.stride())
    shared[1, 2] = 7
    probe.same("a write by PyTorch as NumPy sees it", float(view[2, 1]), 7.0)
    array = np.zeros(3, dtype=np.float32)
    torch.from_dlpack(array)[0] = 5
    probe.same("a write through PyTorch as NumPy sees it", float(array[0]), 5.0)
    probe.refused("bfloat16, which NumPy does not have", lambda: np.from_dlpack(torch.zeros(2, dtype=torch.bfloat16)))
    needs_gradient = torch.zeros(2, requires_grad=True)
    probe.refused("a tensor that needs its gradient", lambda: np.from_dlpack(needs_gradient), BufferError)
