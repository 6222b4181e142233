# /// script
# requires-python = ">=3.10,<3.12"
# dependencies = ["mindspore==2.10.0", "numpy==1.26.4", "onnx==1.17.0", "onnxruntime==1.32.0", "safetensors==0.8.0"]
# ///
"""MindSpore does not run on ROCm, Metal or Cambricon: its devices are CPU, GPU and Ascend, and others are refused.

The same calls take the CPU, on which a network runs.
"""

import mindspore
import numpy as np
from landscape_probe import Probe
from mindspore import Tensor, nn

with Probe("mindspore") as probe:
    mindspore.set_device("CPU")
    mindspore.set_seed(0)
    net = nn.Dense(4, 3)
    rows = np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32)
    by_hand = rows @ net.weight.asnumpy().T + net.bias.asnumpy()
    probe.close("scores on the CPU", net(Tensor(rows)).asnumpy(), by_hand)
    probe.same("the CPU is there", mindspore.hal.is_available("CPU"), True)
    for name in ("ROCm", "Metal", "MLU"):
        for what, call in (("setting", mindspore.set_device), ("asking for", mindspore.hal.is_available)):
            probe.refused(
                f"{what} {name}",
                lambda call=call, name=name: call(name),
                ValueError,
                r"must be one of \['CPU', 'GPU', 'Ascend'\]",
            )
