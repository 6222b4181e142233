# /// script
# requires-python = ">=3.10"
# dependencies = ["torch==2.13.0", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2"]
# ///
"""PyTorch exports ONNX: a network with convolution, normalisation and attention gives the same numbers elsewhere.

The exported file is run by ONNX Runtime on batches of other sizes than the traced one. Names and the weights that
the file holds are compared with those of the module.
"""

import numpy as np
import onnx
import onnxruntime
import torch
from landscape_probe import Probe
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.BatchNorm2d(16), nn.GELU())
        self.attend = nn.MultiheadAttention(16, 4, batch_first=True)
        self.head = nn.Linear(16, 5)

    def forward(self, image):
        steps = self.features(image).flatten(2).transpose(1, 2)
        return self.head(self.attend(steps, steps, steps, need_weights=False)[0].mean(1))


with Probe("torch", "onnx", "onnxruntime", "onnxscript") as probe:
    torch.manual_seed(0)
    net = Net()
    net(torch.randn(64, 3, 8, 8))  # gives the normalisation statistics that are not those of a new module
    net.eval()
    batch = torch.export.Dim("batch")
    example = (torch.randn(2, 3, 8, 8),)
    torch.onnx.export(
        net,
        example,
        "net.onnx",
        dynamo=True,
        input_names=["image"],
        output_names=["scores"],
        dynamic_shapes={"image": {0: batch}},
        external_data=False,
    )
    session = onnxruntime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
    for size in (1, 7):
        image = torch.randn(size, 3, 8, 8)
        with torch.no_grad():
            expected = net(image).numpy()
        [scores] = session.run(["scores"], {"image": image.numpy()})
        probe.close(f"scores of a batch of {size}", scores, expected, 1e-4)
    stored = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in onnx.load("net.onnx").graph.initializer}
    probe.close("weights of the last layer", stored["head.weight"], net.head.weight.detach().numpy(), 0)
    probe.same("type of the weights", str(stored["head.weight"].dtype), str(np.dtype("float32")))
    probe.same(
        "inputs and outputs", [x.name for x in (*session.get_inputs(), *session.get_outputs())], ["image", "scores"]
    )
