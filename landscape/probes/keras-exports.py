# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "keras==3.15.1", "tensorflow-cpu==2.21.0", "jax==0.10.2", "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2",
#   "onnxruntime==1.32.0", "onnxscript==0.7.2", "tf2onnx==1.17.0", "jax2onnx==0.17.1", "openvino==2026.4.1",
#   "ai-edge-litert==2.3.0",
# ]
# ///
"""Keras exports SavedModel, OpenVINO IR, TFLite and torch.export files, each from some of its backends only.

One network is exported in a process for each backend; each file is run by the library that it is meant for, on a batch
of another size. With PyTorch the torch.export file is fixed to a batch of one. What a backend cannot export is refused:
OpenVINO IR and TFLite with JAX, SavedModel with PyTorch, and OpenVINO IR of a recurrent layer with TensorFlow.
"""

import os
import subprocess
import sys

import numpy as np
import openvino
from ai_edge_litert.interpreter import Interpreter
from landscape_probe import Probe

EXPORT = """
import sys, keras, numpy as np
layer, *formats = sys.argv[1:]
keras.utils.set_random_seed(0)
image = keras.Input((8, 8, 3), name="image")
x = keras.layers.BatchNormalization()(keras.layers.Conv2D(8, 3, padding="same")(image))
x = keras.layers.Reshape((64, 8))(keras.layers.Activation("gelu")(x))
x = keras.layers.MultiHeadAttention(2, 4)(x, x)
x = keras.layers.LSTM(6)(x) if layer == "recurrent" else keras.layers.GlobalAveragePooling1D()(x)
net = keras.Model(image, keras.layers.Dense(5, activation="softmax")(x))
net.compile("sgd", "categorical_crossentropy")
unseen = np.load("unseen.npy")
net.fit(unseen * 2 + 1, np.eye(5)[:len(unseen)], epochs=3, verbose=0)
np.save(f"{keras.backend.backend()}.npy", net.predict(unseen, verbose=0))
for format in formats:
    ending = {"openvino": ".xml", "litert": ".tflite", "torch": ".pt2"}.get(format, "")
    net.export(f"{keras.backend.backend()}-{format}{ending}", format=format, verbose=False)
"""
SAVED_MODEL = """
import sys, numpy as np, tensorflow as tf
model = tf.saved_model.load(f"{sys.argv[1]}-tf_saved_model")
np.save("scores.npy", model.serve(np.load("unseen.npy")).numpy())
"""
TORCH_EXPORT = """
import numpy as np, torch
net = torch.export.load("torch-torch.pt2").module()
unseen = torch.from_numpy(np.load("unseen.npy"))
with torch.no_grad():
    np.save("scores.npy", torch.cat([net(image[None]) for image in unseen]).numpy())
    net(unseen)
"""


def run(program, *arguments, backend="tensorflow"):
    command = [sys.executable, "-c", program, *arguments]
    environment = os.environ | {"KERAS_BACKEND": backend}
    done = subprocess.run(command, env=environment, check=False, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        trace = done.stderr[done.stderr.rindex("Traceback") :].splitlines()[1:]
        raise RuntimeError(" ".join(line for line in trace if not line.startswith(" ")))


def by_openvino(backend):
    net = openvino.Core().compile_model(f"{backend}-openvino.xml", "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return net([unseen])[0]


def by_litert(file):
    net = Interpreter(file)
    [source], [sink] = net.get_input_details(), net.get_output_details()
    net.resize_tensor_input(source["index"], unseen.shape)
    net.allocate_tensors()
    net.set_tensor(source["index"], unseen)
    net.invoke()
    return net.get_tensor(sink["index"])


with Probe("keras", "tensorflow-cpu", "jax", "torch", "openvino", "ai-edge-litert") as probe:
    unseen = np.random.default_rng(0).normal(size=(4, 8, 8, 3)).astype(np.float32)
    np.save("unseen.npy", unseen)
    run(EXPORT, "plain", "tf_saved_model", "openvino", "litert")
    run(EXPORT, "plain", "tf_saved_model", backend="jax")
    run(EXPORT, "plain", "openvino", "torch", backend="torch")
    expected = {backend: np.load(f"{backend}.npy") for backend in ("tensorflow", "jax", "torch")}
    for backend in ("tensorflow", "jax"):
        run(SAVED_MODEL, backend)
        probe.close(f"scores of a SavedModel, {backend}", np.load("scores.npy"), expected[backend], 1e-5)
    for backend in ("tensorflow", "torch"):
        probe.close(f"scores of OpenVINO IR, {backend}", by_openvino(backend), expected[backend], 1e-5)
    probe.close(
        "scores of a TFLite file, tensorflow", by_litert("tensorflow-litert.tflite"), expected["tensorflow"], 1e-5
    )
    probe.refused(
        "a batch of four in the torch.export file", lambda: run(TORCH_EXPORT), RuntimeError, r"size\(\)\[0\] == 1"
    )
    probe.close("scores of a torch.export file, one by one, torch", np.load("scores.npy"), expected["torch"], 1e-5)
    for backend, layer, kind, saying in (
        ("jax", "plain", "openvino", "XlaCallModule"),
        ("jax", "plain", "litert", "requires TensorFlow or PyTorch backend"),
        ("torch", "plain", "tf_saved_model", "Detected mismatch"),
        ("tensorflow", "recurrent", "openvino", "TensorList"),
    ):
        what = f"{kind} of a {layer} network, {backend}"
        probe.refused(what, lambda c=(layer, kind), b=backend: run(EXPORT, *c, backend=b), RuntimeError, saying)
