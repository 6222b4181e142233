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
"""DLPack between six libraries, each from each: which types and layouts arrive as they were, on the CPU.

A library makes an array, another takes it by DLPack, the first one's is dropped, and the numbers are read. Layouts
other than rows are tried with float32. The group names the library that takes as the entry; types that the giving
library lacks are no cases.
"""

import gc
import os
from dataclasses import dataclass

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "", "JAX_PLATFORMS": "cpu", "JAX_ENABLE_X64": "1"}

import jax
import jax.numpy as jnp
import ml_dtypes
import mlx.core as mx
import numpy as np
import paddle
import tensorflow as tf
import torch
from landscape_suite import Case, Suite

gc.freeze()  # what the libraries made when they were imported need not be looked through after each case

WHOLE = [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
EIGHT = ["float8_e4m3fn", "float8_e5m2"]
TYPES = ["bool", *WHOLE, "float16", "bfloat16", "float32", "float64", "complex64", "complex128", *EIGHT]
LACKS = {
    "numpy": {"bfloat16", *EIGHT},
    "mlx": {"complex128", *EIGHT},
    "paddlepaddle": {"uint16", "uint32", "uint64"},
}
FORMS = {
    "columns": lambda array: array.T if hasattr(array, "T") else tf.transpose(array),
    "every second": lambda array: array[:, ::2],
    "from the second row": lambda array: array[1:],
    "a single number": lambda array: array[1, 2, ...],
    "nothing": lambda array: array[:0],
    "backwards": lambda array: array[::-1],
    "read-only": lambda array: array.setflags(write=False) or array,
    "one row, many times": lambda array: array[:1].expand(3, 4),
}
ONLY = {"backwards": "numpy", "read-only": "numpy", "one row, many times": "pytorch"}


@dataclass(frozen=True)
class Crossing:
    """Numbers that one library gives, in a layout, and another takes."""

    giver: str
    taker: str
    form: str
    values: np.ndarray


def cases():
    for giver in MAKE:
        for taker in MAKE:
            if giver != taker:
                yield from _cases(giver, taker)


def _cases(giver, taker):
    for name in TYPES:
        if name not in LACKS.get(giver, ()):
            yield _case(giver, taker, name, "rows")
    for form in FORMS:
        if ONLY.get(form, giver) == giver:
            yield _case(giver, taker, "float32", form)


def _case(giver, taker, name, form):
    values = np.arange(12).reshape(3, 4) % 2 == 0 if name == "bool" else np.arange(12).reshape(3, 4)
    given = Crossing(giver, taker, form, values.astype(_type(name)))
    return Case(f"{name}, {form}: {giver} to {taker}", (taker, name, giver, form), given, None, 0, 0)


def _type(name):
    return np.dtype(getattr(ml_dtypes, name, name))


def control(case):
    """The same layout by NumPy alone."""
    values, form = case.given.values, case.given.form
    if form == "rows":
        return values
    return np.broadcast_to(values[:1], (3, 4)) if form.startswith("one row") else FORMS[form](values)


def load(case):
    crossing = case.given
    array = MAKE[crossing.giver](crossing.values)
    if crossing.form != "rows":
        array = FORMS[crossing.form](array)
    taken = TAKE[crossing.taker](array)
    del array
    gc.collect()
    return taken


def run(taken, case):
    name = _name(taken)
    return np.asarray(READ[case.given.taker](taken)).astype(_type(name))


def _name(array):
    return str(getattr(array.dtype, "name", array.dtype)).rpartition(".")[2].removesuffix("_").lower()


def _make_torch(values):
    return torch.tensor(values.astype(np.float32)).to(getattr(torch, values.dtype.name))


def _make_mlx(values):
    name = values.dtype.name
    return mx.array(values.astype(np.float32)).astype(getattr(mx, "bool_" if name == "bool" else name), stream=mx.cpu)


def _read_torch(tensor):
    tensor = tensor.detach()
    return (tensor if _name(tensor).startswith(("complex", "int", "uint", "bool")) else tensor.double()).numpy()


def _read_mlx(array):
    return np.array(array.astype(mx.float32) if array.dtype == mx.bfloat16 else array)


def _read_paddle(tensor):
    return (tensor.astype("float32") if _name(tensor).startswith(("bfloat", "float8")) else tensor).numpy()


MAKE = {
    "numpy": np.array,
    "pytorch": _make_torch,
    "jax": jnp.asarray,
    "tensorflow": tf.constant,
    "mlx": _make_mlx,
    "paddlepaddle": lambda values: paddle.to_tensor(values.astype(np.float32)).astype(values.dtype.name),
}
TAKE = {
    "numpy": np.from_dlpack,
    "pytorch": torch.from_dlpack,
    "jax": jax.dlpack.from_dlpack,
    "tensorflow": lambda array: tf.experimental.dlpack.from_dlpack(array.__dlpack__()),
    "mlx": mx.from_dlpack,
    "paddlepaddle": paddle.from_dlpack,
}
READ = {
    "numpy": np.array,
    "pytorch": _read_torch,
    "jax": np.asarray,
    "tensorflow": lambda tensor: tensor.numpy(),
    "mlx": _read_mlx,
    "paddlepaddle": _read_paddle,
}

suite = Suite(
    *("torch", "jax", "tensorflow-cpu", "mlx", "paddlepaddle", "numpy", "ml-dtypes"),
    keys=("entry", "type", "from", "form"),
    seconds=60,
    batch=200,
    mebibytes=6144,
)
suite.grade(cases(), load=load, run=run, control=control, named="NumPy")
