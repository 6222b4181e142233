# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "tensorflow-cpu==2.21.0", "keras==3.15.1", "tf2onnx==1.17.0", "onnx==1.23.2", "onnxruntime==1.32.0",
#   "ai-edge-litert==2.3.0", "safetensors==0.8.0",
# ]
# ///
"""TensorFlow exports a SavedModel, which another process loads without the code and goes on training."""

import subprocess
import sys

import numpy as np
import tensorflow as tf
from landscape_probe import Probe

ELSEWHERE = """
import numpy as np, tensorflow as tf
net = tf.saved_model.load("net")
image = np.load("image.npy")
with tf.GradientTape() as tape:
    scores = net.score(image)["scores"]
    loss = tf.reduce_sum(scores ** 2)
[slope] = tape.gradient(loss, [net.head])
served = net.signatures["serving_default"](tf.constant(image))["scores"]
np.savez("seen.npz", scores=scores, slope=slope, served=served)
"""


class Net(tf.Module):
    def __init__(self):
        random = np.random.default_rng(0)
        self.kernel = tf.Variable(random.normal(size=(3, 3, 3, 8)) / 4, dtype=tf.float32)
        self.head = tf.Variable(random.normal(size=(8, 5)), dtype=tf.float32)

    @tf.function(input_signature=[tf.TensorSpec((None, 8, 8, 3), tf.float32, name="image")])
    def score(self, image):
        return {"scores": tf.reduce_mean(tf.nn.gelu(tf.nn.conv2d(image, self.kernel, 1, "SAME")), (1, 2)) @ self.head}


with Probe("tensorflow-cpu") as probe:
    net = Net()
    tf.saved_model.save(net, "net", signatures=net.score)
    image = np.random.default_rng(1).normal(size=(6, 8, 8, 3)).astype(np.float32)
    np.save("image.npy", image)
    subprocess.run([sys.executable, "-c", ELSEWHERE], check=True)
    seen = np.load("seen.npz")
    with tf.GradientTape() as tape:
        scores = net.score(image)["scores"]
        loss = tf.reduce_sum(scores**2)
    probe.close("scores in another process", seen["scores"], scores.numpy(), 1e-5)
    probe.close("scores of the serving signature", seen["served"], scores.numpy(), 1e-5)
    probe.close("gradient in another process", seen["slope"], tape.gradient(loss, [net.head])[0].numpy(), 1e-4)
