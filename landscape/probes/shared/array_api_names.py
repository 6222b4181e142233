"""A program of one line for each name of the array API and each type of numbers, held against `array-api-strict`.

The official suite of the standard is in no package, so these lines are our own; what a name does, and for which types
it is there, says the strict implementation of the standard, whose refusals are no cases. The group is the name, and the
type of its first argument.
"""

import operator
import re
import warnings
from dataclasses import dataclass

import array_api_strict as strict
import numpy as np
from landscape_suite import Case

KEYS = "function", "type"
_INTEGERS = [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
_TYPES = ["bool", *_INTEGERS, "float32", "float64", "complex64", "complex128"]
_WIDER = {
    "int8": "int16",
    "uint8": "uint32",
    "int16": "int64",
    "uint16": "int32",
    "int32": "int64",
    "float32": "float64",
}
_WIDER |= {"complex64": "complex128"}

_UNARY = """abs atan ceil conj cos exp expm1 floor imag isfinite isinf isnan logical_not negative positive real round
sign signbit sin square sinh asinh tan tanh trunc bitwise_invert cosh"""
_IN_UNIT = "acos asin atanh log log10 log1p log2 reciprocal sqrt"
_BINARY = """add atan2 bitwise_and bitwise_or bitwise_xor copysign divide equal greater greater_equal hypot less
less_equal logaddexp logical_and logical_or logical_xor maximum minimum multiply nextafter not_equal pow subtract"""
_WHOLE_BINARY = "bitwise_left_shift bitwise_right_shift floor_divide remainder"
_REDUCING = "all any argmax argmin count_nonzero max mean min prod std sum var"
_SPECIAL_UNARY = f"{_UNARY} {_IN_UNIT} acosh"
_OPERATORS = "+ - * / // % ** & | ^ == != < <= > >="
_KINDS = "bool", "signed integer", "unsigned integer", "integral", "real floating", "complex floating", "numeric"
_IN_PLACE = "iadd isub imul itruediv ifloordiv imod ipow iand ior ixor"

_MORE = {
    "acosh": ["xp.acosh(g)"],
    "arange": ["xp.arange(2, 11, 3, dtype=dtype)"],
    "argsort": ["xp.argsort(x, axis=1)", "xp.argsort(x, axis=0, descending=True)", "xp.argsort(d, stable=True)"],
    "asarray": ["xp.asarray([[1, 0], [0, 1]], dtype=dtype)", "xp.asarray(x, copy=True)"],
    "astype": ["xp.astype(x, xp.float32)", "xp.astype(y, xp.int16)", "xp.astype(x, xp.bool)", "xp.astype(x, dtype)"],
    "broadcast_arrays": ["xp.broadcast_arrays(x, v)"],
    "broadcast_shapes": ["xp.broadcast_shapes((3, 1), (1, 4))"],
    "broadcast_to": ["xp.broadcast_to(v, (3, 4))"],
    "can_cast": ["xp.can_cast(dtype, xp.float64)", "xp.can_cast(x, xp.int64)"],
    "clip": ["xp.clip(x, 1, 2)", "xp.clip(x, min=v)", "xp.clip(x, y, y)"],
    "concat": ["xp.concat([x, y], axis=1)", "xp.concat([x, y], axis=None)"],
    "cumulative_prod": ["xp.cumulative_prod(y, axis=1)", "xp.cumulative_prod(v, include_initial=True)"],
    "cumulative_sum": ["xp.cumulative_sum(x, axis=0)", "xp.cumulative_sum(v, include_initial=True)"],
    "diff": ["xp.diff(x, axis=0)", "xp.diff(v, n=2)", "xp.diff(v, prepend=v[:1])"],
    "empty": ["xp.empty((2, 3), dtype=dtype).shape"],
    "empty_like": ["xp.empty_like(x).shape"],
    "expand_dims": ["xp.expand_dims(x, axis=1)", "xp.expand_dims(x, axis=(0, -1))"],
    "eye": ["xp.eye(3, 4, k=1, dtype=dtype)"],
    "finfo": ["[xp.finfo(dtype).bits, float(xp.finfo(dtype).eps), float(xp.finfo(dtype).smallest_normal)]"],
    "flip": ["xp.flip(x)", "xp.flip(x, axis=1)"],
    "from_dlpack": ["xp.from_dlpack(x)"],
    "full": ["xp.full((2, 3), 1, dtype=dtype)"],
    "full_like": ["xp.full_like(x, 1)"],
    "iinfo": ["[xp.iinfo(dtype).bits, xp.iinfo(dtype).min, xp.iinfo(dtype).max]"],
    "isdtype": ["[xp.isdtype(dtype, kind) for kind in kinds]", "xp.isdtype(dtype, (xp.int8, 'real floating'))"],
    # `invert` is left out: array-api-strict 2.6.1 takes and ignores it.
    "isin": ["xp.isin(x, v)"],
    "linspace": ["xp.linspace(0, 3, 5, dtype=dtype)", "xp.linspace(0, 3, 5, dtype=dtype, endpoint=False)"],
    "matmul": ["xp.matmul(x, xp.matrix_transpose(y))", "xp.matmul(x, v)", "xp.matmul(q, q)"],
    "matrix_transpose": ["xp.matrix_transpose(x)"],
    "meshgrid": ["xp.meshgrid(v, v)", "xp.meshgrid(v, v, indexing='ij')"],
    "moveaxis": ["xp.moveaxis(q, 0, -1)"],
    "nonzero": ["xp.nonzero(x)"],
    "ones": ["xp.ones((2, 3), dtype=dtype)"],
    "ones_like": ["xp.ones_like(x)"],
    "permute_dims": ["xp.permute_dims(q, (2, 0, 1))"],
    "repeat": ["xp.repeat(x, 2, axis=1)", "xp.repeat(x, 2)", "xp.repeat(v, r)"],
    "reshape": ["xp.reshape(x, (2, -1))", "xp.reshape(x, (4, 3), copy=True)"],
    "result_type": [
        "xp.result_type(x, y) == dtype",
        "xp.result_type(dtype, xp.int8) == xp.int16",
        "xp.result_type(x, 1) == dtype",
    ],
    "roll": ["xp.roll(x, 2)", "xp.roll(x, (1, -1), axis=(0, 1))"],
    "searchsorted": ["xp.searchsorted(t, v)", "xp.searchsorted(t, v, side='right')"],
    "sort": ["xp.sort(x, axis=1)", "xp.sort(x, axis=0, descending=True)"],
    "squeeze": ["xp.squeeze(x[None, ...], axis=0)"],
    "stack": ["xp.stack([x, y], axis=1)"],
    "take": ["xp.take(x, i, axis=1)", "xp.take(v, i)"],
    "take_along_axis": ["xp.take_along_axis(x, j, axis=1)"],
    "tensordot": ["xp.tensordot(x, y)", "xp.tensordot(x, y, axes=([1], [1]))", "xp.tensordot(v, v, axes=0)"],
    "tile": ["xp.tile(x, (2, 1))", "xp.tile(v, (2, 2))"],
    "tril": ["xp.tril(x)", "xp.tril(q, k=-1)"],
    "triu": ["xp.triu(x)", "xp.triu(q, k=1)"],
    "unique_all": ["xp.sort(xp.unique_all(d).values)", "xp.sort(xp.unique_all(d).counts)"],
    "unique_counts": ["xp.sort(xp.unique_counts(d).values)", "xp.sort(xp.unique_counts(d).counts)"],
    "unique_inverse": ["xp.take(xp.unique_inverse(d).values, xp.unique_inverse(d).inverse_indices)"],
    "unique_values": ["xp.sort(xp.unique_values(d))"],
    "unstack": ["xp.unstack(x, axis=1)"],
    "vecdot": ["xp.vecdot(x, y)", "xp.vecdot(x, y, axis=0)"],
    "where": ["xp.where(b, x, y)", "xp.where(b, x, 1)"],
    "zeros": ["xp.zeros((2, 3), dtype=dtype)"],
    "zeros_like": ["xp.zeros_like(x)"],
    "linalg.cholesky": ["xp.linalg.cholesky(p)", "xp.linalg.cholesky(p, upper=True)"],
    "linalg.cross": ["xp.linalg.cross(q, q + 1)"],
    "linalg.det": ["xp.linalg.det(q)"],
    "linalg.diagonal": ["xp.linalg.diagonal(q)", "xp.linalg.diagonal(q, offset=1)"],
    "linalg.eigh": ["xp.linalg.eigh(p).eigenvalues"],
    "linalg.eigvalsh": ["xp.linalg.eigvalsh(p)"],
    "linalg.inv": ["xp.linalg.inv(p)"],
    "linalg.matmul": ["xp.linalg.matmul(q, q)"],
    "linalg.matrix_norm": ["xp.linalg.matrix_norm(x)", "xp.linalg.matrix_norm(x, ord='nuc')"],
    "linalg.matrix_power": ["xp.linalg.matrix_power(p, 3)", "xp.linalg.matrix_power(p, -1)"],
    "linalg.matrix_rank": ["xp.linalg.matrix_rank(p)"],
    "linalg.matrix_transpose": ["xp.linalg.matrix_transpose(x)"],
    "linalg.outer": ["xp.linalg.outer(v, v)"],
    "linalg.pinv": ["xp.linalg.pinv(p)"],
    "linalg.qr": ["xp.linalg.qr(x).Q @ xp.linalg.qr(x).R", "xp.linalg.qr(x, mode='complete').Q.shape"],
    "linalg.slogdet": ["xp.linalg.slogdet(p).logabsdet"],
    "linalg.solve": ["xp.linalg.solve(p, q)", "xp.linalg.solve(p[0, ...], v[:3])"],
    "linalg.svd": ["xp.linalg.svd(x).S", "xp.linalg.svd(x, full_matrices=False).Vh.shape"],
    "linalg.svdvals": ["xp.linalg.svdvals(x)"],
    "linalg.tensordot": ["xp.linalg.tensordot(x, y)"],
    "linalg.trace": ["xp.linalg.trace(q)"],
    "linalg.vecdot": ["xp.linalg.vecdot(x, y)"],
    "linalg.vector_norm": ["xp.linalg.vector_norm(x)", "xp.linalg.vector_norm(x, axis=1, ord=1, keepdims=True)"],
    "fft.fft": ["xp.fft.fft(x)", "xp.fft.fft(x, n=6, axis=0, norm='ortho')"],
    "fft.fftfreq": ["xp.fft.fftfreq(5, d=0.5, dtype=dtype)"],
    "fft.fftn": ["xp.fft.fftn(q, axes=(0, 1))"],
    "fft.fftshift": ["xp.fft.fftshift(x)"],
    "fft.hfft": ["xp.fft.hfft(x, n=6)"],
    "fft.ifft": ["xp.fft.ifft(x)"],
    "fft.ifftn": ["xp.fft.ifftn(x)"],
    "fft.ifftshift": ["xp.fft.ifftshift(x)"],
    "fft.ihfft": ["xp.fft.ihfft(x)"],
    "fft.irfft": ["xp.fft.irfft(x, n=6)"],
    "fft.irfftn": ["xp.fft.irfftn(x)"],
    "fft.rfft": ["xp.fft.rfft(x)"],
    "fft.rfftfreq": ["xp.fft.rfftfreq(5, d=0.5, dtype=dtype)"],
    "fft.rfftn": ["xp.fft.rfftn(x)"],
    "array.T": ["x.T"],
    "array.mT": ["x.mT"],
    "array.ndim": ["x.ndim"],
    "array.shape": ["x.shape"],
    "array.size": ["x.size"],
    "array.to_device": ["x.to_device(x.device)"],
    "array.__array_namespace__": ["x.__array_namespace__().zeros_like(x)"],
    "array.__dlpack_device__": ["int(x.__dlpack_device__()[0])"],
    "array.__complex__": ["complex(v[1])"],
    "array.__float__": ["float(v[1])"],
    "array.__int__": ["int(v[1])"],
    "array.__bool__": ["bool(v[1])"],
    "array.__index__": ["[10, 20, 30, 40, 50][v[0]]"],
    "array.__getitem__": [
        "x[1, ...]",
        "x[::2, 1:3]",
        "x[..., ::-1]",
        "x[:, None, 2]",
        "x[b]",
        "x[i, i]",
        "x[1, i]",
        "x[-1, -2]",
    ],
    "array.__setitem__": ["put(x, (1, ...), 1)", "put(x, b, y[b])", "put(x, b, 1)", "put(x, (slice(None), 2), v[:3])"],
    "array.__matmul__": ["x @ v"],
    "array.__neg__": ["-x"],
    "array.__pos__": ["+x"],
    "array.__abs__": ["abs(x)"],
    "array.__invert__": ["~x"],
    "array.__lshift__": ["x << y"],
    "array.__rshift__": ["x >> y"],
}


@dataclass(frozen=True)
class Line:
    """A line of a program, and what it is about: a type of numbers by its name, and arrays by theirs."""

    text: str
    type: str
    arrays: dict


def cases():
    """The lines that the strict implementation runs."""
    for function, texts in _texts().items():
        for text in dict.fromkeys(texts):
            for kind in _TYPES:
                yield from _case(function, text, kind)


def _case(function, text, kind):
    line = Line(text, kind, _arrays(kind))
    close = (1e-4, 1e-5) if kind in ("float32", "complex64") else (1e-7, 1e-9)
    case = Case(f"{text} [{kind}]", (function, kind), line, None, *close)
    try:
        control(case)
    except Exception:  # not in the standard, for this type
        return
    yield case


def _texts():
    """The lines by the name that they try."""
    found = {name: list(texts) for name, texts in _MORE.items()}

    def add(names, *texts):
        for name in names.split():
            found.setdefault(name, []).extend(text.format(name) for text in texts)

    add(_UNARY, "xp.{}(x)")
    add(_IN_UNIT, "xp.{}(u)")
    add(_SPECIAL_UNARY, "xp.{}(n)")
    add(_BINARY, "xp.{}(x, y)", "xp.{}(x, w)", "xp.{}(x, 1)", "xp.{}(n[:, None], n)")
    add(_WHOLE_BINARY, "xp.{}(x, y)", "xp.{}(y, w)", "xp.{}(x, 1)")
    add(_REDUCING, "xp.{}(x)", "xp.{}(x, axis=1)", "xp.{}(x, axis=0, keepdims=True)")
    add("all any max mean min prod std sum var", "xp.{}(q, axis=(0, 2))")
    add("all any max mean min prod std sum var", "xp.{}(n)")
    add("all any prod sum", "xp.{}(x[:0, :], axis=0)")
    for sign in _OPERATORS.split():
        found[f"array {sign}"] = [f"x {sign} {other}" for other in ("y", "w", "1", "2.0", "True")] + [f"1 {sign} y"]
    for name in _IN_PLACE.split():
        found[f"array.__{name}__"] = [f"operator.{name}(x, y)", f"operator.{name}(x, 1)"]
    return found


def _arrays(kind):
    """What the lines work with, as NumPy's arrays of one type."""
    rows = (np.arange(12) * 5 % 12).reshape(3, 4)
    small = np.arange(12).reshape(3, 4) % 3 + 1
    arrays = {
        "x": _made(rows - 5, kind),
        "y": _made(small, kind),
        "v": _made(np.array([1, 2, 3, 1]), kind),
        "t": _made(np.array([0, 1, 2, 3]), kind),
        "d": _made(np.array([3, 1, 3, 2, 1, 3]), kind),
        "q": _made((np.arange(18) * 7 % 11).reshape(2, 3, 3), kind),
        "b": rows % 3 == 0,
        "i": np.array([0, 2, 1]),
        "j": np.array([[0, 3], [1, 2], [3, 3]]),
        "r": np.array([1, 0, 2, 1]),
    }
    if kind in _WIDER:
        arrays["w"] = small.astype(_WIDER[kind])
    if np.dtype(kind).kind in "fc":
        arrays |= {"u": ((rows + 1) / 16).astype(kind), "g": ((rows + 17) / 16).astype(kind)}
        arrays["p"] = (np.array([[4, 1, 0], [1, 5, 2], [0, 2, 6]]) / 2 + np.eye(3) * [[[0]], [[1]]]).astype(kind)
    if np.dtype(kind).kind == "f":
        arrays["n"] = np.array([np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, -1.0, 2.5, -1.5], kind)
    return arrays


def _made(whole, kind):
    """Numbers of a type: halves where it has them, none below zero where it has none."""
    which = np.dtype(kind).kind
    if which in "fc":
        return (whole / 2 + (1j * (whole % 3 - 1) if which == "c" else 0)).astype(kind)
    return (whole % 2 if which == "b" else abs(whole) if which == "u" else whole).astype(kind)


def control(case):
    """What the strict implementation gives."""
    with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
        return plain(load(strict, case, strict.asarray)(), np.asarray)


def load(xp, case, take):
    """A line that is ready to run: all of its names are in the namespace, and `take` made its arrays."""
    line = case.given
    for path in re.findall(r"\bxp\.([a-z_0-9.]+)", line.text):
        operator.attrgetter(path.rstrip("."))(xp)
    names = {"xp": xp, "kinds": _KINDS, "operator": operator, "put": _put}
    if re.search(r"\bdtype\b", line.text):
        names["dtype"] = getattr(xp, line.type)
    for name, value in line.arrays.items():
        if re.search(rf"\b{name}\b", line.text):
            names[name] = take(value.copy())
    return lambda: eval(line.text, names)


def plain(value, give):
    """Nested results as lists of NumPy's arrays, which `give` makes of a library's own."""
    if isinstance(value, (list, tuple)):
        return [plain(item, give) for item in value]
    return np.asarray(value if isinstance(value, (bool, int, float, complex)) else give(value))


def _put(array, place, value):
    array[place] = value
    return array
