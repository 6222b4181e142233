# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "onnx2torch==1.5.15", "openvino==2026.4.1", "safetensors==0.8.0", "array-api-compat==1.16.0",
# ]
# ///
"""OpenVINO imports PyTorch modules and torch.export programs, and runs them on the CPU.

A network with convolution, normalisation and attention is converted from memory, saved as OpenVINO IR, read again and
run on batches of other sizes; the scores are compared with those of PyTorch.
"""

import openvino
import torch
from landscape_probe import Probe
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.BatchNorm2d(16), nn.GELU())
        self.mix = nn.Linear(16, 48)
        self.head = nn.Linear(16, 5)

    def forward(self, image):
        steps = self.features(image).flatten(2).transpose(1, 2)
        query, key, value = self.mix(steps).chunk(3, -1)
        return self.head(nn.functional.scaled_dot_product_attention(query, key, value).mean(1))


with Probe("torch", "openvino") as probe:
    torch.manual_seed(0)
    net = Net()
    net(torch.randn(64, 3, 8, 8))  # so that the normalisation has statistics of its own
    net.eval()
    image = torch.randn(2, 3, 8, 8)
    batch = torch.export.Dim("batch", max=64)
    ways = {
        "module": openvino.convert_model(net, example_input=image, input=[-1, 3, 8, 8]),
        "torch.export program": openvino.convert_model(
            torch.export.export(net, (image,), dynamic_shapes=({0: batch},))
        ),
    }
    for way, converted in ways.items():
        openvino.save_model(converted, "net.xml", compress_to_fp16=False)
        compiled = openvino.Core().compile_model("net.xml", "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        for size in (1, 7):
            image = torch.randn(size, 3, 8, 8)
            expected = net(image).detach().numpy()
            probe.close(f"scores of a batch of {size}, from a {way}", compiled(image.numpy())[0], expected, 1e-4)
        constants = {n.get_friendly_name(): n.data for n in converted.get_ops() if n.get_type_name() == "Constant"}
        held = [data for data in constants.values() if data.shape == (5, 16)]
        probe.close(f"weights of the last layer, from a {way}", held, [net.head.weight.detach().numpy()], 0)
