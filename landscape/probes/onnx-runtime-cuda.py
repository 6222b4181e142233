# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
#
# [tool.landscape]
# needs = "an NVIDIA GPU with CUDA and cuDNN, and onnxruntime-gpu"
# ///
"""ONNX Runtime runs on CUDA: a network gives the same numbers there as on the CPU.

The session's profile says which provider ran which node; a session that fell back to the CPU does not count.
"""

import json

import onnxruntime
import torch
from landscape_probe import Probe
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.BatchNorm2d(16), nn.GELU())
        self.attend = nn.MultiheadAttention(16, 4, batch_first=True)
        self.head = nn.Linear(16, 5)

    def forward(self, image):
        steps = self.features(image).flatten(2).transpose(1, 2)
        return self.head(self.attend(steps, steps, steps, need_weights=False)[0].mean(1))


with Probe("torch", "onnxscript") as probe:
    probe.versions["onnxruntime"] = onnxruntime.__version__
    present = onnxruntime.get_available_providers()
    if "CUDAExecutionProvider" not in present:
        probe.unsupported(
            f"needs an NVIDIA GPU with CUDA and cuDNN, and onnxruntime-gpu: available are {', '.join(present)}"
        )
    torch.manual_seed(0)
    net = Net().eval()
    image = torch.randn(2, 3, 8, 8)
    torch.onnx.export(net, (torch.randn(2, 3, 8, 8),), "net.onnx", dynamo=True, external_data=False)
    options = onnxruntime.SessionOptions()
    options.enable_profiling = True
    session = onnxruntime.InferenceSession(
        "net.onnx", options, providers=[("CUDAExecutionProvider", {"use_tf32": "0"})]
    )
    if "CUDAExecutionProvider" not in session.get_providers():
        probe.unsupported(
            f"needs an NVIDIA GPU with CUDA and cuDNN: the session runs on {', '.join(session.get_providers())}"
        )
    [scores] = session.run(None, {session.get_inputs()[0].name: image.numpy()})
    with open(session.end_profiling()) as profile:
        ran = {event["args"]["provider"] for event in json.load(profile) if "provider" in event.get("args", {})}
    probe.same("it ran nodes there", "CUDAExecutionProvider" in ran, True)
    probe.note(f"nodes ran on {', '.join(sorted(ran))}")
    probe.close("scores", scores, net(image), 1e-4)
