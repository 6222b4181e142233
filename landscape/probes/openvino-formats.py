# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
# ///
"""OpenVINO exports no ONNX, and imports neither StableHLO nor any longer MXNet: all are refused.

The same calls read the network from ONNX and write it as OpenVINO IR, which keeps the numbers.
"""

import openvino
import torch
from landscape_probe import Probe
from openvino.frontend import FrontEndManager
from torch import nn

EXACT = {"INFERENCE_PRECISION_HINT": "f32"}  # some CPUs would else compute in bfloat16
STABLEHLO = "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> { return %x : tensor<2xf32> }"
MXNET = '{"nodes": [{"op": "null", "name": "x", "inputs": []}], "arg_nodes": [0], "heads": [[0, 0, 0]]}'

with Probe("openvino", "torch", "onnxscript") as probe:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.GELU(), nn.Flatten(), nn.Linear(144, 5)).eval()
    image = torch.randn(1, 3, 8, 8)
    torch.onnx.export(net, (torch.randn(1, 3, 8, 8),), "net.onnx", dynamo=True, external_data=False)
    model = openvino.convert_model("net.onnx")
    openvino.save_model(model, "net.xml", compress_to_fp16=False)
    back = openvino.compile_model("net.xml", "CPU", EXACT)
    probe.close("scores by ONNX and OpenVINO IR", back(image.numpy())[0], net(image), 1e-5)
    for what, write in (("saving", openvino.save_model), ("serialising", openvino.serialize)):
        probe.refused(
            f"{what} as ONNX", lambda write=write: write(model, "there.onnx"), RuntimeError, "with 'xml' extension"
        )
    for name, text in (("net.mlir", STABLEHLO), ("net-symbol.json", MXNET)):
        open(name, "w").write(text)
        for read in (openvino.convert_model, openvino.Core().read_model):
            probe.refused(f"{read.__name__} of {name}", lambda read=read, name=name: read(name))
    readers = {"ir", "jax", "onnx", "paddle", "pytorch", "tf", "tflite"}
    probe.same("readers that it has", set(FrontEndManager().get_available_front_ends()), readers)
