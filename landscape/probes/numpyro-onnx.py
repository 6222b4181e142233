# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# ///
"""NumPyro models become ONNX through jax2onnx where JAX has traced them first: the density, not the draws.

The log-density crosses and gives the same numbers in ONNX Runtime. The limits: traced by jax2onnx itself a model is
refused, since its stand-ins for JAX's functions do not agree with NumPyro's shapes; draws are refused; the shape of the
data is that of the example.
"""

import jax
import numpy as np
import numpyro
import numpyro.distributions as dist
import onnxruntime
from jax.extend.core import jaxpr_as_fun
from jax2onnx import to_onnx
from landscape_probe import Probe
from numpyro.handlers import seed
from numpyro.infer.util import log_density


def model(rows, seen=None):
    slopes = numpyro.sample("slopes", dist.Normal(0, 1).expand([3]).to_event(1))
    noise = numpyro.sample("noise", dist.LogNormal(0.0, 1.0))
    with numpyro.plate("rows", rows.shape[0]):
        return numpyro.sample("seen", dist.Normal(rows @ slopes, noise), obs=seen)


def density(slopes, noise, rows, seen):
    return log_density(model, (rows, seen), {}, {"slopes": slopes, "noise": noise})[0]


def traced(function, *example):
    program = jaxpr_as_fun(jax.make_jaxpr(function)(*example))
    return lambda *given: program(*given)[0]


with Probe("jax", "numpyro", "jax2onnx", "onnx", "onnxruntime") as probe:
    random = np.random.default_rng(0)
    shapes = [(3,), (), (6, 3), (6,)]
    array = lambda shape: np.asarray(random.normal(size=shape), dtype=np.float32)  # noqa: E731
    draw = lambda rows: seed(model, jax.random.PRNGKey(0))(rows)  # noqa: E731
    there = to_onnx(traced(density, *map(array, shapes)), shapes)
    session = onnxruntime.InferenceSession(there.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [x.name for x in session.get_inputs()]
    for place in range(4):
        given = [array(shape) for shape in shapes]
        given[1] = np.abs(given[1]) + np.float32(0.1)
        [value] = session.run(None, dict(zip(names, map(np.asarray, given), strict=True)))
        probe.close(f"log-density of data set {place}", value, density(*given), 1e-4)
    probe.refused("the density, not traced before", lambda: to_onnx(density, shapes), TypeError, "tuple")
    probe.refused("a draw", lambda: to_onnx(traced(draw, array((6, 3))), [(6, 3)]))
