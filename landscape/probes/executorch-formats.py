# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
# ///
"""ExecuTorch imports neither ONNX nor TFLite nor StableHLO: its runtime and its converter refuse the files.

The same runtime loads the program made by torch.export of the network that was exported to ONNX.
"""

import onnx
import torch
from executorch.exir import to_edge
from executorch.runtime import Runtime
from landscape_probe import Probe
from torch import nn

STABLEHLO = b"func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> { return %x : tensor<2xf32> }"
TFLITE = b"\x1c\x00\x00\x00TFL3" + bytes(120)

with Probe("torch", "executorch", "onnx", "onnxscript") as probe:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.GELU()).eval()
    example = (torch.randn(1, 3, 8, 8),)
    torch.onnx.export(net, example, "net.onnx", dynamo=True, external_data=False)
    network = onnx.load("net.onnx")
    onnx.checker.check_model(network)
    program = to_edge(torch.export.export(net, example)).to_executorch().buffer
    runtime = Runtime.get()
    image = torch.randn(1, 3, 8, 8)
    [scores] = runtime.load_program(program).load_method("forward").execute([image])
    probe.close("scores of its own program", scores, net(image))
    for name, content in (("ONNX", network.SerializeToString()), ("TFLite", TFLITE), ("StableHLO", STABLEHLO)):
        probe.refused(
            f"{name} in the runtime",
            lambda content=content: runtime.load_program(content),
            RuntimeError,
            "Failed to load program|0x23|InvalidProgram",
        )
    probe.refused("ONNX in the converter", lambda: to_edge(network), AttributeError, "run_decompositions")
