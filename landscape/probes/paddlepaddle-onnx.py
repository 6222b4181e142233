# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "paddlepaddle==3.3.1", "setuptools==84.2.1", "paddle2onnx==2.1.0", "onnx==1.17.0", "onnxruntime==1.32.0",
#   "safetensors==0.8.0",
# ]
# ///
"""PaddlePaddle exports ONNX: a network with convolution, normalisation and attention gives the same numbers elsewhere.

The network is trained a few steps, exported through paddle.onnx.export with an open batch, and run by ONNX Runtime.
"""

import numpy as np
import onnx
import onnxruntime
import paddle
from landscape_probe import Probe
from paddle import nn


class Net(nn.Layer):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2D(3, 16, 3, padding=1), nn.BatchNorm2D(16), nn.GELU())
        self.attend = nn.MultiHeadAttention(16, 4)
        self.head = nn.Linear(16, 5)

    def forward(self, image):
        steps = self.features(image).flatten(2).transpose([0, 2, 1])
        return self.head(self.attend(steps, steps, steps).mean(1))


with Probe("paddlepaddle", "paddle2onnx", "onnx", "onnxruntime") as probe:
    paddle.seed(0)
    net = Net()
    optimizer = paddle.optimizer.Adam(1e-2, parameters=net.parameters())
    for _ in range(3):
        net(paddle.randn([16, 3, 8, 8])).square().mean().backward()
        optimizer.step()
        optimizer.clear_grad()
    net.eval()
    shape = paddle.static.InputSpec([None, 3, 8, 8], "float32", "image")
    paddle.onnx.export(net, "net", input_spec=[shape], opset_version=17)
    session = onnxruntime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
    for size in (1, 7):
        image = np.random.default_rng(size).normal(size=(size, 3, 8, 8)).astype(np.float32)
        [scores] = session.run(None, {"image": image})
        probe.close(f"scores of a batch of {size}", scores, net(paddle.to_tensor(image)).numpy(), 1e-4)
    stored = [onnx.numpy_helper.to_array(tensor) for tensor in onnx.load("net.onnx").graph.initializer]
    kernel = net.features[0].weight.numpy()
    constants = stored + [
        onnx.numpy_helper.to_array(n.attribute[0].t)
        for n in onnx.load("net.onnx").graph.node
        if n.op_type == "Constant"
    ]
    probe.close("weights of the convolution", [a for a in constants if a.shape == kernel.shape], [kernel], 0)
