# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "pyro-ppl==1.9.2",
# ]
# ///
"""Pyro exports TorchScript by tracing, and not by scripting.

A traced predictor of a fitted model and its guide is saved, loaded by a process without Pyro, and gives the same
numbers for the same draws. Scripting the same model is refused.
"""

import subprocess
import sys

import numpy as np
import pyro
import pyro.distributions as dist
import torch
from landscape_probe import Probe
from pyro.nn import PyroModule, PyroSample
from torch import nn

ELSEWHERE = """
import sys, numpy as np, torch
torch.manual_seed(1)
rows = torch.from_numpy(np.load("rows.npy"))
np.save("draws.npy", torch.jit.load("model.pt")(rows).detach().numpy())
assert "pyro" not in sys.modules
"""


class Regression(PyroModule):
    def __init__(self):
        super().__init__()
        self.line = PyroModule[nn.Linear](3, 1)
        self.line.weight = PyroSample(dist.Normal(0.0, 1.0).expand([1, 3]).to_event(2))

    def forward(self, rows):
        return pyro.sample("seen", dist.Normal(self.line(rows).squeeze(-1), 0.1))


with Probe("torch", "pyro-ppl") as probe:
    pyro.set_rng_seed(0)
    model = Regression()
    rows = torch.randn(4, 3)
    np.save("rows.npy", rows.numpy())
    with torch.no_grad():
        torch.jit.trace(model, (rows,), check_trace=False).save("model.pt")
    subprocess.run([sys.executable, "-W", "ignore", "-c", ELSEWHERE], check=True)
    torch.manual_seed(1)
    probe.close("draws with the same seed, elsewhere", np.load("draws.npy"), model(rows).detach().numpy(), 1e-6)
    probe.refused("scripting the model", lambda: torch.jit.script(model))
