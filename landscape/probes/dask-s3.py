# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "moto[server,s3]==5.2.5", "s3fs==2026.9.0", "pyarrow==26.0.1", "dask[dataframe]==2026.8.0", "zarr==3.1.6",
#   "pandas==3.1.1", "numpy==2.4.6",
# ]
# ///
"""fsspec and Dask store on S3: tables and arrays go to a local S3 server and come back, written and read in parts.

The server is moto's, over the loopback. What it holds is listed by its own client, so that the proof does not rest on
the library that wrote. A bucket that is not there is refused.
"""

import boto3
import dask.array
import dask.dataframe
import fsspec
import numpy as np
import pandas as pd
from landscape_probe import Probe
from moto.server import ThreadedMotoServer

KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}

with Probe("fsspec", "s3fs", "dask", "pyarrow", "zarr", "moto") as probe:
    server = ThreadedMotoServer(port=0)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    direct = boto3.client("s3", endpoint_url=address, **KEYS)
    direct.create_bucket(Bucket="probe")
    options = {"key": "test", "secret": "test", "endpoint_url": address}
    files = fsspec.filesystem("s3", **options, default_block_size=5 * 2**20)
    data = np.random.default_rng(0).bytes(12 * 2**20)
    with files.open("probe/large.bin", "wb") as stream:
        stream.write(data)
    probe.same(
        "twelve MiB in parts, as the server holds them",
        direct.get_object(Bucket="probe", Key="large.bin")["Body"].read() == data,
        True,
    )
    with files.open("probe/large.bin", "rb") as stream:
        stream.seek(7_000_000)
        probe.same("a range in the middle", stream.read(99).hex(), data[7_000_000:7_000_099].hex())
    table = pd.DataFrame({"number": np.arange(1000) / 7, "word": [f"é{n % 3}" for n in range(1000)]})
    dask.dataframe.from_pandas(table, npartitions=4).to_parquet("s3://probe/table", storage_options=options)
    held = direct.list_objects_v2(Bucket="probe", Prefix="table/")["Contents"]
    probe.same("Parquet files that Dask wrote", sum(item["Key"].endswith(".parquet") for item in held), 4)
    back = dask.dataframe.read_parquet("s3://probe/table", storage_options=options).compute()
    probe.close("numbers that Dask read", back.number.to_numpy(), table.number.to_numpy(), 0)
    probe.same("words that Dask read", back.word.tolist(), table.word.tolist())
    array = np.random.default_rng(1).normal(size=(60, 40))
    dask.array.from_array(array, chunks=(20, 40)).to_zarr("s3://probe/array.zarr", storage_options=options)
    read = dask.array.from_zarr("s3://probe/array.zarr", storage_options=options)
    probe.close("a Zarr array that Dask wrote and read", read.compute(), array, 0)
    probe.refused("a bucket that is not there", lambda: files.open("nowhere/x", "rb").read(), FileNotFoundError)
    server.stop()
