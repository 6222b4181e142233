# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "opacus==1.6.0",
#   "gpytorch==1.15.2", "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "shap==0.51.0",
#   "hummingbird-ml==0.4.11",
# ]
# ///
"""GPyTorch is built on PyTorch, and its predictions are exported to TorchScript and ONNX through a wrapper by hand.

An exact Gaussian process is fitted and agrees with the formula solved in NumPy. The wrapper that returns mean and
variance is traced and runs on other numbers of points. The model as such, whose output is a distribution, is refused.
"""

import gpytorch
import numpy as np
import onnxruntime
import torch
from gpytorch.kernels import RBFKernel, ScaleKernel
from landscape_probe import Probe
from torch import nn


class Process(gpytorch.models.ExactGP):
    def __init__(self, rows, wanted):
        super().__init__(rows, wanted, gpytorch.likelihoods.GaussianLikelihood())
        self.mean = gpytorch.means.ConstantMean()
        self.kernel = ScaleKernel(RBFKernel(ard_num_dims=2))

    def forward(self, rows):
        return gpytorch.distributions.MultivariateNormal(self.mean(rows), self.kernel(rows))


class Wrapper(nn.Module):
    def __init__(self, process):
        super().__init__()
        self.process = process

    def forward(self, rows):
        seen = self.process(rows)
        return seen.mean, seen.variance


def by_formula(process, rows, wanted, unseen):
    lengths = process.kernel.base_kernel.lengthscale.detach().numpy()[0]
    scale, noise = process.kernel.outputscale.item(), process.likelihood.noise.item()
    constant = process.mean.constant.item()

    def kernel(a, b):
        return scale * np.exp(-0.5 * (((a[:, None] - b[None]) / lengths) ** 2).sum(-1))

    right = np.c_[wanted - constant, kernel(rows, unseen)]
    mixed = kernel(unseen, rows) @ np.linalg.solve(kernel(rows, rows) + noise * np.eye(len(rows)), right)
    return constant + mixed[:, 0], scale - np.diag(mixed[:, 1:])


def fitted():
    torch.manual_seed(0)
    rows = torch.rand(30, 2)
    wanted = torch.sin(6 * rows[:, 0]) + rows[:, 1] + 0.1 * torch.randn(30)
    process = Process(rows, wanted).train()
    likelihood = gpytorch.mlls.ExactMarginalLogLikelihood(process.likelihood, process)
    step = torch.optim.Adam(process.parameters(), lr=0.1)
    for _ in range(30):
        step.zero_grad()
        (-likelihood(process(rows), wanted)).backward()
        step.step()
    return process.eval().requires_grad_(False), rows, wanted


def to_onnx(wrapper, example, file, dynamo=False):
    shapes = {"dynamic_shapes": {"rows": {0: "points"}}} if dynamo else {"dynamic_axes": {"rows": {0: "points"}}}
    torch.onnx.export(wrapper, (example,), file, dynamo=dynamo, input_names=["rows"], **shapes)
    return onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])


with Probe("gpytorch", "torch", "onnx", "onnxruntime") as probe:
    (process, rows, wanted), (double, *_) = fitted(), fitted()
    wrapper, unseen, example = Wrapper(process), torch.rand(7, 2), torch.rand(3, 2)
    with torch.no_grad(), gpytorch.settings.fast_pred_var(), gpytorch.settings.trace_mode():
        expected = by_formula(process, *(a.double().numpy() for a in (rows, wanted, unseen)))
        probe.close("mean and variance, by the formula", wrapper(unseen), expected, 1e-3)
        trace = torch.jit.trace(wrapper, example, check_trace=False)
        trace.save("process.pt")
        there, session = torch.jit.load("process.pt"), to_onnx(trace, example, "process.onnx")
        for size in (1, 7):
            expected = wrapper(unseen[:size])
            probe.close(f"mean and variance of {size} points, TorchScript", there(unseen[:size]), expected, 1e-5)
            here = session.run(None, {"rows": unseen[:size].numpy()})
            probe.close(f"mean and variance of {size} points, ONNX", here, list(expected), 1e-4)
        spread = RuntimeError, "MultivariateNormal"
        probe.refused("a trace of the model as such", lambda: torch.jit.trace(process, example), *spread)
        probe.refused("ONNX by torch.export", lambda: to_onnx(wrapper, example, "export.onnx", dynamo=True))
        double.set_train_data(rows.double(), wanted.double(), strict=False)
        precise = Wrapper(double.double())
        precise(unseen.double())  # fills the caches, without which a trace fails
        wide = torch.jit.trace(precise, example.double(), check_trace=False)
        probe.refused("the ONNX file of a model in float64", lambda: to_onnx(wide, example.double(), "double.onnx"))
