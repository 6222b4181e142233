# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
#
# [tool.landscape]
# needs = "an NVIDIA GPU with its driver"
# ///
"""XGBoost runs on CUDA: a forest that was trained there predicts as one that was trained on the CPU."""

import json

import numpy as np
import xgboost
from landscape_probe import Probe

with Probe("xgboost") as probe:
    random = np.random.default_rng(0)
    rows, fresh = random.normal(size=(500, 4)).astype(np.float32), random.normal(size=(200, 4)).astype(np.float32)
    target = rows[:, 0] * rows[:, 1] + rows[:, 2]
    there, here = (
        xgboost.train({"seed": 0, "max_bin": 64, "device": device}, xgboost.DMatrix(rows, target), 20)
        for device in ("cuda", "cpu")
    )
    device = json.loads(there.save_config())["learner"]["generic_param"]["device"]
    if not device.startswith("cuda"):
        probe.unsupported(f"needs an NVIDIA GPU with its driver: asked for cuda, the device is {device}")
    data = xgboost.DMatrix(fresh)
    probe.close("predictions", there.predict(data), here.predict(data), 1e-2)
