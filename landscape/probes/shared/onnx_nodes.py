"""The cases of single nodes that the package `onnx` makes of itself, for the suites of whatever imports ONNX.

A case is a model of one node, with inputs and the outputs that ONNX's authors expect. Those in which a function is
written out, node by node, are left out, as they are the same cases again; so are those that draw by chance. The group
is the operator, the opset in which it became what it is, and the type of its first input.
"""

import re
import warnings
from dataclasses import dataclass

import numpy as np
from landscape_suite import Case
from onnx import ModelProto, TensorProto, helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases
from onnx.reference import ReferenceEvaluator

KEYS = "operator", "opset", "type"
_LEFT_OUT = re.compile("_expanded|^test_bernoulli|^test_training_dropout(?!_zero_ratio)")
"""What is there once more, and what is drawn by chance, so that there is no one right output."""


@dataclass(frozen=True)
class Node:
    """A model of one node, and its inputs by their names."""

    model: ModelProto
    inputs: dict


def cases(every=1, frozen=False):
    """The cases, or each N-th of them; `frozen` makes all inputs but the first constants of the model."""
    with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
        found = [case for case in collect_testcases(None) if not _LEFT_OUT.search(case.name)]
    for case in sorted(found, key=lambda case: case.name)[::every]:
        yield _case(case, frozen)


def _case(case, frozen):
    inputs, outputs = case.data_sets[0]
    names = [each.name for each in case.model.graph.input]
    node = Node(case.model, dict(zip(names, map(_array, inputs), strict=True)))
    return Case(
        name=case.name.removeprefix("test_"),
        group=_group(case.model),
        given=_freeze(node) if frozen else node,
        expected=[_array(output) for output in outputs],
        rtol=case.rtol,
        atol=case.atol,
    )


def control(case):
    """What ONNX's own reference gives."""
    with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
        return ReferenceEvaluator(case.given.model).run(None, dict(case.given.inputs))


def is_foreign(value):
    """Whether a value is an array of numbers that NumPy has no type for, such as bfloat16."""
    return isinstance(value, np.ndarray) and value.dtype.isbuiltin == 2


def from_bits(outputs, case):
    """The outputs, with those read as what they are that a binding gives as whole numbers of the same bits."""
    return [_from_bits(*pair) for pair in zip(outputs, case.expected, strict=False)]


def _from_bits(got, expected):
    if is_foreign(expected) and got.dtype.kind in "iu" and got.dtype.itemsize == expected.dtype.itemsize:
        return got.view(expected.dtype)
    return got


def _array(value):
    if isinstance(value, TensorProto):
        return numpy_helper.to_array(value)
    if isinstance(value, list):
        return [_array(item) for item in value]
    return value if value is None else np.asarray(value)


def _group(model):
    node, (opset, *_) = model.graph.node[0], [o for o in model.opset_import if o.domain == model.graph.node[0].domain]
    operator = f"{node.domain}.{node.op_type}" if node.domain else node.op_type
    ends = [*model.graph.input, *model.graph.output]
    return operator, str(opset.version), _type(ends[0].type)


def _type(kind):
    which = kind.WhichOneof("value")
    if which == "tensor_type":
        return helper.tensor_dtype_to_string(kind.tensor_type.elem_type).removeprefix("TensorProto.").lower()
    inner = getattr(kind, which)
    return f"{which.removesuffix('_type')} of {_type(getattr(inner, 'elem_type', None) or inner.value_type)}"


def _freeze(node):
    """The same with every input but the first as a constant, as most exporters write axes and shapes."""
    _, *rest = node.inputs
    model = ModelProto()
    model.CopyFrom(node.model)
    constant = [name for name in rest if isinstance(node.inputs[name], np.ndarray)]
    model.graph.initializer.extend(numpy_helper.from_array(node.inputs[name], name) for name in constant)
    for place in reversed(range(len(model.graph.input))):
        if model.graph.input[place].name in constant:
            del model.graph.input[place]
    return Node(model, {name: value for name, value in node.inputs.items() if name not in constant})
