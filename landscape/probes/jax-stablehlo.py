# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# ///
"""JAX exports StableHLO, which another process loads, differentiates and runs.

An attention block is exported with a symbolic batch by jax.export; the serialised program is called elsewhere without
its Python code, its gradient included. The text of the program names the operations of StableHLO.
"""

import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
from jax import export
from landscape_probe import Probe

ELSEWHERE = """
import jax, numpy as np
program = jax.export.deserialize(bytearray(open("attend.bin", "rb").read()))
data = np.load("data.npz")
value = program.call(data["weights"], data["steps"])
slope = jax.grad(lambda w: program.call(w, data["steps"]).sum())(data["weights"])
np.savez("seen.npz", value=value, slope=slope)
"""


def attend(weights, steps):
    query, key, value = jnp.split(steps @ weights, 3, axis=-1)
    scores = jax.nn.softmax(jnp.einsum("bid,bjd->bij", query, key) / jnp.sqrt(8.0))
    return jnp.einsum("bij,bjd->bid", scores, value)


with Probe("jax", "jaxlib") as probe:
    random = np.random.default_rng(0)
    weights = random.normal(size=(8, 24)).astype(np.float32)
    [batch] = export.symbolic_shape(
        "batch",
    )
    example = (jax.ShapeDtypeStruct((8, 24), jnp.float32), jax.ShapeDtypeStruct((batch, 5, 8), jnp.float32))
    program = export.export(jax.jit(attend))(*example)
    open("attend.bin", "wb").write(program.serialize(vjp_order=1))
    steps = random.normal(size=(3, 5, 8)).astype(np.float32)
    np.savez("data.npz", weights=weights, steps=steps)
    subprocess.run([sys.executable, "-c", ELSEWHERE], check=True)
    seen = np.load("seen.npz")
    probe.close("values of a batch of 3", seen["value"], attend(weights, steps), 1e-5)
    probe.close("gradient of the weights", seen["slope"], jax.grad(lambda w: attend(w, steps).sum())(weights), 1e-4)
    text = program.mlir_module()
    probe.same(
        "operations of StableHLO in the text", "stablehlo.dot_general" in text and "stablehlo.exponential" in text, True
    )
    probe.refused("inputs of another shape", lambda: program.call(weights, steps[:, :, :4]), ValueError)
