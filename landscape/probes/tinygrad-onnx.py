# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
# ///
"""tinygrad imports ONNX in part: a network gives the same numbers, and an operator that it lacks is refused.

DEV=PYTHON is tinygrad's own interpreter of its kernels, which needs no compiler.
"""

import os

os.environ["DEV"] = "PYTHON"

import onnx
import torch
from landscape_probe import Probe
from onnx import TensorProto, helper
from tinygrad import Tensor
from tinygrad.nn.onnx import OnnxRunner
from torch import nn

with Probe("tinygrad", "torch", "onnx", "onnxscript") as probe:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.GELU(), nn.Flatten(), nn.Linear(18, 3)).eval()
    torch.onnx.export(
        net,
        (torch.randn(1, 1, 5, 5),),
        "net.onnx",
        dynamo=True,
        external_data=False,
        input_names=["image"],
        output_names=["scores"],
    )
    there = OnnxRunner("net.onnx")
    for place in range(2):
        image = torch.randn(1, 1, 5, 5)
        probe.close(
            f"scores of image {place}", there({"image": Tensor(image.numpy())})["scores"].numpy(), net(image), 1e-5
        )
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [2, 3]) for name in "xy"]
    graph = helper.make_graph([helper.make_node("Det", ["x"], ["y"])], "determinant", ends[:1], ends[1:])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)]), "det.onnx")
    probe.refused(
        "an operator that it lacks", lambda: OnnxRunner("det.onnx")({"x": Tensor.ones(2, 3)}), NotImplementedError
    )
