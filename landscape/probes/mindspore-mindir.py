# /// script
# requires-python = ">=3.10,<3.12"
# dependencies = ["mindspore==2.10.0", "numpy==1.26.4", "onnx==1.17.0", "onnxruntime==1.32.0", "safetensors==0.8.0"]
# ///
"""MindSpore exports MindIR and imports it again: another process runs the file without the network's code.

The file holds graph and weights; they are loaded into nn.GraphCell in a new process and give the same numbers on the
CPU. A damaged file is refused.
"""

import subprocess
import sys

import mindspore as ms
import numpy as np
from landscape_probe import Probe
from mindspore import nn, ops

ELSEWHERE = """
import mindspore as ms, numpy as np
from mindspore import nn
net = nn.GraphCell(ms.load("net.mindir"))
np.save("scores.npy", net(ms.Tensor(np.load("image.npy"))).asnumpy())
"""


class Net(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, has_bias=True)
        self.norm = nn.LayerNorm([8])
        self.activation = nn.GELU(approximate=False)
        self.head = nn.Dense(8, 5)

    def construct(self, image):
        features = ops.mean(self.activation(self.conv(image)), (2, 3))
        return ops.softmax(self.head(self.norm(features)), -1)


with Probe("mindspore", "numpy") as probe:
    ms.set_seed(0)
    net = Net().set_train(False)
    ms.export(net, ms.Tensor(np.zeros((2, 3, 8, 8), np.float32)), file_name="net", file_format="MINDIR")
    image = np.random.default_rng(0).normal(size=(2, 3, 8, 8)).astype(np.float32)
    np.save("image.npy", image)
    subprocess.run([sys.executable, "-c", ELSEWHERE], check=True)
    probe.close("scores in another process", np.load("scores.npy"), net(ms.Tensor(image)).asnumpy(), 1e-5)
    loaded = {p.name: p.asnumpy() for p in nn.GraphCell(ms.load("net.mindir")).get_parameters()}
    probe.same("names of the weights", sorted(loaded), sorted(p.name for p in net.get_parameters()))
    probe.close("weights of the last layer", loaded["head.weight"], net.head.weight.asnumpy(), 0)
    data = open("net.mindir", "rb").read()
    open("damaged.mindir", "wb").write(data[: len(data) // 2])
    probe.refused("a file that was cut off", lambda: ms.load("damaged.mindir"))
