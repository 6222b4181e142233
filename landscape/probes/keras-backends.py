# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "keras==3.15.1", "tensorflow-cpu==2.21.0", "jax==0.10.2", "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2",
#   "onnxruntime==1.32.0", "onnxscript==0.7.2", "tf2onnx==1.17.0", "jax2onnx==0.17.1", "openvino==2026.4.1",
#   "ai-edge-litert==2.3.0",
# ]
# ///
"""Keras is built on TensorFlow, JAX and PyTorch: one saved model gives the same numbers and gradients on each.

A process for each backend loads the file that TensorFlow's wrote, predicts, trains two steps with the optimiser's
saved state, and saves. Outputs, losses, trained weights and the configuration are compared between the three.
"""

import json
import os
import subprocess
import sys

import numpy as np
from landscape_probe import Probe

MAKE = """
import keras, numpy as np
keras.utils.set_random_seed(0)
image = keras.Input((8, 8, 3), name="image")
x = keras.layers.Conv2D(8, 3, padding="same", name="conv")(image)
x = keras.layers.BatchNormalization(name="norm")(x)
x = keras.layers.Reshape((64, 8))(keras.layers.Activation("gelu")(x))
x = keras.layers.MultiHeadAttention(2, 4, name="attend")(x, x)
x = keras.layers.LSTM(6, name="recur")(x)
net = keras.Model(image, keras.layers.Dense(5, activation="softmax", name="scores")(x), name="net")
net.compile(keras.optimizers.AdamW(0.01), keras.losses.CategoricalCrossentropy())
data = np.load("data.npz")
net.fit(data["images"], data["wanted"], batch_size=8, shuffle=False, verbose=0)
net.save("net.keras")
"""
USE = """
import json, sys, keras, numpy as np
net = keras.models.load_model("net.keras")
data = np.load("data.npz")
array = keras.ops.convert_to_numpy
seen = {"scores": net.predict(data["unseen"], verbose=0), "steps": array(net.optimizer.iterations)}
seen["losses"] = [net.train_on_batch(data["images"][i:i + 8], data["wanted"][i:i + 8]) for i in (0, 8)]
seen |= {v.path: array(v) for v in net.variables if "seed" not in v.path}
np.savez(sys.argv[1], **seen)
print(json.dumps({"backend": keras.backend.backend(), "tensor": type(keras.ops.ones(1)).__module__.split(".")[0],
                  "layers": [layer["config"] for layer in net.get_config()["layers"]]}))
"""
BACKENDS = {"tensorflow": "tensorflow", "jax": "jaxlib", "torch": "torch"}


def run(program, backend, *arguments):
    environment = os.environ | {"KERAS_BACKEND": backend, "TF_ENABLE_ONEDNN_OPTS": "0"}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


with Probe("keras", "tensorflow-cpu", "jax", "torch") as probe:
    random = np.random.default_rng(0)
    images, unseen = (random.normal(1, 2, size=(n, 8, 8, 3)).astype(np.float32) for n in (16, 5))
    wanted = np.eye(5, dtype=np.float32)[random.integers(0, 5, 16)]
    np.savez("data.npz", images=images, unseen=unseen, wanted=wanted)
    run(MAKE, "tensorflow")
    said = {name: json.loads(run(USE, name, f"{name}.npz").splitlines()[-1]) for name in BACKENDS}
    seen = {name: dict(np.load(f"{name}.npz")) for name in BACKENDS}
    for name, module in BACKENDS.items():
        ran = said[name]["backend"], said[name]["tensor"]
        probe.same(f"backend and library of the tensors, {name}", ran, [name, module])
        probe.same(f"steps of the optimiser in the file, {name}", int(seen[name].pop("steps")), 2)
    for name in ("jax", "torch"):
        probe.same(f"configuration of the layers, {name}", said[name]["layers"], said["tensorflow"]["layers"])
        for what in ("scores", "losses"):
            probe.close(f"{what}, {name} and tensorflow", seen[name].pop(what), seen["tensorflow"][what], 1e-4)
    for what in ("scores", "losses"):
        del seen["tensorflow"][what]
    for name in ("jax", "torch"):
        probe.close(f"weights after training, {name} and tensorflow", seen[name], seen["tensorflow"], 1e-3)
