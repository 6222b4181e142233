# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "onnx2torch==1.5.15", "openvino==2026.4.1", "safetensors==0.8.0", "array-api-compat==1.16.0",
# ]
# ///
"""PyTorch saves a torch.export program and loads it in another process, without the code of the module.

The program has a dynamic batch and a branch on data (torch.cond); weights, names and the range of the batch survive.
"""

import subprocess
import sys

import numpy as np
import torch
from landscape_probe import Probe
from torch import nn

ELSEWHERE = """
import sys, numpy as np, torch
program = torch.export.load("net.pt2")
images = np.load("images.npy")
scores = [program.module()(torch.from_numpy(images[:size])).detach().numpy() for size in (1, 5)]
np.savez("scores.npz", *scores)
"""


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.SiLU())
        self.head = nn.Linear(8, 4)

    def forward(self, image):
        pooled = self.features(image).mean((2, 3))
        return torch.cond(pooled.sum() > 0, lambda x: self.head(x), lambda x: -self.head(x), (pooled,))


with Probe("torch") as probe:
    torch.manual_seed(0)
    net = Net().eval()
    batch = torch.export.Dim("batch", min=1, max=64)
    program = torch.export.export(net, (torch.randn(2, 3, 8, 8),), dynamic_shapes=({0: batch},))
    torch.export.save(program, "net.pt2")
    images = torch.randn(5, 3, 8, 8)
    np.save("images.npy", images.numpy())
    subprocess.run([sys.executable, "-c", ELSEWHERE], check=True)
    scores = np.load("scores.npz")
    for name, size in (("arr_0", 1), ("arr_1", 5)):
        probe.close(f"scores of a batch of {size}", scores[name], net(images[:size]).detach().numpy(), 1e-6)
    loaded = torch.export.load("net.pt2")
    probe.same("names of the weights", sorted(loaded.state_dict), sorted(net.state_dict()))
    probe.close(
        "weights of the last layer",
        loaded.state_dict["head.weight"].detach().numpy(),
        net.head.weight.detach().numpy(),
        0,
    )
    probe.refused("a batch beyond the stated range", lambda: loaded.module()(torch.randn(65, 3, 8, 8)))
