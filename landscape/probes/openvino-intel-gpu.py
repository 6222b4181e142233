# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
#
# [tool.landscape]
# needs = "an Intel GPU with its driver"
# ///
"""OpenVINO runs on Intel GPUs: a network gives the same numbers there as on the CPU."""

import openvino
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


with Probe("openvino", "torch", "onnxscript") as probe:
    core = openvino.Core()
    devices = [name for name in core.available_devices if name.startswith("GPU")]
    if not devices:
        probe.unsupported(f"needs an Intel GPU with its driver: available are {', '.join(core.available_devices)}")
    probe.note(core.get_property(devices[0], "FULL_DEVICE_NAME"))
    torch.manual_seed(0)
    net = Net().eval()
    image = torch.randn(2, 3, 8, 8)
    torch.onnx.export(net, (torch.randn(2, 3, 8, 8),), "net.onnx", dynamo=True, external_data=False)
    there = core.compile_model("net.onnx", devices[0], {"INFERENCE_PRECISION_HINT": "f32"})
    here = core.compile_model("net.onnx", "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    probe.same("where it runs", [name.split(".")[0] for name in there.get_property("EXECUTION_DEVICES")], ["GPU"])
    probe.close("scores there", there(image.numpy())[0], net(image), 1e-3)
    probe.close("scores here", here(image.numpy())[0], net(image), 1e-4)
