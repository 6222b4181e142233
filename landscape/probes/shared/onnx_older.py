"""The cases of single nodes of an older package `onnx`, for suites that see whether what it wrote still means the same.

Older packages call some cases alike, and hold numbers that NumPy has no type for as others; each name is taken once,
and those numbers are left out.
"""

import onnx_nodes
from onnx import TensorProto

_FOREIGN = TensorProto.BFLOAT16
"""The first of the types that NumPy lacks."""


def cases():
    """The cases, each name once, with types that NumPy has."""
    return {case.name: case for case in onnx_nodes.cases() if not _is_foreign(case.given.model)}.values()


def _is_foreign(model):
    ends = [*model.graph.input, *model.graph.output]
    return any(end.type.tensor_type.elem_type >= _FOREIGN for end in ends)
