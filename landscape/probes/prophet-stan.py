# /// script
# requires-python = ">=3.10"
# dependencies = ["prophet==1.5.0", "cmdstanpy==1.3.2", "numpy==2.4.6", "pandas==3.1.1"]
# ///
"""Prophet works with Stan: what Stan estimates for a series over time gives Prophet's forecast, and the right one.

A series with a bend in its trend and a weekly season is fitted by the compiled Stan model that Prophet ships. The
forecast is computed again from Stan's parameters alone, and held against how the series went on.
"""

import logging

import numpy as np
import pandas as pd
from landscape_probe import Probe
from prophet import Prophet

logging.disable(logging.INFO)


def series(days):
    """A trend that bends after 200 days, and a week in it."""
    week = 3 * np.sin(2 * np.pi * days / 7) + np.cos(4 * np.pi * days / 7)
    return 20 + 0.1 * days + 0.15 * np.maximum(days - 200, 0) + week


def again(model, dates):
    """The forecast from Stan's parameters: Prophet's model, written down once more."""
    names = ("k", "m", "delta", "beta")
    slope, start, bends, season = (np.ravel(model.params[name]) for name in names)
    time = ((dates - model.start) / model.t_scale).to_numpy()
    after = (time[:, None] >= model.changepoints_t) * bends
    trend = (slope + after.sum(1)) * time + start - (after * model.changepoints_t).sum(1)
    days = (dates - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)
    waves = [wave(2 * np.pi * (n + 1) * days / 7) for n in range(3) for wave in (np.sin, np.cos)]
    return (trend + np.stack(waves, 1) @ season) * model.y_scale


with Probe("prophet", "cmdstanpy", "numpy", "pandas") as probe:
    days = np.arange(428)
    known = pd.DataFrame({"ds": pd.date_range("2024-01-01", periods=len(days)), "y": series(days)})
    model = Prophet(yearly_seasonality=False, daily_seasonality=False, weekly_seasonality=3, uncertainty_samples=0)
    model.fit(known[:400], seed=0)
    probe.same("what fits it", model.stan_backend.get_type(), "CMDSTANPY")
    forecast = model.predict(known[["ds"]]).yhat.to_numpy()
    probe.close("the forecast, from Stan's parameters alone", again(model, known.ds), forecast, 1e-6)
    probe.close("the four weeks after those that it was fitted to", forecast[400:], known.y[400:].to_numpy(), 0.05)
