# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "tract==0.23.9", "onnx==1.23.2", "onnxruntime==1.32.0", "onnx-safetensors==1.6.0", "safetensors==0.8.0",
#   "numpy==2.4.6",
# ]
# ///
"""ONNX converts to safetensors and back, weights alone: the graph has to be there already, with the same names.

The weights of a model in five types of numbers are saved by onnx-safetensors and read by the safetensors library.
The other way, weights that this library wrote replace those of the graph, which then gives other numbers. Tensors
that the graph does not name are left out.
"""

import numpy as np
import onnx_safetensors
import onnxruntime
from landscape_probe import Probe
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file, save_file


def scores(model, image):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"image": image})[0]


with Probe("onnx", "onnx-safetensors", "safetensors", "onnxruntime") as probe:
    random = np.random.default_rng(0)
    weights = {
        "kernel": random.normal(size=(8, 3, 3, 3)).astype(np.float32),
        "bias": random.normal(size=8).astype(np.float16),
        "axes": np.array([2, 3]),
        "chosen": random.uniform(size=8) > 0.5,
        "dense": random.normal(size=(8, 5)),
    }
    nodes = [
        helper.make_node("Cast", ["bias"], ["b"], to=TensorProto.FLOAT),
        helper.make_node("Conv", ["image", "kernel", "b"], ["c"]),
        helper.make_node("ReduceMean", ["c", "axes"], ["d"], keepdims=0),
        helper.make_node("Where", ["chosen", "d", "b"], ["e"]),
        helper.make_node("Cast", ["e"], ["f"], to=TensorProto.DOUBLE),
        helper.make_node("MatMul", ["f", "dense"], ["scores"]),
    ]
    graph = helper.make_graph(
        nodes,
        "net",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, 8, 8])],
        [helper.make_tensor_value_info("scores", TensorProto.DOUBLE, ["batch", 5])],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx_safetensors.save_file(model, "net.safetensors", replace_data=False)
    there = load_file("net.safetensors")
    probe.close("weights, as the safetensors library reads them", there, weights, 0)
    probe.same(
        "their types", {n: a.dtype.name for n, a in there.items()}, {n: a.dtype.name for n, a in weights.items()}
    )
    image = random.normal(size=(4, 3, 8, 8)).astype(np.float32)
    again = onnx_safetensors.load_file(model, "net.safetensors")
    probe.close("scores with the weights of the file", scores(again, image), scores(model, image), 0)
    save_file({**weights, "dense": weights["dense"] * 2, "stranger": np.ones(3)}, "other.safetensors")
    other = onnx_safetensors.load_file(model, "other.safetensors")
    probe.close("scores with weights that another library wrote", scores(other, image), scores(model, image) * 2, 1e-12)
    probe.same("names in the graph", [t.name for t in other.graph.initializer], list(weights))
