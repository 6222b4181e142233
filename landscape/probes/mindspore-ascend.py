# /// script
# requires-python = ">=3.10,<3.12"
# dependencies = ["mindspore==2.10.0", "numpy==1.26.4", "onnx==1.17.0", "onnxruntime==1.32.0", "safetensors==0.8.0"]
#
# [tool.landscape]
# needs = "an Ascend NPU with CANN"
# ///
"""MindSpore runs on Ascend: a network and its gradients give the same numbers there as on the CPU.

A process of MindSpore has one device, so that the CPU's part runs in another one.
"""

import subprocess
import sys

import mindspore
import numpy as np
from landscape_probe import Probe
from mindspore import Tensor, nn


def trained_once():
    mindspore.set_seed(0)
    random = np.random.default_rng(0)
    net = nn.SequentialCell(
        nn.Conv2d(3, 8, 3, pad_mode="valid"), nn.GELU(), nn.Flatten(), nn.LayerNorm((288,)), nn.Dense(288, 5)
    )
    for weight in net.trainable_params():
        weight.set_data(Tensor(random.normal(0, 0.1, size=weight.shape).astype(np.float32)))
    image = Tensor(random.normal(size=(2, 3, 8, 8)).astype(np.float32))
    loss = lambda image: (net(image) ** 2).mean()  # noqa: E731
    gradients = mindspore.grad(loss, None, net.trainable_params())(image)
    return [net(image).asnumpy(), *(gradient.asnumpy() for gradient in gradients)]


if __name__ == "__main__" and sys.argv[1:] == ["CPU"]:
    mindspore.set_device("CPU")
    np.savez("here.npz", *trained_once())
elif __name__ == "__main__":
    with Probe("mindspore") as probe:
        if not mindspore.hal.is_available("Ascend"):
            probe.unsupported('needs an Ascend NPU with CANN: mindspore.hal.is_available("Ascend") is False')
        mindspore.set_device("Ascend")
        probe.note(mindspore.hal.get_device_name(0, "Ascend"))
        there = trained_once()
        subprocess.run([sys.executable, __file__, "CPU"], check=True)
        here = list(np.load("here.npz").values())
        probe.same("device", mindspore.get_current_device().device_target, "Ascend")
        probe.close("scores", there[0], here[0], 5e-3)
        probe.close("gradients", there[1:], here[1:], 5e-3)
