# /// script
# requires-python = ">=3.10"
# dependencies = ["torch==2.13.0", "numpy==2.4.6"]
#
# [tool.landscape]
# needs = "an Intel GPU with its driver, and a build of PyTorch for XPU"
# ///
"""PyTorch runs on Intel GPUs: a network and its gradients give the same numbers there as on the CPU.

The device is called `xpu`; its libraries are those of oneAPI.
"""

import copy

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
    if torch.version.xpu is None:
        probe.unsupported("needs a build of PyTorch for Intel GPUs: torch.version.xpu is None")
    if not torch.xpu.is_available():
        probe.unsupported("needs an Intel GPU with its driver: torch.xpu.is_available() is False")
    probe.versions["oneapi"] = torch.version.xpu
    probe.note(torch.xpu.get_device_name())
    torch.manual_seed(0)
    here = Net()
    image = torch.randn(4, 3, 8, 8)
    there = copy.deepcopy(here).to("xpu")
    expected, gradients = trained_once(here, image)
    scores, gradients_there = trained_once(there, image.to("xpu"))
    probe.same("where the scores are", scores.device.type, "xpu")
    probe.close("scores", scores, expected, 1e-4)
    probe.close("gradients of all weights", gradients_there, gradients, 1e-4)
    probe.close("statistics of the normalisation", dict(there.named_buffers()), dict(here.named_buffers()), 1e-4)
