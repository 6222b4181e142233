# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""XGBoost exports ONNX through onnxmltools: classifier and regressor give the same numbers, missing values included.

Both are compared on rows that were not used for training, a tenth of whose values are missing.
"""

import numpy as np
import onnxruntime
from landscape_probe import Probe
from onnxmltools import convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType
from xgboost import XGBClassifier, XGBRegressor

SETTINGS = {"n_estimators": 20, "max_depth": 4, "random_state": 0}

with Probe("xgboost", "onnxmltools", "onnx", "onnxruntime") as probe:
    random = np.random.default_rng(0)
    rows = random.normal(size=(400, 6)).astype(np.float32)
    amount = (rows[:, 0] * 2 + np.sin(rows[:, 1] * 3)).astype(np.float32)
    label = np.digitize(amount, [-1, 1])
    rows[random.random(rows.shape) < 0.1] = np.nan
    shape = [("rows", FloatTensorType([None, 6]))]
    for model, wanted in ((XGBClassifier(**SETTINGS), label), (XGBRegressor(**SETTINGS), amount)):
        kind = type(model).__name__
        model.fit(rows[:300], wanted[:300])
        file = convert_xgboost(model, initial_types=shape, target_opset=15).SerializeToString()
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        seen = session.run(None, {"rows": rows[300:]})
        probe.close(f"predictions of {kind}", np.ravel(seen[0]), model.predict(rows[300:]), 1e-4)
        if hasattr(model, "predict_proba"):
            chances = [list(row.values()) if isinstance(row, dict) else row for row in seen[1]]
            probe.close(f"probabilities of {kind}", chances, model.predict_proba(rows[300:]), 1e-5)
