# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "pyro-ppl==1.9.2",
# ]
# ///
"""Pyro is built on PyTorch: inference over PyTorch tensors finds the posterior that algebra gives.

A normal model with known noise has an exact posterior. Stochastic variational inference with PyTorch's own optimiser
reaches it, NUTS draws from it, and the log-density is differentiated by PyTorch's autograd.
"""

import pyro
import pyro.distributions as dist
import torch
from landscape_probe import Probe
from pyro.infer import MCMC, NUTS, SVI, Trace_ELBO
from pyro.infer.autoguide import AutoNormal


def model(data):
    level = pyro.sample("level", dist.Normal(1.0, 2.0))
    with pyro.plate("rows", len(data)):
        pyro.sample("seen", dist.Normal(level, 0.7), obs=data)


with Probe("torch", "pyro-ppl") as probe:
    pyro.set_rng_seed(0)
    data = torch.randn(12) * 0.7 + 3
    precision = 1 / 2.0**2 + len(data) / 0.7**2
    mean, spread = (1 / 2.0**2 + float(data.sum()) / 0.7**2) / precision, precision**-0.5
    guide = AutoNormal(model)
    steps = SVI(
        model,
        guide,
        pyro.optim.ClippedAdam({"lr": 0.05, "lrd": 0.998}),
        Trace_ELBO(num_particles=8, vectorize_particles=True),
    )
    for _ in range(1500):
        steps.step(data)
    fitted = guide.quantiles([0.5, 0.8413447])["level"]
    probe.close("mean by variational inference", float(fitted[0]), mean, 0.02)
    probe.close("spread by variational inference", float(fitted[1] - fitted[0]), spread, 0.02)
    mcmc = MCMC(NUTS(model), num_samples=600, warmup_steps=200, disable_progbar=True)
    mcmc.run(data)
    error = 5 * spread / float(mcmc.diagnostics()["level"]["n_eff"]) ** 0.5
    probe.close("mean of the draws", float(mcmc.get_samples()["level"].mean()), mean, error / max(1, mean))
    level = torch.tensor(2.5, requires_grad=True)
    density = pyro.poutine.trace(pyro.condition(model, {"level": level})).get_trace(data).log_prob_sum()
    [slope] = torch.autograd.grad(density, level)
    by_hand = float(((data - 2.5) / 0.7**2).sum() - (2.5 - 1.0) / 2.0**2)
    probe.close("gradient of the log-density", float(slope), by_hand, 1e-4)
