# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2",
#   "apache-tvm==0.27.0.post1", "coremltools==9.0", "pnnx==20261020", "ncnn==1.0.20261020",
# ]
# ///
"""ncnn imports PyTorch by pnnx: a network with attention gives the same numbers, an unknown operator none at all.

The module is traced and converted by pnnx in one process, and run by ncnn in another that does not have PyTorch. An
operator that ncnn lacks stays in the file under its PyTorch name, and the file is refused when it is loaded.
"""

import json
import subprocess
import sys

import numpy as np
import pnnx
import torch
from landscape_probe import Probe
from torch import nn

ELSEWHERE = """
import json, sys, ncnn, numpy as np
net = ncnn.Net()
for option in ("fp16_packed", "fp16_storage", "fp16_arithmetic", "bf16_storage"):
    setattr(net.opt, f"use_{option}", False)
loaded = net.load_param("FILE.ncnn.param"), net.load_model("FILE.ncnn.bin")
if any(loaded):
    sys.exit(f"ncnn does not load the file: {loaded}")
scores = []
for image in np.load("images.npy"):
    run = net.create_extractor()
    run.input("in0", ncnn.Mat(image).clone())
    scores.append(np.array(run.extract("out0")[1]))
np.save("scores.npy", scores)
print(json.dumps([net.input_names(), net.output_names(), "torch" in sys.modules]))
"""


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.BatchNorm2d(16), nn.GELU())
        self.attend = nn.MultiheadAttention(16, 4, batch_first=True)
        self.norm = nn.LayerNorm(16)
        self.head = nn.Linear(16, 5)

    def forward(self, image):
        steps = self.features(image).flatten(2).transpose(1, 2)
        return self.head(self.norm(self.attend(steps, steps, steps, need_weights=False)[0]).mean(1))


class Odd(nn.Module):
    def forward(self, image):
        return torch.cumprod(image, -1)


def run(file):
    command = [sys.executable, "-c", ELSEWHERE.replace("FILE", file)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


with Probe("ncnn", "pnnx", "torch") as probe:
    torch.manual_seed(0)
    net = Net()
    net(torch.randn(64, 3, 8, 8) * 2 + 1)  # gives the normalisation statistics that are not those of a new module
    net.eval().requires_grad_(False)
    example, images = torch.randn(1, 3, 8, 8), torch.randn(3, 3, 8, 8)
    np.save("images.npy", images.numpy())
    pnnx.export(net, "net.pt", (example,), fp16=False)
    probe.same("inputs, outputs, and PyTorch there", run("net"), [["in0"], ["out0"], False])
    probe.close("scores of three images", np.load("scores.npy"), net(images), 1e-4)
    held = net.head.weight.numpy().tobytes() in open("net.ncnn.bin", "rb").read()
    probe.same("weights of the last layer are in the file, bit by bit", held, True)
    pnnx.export(Odd(), "odd.pt", (example,))
    probe.same("the file names what ncnn lacks", "torch.cumprod" in open("odd.ncnn.param").read(), True)
    probe.refused("an operator that ncnn lacks", lambda: run("odd"), RuntimeError, "torch.cumprod not exists")
