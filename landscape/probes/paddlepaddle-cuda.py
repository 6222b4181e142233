# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "paddlepaddle==3.3.1", "paddle2onnx==2.1.0", "onnx==1.17.0", "onnxruntime==1.32.0", "safetensors==0.8.0",
#   "setuptools==84.2.1",
# ]
#
# [tool.landscape]
# needs = "an NVIDIA GPU with its driver, and paddlepaddle-gpu"
# ///
"""PaddlePaddle runs on CUDA: a network and its gradients give the same numbers there as on the CPU."""

import numpy as np
import paddle
from landscape_probe import Probe
from paddle import nn

with Probe() as probe:
    probe.versions["paddlepaddle"] = paddle.__version__
    if not paddle.is_compiled_with_cuda():
        probe.unsupported("needs paddlepaddle-gpu: paddle.is_compiled_with_cuda() is False")
    if paddle.device.cuda.device_count() == 0:
        probe.unsupported("needs an NVIDIA GPU with its driver: paddle.device.cuda.device_count() is 0")
    probe.note(paddle.device.cuda.get_device_name())
    random = np.random.default_rng(0)
    image = random.normal(size=(2, 3, 8, 8)).astype(np.float32)
    seen, start = {}, None
    for device in ("cpu", "gpu"):
        paddle.set_device(device)
        paddle.seed(0)
        net = nn.Sequential(nn.Conv2D(3, 8, 3), nn.BatchNorm2D(8), nn.GELU(), nn.Flatten(), nn.Linear(288, 5))
        start = start or {name: value.numpy() for name, value in net.state_dict().items()}
        net.set_state_dict(start)
        scores = net(paddle.to_tensor(image))
        scores.square().mean().backward()
        gradients = {name: weight.grad.numpy() for name, weight in net.named_parameters() if not weight.stop_gradient}
        seen[device] = scores.numpy(), gradients, scores.place.is_gpu_place()
    probe.same("where the scores are", [seen["cpu"][2], seen["gpu"][2]], [False, True])
    probe.close("scores", seen["gpu"][0], seen["cpu"][0], 1e-3)
    probe.close("gradients", seen["gpu"][1], seen["cpu"][1], 1e-3)
