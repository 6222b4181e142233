# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""CatBoost does not export Treelite: neither its model object nor its own JSON is taken.

The same call takes a forest of scikit-learn, whose predictions survive.
"""

import catboost
import numpy as np
import treelite
from landscape_probe import Probe
from sklearn.ensemble import RandomForestRegressor
from treelite import TreeliteError

with Probe("catboost", "treelite", "scikit-learn") as probe:
    random = np.random.default_rng(0)
    rows, fresh = random.normal(size=(200, 4)).astype(np.float32), random.normal(size=(50, 4)).astype(np.float32)
    target = rows[:, 0] * rows[:, 1] + rows[:, 2]
    forest = RandomForestRegressor(n_estimators=10, random_state=0).fit(rows, target)
    there = treelite.sklearn.import_model(forest)
    probe.close("a forest of scikit-learn", treelite.gtil.predict(there, fresh).reshape(-1), forest.predict(fresh))
    model = catboost.CatBoostRegressor(iterations=10, verbose=0, allow_writing_files=False).fit(rows, target)
    model.save_model("model.json", format="json")
    probe.refused(
        "the object of CatBoost",
        lambda: treelite.sklearn.import_model(model),
        TreeliteError,
        "Not supported model type",
    )
    probe.refused(
        "its JSON, read as that of XGBoost",
        lambda: treelite.frontend.load_xgboost_model("model.json", format_choice="json"),
        TreeliteError,
        "could not be parsed",
    )
    probe.same(
        "whose models the reader takes",
        sorted({name.split("_")[1] for name in dir(treelite.frontend) if name.startswith(("load_", "from_"))}),
        ["lightgbm", "xgboost"],
    )
