# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
# ///
"""Core ML's converter takes ONNX no longer, and neither TFLite nor JAX: coremltools 9 refuses them.

The same call takes the same network as TorchScript; the weights in the model are those of the network. Running it
needs macOS, and is not shown.
"""

import coremltools
import numpy as np
import onnx
import torch
from landscape_probe import Probe
from torch import nn

STABLEHLO = "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> { return %x : tensor<2xf32> }"

with Probe("torch", "coremltools", "onnx", "onnxscript") as probe:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.GELU(), nn.Flatten(), nn.Linear(144, 5)).eval()
    example = torch.randn(1, 3, 8, 8)
    image = coremltools.TensorType(name="image", shape=example.shape)
    program = coremltools.convert(
        torch.jit.trace(net, example),
        inputs=[image],
        convert_to="milinternal",
        pass_pipeline=coremltools.PassPipeline.EMPTY,
    )
    constants = [op.outputs[0].val for op in program.functions["main"].find_ops(op_type="const")]
    weights = [x for x in constants if isinstance(x, np.ndarray) and x.shape == (4, 3, 3, 3)]
    probe.close("weights of the convolution, by TorchScript", weights[0], net[0].weight)
    torch.onnx.export(net, (example,), "net.onnx", dynamo=True, external_data=False)
    onnx.checker.check_model(onnx.load("net.onnx"))
    open("net.tflite", "wb").write(b"\x1c\x00\x00\x00TFL3" + bytes(120))
    open("net.mlir", "w").write(STABLEHLO)
    for what, model in (
        ("an ONNX model", onnx.load("net.onnx")),
        ("ONNX", "net.onnx"),
        ("TFLite", "net.tflite"),
        ("StableHLO", "net.mlir"),
    ):
        probe.refused(
            f"{what}, kind left to the converter",
            lambda model=model: coremltools.convert(model),
            ValueError,
            "Unable to determine the type of the model",
        )
    for source, model in (
        ("onnx", "net.onnx"),
        ("tflite", "net.tflite"),
        ("jax", "net.mlir"),
        ("stablehlo", "net.mlir"),
    ):
        probe.refused(
            f"source {source}",
            lambda source=source, model=model: coremltools.convert(model, source=source),
            ValueError,
            f'Unrecognized value of argument "source": {source}',
        )
