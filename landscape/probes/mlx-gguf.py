# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "mlx[cpu]==0.32.4", "tinygrad==0.14.0", "gguf==0.19.0", "safetensors==0.8.0", "numpy==2.4.6", "ml-dtypes==0.6.0",
# ]
# ///
"""MLX imports and exports GGUF in part: of the packings some come in, some are refused, lost or read wrongly.

Files written by the gguf library are loaded by MLX, and the other way: numbers, names, shapes and metadata are
compared. Weights packed in Q4_0, Q4_1 and Q8_0 stay packed; Q2_K, Q6_K and bfloat16 become float16, where large
numbers turn to infinity. Q5_0, Q5_1, Q3_K and Q5_K are refused. Every second run of 32 numbers in Q4_K comes out with
the scale of the run before it, and at a tensor in ternary or MXFP4 packing loading ends without it and the rest, both
unsaid. MLX writes plain numbers only.
"""

import gguf
import mlx.core as mx
import numpy as np
from gguf import GGMLQuantizationType as Packing
from gguf import GGUFReader, GGUFWriter
from landscape_probe import Probe

MADE = {"Q2_K": (80, 82), "Q3_K": (108,), "Q4_K": (0, 2), "Q5_K": (0, 2), "Q6_K": (208,)}
"""Packings that the gguf library reads but does not write, with the places of the half floats in a block."""


def block(name):
    """Two blocks of random bytes with scales of 0.01."""
    packed = np.random.default_rng(1).integers(0, 256, (2, gguf.GGML_QUANT_SIZES[Packing[name]][1]), dtype=np.uint8)
    for place in MADE[name]:
        packed[:, place : place + 2] = np.full((2, 1), 0.01, np.float16).view(np.uint8)
    return packed


def written(file, tensors):
    """The numbers in a file of tensors, given by name as (packing, numbers), or bytes where they are packed."""
    writer = GGUFWriter(file, "llama")
    writer.add_name("tiny")
    writer.add_uint32("x.number", 3)
    writer.add_float32("x.scale", 0.25)
    writer.add_array("x.words", ["a", "é"])
    held = {}
    for name, (packing, numbers) in tensors.items():
        packed = numbers if numbers.dtype == np.uint8 else gguf.quants.quantize(numbers, packing)
        writer.add_tensor(name, packed, raw_dtype=packing)
        held[name] = gguf.quants.dequantize(packed, packing)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return held


def loaded(name):
    """(what MLX loads, what the gguf library reads) of a tensor of random bytes."""
    held = written(f"{name}.gguf", {"made": (Packing[name], block(name))})
    return np.array(mx.load(f"{name}.gguf")["made"].astype(mx.float32)), held["made"]


with Probe("mlx", "gguf", "numpy") as probe:
    mx.set_default_device(mx.cpu)
    numbers = np.random.default_rng(0).normal(size=(4, 256)).astype(np.float32)
    plain, packed = ("F32", "F16", "BF16"), {"Q4_0": 4, "Q4_1": 4, "Q8_0": 8}
    held = written("in.gguf", {f"{name}.weight": (Packing[name], numbers) for name in (*plain, *packed)})
    here, said = mx.load("in.gguf", return_metadata=True)
    types = {name: str(here[f"{name}.weight"].dtype).rpartition(".")[2] for name in plain}
    probe.same("types of plain numbers", types, {"F32": "float32", "F16": "float16", "BF16": "float16"})
    for name in plain:
        probe.close(f"{name}, loaded by MLX", here[f"{name}.weight"].astype(mx.float32), held[f"{name}.weight"], 1e-5)
    for name, bits in packed.items():
        parts = (here[f"{name}.{part}"] for part in ("weight", "scales", "biases"))
        there = mx.dequantize(*parts, group_size=32, bits=bits).astype(mx.float32)
        probe.close(f"{name}, still packed in MLX", there, held[f"{name}.weight"], 3e-3)
    seen = {name: said[name].item() if name in ("x.number", "x.scale") else said[name] for name in sorted(said)}
    told = {
        "general.architecture": "llama",
        "general.name": "tiny",
        "x.number": 3,
        "x.scale": 0.25,
        "x.words": ["a", "é"],
    }
    probe.same("metadata in MLX", seen, told)
    written("large.gguf", {"large.weight": (Packing.BF16, np.full((1, 32), 1e30, np.float32))})
    large = np.array(mx.load("large.gguf")["large.weight"].astype(mx.float32))
    probe.same("1e30 in bfloat16, loaded by MLX, is infinite", bool(np.isinf(large).all()), True)
    for name in ("Q2_K", "Q6_K"):
        probe.close(f"{name}, loaded by MLX", *loaded(name), 1e-3)
    here, there = (numbers.reshape(2, 4, 2, 32) for numbers in loaded("Q4_K"))
    probe.close("Q4_K, runs of 32 numbers at even places", here[:, :, 0], there[:, :, 0], 1e-3)
    probe.same("Q4_K, runs at odd places are off by more than 1", bool(np.abs(here - there)[:, :, 1].max() > 1), True)
    for name in ("Q5_0", "Q5_1"):
        written(f"{name}.gguf", {"five": (Packing[name], numbers)})
        probe.refused(name, lambda name=name: mx.load(f"{name}.gguf"), RuntimeError, "load_gguf")
    for name in ("Q3_K", "Q5_K"):
        probe.refused(name, lambda name=name: loaded(name), RuntimeError, "load_gguf")
    for name in ("TQ1_0", "TQ2_0", "MXFP4"):
        tensors = {
            "before": (Packing.F32, numbers),
            "itself": (Packing[name], numbers),
            "after": (Packing.F16, numbers),
        }
        written("lost.gguf", tensors)
        probe.same(f"tensors that MLX finds around {name}", list(mx.load("lost.gguf")), ["before"])
    arrays = {"a": mx.array(numbers), "b": mx.array(numbers).astype(mx.float16), "c": mx.arange(5)}
    mx.save_gguf("out.gguf", arrays, {"x.words": ["a", "é"], "x.number": mx.array(3)})
    reader = GGUFReader("out.gguf")
    there = {tensor.name: tensor for tensor in reader.tensors}
    types = {name: tensor.tensor_type.name for name, tensor in there.items()}
    probe.same("types that MLX wrote", types, {"a": "F32", "b": "F16", "c": "I32"})
    probe.close("numbers that MLX wrote", {n: np.array(there[n].data) for n in arrays}, arrays, 0)
    probe.same(
        "metadata that MLX wrote", [reader.fields[n].contents() for n in ("x.words", "x.number")], [["a", "é"], 3]
    )
    narrow = {"a": mx.array(numbers).astype(mx.bfloat16)}
    probe.refused(
        "writing bfloat16", lambda: mx.save_gguf("no.gguf", narrow), RuntimeError, "bfloat16 is not supported"
    )
