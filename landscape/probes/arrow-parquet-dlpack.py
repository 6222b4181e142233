# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10", "skl2onnx==1.20.0",
#   "onnx==1.23.2", "onnxmltools==1.16.0", "onnxruntime==1.32.0", "treelite==4.8.1", "pandas==3.1.1",
#   "pyarrow==26.0.1", "numpy==2.4.6",
# ]
# ///
"""Apache Arrow and Parquet convert into each other, and Arrow shares plain columns through DLPack without copying.

Types, missing values, nesting and the schema's metadata survive the file. A column with missing values and one of text
have no place in DLPack and are refused.
"""

import datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
from landscape_probe import Probe
from pyarrow import parquet

with Probe("pyarrow", "numpy") as probe:
    day = datetime.datetime(2026, 11, 23, 6, 7, 8, 9, tzinfo=datetime.UTC)
    columns = {
        "half": pa.array(np.array([1, 2.5], np.float16)),
        "double": pa.array([0.1, None]),
        "small": pa.array([-1, 2], pa.int8()),
        "large": pa.array([2**63, 1], pa.uint64()),
        "text": pa.array(["é", None]),
        "bytes": pa.array([b"\0", b""]),
        "when": pa.array([day, None], pa.timestamp("us", "UTC")),
        "price": pa.array([Decimal("1.10"), None], pa.decimal128(10, 2)),
        "list": pa.array([[1, None], []], pa.list_(pa.field("element", pa.int32()))),
        "pair": pa.array([{"a": 1, "b": "x"}, None]),
        "word": pa.array(["red", "red"]).dictionary_encode(),
    }
    table = pa.table(columns).replace_schema_metadata({"licence": "CC-BY-4.0"})
    parquet.write_table(table, "table.parquet")
    read = parquet.read_table("table.parquet")
    for name in columns:
        probe.same(f"type of {name}", str(read.schema.field(name).type), str(table.schema.field(name).type))
        probe.same(f"values of {name}", read.column(name).to_pylist(), table.column(name).to_pylist())
    probe.same("metadata", read.schema.metadata, table.schema.metadata)
    numbers = pa.array([1.5, 2.5, 3.5])
    shared = np.from_dlpack(numbers)
    probe.close("numbers through DLPack", shared, [1.5, 2.5, 3.5], 0)
    same_place = shared.__array_interface__["data"][0] == numbers.buffers()[1].address
    probe.same("they stand at the same place in memory", same_place, True)
    probe.refused("missing values through DLPack", lambda: np.from_dlpack(pa.array([1.5, None])), Exception, "null")
    probe.refused("text through DLPack", lambda: np.from_dlpack(pa.array(["a"])))
