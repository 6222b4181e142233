# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""scikit-learn exports ONNX through skl2onnx: a whole pipeline gives the same labels, probabilities and transforms.

Numbers are scaled, words are one-hot encoded, and a boosted forest decides; labels stay text. An estimator without a
converter is refused; boosting over histograms has one, which fails with these versions.
"""

import numpy as np
import onnxruntime
import pandas as pd
from landscape_probe import Probe
from skl2onnx import to_onnx
from skl2onnx.common.exceptions import MissingShapeCalculator
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier
from sklearn.manifold import Isomap
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

with Probe("scikit-learn", "skl2onnx", "onnx", "onnxruntime", "pandas") as probe:
    random = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "height": random.normal(size=300).astype(np.float32),
            "width": random.normal(size=300).astype(np.float32),
            "colour": random.choice(["red", "green", "blue"], 300),
        }
    )
    labels = np.where(table.height + (table.colour == "red") > 0.5, "large", "small")
    prepare = ColumnTransformer(
        [("n", StandardScaler(), ["height", "width"]), ("c", OneHotEncoder(sparse_output=False), ["colour"])]
    )
    model = make_pipeline(prepare, GradientBoostingClassifier(n_estimators=20, random_state=0))
    model.fit(table[:200], labels[:200])
    exported = to_onnx(model, table[:1], options={"zipmap": False})
    session = onnxruntime.InferenceSession(exported.SerializeToString(), providers=["CPUExecutionProvider"])
    rest = table[200:]
    names, chances = session.run(None, {name: rest[[name]].to_numpy() for name in rest})
    probe.same("labels", names.tolist(), model.predict(rest).tolist())
    probe.close("probabilities", chances, model.predict_proba(rest), 1e-5)
    domains = sorted({o.domain for o in exported.opset_import})
    probe.same("the operators are those of classical machine learning", "ai.onnx.ml" in domains, True)
    numbers = table[["height", "width"]].to_numpy()
    binned = HistGradientBoostingClassifier(max_iter=5).fit(numbers, labels)
    probe.refused(
        "boosting over histograms", lambda: to_onnx(binned, numbers[:1]), ValueError, "TreeEnsembleClassifier"
    )
    probe.refused(
        "Isomap, which has no converter", lambda: to_onnx(Isomap().fit(numbers), numbers[:1]), MissingShapeCalculator
    )
