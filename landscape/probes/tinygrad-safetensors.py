# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "mlx[cpu]==0.32.4", "tinygrad==0.14.0", "gguf==0.19.0", "safetensors==0.8.0", "numpy==2.4.6", "ml-dtypes==0.6.0",
# ]
# ///
"""tinygrad imports safetensors: numbers, names and types are those of the file, and a network runs on its weights.

Weights that the safetensors library wrote are loaded into a network of tinygrad, whose outputs are compared with
NumPy's, and twelve types of numbers are read. All runs in tinygrad's own interpreter; the way back, which needs a C
compiler, is not shown.
"""

import os

os.environ["DEV"] = "PYTHON"  # so that no compiler is needed

import ml_dtypes
import numpy as np
from landscape_probe import Probe
from safetensors.numpy import save_file
from tinygrad import Tensor, dtypes, nn
from tinygrad.nn.state import get_state_dict, load_state_dict, safe_load


class Net:
    def __init__(self):
        self.conv, self.norm, self.head = nn.Conv2d(2, 4, 3), nn.LayerNorm(4), nn.Linear(4, 3)

    def __call__(self, image):
        return self.head(self.norm(self.conv(image).relu().mean((2, 3))))


def by_numpy(weights, image):
    seen = np.lib.stride_tricks.sliding_window_view(image, (3, 3), (2, 3))
    x = np.einsum("bchwij,ocij->bohw", seen, weights["conv.weight"]) + weights["conv.bias"][:, None, None]
    x = np.maximum(x, 0).mean((2, 3))
    x = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5)
    return (x * weights["norm.weight"] + weights["norm.bias"]) @ weights["head.weight"].T + weights["head.bias"]


with Probe("tinygrad", "safetensors", "numpy", "ml-dtypes") as probe:
    random = np.random.default_rng(0)
    net = Net()
    shapes = {name: tensor.shape for name, tensor in get_state_dict(net).items()}
    weights = {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    save_file(weights, "net.safetensors")
    load_state_dict(net, {n: t.to("PYTHON") for n, t in safe_load("net.safetensors").items()}, verbose=False)
    image = random.normal(size=(2, 2, 4, 4)).astype(np.float32)
    probe.close("outputs with weights from the file", net(Tensor(image)).numpy(), by_numpy(weights, image), 1e-5)
    names = [*(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)), "bool", "float16", "float64"]
    arrays = {name: (random.normal(size=(3, 4)) * 50).clip(0, 99).astype(name) for name in names}
    arrays["bfloat16"] = random.normal(size=(2, 5)).astype(ml_dtypes.bfloat16)
    save_file(arrays, "types.safetensors")
    loaded = safe_load("types.safetensors")
    types = {name: str(tensor.dtype) for name, tensor in loaded.items()}
    probe.same("types", types, {name: str(getattr(dtypes, name)) for name in arrays})
    for name, array in arrays.items():
        probe.close(f"numbers in {name}", loaded[name].to("PYTHON").numpy(), array, 0)
    save_file({"small": np.ones(4, ml_dtypes.float8_e4m3fn)}, "small.safetensors")
    probe.same("type of float8", str(safe_load("small.safetensors")["small"].dtype), "dtypes.fp8e4m3")
