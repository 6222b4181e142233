# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""XGBoost reads no longer from S3, HDFS or Azure: the published build refuses each of the three schemes.

The same call reads the same rows from a local file.
"""

import numpy as np
import xgboost
from landscape_probe import Probe

with Probe("xgboost") as probe:
    random = np.random.default_rng(0)
    rows, target = random.normal(size=(200, 4)).astype(np.float32), random.normal(size=200).astype(np.float32)
    np.savetxt("rows.csv", np.column_stack([target, rows]), delimiter=",", fmt="%.9g")
    form = "rows.csv?format=csv&label_column=0"
    local = xgboost.DMatrix(form)
    probe.close("rows of a local file", local.get_data().toarray(), rows, 1e-7)
    probe.close("its target", local.get_label(), target, 1e-7)
    for scheme, option in (("s3", "S3"), ("hdfs", "HDFS"), ("azure", "AZURE")):
        probe.refused(
            f"a matrix at {scheme}://",
            lambda scheme=scheme: xgboost.DMatrix(f"{scheme}://127.0.0.1/{form}"),
            xgboost.core.XGBoostError,
            f"compile with DMLC_USE_{option}=1",
        )
