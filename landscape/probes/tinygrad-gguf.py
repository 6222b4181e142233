# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "mlx[cpu]==0.32.4", "tinygrad==0.14.0", "gguf==0.19.0", "safetensors==0.8.0", "numpy==2.4.6", "ml-dtypes==0.6.0",
# ]
# ///
"""tinygrad imports GGUF: weights in twelve packings, and the metadata, come out as the gguf library reads them.

The file is written by that library, which is the reference implementation of the format in Python. Blocks of the
packings that it cannot write are made of random bytes. A file that is cut off, or is none, is refused.
"""

import os
from pathlib import Path

os.environ["DEV"] = "PYTHON"  # tinygrad's own interpreter, so that no compiler is needed

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Packing
from landscape_probe import Probe
from tinygrad.llm.gguf import gguf_load

WRITTEN = ("F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "MXFP4")
MADE = {"Q4_K": (0, 2), "Q5_K": (0, 2), "Q6_K": (208,)}  # with the places of the half floats in a block

with Probe("tinygrad", "gguf", "numpy") as probe:
    random = np.random.default_rng(0)
    writer = gguf.GGUFWriter("net.gguf", "llama")
    writer.add_name("tiny")
    writer.add_uint32("x.number", 3)
    writer.add_bool("x.flag", True)
    writer.add_array("x.words", ["a", "é"])
    expected = {}
    for name in (*WRITTEN, *MADE):
        packing = Packing[name]
        if name in MADE:
            packed = random.integers(0, 256, (2, gguf.GGML_QUANT_SIZES[packing][1]), dtype=np.uint8)
            for place in MADE[name]:
                packed[:, place : place + 2] = np.full((2, 1), 0.01, np.float16).view(np.uint8)
        else:
            packed = gguf.quants.quantize(random.normal(size=(2, 256)).astype(np.float32), packing)
        writer.add_tensor(f"{name}.weight", packed, raw_dtype=packing)
        expected[f"{name}.weight"] = gguf.quants.dequantize(packed, packing)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    said, tensors = gguf_load(Path("net.gguf"))
    told = {
        "general.architecture": "llama",
        "general.name": "tiny",
        "x.number": 3,
        "x.flag": True,
        "x.words": ["a", "é"],
    }
    probe.same("metadata", said, told)
    probe.same("names", sorted(tensors), sorted(expected))
    for name, numbers in expected.items():
        probe.close(name, tensors[name].float().numpy(), numbers, 1e-6)
    data = Path("net.gguf").read_bytes()
    Path("cut.gguf").write_bytes(data[:200])
    Path("none.gguf").write_bytes(b"none" + data[4:])
    probe.refused("a file that is cut off", lambda: gguf_load(Path("cut.gguf")))
    probe.refused("a file that is none", lambda: gguf_load(Path("none.gguf")), ValueError)
