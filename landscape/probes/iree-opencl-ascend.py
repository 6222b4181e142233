# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# ///
"""IREE does not run on OpenCL or Ascend: neither its compiler nor its runtime has such a backend.

The same program is compiled for the CPU, Vulkan and CUDA, and gives on the CPU the numbers of JAX.
"""

import jax
import jax.numpy as jnp
import numpy as np
from iree import compiler, runtime
from landscape_probe import Probe

with Probe("jax", "iree-base-compiler", "iree-base-runtime") as probe:
    scores = lambda x: jnp.tanh(x @ jnp.ones((4, 3)))  # noqa: E731
    program = jax.export.export(jax.jit(scores))(jax.ShapeDtypeStruct((2, 4), jnp.float32)).mlir_module()
    build = lambda backend: compiler.compile_str(  # noqa: E731
        program, target_backends=[backend], input_type="stablehlo", extra_args=["--iree-llvmcpu-target-cpu=generic"]
    )
    module = runtime.load_vm_flatbuffer(build("llvm-cpu"), driver="local-task")
    x = np.random.default_rng(0).normal(size=(2, 4)).astype(np.float32)
    probe.close("scores on the CPU", module.main(x).to_host(), scores(x))
    for backend in ("vulkan-spirv", "cuda"):
        probe.same(f"a program for {backend}", len(build(backend)) > 1000, True)
    for backend in ("opencl", "opencl-spirv", "ascend"):
        probe.refused(
            f"a program for {backend}",
            lambda backend=backend: build(backend),
            compiler.CompilerToolError,
            f"target backend '{backend}' not registered; registered backends:",
        )
    for driver in ("opencl", "ascend"):
        probe.refused(
            f"a device of {driver}",
            lambda driver=driver: runtime.get_driver(driver),
            ValueError,
            f"no driver '{driver}' registered",
        )
    probe.same(
        "drivers of the runtime",
        set(runtime.query_available_drivers()) - {"metal"},
        {"cuda", "hip", "local-sync", "local-task", "vulkan"},
    )
