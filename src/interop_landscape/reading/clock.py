"""Which day it is, for reading and for everything that is dated."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta


def this_day() -> date:
    """Today in universal time.

    SOURCE_DATE_EPOCH, seconds since 1970, stands in for the clock where results must not depend on it
    (reproducible-builds.org).
    """
    return _now().date()


def latest_day() -> date:
    """The day that has already begun somewhere on Earth, so that no contributor lives in the future."""
    return _now().date() if _epoch() else (_now() + timedelta(hours=14)).date()


def _epoch() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return epoch if epoch.isdecimal() else ""


def _now() -> datetime:
    epoch = _epoch()
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
