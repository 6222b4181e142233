# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "keras==3.15.1", "tensorflow-cpu==2.21.0", "jax==0.10.2", "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2",
#   "onnxruntime==1.32.0", "onnxscript==0.7.2", "tf2onnx==1.17.0", "jax2onnx==0.17.1", "openvino==2026.4.1",
#   "ai-edge-litert==2.3.0",
# ]
# ///
"""Keras exports no GGUF, StableHLO or Core ML, and loads no ONNX and no longer a SavedModel: all are refused.

The same calls write and read Keras's own file, and the SavedModel that is refused was written by Keras itself. The
reader goes by a file's name, so that an empty file stands for one of ONNX.
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
from landscape_probe import Probe

with Probe("keras", "tensorflow-cpu", "onnxruntime") as probe:
    keras.utils.set_random_seed(0)
    layers = keras.layers
    model = keras.Sequential(
        [layers.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.BatchNormalization(), layers.Flatten(), layers.Dense(2)]
    )
    image = np.random.default_rng(0).normal(size=(2, 8, 8, 3)).astype(np.float32)
    model.save("net.keras")
    back = keras.saving.load_model("net.keras")
    probe.close("scores by the file of Keras", back.predict(image, verbose=0), model.predict(image, verbose=0))
    for form in ("gguf", "stablehlo", "coreml"):
        probe.refused(
            f"export as {form}",
            lambda form=form: model.export("net", format=form),
            ValueError,
            f"Unrecognized format={form}. Supported formats are",
        )
    model.export("saved", format="tf_saved_model")
    probe.same("there is a SavedModel", os.path.exists("saved/saved_model.pb"), True)
    open("net.onnx", "wb").close()
    for path in ("saved", "net.onnx"):
        probe.refused(
            f"loading {path}",
            lambda path=path: keras.saving.load_model(path),
            ValueError,
            "(?s)File format not supported.*only supports V3 `.keras` files",
        )
