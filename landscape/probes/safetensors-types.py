# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "jax==0.10.2", "mlx[cpu]==0.32.4", "paddlepaddle==3.3.1", "setuptools==84.2.1",
#   "tensorflow-cpu==2.21.0", "tinygrad==0.14.0", "numpy==2.4.6", "ml-dtypes==0.6.0", "safetensors==0.8.0",
#   "array-api-strict==2.6.1", "array-api-compat==1.16.0",
# ]
# [tool.landscape]
# suite = true
# timeout = 1800
# memory = 8192
# ///
"""safetensors: which of its types of numbers each library reads as they were written, by value and by name.

The files are written byte by byte, as the format says, so that no library's writer comes between. The group names the
library that reads as the entry. A type under another name is told from numbers that are others.
"""

import json
import os
import struct

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "", "JAX_PLATFORMS": "cpu", "JAX_ENABLE_X64": "1"}
os.environ["DEV"] = "PYTHON"  # tinygrad's own interpreter of its kernels, which needs no compiler

import ml_dtypes
import numpy as np
from landscape_suite import Case, NotFed, Suite

TYPES = {
    **{
        f"{letter}{bits}": f"{name}{bits}" for letter, name in (("I", "int"), ("U", "uint")) for bits in (8, 16, 32, 64)
    },
    "BOOL": "bool",
    "F16": "float16",
    "BF16": "bfloat16",
    "F32": "float32",
    "F64": "float64",
    "C64": "complex64",
    "F8_E4M3": "float8_e4m3fn",
    "F8_E5M2": "float8_e5m2",
    "F8_E8M0": "float8_e8m0fnu",
    "F8_E4M3FNUZ": "float8_e4m3fnuz",
    "F8_E5M2FNUZ": "float8_e5m2fnuz",
}
SHAPES = {"a matrix": (3, 4), "a single number": (), "nothing": (0, 4)}


def cases():
    for entry in READ:
        for kind, name in TYPES.items():
            for form, shape in SHAPES.items():
                yield Case(f"{kind}, {form}: {entry}", (entry, kind, form), _values(name, shape), None, 0, 0)


def _values(name, shape):
    if name == "bool":
        return np.resize([True, False, True], shape)
    if name == "float8_e8m0fnu":
        return (2.0 ** np.resize(np.arange(-3, 9), shape)).astype(_type(name))
    values = np.resize(np.arange(1, 13), shape)
    if name == "complex64":
        values = values + 0.5j
    return (values - (6 if "float" in name or name.startswith("int") else 0)).astype(_type(name))


def _type(name):
    return np.dtype(getattr(ml_dtypes, name, name))


def control(case):
    """The bytes after the header, by NumPy."""
    _write(case)
    with open("case.safetensors", "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))["tensor"]
        return np.frombuffer(file.read(), _type(TYPES[header["dtype"]])).reshape(header["shape"])


def _write(case):
    data = case.given.tobytes()
    tensor = {"dtype": case.group[1], "shape": list(case.given.shape), "data_offsets": [0, len(data)]}
    header = json.dumps({"tensor": tensor}).encode()
    header += b" " * (-len(header) % 8)
    with open("case.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + data)


def load(case):
    return READ[case.group[0]]("case.safetensors")["tensor"]


def run(tensor, case):
    name = str(getattr(tensor.dtype, "name", tensor.dtype)).rpartition(".")[2].removesuffix("_").lower()
    name = TINY.get(name, name) if case.group[0] == "tinygrad" else name
    try:
        kind = _type(name)
    except TypeError:
        raise NotFed(f"gives {name}, which NumPy has no type for") from None
    return np.asarray(GIVE.get(case.group[0], np.asarray)(tensor)).astype(kind)


TINY = {"signed char": "int8", "char": "int8", "short": "int16", "int": "int32", "long": "int64", "half": "float16"}
TINY |= {"unsigned char": "uint8", "unsigned short": "uint16", "unsigned int": "uint32", "unsigned long": "uint64"}
TINY |= {"float": "float32", "double": "float64", "__bf16": "bfloat16", "float8_e4m3": "float8_e4m3fn"}
"""What tinygrad calls the types of C."""


def _read_torch(path):
    from safetensors.torch import load_file

    return load_file(path)


def _read_numpy(path):
    from safetensors.numpy import load_file

    return load_file(path)


def _read_jax(path):
    from safetensors.flax import load_file

    return load_file(path)


def _read_mlx(path):
    import mlx.core as mx

    mx.set_default_device(mx.cpu)
    return mx.load(path)


def _read_paddle(path):
    from safetensors.paddle import load_file

    return load_file(path)


def _read_tinygrad(path):
    from tinygrad.nn.state import safe_load

    return safe_load(path)


def _read_tensorflow(path):
    from safetensors.tensorflow import load_file

    return load_file(path)


def _give_torch(tensor):
    return (tensor if str(tensor.dtype)[6:].startswith(("complex", "int", "uint", "bool")) else tensor.double()).numpy()


def _give_mlx(array):
    import mlx.core as mx

    return np.array(array.astype(mx.float32) if array.dtype == mx.bfloat16 else array)


def _give_paddle(tensor):
    narrow = str(tensor.dtype).rpartition(".")[2].startswith(("bfloat", "float8"))
    return (tensor.astype("float32") if narrow else tensor).numpy()


def _give_tinygrad(tensor):
    from tinygrad import dtypes

    tensor = tensor.to("PYTHON")
    return (tensor.float() if tensor.dtype in (dtypes.bfloat16, *dtypes.fp8s) else tensor).numpy()


READ = {
    "jax": _read_jax,
    "mlx": _read_mlx,
    "numpy": _read_numpy,
    "paddlepaddle": _read_paddle,
    "pytorch": _read_torch,
    "tensorflow": _read_tensorflow,
    "tinygrad": _read_tinygrad,
}
GIVE = {
    "mlx": _give_mlx,
    "paddlepaddle": _give_paddle,
    "pytorch": _give_torch,
    "tensorflow": lambda tensor: tensor.numpy(),
    "tinygrad": _give_tinygrad,
}

suite = Suite(
    *("safetensors", "torch", "jax", "mlx", "paddlepaddle", "tensorflow-cpu", "tinygrad", "numpy", "ml-dtypes"),
    keys=("entry", "type", "form"),
    seconds=90,
    batch=60,
    mebibytes=6144,
)
suite.grade(cases(), load=load, run=run, control=control, named="NumPy")
