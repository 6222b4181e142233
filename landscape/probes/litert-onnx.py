# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "tensorflow-cpu==2.21.0", "keras==3.15.1", "tf2onnx==1.17.0", "onnx==1.23.2", "onnxruntime==1.32.0",
#   "ai-edge-litert==2.3.0", "safetensors==0.8.0",
# ]
# ///
"""LiteRT does not import ONNX: its interpreter refuses the file of a network that it runs as TFLite."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
import tf2onnx
from ai_edge_litert.interpreter import Interpreter
from landscape_probe import Probe

with Probe("ai-edge-litert", "tensorflow-cpu", "tf2onnx", "onnx", "onnxruntime") as probe:
    keras.utils.set_random_seed(0)
    layers = keras.layers
    net = keras.Sequential([layers.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(5)])
    image = np.random.default_rng(0).normal(size=(1, 8, 8, 3)).astype(np.float32)
    expected = net(image).numpy()
    function = tf.function(lambda x: net(x), input_signature=[tf.TensorSpec((1, 8, 8, 3), tf.float32, name="x")])
    there = Interpreter(model_content=tf.lite.TFLiteConverter.from_keras_model(net).convert())
    there.allocate_tensors()
    there.set_tensor(there.get_input_details()[0]["index"], image)
    there.invoke()
    probe.close("scores by TFLite in LiteRT", there.get_tensor(there.get_output_details()[0]["index"]), expected, 1e-4)
    tf2onnx.convert.from_function(function, input_signature=function.input_signature, output_path="net.onnx")
    onnx.checker.check_model(onnx.load("net.onnx"))
    session = onnxruntime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
    probe.close("scores by ONNX in ONNX Runtime", session.run(None, {"x": image})[0], expected, 1e-4)
    content = open("net.onnx", "rb").read()
    probe.refused("ONNX as a file", lambda: Interpreter(model_path="net.onnx"), ValueError, "not a valid Flatbuffer")
    probe.refused("ONNX as bytes", lambda: Interpreter(model_content=content), ValueError, "not a valid Flatbuffer")
