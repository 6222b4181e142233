# /// script
# requires-python = ">=3.10"
# dependencies = ["mlx[cpu]==0.32.4", "array-api-strict==2.6.1", "numpy==2.4.6"]
# [tool.landscape]
# suite = true
# shares = ["array_api_names"]
# timeout = 1800
# ///
"""MLX implements the array API: for how many names and types mlx.core gives what the standard says.

Each case is one line of a program that knows only the namespace it is handed; the strict implementation of the standard
is the control. All of it runs on the CPU, the only device on which MLX has float64.
"""

import array_api_names
import mlx.core as xp
import numpy as np
from landscape_suite import Suite


def load(case):
    xp.set_default_device(xp.cpu)
    return array_api_names.load(xp, case, _take)


def run(line, case):
    return array_api_names.plain(line(), np.array)


def _take(value):
    return xp.array(value, dtype=getattr(xp, "bool_" if value.dtype == bool else value.dtype.name))


suite = Suite("mlx", "array-api-strict", "numpy", keys=array_api_names.KEYS, batch=200, seconds=60)
suite.grade(array_api_names.cases(), load=load, run=run, control=array_api_names.control, named="array-api-strict")
