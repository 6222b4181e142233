# /// script
# requires-python = ">=3.10,<3.12"
# dependencies = ["mindspore==2.10.0", "numpy==1.26.4", "onnx==1.17.0", "onnxruntime==1.32.0", "safetensors==0.8.0"]
# ///
"""MindSpore exports and imports safetensors: checkpoints cross without a changed bit, and other libraries read them."""

import mindspore as ms
import numpy as np
from landscape_probe import Probe
from mindspore import nn
from safetensors.numpy import load_file, save_file

with Probe("mindspore", "safetensors", "numpy") as probe:
    ms.set_seed(0)
    net, other = (nn.SequentialCell(nn.Dense(4, 6), nn.ReLU(), nn.Dense(6, 3)) for _ in range(2))
    ms.save_checkpoint(net, "net.safetensors", format="safetensors")
    there = load_file("net.safetensors")
    names = {p.name: p.asnumpy() for p in net.get_parameters()}
    probe.same("names that the safetensors library reads", sorted(there), sorted(names))
    for name, weights in names.items():
        probe.close(f"{name} as the safetensors library reads it", there[name], weights, 0)
    save_file({name: weights * 2 for name, weights in names.items()}, "other.safetensors")
    missing, _ = ms.load_param_into_net(other, ms.load_checkpoint("other.safetensors", format="safetensors"))
    probe.same("parameters that were not found", list(missing), [])
    steps = np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32)
    first = names["0.weight"] * 2, names["0.bias"] * 2
    expected = np.maximum(steps @ first[0].T + first[1], 0) @ (names["2.weight"] * 2).T + names["2.bias"] * 2
    probe.close("outputs with weights that another library wrote", other(ms.Tensor(steps)).asnumpy(), expected, 1e-5)
    ms.save_checkpoint(net, "net.ckpt")
    ms.ckpt_to_safetensors("net.ckpt", "converted")
