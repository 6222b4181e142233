# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
#
# [tool.landscape]
# needs = "an NVIDIA GPU with its driver, and JAX's plug-in for CUDA, as jax[cuda13] brings it"
# ///
"""JAX runs on CUDA: a compiled function and its gradients give the same numbers there as on the CPU."""

import jax
import jax.numpy as jnp
import numpy as np
from landscape_probe import Probe


def scores(weights, image):
    filters, gain, heads = weights
    lines = jax.nn.gelu(jax.lax.conv(image, filters, (1, 1), "SAME")) * gain
    steps = lines.reshape(*lines.shape[:2], -1).transpose(0, 2, 1)[:, :, None]
    return jax.nn.dot_product_attention(steps, steps, steps).mean((1, 2)) @ heads


def loss(weights, image):
    return jnp.square(scores(weights, image)).mean()


with Probe("jax") as probe:
    try:
        device = jax.devices("cuda")[0]
    except RuntimeError as error:
        probe.unsupported(f"needs an NVIDIA GPU and JAX's plug-in for CUDA: {str(error).splitlines()[0]}")
    probe.note(device.device_kind)
    random = np.random.default_rng(0)
    shapes = (8, 3, 3, 3), (8, 1, 1), (8, 5)
    given = [random.normal(size=shape).astype(np.float32) for shape in shapes], random.normal(size=(2, 3, 6, 6))
    with jax.default_matmul_precision("highest"):
        for what, function in (("scores", scores), ("gradients", jax.grad(loss))):
            compiled = jax.jit(function)
            there = compiled(*jax.device_put(given, device))
            here = compiled(*jax.device_put(given, jax.devices("cpu")[0]))
            probe.same(
                f"{what}: where they are", {x.device.platform for x in jax.tree.leaves(there)}, {device.platform}
            )
            probe.close(what, there, here, 1e-4)
