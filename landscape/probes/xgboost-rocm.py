# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""XGBoost does not run on ROCm: its list of devices has no AMD GPU, and asking for one is refused.

The CPU is taken by the same parameter.
"""

import numpy as np
import xgboost
from landscape_probe import Probe

with Probe("xgboost") as probe:
    random = np.random.default_rng(0)
    rows = random.normal(size=(200, 4)).astype(np.float32)
    data = xgboost.DMatrix(rows, rows[:, 0] * rows[:, 1])
    train = lambda device: xgboost.train({"device": device, "seed": 0}, data, 5)  # noqa: E731
    probe.close("predictions on the CPU", train("cpu").predict(data), xgboost.train({"seed": 0}, data, 5).predict(data))
    for device in ("rocm", "hip"):
        probe.refused(
            f"device {device}",
            lambda device=device: train(device),
            xgboost.core.XGBoostError,
            r"(?s)one of the following:\s+- cpu\s+- cuda\s.*- gpu",
        )
