# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "mlx[cpu]==0.32.4", "tinygrad==0.14.0", "gguf==0.19.0", "safetensors==0.8.0", "numpy==2.4.6", "ml-dtypes==0.6.0",
# ]
# ///
"""MLX exports and imports safetensors: thirteen types cross without a changed bit, float64 is refused, float8 renamed.

The files of one side are read by the other, the safetensors library: names, shapes, types, metadata and every byte.
"""

import ml_dtypes
import mlx.core as mx
import numpy as np
from landscape_probe import Probe
from safetensors import deserialize, safe_open
from safetensors.numpy import save_file

TYPES = [
    *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    "bool",
    "float16",
    "float32",
    "complex64",
]


def held(file):
    """Type, shape and bytes of each tensor in a file, by name, as the safetensors library finds them."""
    return {
        name: (one["dtype"], one["shape"], bytes(one["data"])) for name, one in deserialize(open(file, "rb").read())
    }


with Probe("mlx", "safetensors", "ml-dtypes") as probe:
    mx.set_default_device(mx.cpu)
    random = np.random.default_rng(0)
    arrays = {f"layers.{name}": (random.normal(size=(3, 4)) * 50).clip(0, 99).astype(name) for name in TYPES}
    arrays["layers.bfloat16"] = random.normal(size=(2, 1, 5)).astype(ml_dtypes.bfloat16)
    arrays["one"], arrays["none"] = np.array(1.5, np.float32), np.zeros((0, 3), np.float32)
    save_file(arrays, "in.safetensors", {"format": "np", "words": "é"})
    here, said = mx.load("in.safetensors", return_metadata=True)
    probe.same("metadata in MLX", said, {"format": "np", "words": "é"})
    types = {name: str(array.dtype).rpartition(".")[2] for name, array in here.items()}
    probe.same("types in MLX", types, {name: a.dtype.name for name, a in arrays.items()})
    numbers = {name: a for name, a in here.items() if name != "layers.bfloat16"}
    probe.close("numbers in MLX", numbers, {name: arrays[name] for name in numbers}, 0)
    mx.save_safetensors("out.safetensors", here, {"words": "é"})
    probe.same("types, shapes and bytes that MLX wrote", held("out.safetensors"), held("in.safetensors"))
    with safe_open("out.safetensors", "numpy") as file:
        probe.same("metadata that MLX wrote", file.metadata()["words"], "é")
    save_file({"small": random.normal(size=8).astype(ml_dtypes.float8_e4m3fn)}, "small.safetensors")
    probe.same("float8, loaded by MLX", str(mx.load("small.safetensors")["small"].dtype), "mlx.core.uint8")
    save_file({"wide": random.normal(size=8)}, "wide.safetensors")
    probe.refused("float64", lambda: mx.load("wide.safetensors"), RuntimeError, "unsupported dtype F64")
