# /// script
# requires-python = ">=3.10"
# dependencies = ["torch==2.13.0", "numpy==2.4.6"]
#
# [tool.landscape]
# needs = "an Ascend NPU with CANN, and torch_npu for this PyTorch"
# ///
"""PyTorch runs on Ascend: a network and its gradients give the same numbers there as on the CPU.

The plug-in torch_npu is loaded by PyTorch itself where it is installed, and then is its accelerator `npu`.
"""

import copy
from importlib import metadata

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


def trained_once(net, image):
    scores = net(image)
    scores.square().mean().backward()
    return scores, {name: weight.grad for name, weight in net.named_parameters()}


with Probe("torch") as probe:
    accelerator = torch.accelerator.current_accelerator()
    if accelerator is None or accelerator.type != "npu":
        probe.unsupported(f"needs torch_npu: torch.accelerator.current_accelerator() is {accelerator}")
    if not torch.accelerator.is_available():
        probe.unsupported("needs an Ascend NPU with CANN: torch.accelerator.is_available() is False")
    probe.versions["torch-npu"] = metadata.version("torch-npu")
    torch.manual_seed(0)
    here = Net()
    image = torch.randn(4, 3, 8, 8)
    there = copy.deepcopy(here).to("npu")
    expected, gradients = trained_once(here, image)
    scores, gradients_there = trained_once(there, image.to("npu"))
    probe.same("where the scores are", scores.device.type, "npu")
    probe.close("scores", scores, expected, 1e-4)
    probe.close("gradients of all weights", gradients_there, gradients, 1e-4)
    probe.close("statistics of the normalisation", dict(there.named_buffers()), dict(here.named_buffers()), 1e-4)
