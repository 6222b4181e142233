# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "opacus==1.6.0",
#   "gpytorch==1.15.2", "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "shap==0.51.0",
#   "hummingbird-ml==0.4.11",
# ]
# ///
"""Opacus works with PyTorch: its gradients per sample, clipped steps and noise are those computed by hand.

A network with convolution, group normalisation, attention and recurrence is wrapped; gradients per sample are compared
with a loop over single samples, a noiseless private step with clipping by hand, the spread of the noise with its
multiplier. Batch normalisation mixes samples and is refused.
"""

import opacus
import torch
from landscape_probe import Probe
from opacus.layers import DPLSTM, DPMultiheadAttention
from torch import nn
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(2, 8), nn.GELU())
        self.attend = DPMultiheadAttention(8, 2, batch_first=True)
        self.recur = DPLSTM(8, 6, batch_first=True)
        self.head = nn.Linear(6, 5)

    def forward(self, image):
        steps = self.features(image).flatten(2).transpose(1, 2)
        return self.head(self.recur(self.attend(steps, steps, steps)[0])[0][:, -1])


def by_hand(net, images, wanted):
    """The gradients of every sample alone."""
    grads = {name: [] for name, _ in net.named_parameters()}
    for image, label in zip(images, wanted, strict=True):
        net.zero_grad()
        cross_entropy(net(image[None]), label[None]).backward()
        for name, weight in net.named_parameters():
            grads[name].append(weight.grad.clone())
    return {name: torch.stack(rows) for name, rows in grads.items()}


def private(noise, net, images, wanted, clip):
    engine = opacus.PrivacyEngine()
    loader = DataLoader(TensorDataset(images, wanted), batch_size=len(images))
    step = torch.optim.SGD(net.parameters(), lr=1.0)
    net, step, _ = engine.make_private(
        module=net,
        optimizer=step,
        data_loader=loader,
        noise_multiplier=noise,
        max_grad_norm=clip,
        poisson_sampling=False,
    )
    cross_entropy(net(images), wanted).backward()
    return engine, net, step


with Probe("opacus", "torch") as probe:
    torch.manual_seed(0)
    net, plain = Net(), Net()
    plain.load_state_dict(net.state_dict())
    images, wanted = torch.randn(6, 3, 6, 6), torch.randint(5, (6,))
    expected = by_hand(plain, images, wanted)
    _, wrapped, step = private(0.0, net, images, wanted, clip=0.5)
    here = {name.removeprefix("_module."): weight.grad_sample for name, weight in wrapped.named_parameters()}
    probe.close("gradients per sample", here, expected, 1e-5)
    norms = torch.stack([rows.flatten(1).norm(dim=1) for rows in expected.values()]).norm(dim=0)
    share = (0.5 / norms).clamp(max=1)
    probe.same("samples are clipped, some more than others", share.unique().numel() > 1, True)
    after = {
        name: weight.detach() - (rows * share.view(-1, *[1] * (rows.dim() - 1))).mean(0)
        for (name, weight), rows in zip(plain.named_parameters(), expected.values(), strict=True)
    }
    step.step()
    probe.close("weights after a clipped step without noise", dict(net.named_parameters()), after, 1e-5)
    wide = nn.Sequential(nn.Linear(200, 200, bias=False))
    before = wide[0].weight.detach().clone()
    engine, _, step = private(3.0, wide, torch.zeros(10, 200), torch.zeros(10, dtype=torch.long), clip=0.7)
    step.step()
    spread = (wide[0].weight.detach() - before).std().item()
    probe.close("spread of the noise: multiplier times clip over batch", spread / (3.0 * 0.7 / 10), 1.0, 0.02)
    probe.same("what the accountant has counted", engine.accountant.history, [(3.0, 1.0, 1)])
    mixed = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(64, 5))
    refused = opacus.validators.errors.UnsupportedModuleError, "BatchNorm"
    probe.refused("batch normalisation", lambda: private(1.0, mixed, images, wanted, 1.0), *refused)
    fixed = opacus.validators.ModuleValidator.fix(mixed)
    probe.same("what Opacus puts in its place", type(fixed[1]).__name__, "GroupNorm")
