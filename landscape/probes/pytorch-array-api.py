# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "onnx2torch==1.5.15", "openvino==2026.4.1", "safetensors==0.8.0", "array-api-compat==1.16.0",
# ]
# ///
"""PyTorch implements the array API in part: by array-api-compat one program gives the numbers that NumPy gives.

The program knows only the namespace that it is handed, and uses names and arguments of the standard which torch lacks
or spells otherwise. Then the stated limits: no namespace of a tensor's own, another promotion of scalars, no
unique_all, no slices that run backwards.
"""

import array_api_compat
import numpy as np
import torch
from landscape_probe import Probe


def analyse(x):
    xp = array_api_compat.array_namespace(x)
    centred = (x - xp.mean(x, axis=0)) / xp.std(x, axis=0, correction=1)
    values, vectors = xp.linalg.eigh(xp.matmul(xp.matrix_transpose(centred), centred))
    turned = centred @ xp.abs(vectors)
    order = xp.argsort(turned, axis=0, descending=True, stable=True)
    ranked = xp.take_along_axis(turned, order, axis=0)
    levels = xp.unique_values(xp.astype(xp.round(ranked), xp.int64))
    return {
        "eigenvalues": values,
        "ranked": ranked,
        "sums": xp.cumulative_sum(ranked, axis=0, include_initial=True),
        "clipped": xp.clip(xp.where(ranked > 0, ranked, xp.zeros_like(ranked)), max=1.0),
        "levels": levels,
        "places": xp.searchsorted(levels, xp.asarray([-1, 0, 1])),
        "norms": xp.linalg.vector_norm(turned, axis=1, keepdims=True),
        "moved": xp.permute_dims(xp.concat([ranked, turned], axis=1), (1, 0)),
    }


with Probe("torch", "array-api-compat", "numpy") as probe:
    data = np.random.default_rng(0).normal(size=(40, 5)).astype(np.float32)
    x = torch.from_numpy(data)
    here, there = analyse(x), analyse(data)
    for name, expected in there.items():
        probe.close(f"{name}, as by NumPy", here[name], expected, 1e-4)
    probe.same("libraries of the results", {type(a).__module__ for a in here.values()}, ["torch"])
    types = {name: str(value.dtype).rpartition(".")[2] for name, value in here.items()}
    probe.same("types of the results", types, {name: value.dtype.name for name, value in there.items()})
    probe.refused("a program without array-api-compat", lambda: x.__array_namespace__(), AttributeError)
    mixed = {"NumPy": data + np.asarray(1.0), "PyTorch": x + torch.asarray(1.0, dtype=torch.float64)}
    probe.same(
        "float32 plus a float64 scalar, float64 by the standard",
        {name: str(value.dtype).rpartition(".")[2] for name, value in mixed.items()},
        {"NumPy": "float64", "PyTorch": "float32"},
    )
    xp = array_api_compat.array_namespace(x)
    probe.refused("unique_all", lambda: xp.unique_all(x), NotImplementedError)
    probe.refused("a slice that runs backwards", lambda: x[::-1], ValueError, "step")
