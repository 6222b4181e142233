# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "keras==3.15.1", "tensorflow-cpu==2.21.0", "jax==0.10.2", "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2",
#   "onnxruntime==1.32.0", "onnxscript==0.7.2", "tf2onnx==1.17.0", "jax2onnx==0.17.1", "openvino==2026.4.1",
#   "ai-edge-litert==2.3.0",
# ]
# ///
"""Keras exports and imports the .keras file and HDF5 weights: graph, weights and training state come back whole.

A model with branches is trained, saved, and read by a process that does not have its code: outputs, configuration and
the continued training agree bit by bit with the model that was never saved. The file is opened as the archive that it
is, too. A layer that holds Python code is refused, and so are weights of another shape.
"""

import json
import os
import subprocess
import sys
import zipfile

os.environ["KERAS_BACKEND"] = "jax"

import h5py
import keras
import numpy as np
from landscape_probe import Probe

ELSEWHERE = """
import json, keras, numpy as np
net = keras.models.load_model("net.keras")
data = np.load("data.npz")
scores = net.predict([data["image"], data["row"]], verbose=0)
losses = [net.train_on_batch([data["image"], data["row"]], data["wanted"]) for _ in range(3)]
np.savez("seen.npz", scores=scores, losses=losses, rate=net.optimizer.learning_rate, **{
    str(place): value for place, value in enumerate(net.get_weights())})
json.dump(net.get_config(), open("seen.json", "w"))
"""


def built(units=5):
    keras.utils.set_random_seed(0)
    image, row = keras.Input((8, 8, 3), name="image"), keras.Input((4,), name="row")
    x = keras.layers.BatchNormalization(name="norm")(keras.layers.Conv2D(6, 3, name="conv")(image))
    x = keras.layers.Reshape((36, 6))(keras.layers.Activation("gelu")(x))
    x = keras.layers.GlobalAveragePooling1D()(keras.layers.MultiHeadAttention(2, 4, name="attend")(x, x))
    x = keras.layers.Concatenate()([x, keras.layers.Dense(3, name="side")(row)])
    net = keras.Model([image, row], keras.layers.Dense(units, activation="softmax", name="scores")(x), name="net")
    schedule = keras.optimizers.schedules.ExponentialDecay(0.05, 2, 0.5)
    net.compile(keras.optimizers.Adam(schedule), keras.losses.CategoricalCrossentropy(label_smoothing=0.1))
    return net


with Probe("keras", "jax", "h5py", "numpy") as probe:
    random = np.random.default_rng(0)
    data = {"image": random.normal(1, 2, size=(16, 8, 8, 3)), "row": random.normal(size=(16, 4))}
    data = {name: value.astype(np.float32) for name, value in data.items()}
    data["wanted"] = np.eye(5, dtype=np.float32)[random.integers(0, 5, 16)]
    np.savez("data.npz", **data)
    net, inputs = built(), [data["image"], data["row"]]
    for _ in range(3):
        net.train_on_batch(inputs, data["wanted"])
    net.save("net.keras")
    subprocess.run([sys.executable, "-c", ELSEWHERE], check=True)
    seen = dict(np.load("seen.npz"))
    probe.close("scores elsewhere", seen.pop("scores"), net.predict(inputs, verbose=0), 1e-6)
    losses = [net.train_on_batch(inputs, data["wanted"]) for _ in range(3)]
    probe.close("losses of the continued training", seen.pop("losses"), losses, 1e-6)
    probe.close("learning rate of the schedule then", seen.pop("rate"), np.asarray(net.optimizer.learning_rate), 1e-9)
    weights = {str(place): value for place, value in enumerate(net.get_weights())}
    probe.close("weights after the continued training", seen, weights, 1e-5)
    probe.same("configuration of the graph", json.load(open("seen.json")), json.loads(json.dumps(net.get_config())))
    with zipfile.ZipFile("net.keras") as archive:
        probe.same("members", sorted(archive.namelist()), ["config.json", "metadata.json", "model.weights.h5"])
        probe.same("version in it", json.loads(archive.read("metadata.json"))["keras_version"], keras.__version__)
    net.save_weights("net.weights.h5")
    kernel = h5py.File("net.weights.h5")["layers/conv2d/vars/0"][:]
    probe.close("a kernel, as h5py reads it", kernel, net.get_layer("conv").kernel, 0)
    other = built()
    other.load_weights("net.weights.h5")
    probe.close("scores with weights from HDF5", other.predict(inputs, verbose=0), net.predict(inputs, verbose=0), 0)
    probe.refused("weights of another shape", lambda: built(4).load_weights("net.weights.h5"), ValueError, "shape")
    code = keras.Sequential([keras.Input((2,)), keras.layers.Lambda(lambda x: x * 2)])
    code.save("code.keras")
    probe.refused("a layer with Python code", lambda: keras.models.load_model("code.keras"), ValueError, "safe_mode")
