# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "apache-tvm==0.27.0.post1", "coremltools==9.0", "pnnx==20261020", "ncnn==1.0.20261020",
# ]
# ///
"""PyTorch exports Core ML models on any system: read back and interpreted, the file gives the network's numbers.

Only macOS runs such a file; elsewhere a prediction is refused. So the saved program is read from the disk and its ten
kinds of operators are carried out here, one by one, on inputs of other sizes. Names, the open batch and the weights of
the last layer are compared too. What Apple's runtime makes of the file is not shown.
"""

import platform

import coremltools
import torch
from coremltools.converters.mil.frontend.milproto.load import load
from landscape_probe import Probe
from torch import nn


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


def read(file):
    """(the program in a saved file, its description)"""
    model = coremltools.models.MLModel(file, skip_model_load=True)
    specification = model.get_spec()
    program = load(specification, specification.specificationVersion, file_weights_dir=model.weights_dir)
    return program.functions["main"], specification.description


def carry_out(function, image):
    values = dict.fromkeys(function.inputs, image)

    def value(var):
        if isinstance(var, (list, tuple)):
            return [value(one) for one in var]
        if var.val is None:
            return values[var.name]
        return torch.from_numpy(var.val) if getattr(var.val, "ndim", 0) else var.val

    kinds = {
        "conv": lambda x, weight, bias, pad, **_: nn.functional.conv2d(x, weight, bias, padding=pad.tolist()[::2]),
        "gelu": lambda x, mode: nn.functional.gelu(x, approximate="none" if mode == "EXACT" else "tanh"),
        "reshape": lambda x, shape: x.reshape([x.shape[i] if n == 0 else n for i, n in enumerate(shape.tolist())]),
        "transpose": lambda x, perm: x.permute(perm.tolist()),
        "linear": lambda x, weight, bias: nn.functional.linear(x, weight, bias),
        "split": lambda x, split_sizes, axis: x.split(split_sizes.tolist(), int(axis)),
        "matmul": lambda x, y, transpose_x, transpose_y: (x.mT if transpose_x else x) @ (y.mT if transpose_y else y),
        "mul": lambda x, y: x * y,
        "softmax": lambda x, axis: x.softmax(int(axis)),
        "reduce_mean": lambda x, axes, keep_dims: x.mean(axes.tolist(), keepdim=bool(keep_dims)),
    }
    for step in function.operations:
        if step.op_type != "const":
            result = kinds[step.op_type](**{name: value(var) for name, var in step.inputs.items()})
            results = result if isinstance(result, tuple) else (result,)
            values |= {var.name: one for var, one in zip(step.outputs, results, strict=True)}
    return values[function.outputs[0].name]


with Probe("coremltools", "torch") as probe:
    torch.manual_seed(0)
    net = Net()
    net(torch.randn(64, 3, 8, 8) * 2 + 1)  # gives the normalisation statistics that are not those of a new module
    net.eval().requires_grad_(False)
    example = torch.randn(2, 3, 8, 8)
    whole = {"convert_to": "mlprogram", "compute_precision": coremltools.precision.FLOAT32}
    batch = coremltools.RangeDim(1, 9)
    ends = {
        "inputs": [coremltools.TensorType("image", shape=(batch, 3, 8, 8))],
        "outputs": [coremltools.TensorType("scores")],
    }
    coremltools.convert(torch.jit.trace(net, example), **ends, **whole).save("trace.mlpackage")
    program = torch.export.export(net, (example,)).run_decompositions({})
    coremltools.convert(program, **whole).save("export.mlpackage")
    for file, sizes in (("trace.mlpackage", (1, 7)), ("export.mlpackage", (2,))):
        function, description = read(file)
        for size in sizes:
            image = torch.randn(size, 3, 8, 8)
            probe.close(f"scores of a batch of {size}, {file}", carry_out(function, image), net(image), 1e-5)
        weights = [step.weight.val for step in function.operations if step.op_type == "linear"]
        probe.close(f"weights of the last layer, {file}", weights[-1], net.head.weight, 0)
        probe.same(f"name of the input, {file}", [one.name for one in description.input], ["image"])
    _, description = read("trace.mlpackage")
    held = description.input[0].type.multiArrayType.shapeRange.sizeRanges[0]
    probe.same("the open batch", (held.lowerBound, held.upperBound), (1, 9))
    probe.same("name of the output", [one.name for one in description.output], ["scores"])
    if platform.system() != "Darwin":
        model = coremltools.models.MLModel("trace.mlpackage")
        probe.refused("a prediction elsewhere", lambda: model.predict({"image": example.numpy()}), Exception, "macOS")
