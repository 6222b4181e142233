# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "tensorflow-cpu==2.21.0", "keras==3.15.1", "tf2onnx==1.17.0", "onnx==1.23.2", "onnxruntime==1.32.0",
#   "ai-edge-litert==2.3.0", "safetensors==0.8.0",
# ]
# ///
"""TensorFlow exports ONNX through tf2onnx, for functions and for Keras models.

A Keras network with convolution, normalisation and attention crosses with an open batch, and so does a function with a
loop; both give the same numbers in ONNX Runtime. Operations without a counterpart stay in the file under their own
names: the exact GELU of Keras 3, made of Erfc, cannot be loaded.
"""

import keras
import numpy as np
import onnxruntime
import tensorflow as tf
import tf2onnx
from keras import layers
from landscape_probe import Probe

with Probe("tensorflow-cpu", "keras", "tf2onnx", "onnx", "onnxruntime") as probe:
    keras.utils.set_random_seed(0)
    image = keras.Input((8, 8, 3), name="image")
    features = layers.Activation("swish")(layers.BatchNormalization()(layers.Conv2D(16, 3, padding="same")(image)))
    steps = layers.Reshape((64, 16))(features)
    pooled = layers.GlobalAveragePooling1D()(layers.MultiHeadAttention(4, 4)(steps, steps))
    net = keras.Model(image, layers.Dense(5)(pooled))
    net.compile("adam", "mse")
    random = np.random.default_rng(0)
    net.fit(random.normal(size=(32, 8, 8, 3)), random.normal(size=(32, 5)), verbose=0)
    call = tf.function(net, input_signature=[tf.TensorSpec((None, 8, 8, 3), tf.float32, name="image")])
    tf2onnx.convert.from_function(call, call.input_signature, opset=18, output_path="net.onnx")
    session = onnxruntime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
    for size in (1, 7):
        data = random.normal(size=(size, 8, 8, 3)).astype(np.float32)
        [scores] = session.run(None, {"image": data})
        probe.close(f"scores of a batch of {size}", scores, net(data).numpy(), 1e-4)
    exact = tf.function(keras.activations.gelu, input_signature=[tf.TensorSpec((4,), tf.float32)])
    tf2onnx.convert.from_function(exact, exact.input_signature, opset=18, output_path="gelu.onnx")
    probe.refused("the exact GELU", lambda: onnxruntime.InferenceSession("gelu.onnx"), Exception, "Erfc")

    @tf.function(input_signature=[tf.TensorSpec((4,), tf.float32, name="start")])
    def halve(start):
        return tf.while_loop(lambda x: tf.reduce_max(x) > 1.0, lambda x: (x / 2.0,), (start,))[0]

    tf2onnx.convert.from_function(halve, halve.input_signature, opset=18, output_path="loop.onnx")
    loop = onnxruntime.InferenceSession("loop.onnx", providers=["CPUExecutionProvider"])
    start = np.array([3, 50, 7, 1000], np.float32)
    probe.close("result of a loop", loop.run(None, {"start": start})[0], halve(start).numpy(), 0)
