# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "paddlepaddle==3.3.1", "paddle2onnx==2.1.0", "onnx==1.17.0", "onnxruntime==1.32.0", "safetensors==0.8.0",
#   "setuptools==84.2.1",
# ]
# ///
"""PaddlePaddle does not run on TPUs or AWS chips, and does not delegate to XLA: the names are refused.

The same calls take the CPU and CINN, Paddle's own compiler.
"""

import numpy as np
import paddle
from landscape_probe import Probe
from paddle import nn

with Probe("paddlepaddle") as probe:
    paddle.set_device("cpu")
    paddle.seed(0)
    net = nn.Sequential(nn.Conv2D(3, 4, 3), nn.BatchNorm2D(4), nn.GELU(), nn.Flatten(), nn.Linear(144, 5))
    net.eval()
    image = paddle.to_tensor(np.random.default_rng(0).normal(size=(2, 3, 8, 8)).astype(np.float32))
    compiled = paddle.jit.to_static(net.forward, backend=None)
    probe.close("scores of the static graph on the CPU", compiled(image).numpy(), net(image).numpy(), 1e-5)
    probe.refused(
        "XLA as the compiler",
        lambda: paddle.jit.to_static(nn.Linear(3, 2), backend="XLA"),
        ValueError,
        "Unknown backend XLA. Only support 'CINN'",
    )
    for device in ("tpu", "neuron", "trainium"):
        probe.refused(
            f"device {device}",
            lambda device=device: paddle.set_device(device),
            ValueError,
            "must be a string which is like",
        )
