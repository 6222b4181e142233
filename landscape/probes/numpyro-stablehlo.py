# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# ///
"""NumPyro models become StableHLO through JAX: the density and the seeded model, not the sites and their names.

Both are serialised, and run again from the bytes without the model's code: values, gradients and draws are the same. A
model without a seed is refused.
"""

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax import export
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


def draw(key, rows):
    return seed(model, key)(rows)


def crossed(function, *shapes, derivatives=0):
    return export.deserialize(export.export(jax.jit(function))(*shapes).serialize(vjp_order=derivatives))


with Probe("jax", "numpyro") as probe:
    random = np.random.default_rng(0)
    array = lambda *shape: random.normal(size=shape).astype(np.float32)  # noqa: E731
    batch = export.symbolic_shape("rows")[0]
    shapes = [jax.ShapeDtypeStruct(shape, jnp.float32) for shape in ((3,), (), (batch, 3), (batch,))]
    there = crossed(density, *shapes, derivatives=1)
    probe.same("it is StableHLO", "stablehlo.dot_general" in there.mlir_module(), True)
    for rows in (4, 9):
        given = array(3), np.abs(array()), array(rows, 3), array(rows)
        probe.close(f"log-density of {rows} rows", there.call(*given), density(*given))
    probe.close("its gradient", jax.grad(there.call)(*given), jax.grad(density)(*given))
    there = crossed(draw, jax.ShapeDtypeStruct((2,), jnp.uint32), shapes[2])
    for place in range(3):
        given = jax.random.PRNGKey(place), array(5, 3)
        probe.close(f"draw {place} of the prior", there.call(*given), draw(*given))
    probe.refused("a model without a seed", lambda: crossed(model, shapes[2]), AssertionError)
