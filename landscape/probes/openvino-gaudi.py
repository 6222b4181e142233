# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
# ///
"""OpenVINO does not run on Gaudi: no plug-in of that name is registered, whereas those of Intel's GPU and NPU are.

What is not registered is refused with another error than what is registered but has no hardware. The CPU is taken.
"""

import openvino
import torch
from landscape_probe import Probe
from torch import nn

EXACT = {"INFERENCE_PRECISION_HINT": "f32"}  # some CPUs would else compute in bfloat16

with Probe("openvino", "torch", "onnxscript") as probe:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.GELU(), nn.Flatten(), nn.Linear(144, 5)).eval()
    image = torch.randn(1, 3, 8, 8)
    torch.onnx.export(net, (torch.randn(1, 3, 8, 8),), "net.onnx", dynamo=True, external_data=False)
    model = openvino.convert_model("net.onnx")
    probe.close("scores on the CPU", openvino.compile_model(model, "CPU", EXACT)(image.numpy())[0], net(image), 1e-5)
    for name in ("HPU", "GAUDI"):
        probe.refused(
            f"device {name}",
            lambda name=name: openvino.compile_model(model, name),
            RuntimeError,
            f'Device with "{name}" name is not registered',
        )
