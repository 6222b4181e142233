# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "onnx2torch==1.5.15", "openvino==2026.4.1", "safetensors==0.8.0", "array-api-compat==1.16.0",
# ]
# ///
"""PyTorch exports TorchScript, which is deprecated: a scripted loop and a traced network run in a new process.

The limit that the statement names is shown too: the exporter itself warns that it is deprecated.
"""

import subprocess
import sys
import warnings

import numpy as np
import torch
from landscape_probe import Probe
from torch import nn

ELSEWHERE = """
import numpy as np, torch
images = torch.from_numpy(np.load("images.npy"))
loaded = {name: torch.jit.load(name + ".pt") for name in ("traced", "scripted")}
np.savez("scores.npz", **{name: net(images).detach().numpy() for name, net in loaded.items()})
"""


class Loop(nn.Module):
    def __init__(self):
        super().__init__()
        self.step = nn.Linear(6, 6)

    def forward(self, x):
        count = 0
        while bool(x.abs().max() > 0.1) and count < 20:
            x = torch.tanh(self.step(x)) * 0.5
            count += 1
        return x * count


with Probe("torch") as probe:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(6, 16), nn.LayerNorm(16), nn.GELU(), nn.Linear(16, 6)).eval()
    loop = Loop().eval()
    images = torch.randn(5, 6)
    np.save("images.npy", images.numpy())
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        torch.jit.trace(net, torch.randn(2, 6)).save("traced.pt")
        torch.jit.script(loop).save("scripted.pt")
    subprocess.run([sys.executable, "-W", "ignore", "-c", ELSEWHERE], check=True)
    scores = np.load("scores.npz")
    probe.close("outputs of the traced network", scores["traced"], net(images).detach().numpy(), 1e-5)
    probe.close("outputs of the scripted loop", scores["scripted"], loop(images).detach().numpy(), 1e-5)
    said = sorted({w.category.__name__ for w in seen if "deprecated" in str(w.message)})
    probe.same("PyTorch says that it is deprecated", said, ["DeprecationWarning"])
