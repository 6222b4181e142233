# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "torch==2.13.0", "numpy==2.4.6", "onnx==1.23.2", "onnxruntime==1.32.0", "onnxscript==0.7.2", "opacus==1.6.0",
#   "gpytorch==1.15.2", "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "shap==0.51.0",
#   "hummingbird-ml==0.4.11",
# ]
# ///
"""SHAP works with PyTorch, scikit-learn, XGBoost and LightGBM: what it gives are the Shapley values, counted out.

With four features there are sixteen sets of them, so the values are computed here by their definition from the models'
own predictions, against the same background rows, and compared with those of SHAP's explainers for each library.
"""

from itertools import combinations
from math import factorial

import lightgbm
import numpy as np
import shap
import torch
import xgboost
from landscape_probe import Probe
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LogisticRegression
from torch import nn


def by_definition(predict, row, background):
    size = len(row)

    def worth(chosen):
        rows = background.copy()
        rows[:, list(chosen)] = row[list(chosen)]
        return predict(rows).astype(np.float64).mean()

    values = np.zeros(size)
    for feature in range(size):
        rest = [other for other in range(size) if other != feature]
        for count in range(size):
            share = factorial(count) * factorial(size - count - 1) / factorial(size)
            for chosen in combinations(rest, count):
                values[feature] += share * (worth((*chosen, feature)) - worth(chosen))
    return values


with Probe("shap", "torch", "scikit-learn", "xgboost", "lightgbm") as probe:
    random = np.random.default_rng(0)
    rows = random.normal(size=(300, 4)).astype(np.float32)
    wanted = rows[:, 0] * rows[:, 1] + np.sin(3 * rows[:, 2])
    background, unseen = rows[:20], random.normal(size=(3, 4)).astype(np.float32)
    forests = {
        "scikit-learn": RandomForestRegressor(10, max_depth=4, random_state=0),
        "xgboost": xgboost.XGBRegressor(n_estimators=10, max_depth=3),
        "lightgbm": lightgbm.LGBMRegressor(n_estimators=10, verbose=-1),
    }
    for name, forest in forests.items():
        forest.fit(rows, wanted)
        here = shap.TreeExplainer(forest, background).shap_values(unseen)
        there = [by_definition(forest.predict, row, background) for row in unseen]
        probe.close(f"a forest of {name}", here, np.array(there), 1e-4)
    line = LogisticRegression().fit(rows, wanted > 0)
    here = shap.LinearExplainer(line, background).shap_values(unseen)
    there = [by_definition(line.decision_function, row, background) for row in unseen]
    probe.close("a linear model of scikit-learn", here, np.array(there), 1e-5)
    torch.manual_seed(0)
    first = nn.Linear(4, 12)
    first.weight.data *= torch.eye(4).repeat(3, 1)  # each unit sees one feature: there DeepLIFT gives Shapley values
    for name, net in {
        "units of one feature": nn.Sequential(first, nn.ReLU(), nn.Linear(12, 1)),
        "no activation": nn.Sequential(nn.Linear(4, 6), nn.Linear(6, 1)),
    }.items():
        net.eval().requires_grad_(False)
        here = shap.DeepExplainer(net, torch.from_numpy(background)).shap_values(torch.from_numpy(unseen))[..., 0]

        def outputs(rows, net=net):
            return net(torch.from_numpy(rows)).numpy()[:, 0]

        there = [by_definition(outputs, row, background) for row in unseen]
        probe.close(f"a network of PyTorch with {name}", here, np.array(there), 1e-5)
    kept = shap.TreeExplainer(forests["xgboost"], background).expected_value
    probe.close("the value without features", kept, forests["xgboost"].predict(background).mean(), 1e-5)
