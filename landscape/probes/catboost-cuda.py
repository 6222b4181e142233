# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
#
# [tool.landscape]
# needs = "an NVIDIA GPU with its driver"
# ///
"""CatBoost runs on CUDA: a forest that was trained there predicts as one that was trained on the CPU."""

import catboost
import catboost.utils
import numpy as np
from landscape_probe import Probe

with Probe("catboost") as probe:
    random = np.random.default_rng(0)
    rows, fresh = random.normal(size=(500, 4)).astype(np.float32), random.normal(size=(200, 4)).astype(np.float32)
    target, truth = (x[:, 0] * x[:, 1] + x[:, 2] for x in (rows, fresh))
    if catboost.utils.get_gpu_device_count() == 0:
        probe.unsupported("needs an NVIDIA GPU with its driver: catboost.utils.get_gpu_device_count() is 0")
    quiet = {"iterations": 50, "verbose": 0, "allow_writing_files": False, "random_seed": 0, "border_count": 64}
    here, there = (catboost.CatBoostRegressor(task_type=kind, **quiet).fit(rows, target) for kind in ("CPU", "GPU"))
    wrong = [float(np.square(model.predict(fresh) - truth).mean() / truth.var()) for model in (here, there)]
    probe.same("where it was trained", there.get_all_params()["task_type"], "GPU")
    probe.close("share of the variance that is left (training draws at random)", wrong[1], wrong[0], 0.1)
