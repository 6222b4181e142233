# /// script
# requires-python = ">=3.10,<3.12"
# dependencies = ["mindspore==2.10.0", "numpy==1.26.4", "onnx==1.17.0", "onnxruntime==1.32.0", "safetensors==0.8.0"]
# ///
"""MindSpore exports no SavedModel, StableHLO or TFLite, and imports no ONNX or StableHLO: all are refused.

The same calls write and read MindIR, which keeps the numbers. What is offered to the reader is the ONNX file that
MindSpore wrote itself, and a program as text, each under its own name and under that of a MindIR file.
"""

import mindspore
import numpy as np
import onnx
from landscape_probe import Probe
from mindspore import Tensor, nn

PROGRAM = b"func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> { return %x : tensor<2xf32> }"

with Probe("mindspore", "numpy", "onnx") as probe:
    mindspore.set_seed(0)
    net = nn.SequentialCell(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.GELU()).set_train(False)
    image = Tensor(np.random.default_rng(0).normal(size=(2, 3, 8, 8)).astype(np.float32))
    export = lambda form: mindspore.export(net, image, file_name="net", file_format=form)  # noqa: E731
    export("MINDIR")
    back = nn.GraphCell(mindspore.load("net.mindir"))
    probe.close("scores by MindIR", back(image).asnumpy(), net(image).asnumpy(), 1e-5)
    for form in ("SAVEDMODEL", "STABLEHLO", "TFLITE"):
        probe.refused(f"export as {form}", lambda form=form: export(form), ValueError, "must be one of .*'MINDIR'")
    export("ONNX")
    onnx.checker.check_model("net.onnx")
    onnx_bytes = open("net.onnx", "rb").read()
    for name, content in (("ONNX", onnx_bytes), ("StableHLO", PROGRAM)):
        open("renamed.mindir", "wb").write(content)
        open(f"net.{name}", "wb").write(content)
        probe.refused(f"{name} by its name", lambda name=name: mindspore.load(f"net.{name}"), ValueError, "MindIR file")
        probe.refused(f"{name} named as MindIR", lambda: mindspore.load("renamed.mindir"), RuntimeError)
