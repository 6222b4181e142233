# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "tract==0.23.9", "onnx==1.23.2", "onnxruntime==1.32.0", "onnx-safetensors==1.6.0", "safetensors==0.8.0",
#   "numpy==2.4.6",
# ]
# ///
"""tract imports ONNX, of classical models only some: networks and classifying forests agree with ONNX Runtime.

The files are made with onnx.helper alone. The network has attention, normalisation and a batch that stays open. Of the
forests in ai.onnx.ml the one for classes is run, with other names of its outputs; the one for numbers is refused.
"""

import numpy as np
import onnx
import onnxruntime
import tract
from landscape_probe import Probe
from onnx import TensorProto, helper, numpy_helper


def file(name, nodes, inputs, outputs, weights=(), domains=()):
    values = [[helper.make_tensor_value_info(*end) for end in ends] for ends in (inputs, outputs)]
    held = [numpy_helper.from_array(value, key) for key, value in dict(weights).items()]
    sets = [helper.make_opsetid("", 18), *(helper.make_opsetid(d, 1) for d in domains)]
    onnx.save(helper.make_model(helper.make_graph(nodes, name, *values, held), opset_imports=sets, ir_version=9), name)


def network(random):
    shapes = {"kernel": (8, 3, 3, 3), "bias": (8,), "mix": (8, 24), "scale": (8,), "shift": (8,), "dense": (8, 5)}
    weights = {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    weights |= {"steps": np.array([0, 8, 36]), "share": np.array([8, 8, 8]), "axis": np.array([1])}
    nodes = [
        helper.make_node("Conv", ["image", "kernel", "bias"], ["a"]),
        helper.make_node("Reshape", ["a", "steps"], ["b"]),
        helper.make_node("Transpose", ["b"], ["c"], perm=[0, 2, 1]),
        helper.make_node("LayerNormalization", ["c", "scale", "shift"], ["d"]),
        helper.make_node("MatMul", ["d", "mix"], ["e"]),
        helper.make_node("Split", ["e", "share"], ["q", "k", "v"], axis=2),
        helper.make_node("Transpose", ["k"], ["l"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["q", "l"], ["m"]),
        helper.make_node("Softmax", ["m"], ["n"]),
        helper.make_node("MatMul", ["n", "v"], ["o"]),
        helper.make_node("ReduceMean", ["o", "axis"], ["p"], keepdims=0),
        helper.make_node("MatMul", ["p", "dense"], ["scores"]),
    ]
    ends = [("image", TensorProto.FLOAT, ["batch", 3, 8, 8])], [("scores", TensorProto.FLOAT, ["batch", 5])]
    file("net.onnx", nodes, *ends, weights)


def forest(name, operator, ends, **kind):
    modes = ["BRANCH_LEQ", "BRANCH_LEQ", "LEAF", "LEAF", "LEAF"]
    tree = {"nodes_modes": modes * 3, "nodes_featureids": [0, 1, 0, 0, 0, 2, 3, 0, 0, 0, 1, 0, 0, 0, 0]}
    tree |= {"nodes_treeids": [t for t in range(3) for _ in modes], "nodes_nodeids": list(range(5)) * 3}
    tree |= {"nodes_truenodeids": [1, 3, 0, 0, 0] * 3, "nodes_falsenodeids": [2, 4, 0, 0, 0] * 3}
    tree |= {"nodes_values": [0.1, -0.6, 0, 0, 0, 0.4, 0.2, 0, 0, 0, -0.3, 0.9, 0, 0, 0], "post_transform": "NONE"}
    leaves = "class" if "classlabels_int64s" in kind else "target"
    tree |= {f"{leaves}_treeids": [t for t in range(3) for _ in range(3)], f"{leaves}_nodeids": [2, 3, 4] * 3}
    tree |= {f"{leaves}_weights": [0.2, 0.5, 0.1, 0.9, 0.3, 0.7, 0.4, 0.8, 0.6]}
    nodes = [helper.make_node(operator, ["rows"], [end for end, *_ in ends], domain="ai.onnx.ml", **tree, **kind)]
    file(name, nodes, [("rows", TensorProto.FLOAT, ["batch", 4])], ends, domains=["ai.onnx.ml"])


with Probe("tract", "onnx", "onnxruntime") as probe:
    random = np.random.default_rng(0)
    network(random)
    classes = ("label", TensorProto.INT64, ["batch"]), ("shares", TensorProto.FLOAT, ["batch", 3])
    forest("forest.onnx", "TreeEnsembleClassifier", classes, class_ids=[0, 1, 2] * 3, classlabels_int64s=[7, 8, 9])
    named = {"net.onnx": ["scores"], "forest.onnx": ["label.labels", "label.classifier"]}  # not those of the file
    for name, shape in (("net.onnx", (3, 8, 8)), ("forest.onnx", (4,))):
        model = tract.onnx().load(name).into_model()
        there = onnxruntime.InferenceSession(name, providers=["CPUExecutionProvider"])
        source = there.get_inputs()[0].name
        probe.same(f"name of the input of {name}", model.input_name(0), source)
        outputs = [model.output_name(place) for place in range(model.output_count())]
        probe.same(f"names of the outputs of {name}", outputs, named[name])
        here = model.into_runnable()
        for size in (1, 6):
            data = random.normal(size=(size, *shape)).astype(np.float32)
            got = [tensor.to_numpy() for tensor in here.run([data])]
            probe.close(f"{name}, a batch of {size}", got, there.run(None, {source: data}), 1e-4)
    score = [("score", TensorProto.FLOAT, ["batch", 1])]
    forest("regression.onnx", "TreeEnsembleRegressor", score, target_ids=[0] * 9, n_targets=1)
    there = onnxruntime.InferenceSession("regression.onnx", providers=["CPUExecutionProvider"])
    probe.same("ONNX Runtime reads the regression", [x.name for x in there.get_outputs()], ["score"])
    refused = tract.TractError, r"Unimplemented\(TreeEnsembleRegressor\)"
    probe.refused("a forest for regression", lambda: tract.onnx().load("regression.onnx").into_model(), *refused)
