"""Functions of a line or two around one primitive of JAX each, for the suites of whatever takes JAX's programs.

The choice is our own: what people write by `jax.lax`, `jax.numpy`, `jax.nn` and `jax.random`, one function a primitive
or a few where it has several uses. JAX itself is the control. The group is the primitive and the part that it is of.
"""

import re
from dataclasses import dataclass
from functools import partial

import numpy as np
from landscape_suite import Case

KEYS = "primitive", "part"

_ONE = "abs ceil cos erf exp exp2 expm1 floor is_finite lgamma digamma logistic neg round sign sin sinh cosh tan tanh"
_ONE += " asinh atan cbrt square bessel_i0e bessel_i1e erf_inv erfc"
_POSITIVE = "log log1p rsqrt sqrt"
_UNIT = "acos asin atanh"
_TWO = "add sub mul div max min atan2 rem eq ne lt le gt ge nextafter"
_POSITIVE_TWO = "pow igamma igammac zeta"
_WHOLE = "bitwise_not population_count clz"
_WHOLE_TWO = "bitwise_and bitwise_or bitwise_xor shift_left shift_right_logical shift_right_arithmetic"
_REDUCED = "sum max min prod"
_CUMULATED = "cumsum cumprod cummax cummin cumlogsumexp"

_LINES = {
    "acosh": ("numbers", "lax.acosh(p + 1)"),
    "argmax": ("reductions", "jnp.argmax(x, axis=1)"),
    "argmin": ("reductions", "jnp.argmin(x, axis=0)"),
    "associative_scan": ("control flow", "lax.associative_scan(jnp.add, x)"),
    "betainc": ("numbers", "lax.betainc(p, p + 1, u)"),
    "bitcast_convert_type": ("types", "lax.bitcast_convert_type(x, jnp.int32)"),
    "broadcast_in_dim": ("shapes", "lax.broadcast_in_dim(v, (2, 4), (1,))"),
    "cholesky": ("linear algebra", "jnp.linalg.cholesky(q)"),
    "clamp": ("numbers", "lax.clamp(-1.0, x, 1.0)"),
    "complex": ("types", "jnp.abs(lax.complex(x, y))"),
    "concatenate": ("shapes", "jnp.concatenate([x, y], axis=1)"),
    "cond": ("control flow", "lax.cond(x.sum() > 0, lambda t: t + 1, lambda t: t * 2, x)"),
    "conv_general_dilated": (
        "networks",
        "lax.conv(c, k, (1, 1), 'SAME')",
        "lax.conv_general_dilated(c, k, (2, 2), 'VALID', rhs_dilation=(2, 2))",
        "lax.conv_transpose(jnp.moveaxis(c, 1, 3), jnp.transpose(k, (2, 3, 1, 0)), (2, 2), 'SAME')",
    ),
    "convert_element_type": ("types", "x.astype(jnp.int32)", "i.astype(jnp.float32)", "x.astype(jnp.float16)"),
    "copy": ("shapes", "jnp.copy(x)"),
    "custom_jvp": ("control flow", "jax.nn.relu(x)"),
    "custom_vjp": ("control flow", "kept(x)"),
    "dot_general": ("networks", "x @ y.T", "jnp.einsum('ab,cb->ac', x, y)", "jnp.einsum('bij,bjk->bik', r, r)"),
    "dot_product_attention": ("networks", "jax.nn.dot_product_attention(a, a, a)"),
    "dynamic_slice": ("shapes", "lax.dynamic_slice(x, (i[0], 1), (2, 2))"),
    "dynamic_update_slice": ("shapes", "lax.dynamic_update_slice(x, y[:1, :2], (i[1], 1))"),
    "eig": ("linear algebra", "jnp.sort(jnp.real(jnp.linalg.eigvals(q)))"),
    "eigh": ("linear algebra", "jnp.linalg.eigvalsh(q)"),
    "expand_dims": ("shapes", "lax.expand_dims(x, (1,))"),
    "fft": ("linear algebra", "jnp.abs(jnp.fft.fft(x))", "jnp.abs(jnp.fft.rfft(x))", "jnp.fft.irfft(jnp.fft.rfft(x))"),
    "fori_loop": ("control flow", "lax.fori_loop(0, 4, lambda n, t: t * 0.5 + n, x)"),
    "gather": ("shapes", "x[i]", "jnp.take_along_axis(x, j, axis=1)", "x[i, i]"),
    "grad": ("control flow", "jax.grad(lambda t: jnp.sum(jnp.tanh(t) ** 2))(x)"),
    "integer_pow": ("numbers", "lax.integer_pow(x, 3)"),
    "iota": ("shapes", "x + lax.iota(jnp.float32, 4)"),
    "jit": ("control flow", "jax.jit(lambda t: t * 2)(x) + 1"),
    "log_softmax": ("networks", "jax.nn.log_softmax(x)"),
    "lu": ("linear algebra", "jnp.linalg.det(q)", "jnp.linalg.solve(q, v[:3])"),
    "map": ("control flow", "lax.map(lambda row: row.sum() + row, x)"),
    "pad": ("shapes", "lax.pad(x, 0.0, [(1, 2, 0), (0, 0, 1)])", "jnp.pad(x, 1, mode='reflect')"),
    "qr": ("linear algebra", "jnp.abs(jnp.linalg.qr(q)[1])"),
    "random_bits": ("random", "jax.random.bits(jax.random.key(0), x.shape)"),
    "random_categorical": ("random", "jax.random.categorical(jax.random.key(0), x)"),
    "random_gamma": ("random", "jax.random.gamma(jax.random.key(0), p)"),
    "random_normal": ("random", "x + jax.random.normal(jax.random.key(0), x.shape)"),
    "random_permutation": ("random", "jax.random.permutation(jax.random.key(0), x)"),
    "random_split": ("random", "x + jax.random.uniform(jax.random.split(jax.random.key(0))[1], x.shape)"),
    "reduce_and": ("reductions", "jnp.all(b, axis=0)"),
    "reduce_or": ("reductions", "jnp.any(b, axis=1)"),
    "reduce_precision": ("types", "lax.reduce_precision(x, 8, 7)"),
    "reduce_window": (
        "networks",
        "lax.reduce_window(c, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), 'VALID')",
        "lax.reduce_window(c, 0.0, lax.add, (1, 1, 3, 3), (1, 1, 1, 1), 'SAME')",
    ),
    "remat": ("control flow", "jax.checkpoint(lambda t: jnp.sin(t) * 2)(x)"),
    "reshape": ("shapes", "x.reshape(2, 6)", "x.reshape(-1)"),
    "rev": ("shapes", "lax.rev(x, (0, 1))"),
    "scan": ("control flow", "lax.scan(lambda s, row: (s * 0.5 + row, s), v, x)"),
    "scatter": ("shapes", "x.at[i].set(0.0)", "x.at[1, 2].set(9.0)"),
    "scatter_add": ("shapes", "x.at[i].add(1.0)", "jax.ops.segment_sum(x, i, 3)"),
    "scatter_max": ("shapes", "x.at[i].max(0.5)"),
    "scatter_min": ("shapes", "x.at[i].min(0.5)"),
    "scatter_mul": ("shapes", "x.at[i].multiply(2.0)"),
    "select_and_scatter_add": (
        "networks",
        "jax.grad(lambda t: lax.reduce_window(t, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), 'VALID').sum())(c)",
    ),
    "select_n": ("numbers", "jnp.where(b, x, y)"),
    "slice": ("shapes", "x[1:, ::2]"),
    "softmax": ("networks", "jax.nn.softmax(x)"),
    "sort": ("reductions", "jnp.sort(x, axis=1)", "jnp.argsort(x, axis=0)", "lax.sort((x, y), num_keys=1)"),
    "split": ("shapes", "jnp.split(x, 2, axis=1)"),
    "squeeze": ("shapes", "lax.squeeze(x[:1], (0,))"),
    "stop_gradient": ("control flow", "lax.stop_gradient(x) + 1"),
    "svd": ("linear algebra", "jnp.linalg.svd(x, compute_uv=False)"),
    "switch": ("control flow", "lax.switch(i[0], [lambda t: t, lambda t: t + 1, lambda t: -t], x)"),
    "top_k": ("reductions", "lax.top_k(x, 2)"),
    "transpose": ("shapes", "x.T", "jnp.transpose(r, (2, 0, 1))"),
    "triangular_solve": ("linear algebra", "jax.scipy.linalg.solve_triangular(q, v[:3], lower=True)"),
    "vmap": ("control flow", "jax.vmap(lambda row: jnp.dot(row, row))(x)"),
    "while_loop": ("control flow", "lax.while_loop(lambda t: t.sum() < 50, lambda t: t * 2, jnp.abs(x) + 1)"),
}


@dataclass(frozen=True)
class Line:
    """A function as text, and the arrays that it takes by their names."""

    text: str
    arrays: dict


def cases():
    arrays = _arrays()
    for primitive, part, texts in _listed():
        for text in texts:
            taken = {name: array for name, array in arrays.items() if re.search(rf"(?<![\w.]){name}\b", text)}
            yield Case(text, (primitive, part), Line(text, taken), None, 1e-4, 1e-5)


def _listed():
    numbers = partial(_each, "numbers")
    yield from numbers(_ONE, "lax.{}(x)")
    yield from numbers(_POSITIVE, "lax.{}(p)")
    yield from numbers(_UNIT, "lax.{}(u)")
    yield from numbers(_TWO, "lax.{}(x, y)")
    yield from numbers(_POSITIVE_TWO, "lax.{}(p + 1, p + 0.5)")
    yield from _each("whole numbers", _WHOLE, "lax.{}(j)")
    yield from _each("whole numbers", _WHOLE_TWO, "lax.{}(j, j + 1)")
    yield from _each("reductions", _REDUCED, "jnp.{}(x, axis=1)", "jnp.{}(r, axis=(0, 2), keepdims=True)")
    yield from _each("reductions", _CUMULATED, "lax.{}(x, axis=1)")
    for primitive, (part, *texts) in _LINES.items():
        yield primitive, part, texts


def _each(part, names, *texts):
    for name in names.split():
        yield (
            f"reduce_{name}" if part == "reductions" and name in _REDUCED else name,
            part,
            [text.format(name) for text in texts],
        )


def _arrays():
    random = np.random.default_rng(0)
    x, y = (random.permutation(np.linspace(-2, 2.3, 12)).reshape(3, 4).astype(np.float32) for _ in range(2))
    root = random.normal(size=(3, 3))
    made = {
        "x": x,
        "y": y,
        "p": np.abs(x) + 0.25,
        "u": x / 3,
        "v": y[1],
        "q": root @ root.T + np.diag([1, 2, 4]),
        "r": random.normal(size=(2, 3, 3)),
        "c": random.normal(size=(1, 2, 6, 6)),
        "k": random.normal(size=(3, 2, 3, 3)),
        "a": random.normal(size=(1, 5, 2, 4)),
    }
    return {
        **{name: array.astype(np.float32) for name, array in made.items()},
        "b": x > y,
        "i": np.array([1, 0, 2], np.int32),
        "j": np.array([[0, 3, 1], [2, 2, 0], [1, 0, 3]], np.int32),
    }


def function(case):
    """The function of a case, which takes the values of its arrays in their order."""
    import jax
    import jax.numpy as jnp
    from jax import lax

    kept = jax.custom_vjp(lambda t: jnp.tanh(t) * 2)
    kept.defvjp(lambda t: (kept(t), t), lambda t, slope: (slope,))
    names = {"jax": jax, "jnp": jnp, "lax": lax, "kept": kept}
    return eval(f"lambda {', '.join(case.given.arrays)}: {case.given.text}", names)


def control(case):
    """What JAX itself gives."""
    import jax

    return [np.asarray(leaf) for leaf in jax.tree.leaves(jax.jit(function(case))(*case.given.arrays.values()))]
