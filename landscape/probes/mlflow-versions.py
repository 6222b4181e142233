# /// script
# requires-python = ">=3.10"
# dependencies = ["mlflow-skinny==3.17.2", "scikit-learn==1.9.1", "numpy==2.4.6", "pandas==3.1.1"]
# ///
"""MLflow records with a model the versions of Python, itself and what made the model, but not of what that needs.

A model of scikit-learn is saved, and its files are read as text: each requirement names one version, which is the one
that is installed here. NumPy and SciPy, on which scikit-learn computes, are not among them.
"""

import platform
from importlib.metadata import version
from pathlib import Path

import mlflow
import numpy as np
import yaml
from landscape_probe import Probe
from sklearn.linear_model import LinearRegression

with Probe("mlflow-skinny", "scikit-learn", "numpy") as probe:
    rows = np.arange(12.0).reshape(4, 3)
    mlflow.sklearn.save_model(LinearRegression().fit(rows, rows.sum(1)), "line", serialization_format="cloudpickle")
    about = yaml.safe_load(Path("line", "MLmodel").read_text())
    flavors = about["flavors"]
    probe.same("version of MLflow", about["mlflow_version"], version("mlflow-skinny"))
    probe.same("version of Python", flavors["python_function"]["python_version"], platform.python_version())
    probe.same("version of scikit-learn", flavors["sklearn"]["sklearn_version"], version("scikit-learn"))
    asked = dict(line.split("==") for line in Path("line", "requirements.txt").read_text().split())
    named = ("scikit-learn", "pandas", "cloudpickle")
    probe.same("what it requires", {name: asked.get(name) for name in named}, {name: version(name) for name in named})
    probe.same("what took part and is not named", sorted({"numpy", "scipy"} - asked.keys()), ["numpy", "scipy"])
    python = yaml.safe_load(Path("line", "python_env.yaml").read_text())["python"]
    probe.same("version of Python to make its environment with", python, platform.python_version())
