# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "opacus==1.6.0",
#   "gpytorch==1.15.2", "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "shap==0.51.0",
#   "hummingbird-ml==0.4.11",
# ]
# ///
"""scikit-learn, XGBoost and LightGBM convert to PyTorch by Hummingbird, but some newer models come out wrong unsaid.

Forests, a pipeline and models of two classes cross with the same numbers. With scikit-learn 1.9 a logistic
regression of three classes is taken for one of each class against the rest; with XGBoost 3 the base score is lost from
a classifier, unless it is set to one half, and a regressor is refused. An estimator outside the list is refused.
"""

import lightgbm
import numpy as np
import torch
import xgboost
from hummingbird.ml import convert
from hummingbird.ml.exceptions import MissingConverter
from landscape_probe import Probe
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestRegressor
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

with Probe("hummingbird-ml", "torch", "scikit-learn", "xgboost", "lightgbm") as probe:
    random = np.random.default_rng(0)
    rows, unseen = (random.normal(size=(n, 6)).astype(np.float32) for n in (300, 50))
    two = (rows[:, 0] * rows[:, 1] > 0).astype(int)
    three = two + (rows[:, 2] > 1)

    def crossed(model, wanted, way="predict_proba"):
        model.fit(rows, wanted)
        there = convert(model, "pytorch")
        probe.same(
            f"{type(model).__name__} is a module of PyTorch then", isinstance(there.model, torch.nn.Module), True
        )
        return getattr(there, way)(unseen).reshape(len(unseen), -1), getattr(model, way)(unseen).reshape(
            len(unseen), -1
        )

    for name, model, *more in (
        ("random forest, regression", RandomForestRegressor(10, random_state=0), three, "predict"),
        ("gradient boosting, three classes", GradientBoostingClassifier(n_estimators=10, random_state=0), three),
        ("boosting by histograms, three classes", HistGradientBoostingClassifier(max_iter=10), three),
        ("pipeline, two classes", make_pipeline(StandardScaler(), PolynomialFeatures(2), LogisticRegression()), two),
        ("LightGBM, three classes", lightgbm.LGBMClassifier(n_estimators=10, verbose=-1), three),
        ("LightGBM, regression", lightgbm.LGBMRegressor(n_estimators=10, verbose=-1), three, "predict"),
        ("XGBoost, three classes, base score 1/2", xgboost.XGBClassifier(n_estimators=10, base_score=0.5), three),
    ):
        probe.close(name, *crossed(model, *more), 1e-5)

    line = LogisticRegression()
    got, expected = crossed(line, three)
    alone = 1 / (1 + np.exp(-line.decision_function(unseen)))
    probe.close("logistic regression, as each class alone", got, alone / alone.sum(1, keepdims=True), 1e-5)
    probe.same("logistic regression, is off by more than 0.1", bool(np.abs(got - expected).max() > 0.1), True)
    got, expected = crossed(xgboost.XGBClassifier(n_estimators=10), three)
    probe.same("XGBoost, three classes, is off by more than 0.1", bool(np.abs(got - expected).max() > 0.1), True)
    number = xgboost.XGBRegressor(n_estimators=10)
    probe.refused("XGBoost, regression", lambda: crossed(number, three, "predict"), ValueError, "could not convert")
    probe.refused("a Gaussian process", lambda: crossed(GaussianProcessRegressor(), three, "predict"), MissingConverter)
