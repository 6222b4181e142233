# /// script
# requires-python = ">=3.10"
# dependencies = [
#   "dask[array]==2026.8.0",
#   "array-api-compat==1.16.0",
#   "array-api-strict==2.6.1",
#   "numpy==2.4.6",
#   "scipy==1.17.1",
# ]
# [tool.landscape]
# suite = true
# shares = ["array_api_names"]
# timeout = 3600
# ///
"""Dask implements the array API: for how many names and types its wrapper gives what the standard says.

The wrapper is array-api-compat's. Each case is one line of a program that knows only the namespace it is handed; the
strict implementation of the standard is the control. Arrays are of two chunks to a dimension, and computed in the
thread that asks.
"""

import array_api_compat.dask.array as xp
import array_api_names
import dask
import numpy as np
from landscape_suite import Suite

dask.config.set(scheduler="synchronous")


def load(case):
    return array_api_names.load(xp, case, _take)


def run(line, case):
    return array_api_names.plain(line(), lambda value: np.asarray(getattr(value, "compute", lambda: value)()))


def _take(value):
    return xp.from_array(value, chunks=tuple(max(1, -(-size // 2)) for size in value.shape))


suite = Suite("dask", "array-api-compat", "array-api-strict", "numpy", keys=array_api_names.KEYS, batch=200, seconds=60)
suite.grade(array_api_names.cases(), load=load, run=run, control=array_api_names.control, named="array-api-strict")
