# /// script
# requires-python = ">=3.10"
# dependencies = ["apache-tvm==0.27.0.post1", "onnx==1.23.2", "numpy==2.4.6", "pillow==13.0.0"]
# [tool.landscape]
# suite = true
# shares = ["onnx_nodes"]
# timeout = 7200
# memory = 8192
# ///
"""TVM imports ONNX: how many of ONNX's own cases of single nodes it gives the same outputs for.

The cases come with the package onnx, whose reference is the control. Relax takes each model in and compiles it for the
processor; a module that it builds and cannot compile is a refusal too. What it gives as a shape is taken as numbers.
"""

import numpy as np
import onnx_nodes
from landscape_suite import NotFed, Suite


def load(case):
    import tvm
    from tvm import relax
    from tvm.relax.frontend.onnx import from_onnx

    module = relax.transform.DecomposeOpsForInference()(from_onnx(case.given.model))
    return tvm, relax.VirtualMachine(tvm.compile(module, "llvm"), tvm.cpu())


def run(loaded, case):
    tvm, machine = loaded
    for value in case.given.inputs.values():
        if not isinstance(value, np.ndarray):
            raise NotFed("takes no sequence")
        if onnx_nodes.is_foreign(value) or value.dtype.kind not in "biuf":
            raise NotFed(f"takes no {value.dtype}")
    found = machine["main"](*(tvm.runtime.tensor(value) for value in case.given.inputs.values()))
    if isinstance(found, tvm.runtime.Tensor) or all(isinstance(one, int) for one in found):
        found = [found]
    return [output.numpy() if hasattr(output, "numpy") else np.asarray(list(output), np.int64) for output in found]


suite = Suite("apache-tvm", "onnx", "numpy", keys=onnx_nodes.KEYS, seconds=60)
suite.grade(onnx_nodes.cases(), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
