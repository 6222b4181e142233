# /// script
# requires-python = ">=3.10"
# dependencies = ["kserve==0.21.0", "httpx==0.28.1", "numpy==2.4.6"]
# ///
"""KServe's model server answers calls in the Open Inference Protocol over HTTP, with any model in it.

A server with a model of ours runs in another process. It says that it and the model are ready, takes a tensor as JSON,
and gives the numbers that the model gives here; a model that it has not, and an input without a type, are refused.
"""

import subprocess
import sys
import time

import httpx
import numpy as np
from landscape_probe import Probe

SERVER = """
import numpy as np
from kserve import InferOutput, InferResponse, Model, ModelServer
class Line(Model):
    def load(self):
        self.ready = True
    def predict(self, payload, headers=None, response_headers=None):
        scores = payload.inputs[0].as_numpy() @ np.arange(4.0)
        output = InferOutput("scores", list(scores.shape), "FP64")
        output.set_data_from_numpy(scores, binary_data=False)
        return InferResponse(payload.id, self.name, [output])
line = Line("line")
line.load()
ModelServer(http_port=8080, enable_grpc=False, workers=1).start([line])
"""
V2 = "http://127.0.0.1:8080/v2"


def ready(seconds=60):
    last = time.monotonic() + seconds
    while True:
        try:
            return httpx.get(f"{V2}/health/ready", timeout=20).status_code
        except httpx.ConnectError:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)


def ask(model, **tensor):
    request = {"id": "one", "inputs": [{"name": "rows", "shape": [3, 4], **tensor}]}
    return httpx.post(f"{V2}/models/{model}/infer", json=request, timeout=20)


with Probe("kserve", "numpy") as probe:
    server = subprocess.Popen([sys.executable, "-c", SERVER])
    try:
        probe.same("the server is ready", ready(), 200)
        about = httpx.get(f"{V2}/models/line").json()
        probe.same("the model is ready, by name", httpx.get(f"{V2}/models/line/ready").json()["ready"], True)
        probe.same("what it says of the model", about["name"], "line")
        rows = np.random.default_rng(0).normal(size=(3, 4))
        said = ask("line", datatype="FP64", data=rows.ravel().tolist()).json()
        (output,) = said["outputs"]
        probe.same("request and model of the answer", [said["id"], said["model_name"]], ["one", "line"])
        made = [output[key] for key in ("name", "datatype", "shape")]
        probe.same("name, type and shape of the output", made, ["scores", "FP64", [3]])
        probe.close("scores", np.array(output["data"]), rows @ np.arange(4.0), 1e-12)
        probe.same(
            "status for a model that is not there", ask("other", datatype="FP64", data=[0.0] * 12).status_code, 404
        )
        probe.same("status for an input without a type", ask("line", data=[0.0] * 12).status_code, 422)
    finally:
        server.terminate()
        server.wait()
