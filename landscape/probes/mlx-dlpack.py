# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
# ///
"""MLX implements DLPack: arrays cross to NumPy and PyTorch and back with their types, on the CPU."""

import mlx.core as mx
import numpy as np
import torch
from landscape_probe import Probe

with Probe("mlx", "torch", "numpy") as probe:
    mx.set_default_device(mx.cpu)
    random = np.random.default_rng(0)
    for name in ("float32", "float16", "int64", "int8", "uint32", "bool", "complex64"):
        values = (random.normal(size=(3, 4)) * 10).astype(name)
        array = mx.array(values)
        for what, taken in (("NumPy", np.from_dlpack(array)), ("PyTorch", torch.from_dlpack(array))):
            probe.close(f"{name}: values in {what}", taken, values, 0)
            probe.same(f"{name}: type in {what}", str(taken.dtype).removeprefix("torch."), name)
    half = mx.array([1.5, -2.25], dtype=mx.bfloat16)
    probe.same("bfloat16: type in PyTorch", str(torch.from_dlpack(half).dtype), "torch.bfloat16")
    probe.close("bfloat16: values", torch.from_dlpack(half).float(), [1.5, -2.25], 0)
    turned = mx.array(np.arange(12, dtype=np.float32).reshape(3, 4)).T
    probe.close("a transposed view", torch.from_dlpack(turned), np.arange(12).reshape(3, 4).T, 0)
    back = mx.from_dlpack(torch.arange(12, dtype=torch.float32).reshape(3, 4).T)
    probe.close("back from PyTorch", np.array(back), np.arange(12).reshape(3, 4).T, 0)
