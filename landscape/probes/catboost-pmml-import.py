# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""CatBoost does not import PMML: a file that it wrote itself is refused.

The same call reads the same model from its own binary file and from JSON.
"""

import catboost
import numpy as np
from landscape_probe import Probe

with Probe("catboost") as probe:
    random = np.random.default_rng(0)
    rows, fresh = random.normal(size=(200, 4)).astype(np.float32), random.normal(size=(50, 4)).astype(np.float32)
    model = catboost.CatBoostRegressor(iterations=30, verbose=0, allow_writing_files=False, random_seed=0)
    model.fit(rows, rows[:, 0] * rows[:, 1] + rows[:, 2])

    def there_and_back(form):
        model.save_model("model", format=form)
        return catboost.CatBoostRegressor().load_model("model", format=form)

    for form in ("cbm", "json"):
        probe.close(f"predictions by {form}", there_and_back(form).predict(fresh), model.predict(fresh))
    probe.refused("PMML", lambda: there_and_back("pmml"), catboost.CatBoostError, "PMML deserialization not supported")
