# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
# ///
"""ONNX Runtime has no provider for ROCm or TVM any longer, and none for Gaudi, TPUs, AWS or Cambricon chips.

A provider that is known but not built in is refused with another error than one that is not known at all; the list
of all that are known holds none of these. The CPU is taken by the same call.
"""

import onnxruntime
import torch
from landscape_probe import Probe
from onnxruntime.capi.onnxruntime_pybind11_state import InvalidArgument
from torch import nn

GONE = "ROCMExecutionProvider", "TvmExecutionProvider"

with Probe("onnxruntime", "torch", "onnxscript") as probe:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.GELU(), nn.Flatten(), nn.Linear(144, 5)).eval()
    image = torch.randn(1, 3, 8, 8)
    torch.onnx.export(net, (image,), "net.onnx", dynamo=True, external_data=False)
    session = onnxruntime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
    probe.close("scores on the CPU", session.run(None, {session.get_inputs()[0].name: image.numpy()})[0], net(image))
    known = onnxruntime.get_all_providers()
    strangers = [name for name in known if name.lower().startswith(("roc", "tvm", "gaudi", "habana", "hpu", "tpu"))]
    strangers += [name for name in known if name.lower().startswith(("neuron", "aws", "cambricon", "mlu", "magicmind"))]
    probe.same("known providers for such chips", strangers, [])
    probe.same("known providers for others", {"CUDAExecutionProvider", "CANNExecutionProvider"} <= set(known), True)
    add = lambda name: onnxruntime.SessionOptions().add_provider(name, {})  # noqa: E731
    for name in (*GONE, "HabanaExecutionProvider", "TPUExecutionProvider", "NeuronExecutionProvider"):
        probe.refused(name, lambda name=name: add(name), RuntimeError, f"Unknown Provider Type: {name}")
    if "CANNExecutionProvider" not in onnxruntime.get_available_providers():
        probe.refused(
            "one that is known, but not in this build",
            lambda: add("CANNExecutionProvider"),
            InvalidArgument,
            "Provider configuration is not supported",
        )
