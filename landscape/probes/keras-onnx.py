# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "keras==3.15.1", "tensorflow-cpu==2.21.0", "jax==0.10.2", "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2",
#   "onnxruntime==1.32.0", "onnxscript==0.7.2", "tf2onnx==1.17.0", "jax2onnx==0.17.1", "openvino==2026.4.1",
#   "ai-edge-litert==2.3.0",
# ]
# ///
"""Keras exports ONNX from each of its three backends, and each has a layer that it does not bring across.

A network with convolution, normalisation, attention and recurrence is exported in a process for each backend with an
open batch, and gives the same numbers in ONNX Runtime. A reversed recurrence is refused with JAX. With TensorFlow the
exact GELU becomes an operator that ONNX does not have: the file is written, and refused by whoever reads it.
"""

import os
import subprocess
import sys

import numpy as np
import onnx
import onnxruntime
from landscape_probe import Probe

EXPORT = """
import sys, keras, numpy as np
activation, backwards, file = sys.argv[1], sys.argv[2] == "backwards", sys.argv[3]
keras.utils.set_random_seed(0)
image = keras.Input((8, 8, 3), name="image")
x = keras.layers.Conv2D(8, 3, padding="same")(image)
x = keras.layers.Activation(activation)(keras.layers.BatchNormalization()(x))
x = keras.layers.Reshape((64, 8))(x)
x = keras.layers.LSTM(6, go_backwards=backwards)(keras.layers.MultiHeadAttention(2, 4)(x, x))
net = keras.Model(image, keras.layers.Dense(5, activation="softmax")(x))
net.compile("sgd", "categorical_crossentropy")
unseen = np.load("unseen.npy")
net.fit(unseen * 2 + 1, np.eye(5)[:len(unseen)], epochs=3, verbose=0)
net(unseen)
net.export(f"{file}.onnx", format="onnx", verbose=False)
np.savez(file, scores=net.predict(unseen, verbose=0), dense=net.layers[-1].get_weights()[0])
"""


def export(backend, activation, direction, file):
    command = [sys.executable, "-c", EXPORT, activation, direction, file]
    environment = os.environ | {"KERAS_BACKEND": backend}
    done = subprocess.run(command, env=environment, check=False, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])


def opened(file):
    return onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])


with Probe("keras", "tensorflow-cpu", "jax", "torch", "tf2onnx", "jax2onnx", "onnx", "onnxruntime") as probe:
    unseen = np.random.default_rng(0).normal(size=(5, 8, 8, 3)).astype(np.float32)
    np.save("unseen.npy", unseen)
    crossings = ("tensorflow", "relu", "backwards"), ("jax", "gelu", "forwards"), ("torch", "gelu", "backwards")
    for backend, activation, direction in crossings:
        export(backend, activation, direction, backend)
        model = onnx.load(f"{backend}.onnx")
        onnx.checker.check_model(model)
        there, session = np.load(f"{backend}.npz"), opened(f"{backend}.onnx")
        probe.same(f"name of the input, {backend}", [x.name for x in session.get_inputs()], ["image"])
        for size in (1, 5):
            [scores] = session.run(None, {"image": unseen[:size]})
            probe.close(f"scores of a batch of {size}, {backend}", scores, there["scores"][:size], 1e-5)
        stored = [onnx.numpy_helper.to_array(tensor) for tensor in model.graph.initializer]
        found = [a for a in stored if a.shape in ((6, 5), (5, 6)) and np.isin(a, there["dense"]).all()]
        probe.same(f"the last layer's weights are in the file, bit by bit, {backend}", len(found), 1)
    reverse = "Reverse scan is not supported"
    probe.refused("a reversed recurrence, jax", lambda: export("jax", "relu", "backwards", "x"), RuntimeError, reverse)
    export("tensorflow", "gelu", "forwards", "gelu")
    probe.refused("the file with an exact GELU, tensorflow", lambda: opened("gelu.onnx"), Exception, "Erfc")
    probe.note("names of the outputs do not cross: they are Identity:0, softmax_out_0 and a number")
