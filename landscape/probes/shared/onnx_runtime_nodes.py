"""ONNX Runtime as the suites of ONNX's own cases see it: takes a case in, and computes it on the processor.

Types that NumPy lacks are fed by their ONNX type where the binding takes them.
"""

import numpy as np
import onnx_nodes
import onnxruntime
from landscape_suite import Machine, NotFed
from onnxruntime import OrtValue

onnxruntime.set_default_logger_severity(4)


def load(case):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    model = case.given.model.SerializeToString()
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        if "Locale::Locale" in str(error):
            raise Machine("the locale en_US is not here") from None
        raise


def run(session, case):
    types = {end.name: end for end in session.get_inputs()}
    fed = {name: _fed(value, case, name) for name, value in case.given.inputs.items() if name in types}
    if not any(map(onnx_nodes.is_foreign, [*case.given.inputs.values(), *case.expected])):
        return session.run(None, fed)
    fed = {
        name: value if isinstance(value, OrtValue) else OrtValue.ortvalue_from_numpy(value)
        for name, value in fed.items()
    }
    outputs = session.run_with_ort_values(None, fed)
    try:
        return onnx_nodes.from_bits([output.numpy() for output in outputs], case)
    except RuntimeError as error:
        raise NotFed(f"gives no array: {error}") from None


def _fed(value, case, name):
    """An input as the binding takes it: numbers of types that NumPy lacks as their bits."""
    if not onnx_nodes.is_foreign(value):
        return value
    kind = next(end.type.tensor_type.elem_type for end in case.given.model.graph.input if end.name == name)
    if value.dtype.name.lstrip("u") in ("int2", "int4", "float4_e2m1fn"):
        raise NotFed(f"takes no {value.dtype}")
    bits = np.asarray(value, order="C").view(f"uint{8 * value.dtype.itemsize}")
    try:
        return OrtValue.ortvalue_from_numpy_with_onnx_type(bits, kind)
    except (RuntimeError, ValueError) as error:
        raise NotFed(f"takes no {value.dtype}: {error}") from None
