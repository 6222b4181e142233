# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
# ///
"""MLX runs on the CPU of Linux too: a function and its gradients give the numbers that PyTorch gives.

A GPU is refused where there is none.
"""

import mlx.core as mx
import numpy as np
import torch
from landscape_probe import Probe
from mlx import nn


def scores(weights, image):
    filters, heads = weights
    lines = nn.gelu(mx.conv2d(image, filters, padding=1))
    steps = lines.reshape(lines.shape[0], 1, -1, lines.shape[-1])
    seen = mx.fast.scaled_dot_product_attention(steps, steps, steps, scale=0.3)
    return mx.fast.layer_norm(seen.mean((1, 2)), None, None, 1e-5) @ heads


def both(weights, image):
    loss = lambda weights: mx.square(scores(weights, image)).mean()  # noqa: E731
    return [np.array(x) for x in (scores(weights, image), *mx.grad(loss)(weights))]


def by_torch(weights, image):
    filters, heads = (torch.tensor(np.array(x), requires_grad=True) for x in weights)
    image = torch.tensor(np.array(image))
    lines = torch.nn.functional.conv2d(image.permute(0, 3, 1, 2), filters.permute(0, 3, 1, 2), padding=1)
    steps = torch.nn.functional.gelu(lines).flatten(2).transpose(1, 2)[:, None]
    seen = torch.nn.functional.scaled_dot_product_attention(steps, steps, steps, scale=0.3).mean((1, 2))
    scores = torch.nn.functional.layer_norm(seen, (8,)) @ heads
    scores.square().mean().backward()
    return scores.detach(), filters.grad, heads.grad


with Probe("mlx", "torch") as probe:
    mx.set_default_device(mx.cpu)
    random = np.random.default_rng(0)
    shapes = (8, 3, 3, 3), (8, 5), (2, 6, 6, 3)
    *weights, image = (mx.array(random.normal(size=shape).astype(np.float32)) for shape in shapes)
    here, there = both(weights, image), by_torch(weights, image)
    probe.close("scores", here[0], there[0], 1e-4)
    probe.close("gradients", here[1:], list(there[1:]), 1e-4)
    if mx.device_count(mx.gpu) == 0:
        probe.refused("a GPU", lambda: mx.eval(mx.add(weights[0], 1, stream=mx.gpu)), ValueError, "without gpu backend")
