# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "tensorflow-cpu==2.21.0", "keras==3.15.1", "tf2onnx==1.17.0", "onnx==1.23.2", "onnxruntime==1.32.0",
#   "ai-edge-litert==2.3.0", "safetensors==0.8.0",
# ]
# ///
"""TensorFlow exports TensorFlow Lite files, and LiteRT imports them and runs them on the CPU.

The network is converted with an open batch in float32, where the numbers must agree, and with integer weights, where
they may only be near; the file's signature keeps the names.
"""

import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter
from landscape_probe import Probe


class Net(tf.Module):
    def __init__(self):
        random = np.random.default_rng(0)
        self.kernel = tf.Variable(random.normal(size=(3, 3, 3, 16)) / 4, dtype=tf.float32)
        self.head = tf.Variable(random.normal(size=(16, 5)), dtype=tf.float32)

    @tf.function(input_signature=[tf.TensorSpec((None, 8, 8, 3), tf.float32, name="image")])
    def score(self, image):
        features = tf.nn.relu(tf.nn.conv2d(image, self.kernel, 1, "SAME"))
        return {"scores": tf.nn.softmax(tf.reduce_mean(features, (1, 2)) @ self.head)}


with Probe("tensorflow-cpu", "ai-edge-litert") as probe:
    net = Net()
    for kind, tolerance in (("float32", 1e-5), ("integer weights", 0.02)):
        converter = tf.lite.TFLiteConverter.from_concrete_functions([net.score.get_concrete_function()], net)
        converter.optimizations = [] if kind == "float32" else [tf.lite.Optimize.DEFAULT]
        interpreter = Interpreter(model_content=converter.convert())
        run = interpreter.get_signature_runner("serving_default")
        probe.same(
            f"names, {kind}", [list(run.get_input_details()), list(run.get_output_details())], [["image"], ["scores"]]
        )
        for size in (1, 4):
            image = np.random.default_rng(size).normal(size=(size, 8, 8, 3)).astype(np.float32)
            probe.close(
                f"scores of a batch of {size}, {kind}",
                run(image=image)["scores"],
                net.score(image)["scores"].numpy(),
                tolerance,
            )
