# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# [tool.landscape]
# suite = true
# shares = ["jax_primitives"]
# timeout = 1800
# memory = 8192
# ///
"""JAX exports ONNX through jax2onnx: which of its primitives, around each of which we wrote a line, give the same.

Each function is converted, and run by ONNX Runtime on the same inputs. The choice of functions is our own.
"""

import os

os.environ |= {"JAX_PLATFORMS": "cpu"}

import jax_primitives
import numpy as np
import onnxruntime
from landscape_suite import Suite

onnxruntime.set_default_logger_severity(4)


def load(case):
    import jax
    from jax2onnx import to_onnx

    inputs = [jax.ShapeDtypeStruct(array.shape, array.dtype) for array in case.given.arrays.values()]
    model = to_onnx(jax_primitives.function(case), inputs)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), settings)


def run(session, case):
    fed = {end.name: array for end, array in zip(session.get_inputs(), case.given.arrays.values(), strict=True)}
    return [np.asarray(output) for output in session.run(None, fed)]


suite = Suite(
    *("jax2onnx", "jax", "onnxruntime", "onnx", "numpy"), keys=jax_primitives.KEYS, seconds=240, batch=200, own=True
)
suite.grade(jax_primitives.cases(), load=load, run=run, control=jax_primitives.control, named="JAX")
