# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "iree-base-compiler[onnx]==3.13.0", "iree-base-runtime==3.13.0", "onnx==1.23.2", "numpy==2.4.6", "pillow==13.0.0",
# ]
# [tool.landscape]
# suite = true
# shares = ["onnx_nodes"]
# timeout = 7200
# memory = 8192
# ///
"""IREE imports ONNX: how many of a fifth of ONNX's own cases of single nodes it gives the same outputs for.

The cases come with the package onnx, whose reference is the control; each fifth is taken, by name. IREE's importer and
compiler take each model in, for the processor, and its runtime runs it.
"""

import numpy as np
import onnx_nodes
from landscape_suite import NotFed, Suite


def load(case):
    import iree.compiler
    import onnx
    from iree.compiler.extras import onnx_importer
    from iree.compiler.ir import Context

    model = onnx.shape_inference.infer_shapes(case.given.model, data_prop=True)
    context = Context()
    info = onnx_importer.ModelInfo(model)
    module = info.create_module(context=context).operation
    onnx_importer.NodeImporter.define_function(info.main_graph, module).import_all()
    options = {"target_backends": ["llvm-cpu"], "extra_args": ["--iree-llvmcpu-target-cpu=host"]}
    try:
        return iree.compiler.compile_str(str(module), input_type="onnx", **options)
    except iree.compiler.CompilerToolError as error:
        told = [line.partition("error: ")[2] for line in str(error).splitlines() if "error: " in line]
        raise ValueError(told[0] if told else "the compiler told nothing") from None


def run(compiled, case):
    import iree.runtime

    for value in case.given.inputs.values():
        if not isinstance(value, np.ndarray):
            raise NotFed("takes no sequence")
        if onnx_nodes.is_foreign(value) or value.dtype.kind not in "biuf":
            raise NotFed(f"takes no {value.dtype}")
    module = iree.runtime.load_vm_flatbuffer(compiled, driver="local-sync")
    name = case.given.model.graph.name or "main"
    found = module[name](*case.given.inputs.values())
    outputs = found if isinstance(found, (list, tuple)) else [found]
    return [np.asarray(output) for output in outputs]


suite = Suite("iree-base-compiler", "iree-base-runtime", "onnx", "numpy", keys=onnx_nodes.KEYS, seconds=60)
suite.grade(onnx_nodes.cases(every=5), load=load, run=run, control=onnx_nodes.control, named="onnx.reference")
