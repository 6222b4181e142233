# /// script
# requires-python = ">=3.10"
# dependencies = ["scikit-learn==1.9.1", "skl2onnx==1.20.0", "onnx==1.23.2", "onnxruntime==1.32.0", "numpy==2.4.6"]
# [tool.landscape]
# suite = true
# timeout = 1800
# ///
"""scikit-learn exports ONNX through skl2onnx: how many of its estimators give the same in ONNX Runtime.

Every estimator that predicts or transforms data it was not fitted to is fitted to a few rows, in single and in double
precision, and classifiers to two classes, to three, and to labels of text. Labels, probabilities and transformed
numbers are compared with scikit-learn's own. Those that take dicts, ragged lists, kernels or pictures are left out.
"""

import inspect
import warnings
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import onnxruntime
from landscape_suite import Case, Machine, Suite
from skl2onnx import to_onnx
from skl2onnx.common.data_types import StringTensorType
from sklearn.base import is_classifier, is_regressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from sklearn.utils import all_estimators

warnings.simplefilter("ignore")
onnxruntime.set_default_logger_severity(4)

_NAMED = [("scaled", StandardScaler()), ("ranged", MinMaxScaler())]
_CLASSIFIERS = [("line", LogisticRegression()), ("tree", DecisionTreeClassifier(random_state=0))]
_REGRESSORS = [("line", LinearRegression()), ("tree", DecisionTreeRegressor(random_state=0))]
_NEEDS = {
    "ClassifierChain": (LogisticRegression(),),
    "ColumnTransformer": ([("scaled", StandardScaler(), [0, 1]), ("ranged", MinMaxScaler(), [2])],),
    "FeatureUnion": (_NAMED,),
    "FixedThresholdClassifier": (LogisticRegression(),),
    "GridSearchCV": (LogisticRegression(), {"C": [0.5, 1.0]}),
    "MultiOutputClassifier": (LogisticRegression(),),
    "MultiOutputRegressor": (LinearRegression(),),
    "OneVsOneClassifier": (LogisticRegression(),),
    "OneVsRestClassifier": (LogisticRegression(),),
    "OutputCodeClassifier": (LogisticRegression(),),
    "Pipeline": ([*_NAMED, ("line", LogisticRegression())],),
    "RFE": (LogisticRegression(),),
    "RFECV": (LogisticRegression(),),
    "RandomizedSearchCV": (LogisticRegression(), {"C": [0.5, 1.0]}),
    "RegressorChain": (LinearRegression(),),
    "SelectFromModel": (LogisticRegression(),),
    "SelfTrainingClassifier": (LogisticRegression(),),
    "SequentialFeatureSelector": (LogisticRegression(),),
    "SparseCoder": (np.eye(4, dtype=np.float32),),
    "StackingClassifier": (_CLASSIFIERS,),
    "StackingRegressor": (_REGRESSORS,),
    "TunedThresholdClassifierCV": (LogisticRegression(),),
    "VotingClassifier": (_CLASSIFIERS,),
    "VotingRegressor": (_REGRESSORS,),
}
_SETTINGS = {
    "GaussianRandomProjection": {"n_components": 2},
    "LocalOutlierFactor": {"novelty": True},
    "RandomizedSearchCV": {"n_iter": 2},
    "SparseRandomProjection": {"n_components": 2},
}
_TEXTS = {"CountVectorizer", "HashingVectorizer", "TfidfVectorizer"}
_MANY = {"ClassifierChain", "MultiOutputClassifier", "MultiOutputRegressor", "RegressorChain"}
_MANY |= {"CCA", "PLSCanonical", "PLSSVD"}
_MANY |= {name for name, _ in all_estimators() if name.startswith("MultiTask")}
_ONE_COLUMN = {"IsotonicRegression"}
_LABELS = {"LabelBinarizer", "LabelEncoder"}
_SELECT = {"RFE", "RFECV"}
"""What predicts too, and is exported as what it selects."""
_TWO_CLASSES = {"FixedThresholdClassifier", "TunedThresholdClassifierCV"}
_LEFT_OUT = {
    *("DictVectorizer", "FeatureHasher", "FrozenEstimator", "KernelCenterer", "MultiLabelBinarizer", "PatchExtractor")
}
"""What takes dicts, ragged lists, kernels or pictures, and a wrapper for what is fitted already."""


@dataclass(frozen=True)
class Fit:
    """An estimator, what it is fitted to and which kind of rows it then gets."""

    name: str
    make: type
    data: str
    type: str


def cases():
    for name, make in all_estimators():
        if name in _LEFT_OUT or not any(hasattr(make, method) for method in ("predict", "transform")):
            continue
        for data in _data(name, make):
            for kind in _types(name, data):
                group = (name, _kind(make), data, kind)
                yield Case(f"{name}, {data}, {kind}", group, Fit(name, make, data, kind), None, 1e-3, 1e-4)


def _types(name, data):
    if name in _TEXTS | _LABELS:
        return ("string",)
    return ("float",) if "texts" in data else ("float", "double")


def _kind(make):
    part = make.__module__.split(".")[1].removeprefix("_")
    return part.replace("_", " ")


def _data(name, make):
    if name in _TEXTS:
        return ["texts"]
    if name in _LABELS:
        return ["labels"]
    if name in _MANY:
        return ["two targets"]
    made = _made(name, make)
    if name == "SelfTrainingClassifier":
        return ["two classes", "three classes"]
    if is_classifier(made):
        return ["two classes", *(["two texts"] if name in _TWO_CLASSES else ["three classes", "three texts"])]
    return ["a number"] if is_regressor(made) else ["three classes"]


def _made(name, make):
    made = make(*_NEEDS.get(name, ()), **_SETTINGS.get(name, {}))
    asked = inspect.signature(make).parameters
    return made.set_params(random_state=0) if "random_state" in asked else made


def _rows(fit):
    """(rows, what is known of them): four columns of positive numbers, in which no two distances are alike."""
    if fit.data == "texts":
        words = ["the map of models", "a model is a map", "standards of models", "a standard for the map", "maps"]
        return np.array(words * 4), None
    rows = np.arange(1, 61)[:, None] * np.sqrt([2, 3, 5, 7]) % 4 + 0.125
    classes = (rows[:, 0] + rows[:, 1] > 4).astype(int) + (rows[:, 2] > rows[:, 3] + 0.5)
    rows = rows.astype(np.float32 if fit.type == "float" else np.float64)
    numbers = rows[:, 0] * 2 + rows[:, 1] * rows[:, 2] + 0.5
    known = {
        "two classes": classes % 2,
        "three classes": classes,
        "two texts": np.array(["no", "yes"])[classes % 2],
        "three texts": np.array(["few", "many", "some"])[classes],
        "labels": np.array(["few", "many", "some"])[classes],
        "a number": numbers,
        "two targets": np.stack([classes % 2, classes // 2], axis=1)
        if fit.name in ("ClassifierChain", "MultiOutputClassifier")
        else np.stack([numbers, rows[:, 3]], axis=1),
    }[fit.data]
    if fit.data == "labels":
        return known, None
    return rows[:, :1] if fit.name in _ONE_COLUMN else rows, known


@lru_cache(maxsize=1)
def _fitted(fit):
    """(the fitted estimator, its rows), which both, control and export, get."""
    rows, known = _rows(fit)
    return _made(fit.name, fit.make).fit(*([rows] if known is None else [rows, known])), rows


def control(case):
    """What scikit-learn itself gives."""
    model, rows = _fitted(case.given)
    if case.given.name in _SELECT:
        given = [model.transform(rows)]
    elif is_classifier(model) and hasattr(model, "predict_proba"):
        given = [model.predict(rows), model.predict_proba(rows)]
    else:
        given = [model.predict(rows) if hasattr(model, "predict") else model.transform(rows)]
    return [_plain(part, case) for part in given]


def _plain(part, case):
    part = np.asarray(part.toarray() if hasattr(part, "toarray") else part)
    if part.dtype.kind == "f":
        return part.astype(np.float64 if case.given.type == "double" else np.float32)
    return part.astype(np.int64) if part.dtype.kind in "biu" else part


def load(case):
    model, rows = _fitted(case.given)
    if case.given.type == "string":
        rows = rows.reshape(-1, 1)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(_converted(model, rows).SerializeToString(), settings)
    except Exception as error:
        if "string_normalizer" in str(error):
            raise Machine("the locale en_US is not here") from None
        raise
    return session, rows, control(case)


def _converted(model, rows):
    given = {"initial_types": [("X", StringTensorType([None, 1]))]} if rows.dtype.kind in "UO" else {"X": rows[:1]}
    if is_classifier(model):
        try:
            return to_onnx(model, options={id(model): {"zipmap": False}}, **given)
        except NameError:  # it has no such option
            pass
    return to_onnx(model, **given)


def run(loaded, case):
    session, rows, expected = loaded
    outputs = session.run(None, {session.get_inputs()[0].name: rows})
    return [_shaped(np.asarray(got), want) for got, want in zip(outputs, expected, strict=False)]


def _shaped(got, expected):
    """A column where one is expected, whether it is written as one or as rows of one."""
    return got.reshape(expected.shape) if got.size == expected.size else got


suite = Suite(
    *("skl2onnx", "scikit-learn", "onnxruntime", "onnx", "numpy"),
    keys=("estimator", "part", "data", "type"),
    seconds=60,
)
suite.grade(cases(), load=load, run=run, control=control, named="scikit-learn")
