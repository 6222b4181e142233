# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
#
# [tool.landscape]
# needs = "a Mac with an Apple GPU"
# ///
"""MLX runs on Metal: a function and its gradients give the same numbers on the GPU as on the CPU."""

import mlx.core as mx
import numpy as np
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


with Probe("mlx") as probe:
    if not mx.metal.is_available():
        probe.unsupported("needs a Mac with an Apple GPU: mlx.core.metal.is_available() is False")
    random = np.random.default_rng(0)
    shapes = (8, 3, 3, 3), (8, 5), (2, 6, 6, 3)
    *weights, image = (mx.array(random.normal(size=shape).astype(np.float32)) for shape in shapes)
    with mx.stream(mx.gpu):
        there = both(weights, image)
    with mx.stream(mx.cpu):
        here = both(weights, image)
    probe.same("default device", str(mx.default_device()), "Device(gpu, 0)")
    probe.close("scores", there[0], here[0], 1e-4)
    probe.close("gradients", there[1:], here[1:], 1e-4)
