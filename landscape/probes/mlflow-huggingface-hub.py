# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "mlflow==3.17.2", "scikit-learn==1.9.1", "xgboost==3.2.0", "lightgbm==4.7.0", "catboost==1.2.10",
#   "onnx==1.23.2", "onnxruntime==1.32.0", "skl2onnx==1.20.0", "pandas==3.1.1",
# ]
# ///
"""MLflow does not store on the Hugging Face Hub: its addresses have no artefact store, and are refused.

The same calls find the store of a local address, by which a file crosses unchanged.
"""

from pathlib import Path

import mlflow
from landscape_probe import Probe
from mlflow.artifacts import download_artifacts
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

with Probe("mlflow") as probe:
    Path("weights.bin").write_bytes(bytes(range(256)))
    store = get_artifact_repository(Path("store").absolute().as_uri())
    store.log_artifact("weights.bin")
    back = Path(download_artifacts(f"{store.artifact_uri}/weights.bin", dst_path="back"))
    probe.same("a file by a local store", back.read_bytes(), Path("weights.bin").read_bytes())
    refusal = mlflow.MlflowException, "Could not find a registered artifact repository for: hf://"
    probe.refused("the store", lambda: get_artifact_repository("hf://someone/model"), *refusal)
    probe.refused("a file", lambda: download_artifacts("hf://someone/model/weights.bin"), *refusal)
