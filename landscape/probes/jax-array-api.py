# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# ///
"""JAX implements the array API in part: one program for any namespace agrees with NumPy, but arrays cannot be changed.

The program gets its namespace from the array itself, runs as it is and compiled, and uses names and arguments of the
standard. Assignment to an element is refused. Without a switch there are no 64-bit numbers, which the standard wants.
"""

import jax
import numpy as np
from landscape_probe import Probe


def analyse(x):
    xp = x.__array_namespace__(api_version="2024.12")
    centred = (x - xp.mean(x, axis=0)) / xp.std(x, axis=0, correction=1)
    values, vectors = xp.linalg.eigh(xp.matmul(xp.matrix_transpose(centred), centred))
    turned = centred @ xp.abs(vectors)
    order = xp.argsort(-turned, axis=0, stable=True)
    ranked = xp.take_along_axis(turned, order, axis=0)
    return {
        "eigenvalues": values,
        "ranked": ranked,
        "sums": xp.cumulative_sum(ranked, axis=0, include_initial=True),
        "clipped": xp.clip(xp.where(ranked > 0, ranked, xp.zeros_like(ranked)), max=1.0),
        "places": xp.searchsorted(xp.asarray([-1.0, 0.0, 1.0]), ranked[:, 0]),
        "norms": xp.linalg.vector_norm(turned, axis=1, keepdims=True),
        "backwards": xp.permute_dims(xp.concat([ranked, turned], axis=1), (1, 0))[::-1, ::2],
        "bits": xp.bitwise_left_shift(xp.astype(xp.round(ranked * 9), xp.int32), xp.asarray(2, dtype=xp.int32)),
    }


def assign(x):
    x[0, 0] = 1.0


with Probe("jax", "jaxlib", "numpy") as probe:
    data = np.random.default_rng(0).normal(size=(40, 5)).astype(np.float32)
    x = jax.numpy.asarray(data)
    there = analyse(data)
    for how, run in (("as it is", analyse), ("compiled", jax.jit(analyse))):
        here = run(x)
        probe.same(f"libraries of the results, {how}", {isinstance(a, jax.Array) for a in here.values()}, [True])
        for name, expected in there.items():
            probe.close(f"{name}, {how}, as by NumPy", here[name], expected, 1e-4)
    probe.refused("assignment to an element", lambda: assign(x), TypeError, "immutable")
    changed = x.at[0, 0].set(1.0)
    probe.close("the way around it, outside the standard", (changed[0, 0], x[0, 0]), (1.0, data[0, 0]), 0)
    xp = x.__array_namespace__()
    narrow = xp.asarray(1.0, dtype=xp.float64)
    probe.same("type of an array that was asked for as float64", str(narrow.dtype), "float32")
    with jax.enable_x64(True):
        probe.same("the same with the switch", str(xp.asarray(1.0, dtype=xp.float64).dtype), "float64")
