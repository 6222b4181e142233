# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "apache-tvm==0.27.0.post1", "coremltools==9.0", "pnnx==20261020", "ncnn==1.0.20261020",
# ]
# ///
"""TVM imports PyTorch, its exported programs and ONNX, which compiled give the same numbers, and shares DLPack memory.

A network with convolution, normalisation and attention is captured by torch.export and by torch.fx, and exported to
ONNX; TVM compiles each for the CPU. An operator that has no converter is refused, as is one of ai.onnx.ml.
"""

import onnx
import torch
import tvm
from landscape_probe import Probe
from onnx import TensorProto, helper
from torch import nn
from tvm import relax
from tvm.relax.frontend.onnx import from_onnx
from tvm.relax.frontend.torch import from_exported_program, from_fx


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.norm = nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8)
        self.mix, self.head = nn.Linear(8, 24), nn.Linear(8, 5)

    def forward(self, image):
        steps = torch.nn.functional.gelu(self.norm(self.conv(image))).flatten(2).permute(0, 2, 1)
        query, key, value = torch.chunk(self.mix(steps), 3, dim=-1)
        share = torch.softmax(torch.matmul(query, key.permute(0, 2, 1)) / 3, -1)
        return self.head(torch.matmul(share, value).mean(1))


def run(module, *arrays):
    module = relax.transform.DecomposeOpsForInference()(module)
    machine = relax.VirtualMachine(tvm.compile(module, "llvm"), tvm.cpu())
    result = machine["main"](*(tvm.runtime.tensor(array) for array in arrays))
    return (result if isinstance(result, tvm.runtime.Tensor) else result[0]).numpy()


def odd(operator, domain):
    node = helper.make_node(operator, ["x"], ["y"], domain=domain)
    ends = (helper.make_tensor_value_info(name, TensorProto.FLOAT, [2, 3]) for name in "xy")
    graph = helper.make_graph([node], "odd", [next(ends)], [next(ends)])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid("ai.onnx.ml", 1)])


with Probe("apache-tvm", "torch", "onnx", "onnxscript") as probe:
    torch.manual_seed(0)
    net = Net()
    net(torch.randn(64, 3, 8, 8) * 2 + 1)  # gives the normalisation statistics that are not those of a new module
    net.eval()
    example, image = torch.randn(2, 3, 8, 8), torch.randn(2, 3, 8, 8)
    expected = net(image).detach().numpy()
    program = torch.export.export(net, (example,))
    module = from_exported_program(program, keep_params_as_input=False)
    probe.close("scores, from an exported program", run(module, image.numpy()), expected, 1e-4)
    batch = torch.export.Dim("batch")
    anyhow = torch.export.export(net, (example,), dynamic_shapes={"image": {0: batch}})
    module = from_exported_program(anyhow)
    for size in (1, 5):
        more = torch.randn(size, 3, 8, 8)
        probe.close(f"scores of an open batch of {size}", run(module, more.numpy()), net(more).detach().numpy(), 1e-4)
    module = from_fx(torch.fx.symbolic_trace(net), [((2, 3, 8, 8), "float32")])
    probe.close("scores, from torch.fx", run(module, image.numpy()), expected, 1e-4)
    torch.onnx.export(net, (example,), "net.onnx", dynamo=True, external_data=False, input_names=["image"])
    module = from_onnx(onnx.load("net.onnx"))
    probe.close("scores, from ONNX", run(module, image.numpy()), expected, 1e-4)
    probe.same("name of the input, from ONNX", module["main"].params[0].name, "image")
    apart, weights = relax.frontend.detach_params(from_exported_program(program, keep_params_as_input=True))
    held = {a.shape: a.numpy() for a in weights["main"]}
    probe.close("weights of the last layer", held[(5, 8)], net.head.weight.detach().numpy(), 0)
    for what, model in (("ai.onnx.ml", odd("Normalizer", "ai.onnx.ml")), ("no standard", odd("Unheard", ""))):
        probe.refused(
            f"an operator of {what}", lambda model=model: from_onnx(model), tvm.error.OpNotImplemented, "not supported"
        )
    tensor = torch.arange(6.0).reshape(2, 3)
    shared = tvm.runtime.from_dlpack(tensor)
    tensor[1, 2] = 99
    probe.close("a change in PyTorch, seen by TVM", shared.numpy(), tensor, 0)
    back = torch.from_dlpack(shared)
    back[0, 0] = -7
    probe.close("a change on the way back, seen by TVM", shared.numpy(), tensor, 0)
    probe.close("and by the tensor that was lent", tensor[0, 0], -7.0, 0)
