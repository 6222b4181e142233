# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# ///
"""JAX and Flax save and load weights as safetensors.

Element types cross without a changed bit, but arrays of float8 can be written and not be read again. A Flax network
gets its weights back and gives the same numbers; a tree of arrays must be flattened first, since nesting is refused.
"""

import jax.numpy as jnp
import numpy as np
from flax import nnx
from landscape_probe import Probe
from safetensors.flax import load_file, save_file

TYPES = ("float32", "float16", "bfloat16", "int32", "int8", "uint8", "bool")

with Probe("jax", "flax", "safetensors") as probe:
    values = np.random.default_rng(0).normal(size=(3, 4)) * 4
    arrays = {name: jnp.asarray(values).astype(name) for name in TYPES}
    save_file(arrays, "types.safetensors")
    read = load_file("types.safetensors")
    for name, array in arrays.items():
        probe.same(f"bits of {name}", np.asarray(read[name]).tobytes().hex(), np.asarray(array).tobytes().hex())
        probe.same(f"type of {name}", str(read[name].dtype), name)
    save_file({"small": jnp.ones(3, "float8_e4m3fn")}, "float8.safetensors")
    probe.refused(
        "reading float8, which was written", lambda: load_file("float8.safetensors"), AttributeError, "float8"
    )
    net, other = nnx.Linear(4, 3, rngs=nnx.Rngs(0)), nnx.Linear(4, 3, rngs=nnx.Rngs(1))
    flat = {".".join(map(str, path)): leaf[...] for path, leaf in nnx.to_flat_state(nnx.state(net))}
    save_file(flat, "net.safetensors")
    loaded = load_file("net.safetensors")
    state = nnx.state(other)
    for path, leaf in nnx.to_flat_state(state):
        leaf[...] = loaded[".".join(map(str, path))]
    nnx.update(other, state)
    steps = jnp.asarray(values, jnp.float32)
    probe.close("outputs with the loaded weights", other(steps), net(steps), 0)
    probe.refused("a nested tree", lambda: save_file({"layer": {"kernel": arrays["float32"]}}, "tree.safetensors"))
