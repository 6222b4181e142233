"""Tensors of each type of GGUF, in files that the package `gguf` writes, for the suites of whatever reads them.

The package is the reference of the format in Python, and the control. Blocks of a packing are made of bytes drawn with
a fixed seed, chosen so that what they stand for is neither tiny nor huge; where the package packs numbers itself, a
case of that is added. Types that the package cannot unpack are no cases. Readers that reckon in half precision are
right: numbers may differ by 2 of 1,000 of the largest.
"""

from contextlib import suppress
from dataclasses import dataclass

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Packing
from landscape_suite import Case

KEYS = "type", "family"
PLAIN = {"F16": "float16", "F32": "float32", "F64": "float64"}
PLAIN |= {f"I{bits}": f"int{bits}" for bits in (8, 16, 32, 64)}
NAME = "x.weight"


@dataclass(frozen=True)
class Packed:
    """A tensor as it is in a file."""

    packing: Packing
    packed: np.ndarray


def cases():
    for packing in Packing:
        for name, tensor in _tensors(packing):
            group = packing.name, _family(packing.name)
            yield Case(f"{packing.name}, {name}", group, tensor, None, 0, 2e-3 * abs(_numbers(tensor)).max())


def control(case):
    """What the package `gguf` reads in the file."""
    path = write(case)
    (tensor,) = gguf.GGUFReader(path).tensors
    return _numbers(Packed(tensor.tensor_type, np.array(tensor.data)))


def _numbers(tensor):
    plain = tensor.packing.name in PLAIN
    return tensor.packed if plain else gguf.quants.dequantize(tensor.packed, tensor.packing)


def write(case, path="tensor.gguf"):
    """The path of a file that holds the tensor of a case."""
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_tensor(NAME, case.given.packed, raw_dtype=case.given.packing)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _family(name):
    if name in PLAIN or name == "BF16":
        return "plain numbers"
    if "FP4" in name:
        return "floats of 4 bits"
    if name.startswith(("IQ", "TQ")):
        return "importance matrix" if name.startswith("IQ") else "ternary"
    return "blocks of blocks" if name.endswith("_K") else "blocks"


def _tensors(packing):
    numbers = np.random.default_rng(0).normal(size=(2, 512)).astype(np.float32)
    if packing.name in PLAIN:
        numbers = (numbers * 10).astype(PLAIN[packing.name])
        yield "numbers", Packed(packing, numbers)
        return
    with suppress(NotImplementedError):
        yield "numbers", Packed(packing, gguf.quants.quantize(numbers, packing))
    with suppress(NotImplementedError):
        for place in range(3):
            yield f"bytes {place + 1}", _of_bytes(packing, place)


def _of_bytes(packing, seed):
    """A tensor of four blocks of any bytes, drawn until their numbers are of a common size."""
    random, blocks = np.random.default_rng(seed), []
    while len(blocks) < 4:
        block = random.integers(0, 256, (1, gguf.GGML_QUANT_SIZES[packing][1]), dtype=np.uint8)
        with np.errstate(all="ignore"):
            numbers = gguf.quants.dequantize(block, packing)
        if np.isfinite(numbers).all() and 1e-3 < abs(numbers).max() < 1e3:
            blocks.append(block)
    return Packed(packing, np.concatenate(blocks).reshape(2, -1))
