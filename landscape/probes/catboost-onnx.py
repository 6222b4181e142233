# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""CatBoost exports ONNX itself, for numerical features; a model with categorical features is refused."""

import numpy as np
import onnxruntime
from catboost import CatBoostClassifier, CatBoostError, CatBoostRegressor
from landscape_probe import Probe

SETTINGS = {"iterations": 30, "depth": 4, "random_seed": 0, "verbose": False, "allow_writing_files": False}

with Probe("catboost", "onnx", "onnxruntime") as probe:
    random = np.random.default_rng(0)
    rows = random.normal(size=(400, 5)).astype(np.float32)
    amount = rows[:, 0] * 2 + np.sin(rows[:, 1] * 3)
    regressor = CatBoostRegressor(**SETTINGS).fit(rows[:300], amount[:300])
    classifier = CatBoostClassifier(**SETTINGS).fit(rows[:300], np.digitize(amount, [-1, 1])[:300])
    for name, model in (("regressor", regressor), ("classifier", classifier)):
        model.save_model(f"{name}.onnx", format="onnx")
        session = onnxruntime.InferenceSession(f"{name}.onnx", providers=["CPUExecutionProvider"])
        seen = session.run(None, {"features": rows[300:]})
        probe.close(f"predictions of the {name}", np.ravel(seen[0]), np.ravel(model.predict(rows[300:])), 1e-4)
        if name == "classifier":
            chances = [list(row.values()) for row in seen[1]]
            probe.close("probabilities", chances, model.predict_proba(rows[300:]), 1e-5)
    colours = np.array(
        [[str(c), float(x)] for c, x in zip(random.choice(["red", "blue"], 400), rows[:, 0], strict=True)], dtype=object
    )
    mixed = CatBoostRegressor(**SETTINGS, cat_features=[0]).fit(colours, amount)
    probe.refused(
        "a model with a categorical feature",
        lambda: mixed.save_model("mixed.onnx", format="onnx"),
        CatBoostError,
        "categorical",
    )
