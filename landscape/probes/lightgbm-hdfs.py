# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""LightGBM reads no longer from HDFS: such an address is taken for a local file, which is not there.

The same call reads the same text from a local file, and a model trained on it predicts as one trained on the array.
"""

import lightgbm
import numpy as np
from landscape_probe import Probe

with Probe("lightgbm") as probe:
    random = np.random.default_rng(0)
    rows = random.normal(size=(200, 4))
    target = rows[:, 0] * rows[:, 1]
    np.savetxt("rows.csv", np.column_stack([target, rows]), delimiter=",", fmt="%.17g")
    settings = {"verbose": -1, "num_threads": 1, "deterministic": True, "seed": 0}
    here, there = (
        lightgbm.train(settings, data, 10).predict(rows)
        for data in (lightgbm.Dataset(rows, target), lightgbm.Dataset("rows.csv"))
    )
    probe.close("predictions of models trained on the file and on the array", there, here, 1e-9)
    probe.refused(
        "a data set at hdfs://",
        lambda: lightgbm.Dataset("hdfs://127.0.0.1:9/rows.csv").construct(),
        lightgbm.basic.LightGBMError,
        "Cannot open data file hdfs://",
    )
