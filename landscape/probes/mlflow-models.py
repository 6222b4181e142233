# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "mlflow==3.17.2", "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10",
#   "onnx==1.23.2", "onnxruntime==1.32.0", "skl2onnx==1.20.0", "pandas==3.1.1",
# ]
# ///
"""MLflow deploys models of scikit-learn, XGBoost, LightGBM, CatBoost and ONNX: saved, described, loaded and asked.

Each model is saved in the MLflow format with a signature, loaded through the generic Python interface by another
process, and gives the same predictions; rows that break the signature are refused. A forest of scikit-learn is only
saved when its types are trusted, or as a pickle.
"""

import json
import subprocess
import sys

import mlflow
import numpy as np
import pandas as pd
from catboost import CatBoostRegressor
from landscape_probe import Probe
from lightgbm import LGBMRegressor
from skl2onnx import to_onnx
from sklearn.ensemble import RandomForestRegressor
from xgboost import XGBRegressor

ELSEWHERE = """
import json, sys, mlflow, numpy as np, pandas as pd
rows = pd.read_parquet("rows.parquet")
for name in json.loads(sys.argv[1]):
    seen = mlflow.pyfunc.load_model(name).predict(rows)
    np.save(name + ".npy", np.ravel(next(iter(seen.values())) if isinstance(seen, dict) else seen))
"""

with Probe("mlflow", "scikit-learn", "xgboost", "lightgbm", "catboost", "onnx", "onnxruntime") as probe:
    random = np.random.default_rng(0)
    rows = pd.DataFrame(random.normal(size=(300, 4)).astype(np.float32), columns=list("abcd"))
    amount = (rows.a * 2 + np.sin(rows.b * 3)).to_numpy()
    forest = RandomForestRegressor(15, random_state=0).fit(rows, amount)
    models = {
        "sklearn": forest,
        "xgboost": XGBRegressor(n_estimators=15, random_state=0).fit(rows, amount),
        "lightgbm": LGBMRegressor(n_estimators=15, random_state=0, verbose=-1).fit(rows, amount),
        "catboost": CatBoostRegressor(iterations=15, random_seed=0, verbose=0, allow_writing_files=False).fit(
            rows, amount
        ),
        "onnx": to_onnx(RandomForestRegressor(15, random_state=0).fit(rows.to_numpy(), amount), rows.to_numpy()[:1]),
    }
    signature = mlflow.models.infer_signature(rows, amount)
    for name, model in models.items():
        trusted = {"serialization_format": "cloudpickle"} if name == "sklearn" else {}
        getattr(mlflow, name).save_model(model, name, signature=signature, **trusted)
    rows.to_parquet("rows.parquet")
    subprocess.run([sys.executable, "-W", "ignore", "-c", ELSEWHERE, json.dumps(list(models))], check=True)
    for name, model in models.items():
        expected = forest.predict(rows) if name == "onnx" else model.predict(rows)
        probe.close(f"predictions of {name} in another process", np.load(f"{name}.npy"), expected, 1e-4)
        loaded = mlflow.pyfunc.load_model(name)
        probe.same(f"signature of {name}", loaded.metadata.signature.to_dict(), signature.to_dict())
    guarded = lambda: mlflow.sklearn.save_model(forest, "guarded", signature=signature)  # noqa: E731
    probe.refused("a forest of scikit-learn without trusting its types", guarded, mlflow.MlflowException, "trusted")
    probe.refused("rows without a column", lambda: loaded.predict(rows[["a", "b"]]), mlflow.MlflowException, "missing")
