# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# ///
"""JAX exports ONNX through jax2onnx, for the operations that it knows; an operation without a lowering is refused.

A network of Flax NNX and one of Equinox cross, each with a symbolic batch, and give the same numbers in ONNX Runtime.
"""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import onnxruntime
from flax import nnx
from jax2onnx import to_onnx
from landscape_probe import Probe


class Net(nnx.Module):
    def __init__(self, rngs):
        self.conv = nnx.Conv(3, 8, (3, 3), rngs=rngs)
        self.norm = nnx.LayerNorm(8, rngs=rngs)
        self.head = nnx.Linear(8, 5, rngs=rngs)

    def __call__(self, image):
        return self.head(nnx.gelu(self.norm(self.conv(image))).mean((1, 2)))


def there(model, *inputs):
    model.save("net.onnx") if hasattr(model, "save") else open("net.onnx", "wb").write(model.SerializeToString())
    session = onnxruntime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
    return session.run(None, {i.name: x for i, x in zip(session.get_inputs(), inputs, strict=True)})[0]


with Probe("jax", "jax2onnx", "onnx", "onnxruntime", "flax", "equinox") as probe:
    random = np.random.default_rng(0)
    net = Net(nnx.Rngs(0))
    model = to_onnx(net, [("B", 8, 8, 3)])
    for size in (1, 6):
        image = random.normal(size=(size, 8, 8, 3)).astype(np.float32)
        probe.close(f"Flax: scores of a batch of {size}", there(model, image), net(image), 1e-4)
    mlp = eqx.nn.MLP(6, 4, 16, 2, key=jax.random.key(0))
    model = to_onnx(jax.vmap(mlp), [("B", 6)])
    steps = random.normal(size=(5, 6)).astype(np.float32)
    probe.close("Equinox: outputs of a batch of 5", there(model, steps), jax.vmap(mlp)(steps), 1e-5)
    model = to_onnx(lambda x: jax.lax.scan(lambda c, y: (c * 0.5 + y, c), jnp.zeros(3), x)[0], [(7, 3)])
    steps = random.normal(size=(7, 3)).astype(np.float32)
    expected = jax.lax.scan(lambda c, y: (c * 0.5 + y, c), jnp.zeros(3), steps)[0]
    probe.close("a loop (lax.scan)", there(model, steps), expected, 1e-5)
    draw = lambda shape: jax.random.gamma(jax.random.key(0), shape)  # noqa: E731
    probe.refused(
        "a draw from a gamma distribution", lambda: to_onnx(draw, [(3,)]), NotImplementedError, "random_gamma"
    )
