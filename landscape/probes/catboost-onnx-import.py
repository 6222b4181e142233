# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""CatBoost imports ONNX in part: forests come back, but the probabilities of two classes come back wrong.

Regressors and models of three classes give the same numbers after the way back, and a regressor of scikit-learn comes
in too. Of two classes the scores come back twice, with both signs, so that probabilities are those of the doubled
score. Names of features are lost; an ONNX file with anything but a forest, and PMML, are refused.
"""

import catboost
import numpy as np
import onnx
from landscape_probe import Probe
from onnx import TensorProto, helper
from skl2onnx import to_onnx
from sklearn.ensemble import GradientBoostingRegressor

with Probe("catboost", "scikit-learn", "skl2onnx", "onnx") as probe:
    random = np.random.default_rng(0)
    rows, fresh = random.normal(size=(200, 4)).astype(np.float32), random.normal(size=(50, 4)).astype(np.float32)
    target = rows[:, 0] * rows[:, 1] + rows[:, 2]
    quiet = {"iterations": 30, "verbose": 0, "allow_writing_files": False, "random_seed": 0}

    def there_and_back(model):
        model.save_model("model.onnx", format="onnx")
        return type(model)().load_model("model.onnx", format="onnx")

    names = ["width", "height", "depth", "weight"]
    model = catboost.CatBoostRegressor(**quiet).fit(catboost.Pool(rows, target, feature_names=names))
    back = there_and_back(model)
    probe.close("predictions of a regressor", back.predict(fresh), model.predict(fresh))
    probe.same("names of the features, lost", [model.feature_names_, back.feature_names_], [names, list("0123")])
    model = catboost.CatBoostClassifier(**quiet).fit(rows, np.digitize(target, [-1, 1]))
    probe.close(
        "probabilities of three classes", there_and_back(model).predict_proba(fresh), model.predict_proba(fresh)
    )
    model = catboost.CatBoostClassifier(**quiet).fit(rows, (target > 0).astype(int))
    back = there_and_back(model)
    score = model.predict(fresh, prediction_type="RawFormulaVal")
    probe.close("probability of one class of two before", model.predict_proba(fresh)[:, 1], 1 / (1 + np.exp(-score)))
    probe.close("and after: of the doubled score", back.predict_proba(fresh)[:, 1], 1 / (1 + np.exp(-2 * score)))
    forest = GradientBoostingRegressor(n_estimators=5, random_state=0).fit(rows, target)
    open("forest.onnx", "wb").write(to_onnx(forest, rows[:1]).SerializeToString())
    foreign = catboost.CatBoostRegressor().load_model("forest.onnx", format="onnx")
    probe.close("a regressor of scikit-learn", foreign.predict(fresh), forest.predict(fresh))
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", 4]) for name in "xy"]
    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "no forest", ends[:1], ends[1:])
    onnx.save(helper.make_model(graph), "relu.onnx")
    load = lambda path, form: catboost.CatBoostRegressor().load_model(path, format=form)  # noqa: E731
    probe.refused("a network", lambda: load("relu.onnx", "onnx"), catboost.CatBoostError, "unexpected type task Relu")
