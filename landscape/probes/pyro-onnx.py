# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "pyro-ppl==1.9.2",
# ]
# ///
"""Pyro does not export ONNX: a model with a sample site is refused.

torch.onnx.export captures a model with torch.export, which refuses the sample site. A network inside a guide is plain
PyTorch and does cross.
"""

import onnxruntime
import pyro
import pyro.distributions as dist
import torch
from landscape_probe import Probe
from pyro.nn import PyroModule, PyroSample
from torch import nn


class Regression(PyroModule):
    def __init__(self):
        super().__init__()
        self.line = PyroModule[nn.Linear](3, 1)
        self.line.weight = PyroSample(dist.Normal(0.0, 1.0).expand([1, 3]).to_event(2))

    def forward(self, rows):
        noise = pyro.sample("noise", dist.LogNormal(0.0, 1.0))
        return pyro.sample("seen", dist.Normal(self.line(rows).squeeze(-1), noise))


with Probe("torch", "pyro-ppl", "onnx", "onnxscript", "onnxruntime") as probe:
    pyro.set_rng_seed(0)
    rows = torch.randn(4, 3)
    probe.refused(
        "a model with sample sites", lambda: torch.onnx.export(Regression(), (rows,), "model.onnx", dynamo=True)
    )
    network = nn.Sequential(nn.Linear(3, 8), nn.Softplus(), nn.Linear(8, 2)).eval()
    torch.onnx.export(network, (rows,), "network.onnx", dynamo=True, external_data=False)
    session = onnxruntime.InferenceSession("network.onnx", providers=["CPUExecutionProvider"])
    [seen] = session.run(None, {session.get_inputs()[0].name: rows.numpy()})
    probe.close("the network inside a guide", seen, network(rows).detach().numpy(), 1e-5)
