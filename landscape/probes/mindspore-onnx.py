# /// script
# requires-python = ">=3.10,<3.12"
# dependencies = ["mindspore==2.10.0", "numpy==1.26.4", "onnx==1.17.0", "onnxruntime==1.32.0", "safetensors==0.8.0"]
# ///
"""MindSpore exports ONNX for the operators of its table, in operator set 11; other operators are refused.

A trained network with convolution, normalisation, recurrence-free attention and softmax gives the same numbers in ONNX
Runtime. The error function, and so the exact GELU, has no entry in the table.
"""

import mindspore as ms
import numpy as np
import onnx
import onnxruntime
from landscape_probe import Probe
from mindspore import nn, ops


class Net(nn.Cell):
    def __init__(self, activation):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, has_bias=True)
        self.norm = nn.BatchNorm2d(8)
        self.activation = activation
        self.mix = nn.Dense(8, 24)
        self.head = nn.Dense(8, 5)

    def construct(self, image):
        features = self.activation(self.norm(self.conv(image)))
        steps = ops.transpose(ops.reshape(features, (2, 8, 64)), (0, 2, 1))
        query, key, value = ops.split(self.mix(steps), 8, -1)
        share = ops.softmax(ops.BatchMatMul(transpose_b=True)(query, key) / 3, -1)
        return self.head(ops.mean(ops.BatchMatMul()(share, value), 1))


def trained(activation):
    ms.set_seed(0)
    net = Net(activation)
    net.set_train(True)
    net(ms.Tensor(np.random.default_rng(0).normal(2, 3, size=(2, 3, 8, 8)).astype(np.float32)))
    return net.set_train(False)


with Probe("mindspore", "onnx", "onnxruntime") as probe:
    example = ms.Tensor(np.zeros((2, 3, 8, 8), np.float32))
    net = trained(nn.ReLU())
    ms.onnx.export(net, example, file_name="net")
    model = onnx.load("net.onnx")
    onnx.checker.check_model(model, full_check=True)
    probe.same("operator set", [(o.domain, o.version) for o in model.opset_import if not o.domain], [("", 11)])
    session = onnxruntime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
    for number in range(2):
        image = np.random.default_rng(number + 1).normal(size=(2, 3, 8, 8)).astype(np.float32)
        [scores] = session.run(None, {session.get_inputs()[0].name: image})
        probe.close(f"scores of inputs {number}", scores, net(ms.Tensor(image)).asnumpy(), 1e-4)
    stored = [onnx.numpy_helper.to_array(tensor) for tensor in model.graph.initializer]
    kernel = net.conv.weight.asnumpy()
    probe.close("weights of the convolution", [a for a in stored if a.shape == kernel.shape], [kernel], 0)
    exact = trained(nn.GELU(approximate=False))
    probe.refused("the error function", lambda: ms.onnx.export(exact, example, file_name="gelu"), RuntimeError, "Erf")
