# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "onnx2torch==1.5.15", "openvino==2026.4.1", "safetensors==0.8.0", "array-api-compat==1.16.0",
# ]
# ///
"""PyTorch saves and loads weights as safetensors; tensors that share memory are refused.

Every type that the format names is written, read again by PyTorch and, where NumPy has the type, by NumPy; a trained
module's state crosses into a new module that then gives the same numbers.
"""

import torch
from landscape_probe import Probe
from safetensors import safe_open
from safetensors.numpy import load_file as load_numpy
from safetensors.torch import load_file, save_file
from torch import nn

TYPES = ("float64", "float32", "float16", "bfloat16", "float8_e4m3fn", "float8_e5m2", "int64", "int8", "uint8", "bool")

with Probe("torch", "safetensors", "numpy") as probe:
    torch.manual_seed(0)
    tensors = {name: (torch.randn(3, 4) * 4).to(getattr(torch, name)) for name in TYPES}
    save_file(tensors, "types.safetensors", metadata={"epoch": "7"})
    read = load_file("types.safetensors")
    for name, tensor in tensors.items():
        probe.same(
            f"bytes of {name}",
            bytes(read[name].view(torch.uint8).flatten().tolist()).hex(),
            bytes(tensor.view(torch.uint8).flatten().tolist()).hex(),
        )
        probe.same(f"type of {name}", str(read[name].dtype), f"torch.{name}")
    with safe_open("types.safetensors", "pt") as file:
        probe.same("metadata", file.metadata(), {"epoch": "7"})
    net, other = (nn.Sequential(nn.Conv1d(2, 4, 3), nn.BatchNorm1d(4), nn.ReLU()) for _ in range(2))
    net(torch.randn(32, 2, 9))
    save_file(net.state_dict(), "net.safetensors")
    other.load_state_dict(load_file("net.safetensors"))
    signal = torch.randn(5, 2, 9)
    probe.close(
        "outputs with the loaded weights", other.eval()(signal).detach().numpy(), net.eval()(signal).detach().numpy(), 0
    )
    probe.close(
        "weights as NumPy reads them", load_numpy("net.safetensors")["0.weight"], net[0].weight.detach().numpy(), 0
    )
    tied = torch.randn(3, 3)
    probe.refused(
        "two names for one memory",
        lambda: save_file({"a": tied, "b": tied}, "tied.safetensors"),
        RuntimeError,
        "share memory",
    )
