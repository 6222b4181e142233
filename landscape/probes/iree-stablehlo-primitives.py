# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# [tool.landscape]
# suite = true
# shares = ["jax_primitives"]
# timeout = 3600
# memory = 8192
# ///
"""IREE imports StableHLO that JAX writes: which of its primitives, around each of which we wrote a line, give the same.

JAX writes each function as StableHLO; IREE compiles the text for the processor and runs it on the same inputs. The
choice of functions is our own.
"""

import os

os.environ |= {"JAX_PLATFORMS": "cpu"}

import jax_primitives
import numpy as np
from landscape_suite import Suite


def load(case):
    import iree.compiler
    import jax

    lowered = jax.jit(jax_primitives.function(case), keep_unused=True).lower(*case.given.arrays.values())
    options = {"target_backends": ["llvm-cpu"], "extra_args": ["--iree-llvmcpu-target-cpu=generic"]}
    try:
        return iree.compiler.compile_str(lowered.as_text(dialect="stablehlo"), input_type="stablehlo", **options)
    except iree.compiler.CompilerToolError as error:
        told = [line.partition("error: ")[2] for line in str(error).splitlines() if "error: " in line]
        raise ValueError(told[0] if told else "the compiler told nothing") from None


def run(compiled, case):
    import iree.runtime

    module = iree.runtime.load_vm_flatbuffer(compiled, driver="local-sync")
    found = module["main"](*case.given.arrays.values())
    outputs = found if isinstance(found, (list, tuple)) else [found]
    return [np.asarray(output) for output in outputs]


suite = Suite(
    *("iree-base-compiler", "iree-base-runtime", "jax", "numpy"),
    keys=jax_primitives.KEYS,
    seconds=240,
    batch=200,
    own=True,
)
suite.grade(jax_primitives.cases(), load=load, run=run, control=jax_primitives.control, named="JAX")
