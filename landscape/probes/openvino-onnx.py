# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "onnx2torch==1.5.15", "openvino==2026.4.1", "safetensors==0.8.0", "array-api-compat==1.16.0",
# ]
# ///
"""OpenVINO imports ONNX: the same file gives the same numbers there and in ONNX Runtime.

The file is made with onnx.helper alone, so that no framework's exporter is part of the proof; OpenVINO also saves it
as its own IR and reads it again.
"""

import numpy as np
import onnx
import onnxruntime
import openvino
from landscape_probe import Probe
from onnx import TensorProto, helper, numpy_helper

with Probe("onnx", "onnxruntime", "openvino") as probe:
    random = np.random.default_rng(0)
    weights = {
        "kernel": random.normal(size=(8, 3, 3, 3)),
        "bias": random.normal(size=8),
        "scale": random.uniform(1, 2, 8),
        "shift": random.normal(size=8),
        "mean": random.normal(size=8),
        "spread": random.uniform(1, 2, 8),
        "dense": random.normal(size=(8, 5)),
        "axes": np.array([2, 3]),
    }
    nodes = [
        helper.make_node("Conv", ["image", "kernel", "bias"], ["a"], pads=[1, 1, 1, 1]),
        helper.make_node("BatchNormalization", ["a", "scale", "shift", "mean", "spread"], ["b"]),
        helper.make_node("Gelu", ["b"], ["c"], approximate="tanh"),
        helper.make_node("ReduceMean", ["c", "axes"], ["d"], keepdims=0),
        helper.make_node("MatMul", ["d", "dense"], ["e"]),
        helper.make_node("Softmax", ["e"], ["scores"]),
    ]
    graph = helper.make_graph(
        nodes,
        "net",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, 8, 8])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", 5])],
        [numpy_helper.from_array(v if v.dtype == np.int64 else v.astype(np.float32), k) for k, v in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, "net.onnx")
    there = onnxruntime.InferenceSession("net.onnx", providers=["CPUExecutionProvider"])
    read = openvino.convert_model("net.onnx")
    operations = openvino.Core().read_model("net.onnx").get_ops()
    held = {n.get_friendly_name(): n.data for n in operations if n.get_type_name() == "Constant"}
    openvino.save_model(read, "net.xml", compress_to_fp16=False)
    precise = {"INFERENCE_PRECISION_HINT": "f32"}
    for where, source in (("from ONNX", read), ("from its own IR", "net.xml")):
        here = openvino.Core().compile_model(source, "CPU", precise)
        for size in (1, 6):
            image = random.normal(size=(size, 3, 8, 8)).astype(np.float32)
            [expected] = there.run(None, {"image": image})
            probe.close(f"scores of a batch of {size}, {where}", here({"image": image})["scores"], expected, 1e-5)
    probe.close("weights of the last layer", held["dense"], weights["dense"].astype(np.float32), 0)
    probe.same("names", [p.get_any_name() for p in (*read.inputs, *read.outputs)], ["image", "scores"])
