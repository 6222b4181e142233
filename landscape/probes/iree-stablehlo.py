# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "jax==0.10.2", "jax2onnx==0.17.1", "onnx==1.23.2", "onnxruntime==1.32.0", "flax==0.12.8", "equinox==0.13.8",
#   "numpyro==0.22.0", "safetensors==0.8.0", "iree-base-compiler==3.13.0", "iree-base-runtime==3.13.0",
# ]
# ///
"""IREE imports StableHLO and runs it on the CPU: a program that JAX lowered gives the same numbers.

A convolution with softmax is lowered by JAX to StableHLO text, compiled by IREE's own compiler for the CPU, saved, and
run by IREE's runtime on inputs that JAX did not see.
"""

import iree.compiler
import iree.runtime
import jax
import numpy as np
from landscape_probe import Probe


def network(kernel, head, image):
    features = jax.lax.conv_general_dilated(image, kernel, (1, 1), "SAME")
    return jax.nn.softmax(jax.nn.gelu(features).mean((2, 3)) @ head)


with Probe("jax", "iree-base-compiler", "iree-base-runtime") as probe:
    random = np.random.default_rng(0)
    kernel, head, image = (
        random.normal(size=shape).astype(np.float32) for shape in ((8, 3, 3, 3), (8, 5), (2, 3, 8, 8))
    )
    text = jax.jit(network).lower(kernel, head, image).as_text(dialect="stablehlo")
    probe.same("the text is StableHLO", "stablehlo.convolution" in text, True)
    module = iree.compiler.compile_str(
        text, input_type="stablehlo", target_backends=["llvm-cpu"], extra_args=["--iree-llvmcpu-target-cpu=generic"]
    )
    open("network.vmfb", "wb").write(module)
    config = iree.runtime.Config("local-task")
    loaded = iree.runtime.VmModule.mmap(config.vm_instance, "network.vmfb")
    context = iree.runtime.SystemContext(config=config)
    context.add_vm_module(loaded)
    [name] = context.modules.keys() - {"hal"}
    for number in range(2):
        image = random.normal(size=(2, 3, 8, 8)).astype(np.float32)
        here = context.modules[name]["main"](kernel, head, image).to_host()
        probe.close(f"scores of inputs {number}", here, network(kernel, head, image), 1e-5)
