# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "mlx[cpu]==0.32.4", "tinygrad==0.14.0", "gguf==0.19.0", "safetensors==0.8.0", "numpy==2.4.6", "ml-dtypes==0.6.0",
# ]
# [tool.landscape]
# suite = true
# shares = ["gguf_types"]
# timeout = 1800
# ///
"""MLX imports GGUF: which types of tensors it reads as the gguf library does.

Each tensor is in a file of its own. What stays packed in MLX is unpacked by MLX before the numbers are compared, and
what comes as float16 may differ by as much as that rounds.
"""

import gguf_types
import mlx.core as mx
import numpy as np
from landscape_suite import Suite

BITS = {"Q4_0": 4, "Q4_1": 4, "Q8_0": 8}


def load(case):
    mx.set_default_device(mx.cpu)
    held = mx.load(gguf_types.write(case))
    if gguf_types.NAME not in held:
        raise ValueError("loading ended without an error and without the tensor")
    return held


def run(held, case):
    name = case.given.packing.name
    if name in gguf_types.PLAIN:
        return np.array(held[gguf_types.NAME])
    if name not in BITS:
        return np.array(held[gguf_types.NAME].astype(mx.float32))
    stem = gguf_types.NAME.removesuffix("weight")
    parts = (held[f"{stem}{part}"] for part in ("weight", "scales", "biases"))
    return np.array(mx.dequantize(*parts, group_size=32, bits=BITS[name]).astype(mx.float32))


suite = Suite("mlx", "gguf", "numpy", keys=gguf_types.KEYS)
suite.grade(gguf_types.cases(), load=load, run=run, control=gguf_types.control, named="gguf")
