# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
# ///
"""tinygrad does not implement DLPack: no library can take its tensors by it, and it takes none.

By NumPy the same numbers cross both ways, with a copy. DEV=PYTHON is tinygrad's own interpreter of its kernels, which
needs no compiler.
"""

import os

os.environ["DEV"] = "PYTHON"

import numpy as np
import torch
from landscape_probe import Probe
from tinygrad import Tensor

with Probe("tinygrad", "torch", "numpy") as probe:
    values = np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32)
    tensor = Tensor(values).realize()
    probe.close("by NumPy, there and back", (tensor + 1).numpy(), values + 1, 1e-6)
    probe.close("DLPack between NumPy and PyTorch", np.from_dlpack(torch.from_dlpack(values)), values, 0)
    probe.refused("NumPy takes its tensor", lambda: np.from_dlpack(tensor), AttributeError, "__dlpack__")
    probe.refused("PyTorch takes its tensor", lambda: torch.from_dlpack(tensor), (RuntimeError, AttributeError))
    probe.refused("it takes a tensor of PyTorch", lambda: Tensor(torch.ones(3)), RuntimeError, "can't create Tensor")
    probe.absent("a function that would take one", Tensor, "from_dlpack")
