# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# ///
"""NumPyro is built on JAX: NUTS under jit and vmap finds the posterior that algebra gives.

A normal model with known noise has an exact posterior; several chains run as one vectorised program. The Monte Carlo
error of a mean of n draws with autocorrelation is below five times s/sqrt(n_eff), which is the tolerance.
"""

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from landscape_probe import Probe
from numpyro.diagnostics import effective_sample_size
from numpyro.infer import MCMC, NUTS, log_likelihood


def model(data):
    level = numpyro.sample("level", dist.Normal(1.0, 2.0))
    numpyro.sample("seen", dist.Normal(level, 0.7), obs=data)


with Probe("jax", "numpyro") as probe:
    data = jnp.asarray(np.random.default_rng(0).normal(3.0, 0.7, size=12).astype(np.float32))
    precision = 1 / 2.0**2 + len(data) / 0.7**2
    mean = (1.0 / 2.0**2 + float(data.sum()) / 0.7**2) / precision
    mcmc = MCMC(
        NUTS(model), num_warmup=500, num_samples=2000, num_chains=2, chain_method="vectorized", progress_bar=False
    )
    mcmc.run(jax.random.key(1), data)
    draws = np.asarray(mcmc.get_samples(group_by_chain=True)["level"])
    spread = precision**-0.5
    error = 5 * spread / np.sqrt(effective_sample_size(draws))
    probe.close("mean of the posterior", draws.mean(), mean, float(error / max(1, mean)))
    probe.close("spread of the posterior", draws.std(), spread, float(error))
    likelihood = jax.jit(lambda level: log_likelihood(model, {"level": level[None]}, data)["seen"].sum())
    by_hand = float(jnp.sum(-0.5 * ((data - 2.5) / 0.7) ** 2 - jnp.log(0.7 * jnp.sqrt(2 * jnp.pi))))
    probe.close("log-likelihood under jit", likelihood(jnp.float32(2.5)), by_hand, 1e-4)
    slope = float(jnp.sum((data - 2.5) / 0.7**2))
    probe.close("its gradient by JAX", jax.grad(likelihood)(jnp.float32(2.5)), slope, 1e-4)
