# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""CatBoost imports neither Arrow tables nor Parquet files: both are refused where a data frame is taken.

The same columns go in as a pandas data frame, and predictions on them are those on the plain array.
"""

import catboost
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from landscape_probe import Probe

with Probe("catboost", "pyarrow", "pandas") as probe:
    random = np.random.default_rng(0)
    rows = random.normal(size=(200, 4)).astype(np.float32)
    target = rows[:, 0] * rows[:, 1] + rows[:, 2]
    table = pa.table({f"column{place}": rows[:, place] for place in range(4)})
    pq.write_table(table.append_column("target", pa.array(target)), "data.parquet")
    model = catboost.CatBoostRegressor(iterations=30, verbose=0, allow_writing_files=False, random_seed=0)
    model.fit(table.to_pandas(), target)
    probe.close("predictions on a data frame", model.predict(table.to_pandas()), model.predict(rows))
    refusal = catboost.CatBoostError, "Invalid data type=<class 'pyarrow.lib.Table'>"
    probe.refused("a pool of an Arrow table", lambda: catboost.Pool(table, target), *refusal)
    probe.refused("training on an Arrow table", lambda: model.copy().fit(table, target), *refusal)
    probe.refused("prediction on an Arrow table", lambda: model.predict(table), *refusal)
    probe.refused(
        "a pool of a Parquet file",
        lambda: catboost.Pool("parquet://data.parquet"),
        catboost.CatBoostError,
        r"scheme \[parquet\] not found",
    )
