# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "openvino==2026.4.1",
#   "executorch==1.5.1", "coremltools==9.0", "tinygrad==0.14.0", "mlx[cpu]==0.32.4",
# ]
# ///
"""ExecuTorch takes programs of torch.export and runs them on the CPU, as portable kernels and through XNNPACK.

One network with convolution, normalisation and attention is lowered both ways, with a dynamic batch, and run by the
C++ runtime on sizes that were not traced.
"""

import torch
from executorch.backends.xnnpack.partition.xnnpack_partitioner import XnnpackPartitioner
from executorch.exir import to_edge_transform_and_lower
from executorch.runtime import Runtime
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


with Probe("torch", "executorch") as probe:
    torch.manual_seed(0)
    net = Net()
    net(torch.randn(64, 3, 8, 8))  # gives the normalisation statistics that are not those of a new module
    net.eval()
    batch = torch.export.Dim("batch", min=1, max=16)
    captured = torch.export.export(net, (torch.randn(2, 3, 8, 8),), dynamic_shapes={"image": {0: batch}})
    runtime = Runtime.get()
    for way, partitioners in (("portable kernels", []), ("XNNPACK", [XnnpackPartitioner()])):
        program = to_edge_transform_and_lower(captured, partitioner=partitioners).to_executorch()
        with open("net.pte", "wb") as file:
            program.write_to_file(file)
        delegates = {delegate.id for plan in program.executorch_program.execution_plan for delegate in plan.delegates}
        probe.same(f"{way}: delegates in the program", delegates, {"XnnpackBackend"} if partitioners else set())
        method = runtime.load_program("net.pte").load_method("forward")
        for size in (1, 7):
            image = torch.randn(size, 3, 8, 8)
            probe.close(f"{way}: scores of a batch of {size}", method.execute([image])[0], net(image), 1e-5)
