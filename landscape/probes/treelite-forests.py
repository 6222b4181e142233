# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""XGBoost, LightGBM and scikit-learn export Treelite, which gives the same predictions and keeps the forest.

scikit-learn only does so for forests and boosted trees: a linear model is refused. A forest that was saved and loaded
again gives the same numbers.
"""

import lightgbm
import numpy as np
import treelite
import xgboost
from landscape_probe import Probe
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import LinearRegression

with Probe("treelite", "xgboost", "lightgbm", "scikit-learn") as probe:
    random = np.random.default_rng(0)
    rows = random.normal(size=(400, 5)).astype(np.float32)
    amount = rows[:, 0] * 2 + np.sin(rows[:, 1] * 3)
    booster = xgboost.XGBRegressor(n_estimators=15, random_state=0).fit(rows[:300], amount[:300])
    leaves = lightgbm.LGBMRegressor(n_estimators=15, random_state=0, verbose=-1).fit(rows[:300], amount[:300])
    forests = [RandomForestRegressor(15, random_state=0), GradientBoostingRegressor(n_estimators=15, random_state=0)]
    pairs = [
        (booster, treelite.frontend.from_xgboost(booster.get_booster())),
        (leaves, treelite.frontend.from_lightgbm(leaves.booster_)),
    ]
    pairs += [(forest.fit(rows[:300], amount[:300]), treelite.sklearn.import_model(forest)) for forest in forests]
    for model, imported in pairs:
        name = type(model).__name__
        imported.serialize("forest.tl")
        loaded = treelite.Model.deserialize("forest.tl")
        probe.close(
            f"predictions of {name}",
            np.ravel(treelite.gtil.predict(loaded, rows[300:])),
            model.predict(rows[300:]),
            1e-4,
        )
        probe.same(f"trees of {name}", loaded.num_tree, 15)
    line = LinearRegression().fit(rows, amount)
    probe.refused("a linear model", lambda: treelite.sklearn.import_model(line))
