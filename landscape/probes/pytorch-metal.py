# /// script
# requires-python = ">=3.10"
# dependencies = ["torch==2.13.0", "numpy==2.4.6"]
#
# [tool.landscape]
# needs = "a Mac with an Apple GPU, and macOS 15 or newer"
# ///
"""PyTorch runs on Metal: a network and its gradients give the same numbers there as on the CPU.

The stated limit is shown too: double precision is refused.
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
    if not torch.backends.mps.is_built():
        probe.unsupported("needs PyTorch for macOS: torch.backends.mps.is_built() is False")
    if not torch.backends.mps.is_available():
        probe.unsupported("needs an Apple GPU and macOS: torch.backends.mps.is_available() is False")
    torch.manual_seed(0)
    here = Net()
    image = torch.randn(4, 3, 8, 8)
    there = copy.deepcopy(here).to("mps")
    expected, gradients = trained_once(here, image)
    scores, gradients_there = trained_once(there, image.to("mps"))
    probe.same("where the scores are", scores.device.type, "mps")
    probe.close("scores", scores, expected, 1e-4)
    probe.close("gradients of all weights", gradients_there, gradients, 1e-4)
    probe.close("statistics of the normalisation", dict(there.named_buffers()), dict(here.named_buffers()), 1e-4)
    probe.refused("double precision", lambda: torch.zeros(2, dtype=torch.float64, device="mps"), TypeError, "float64")
