"""Which day it is, for reading and for everything that is dated."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from interop_landscape.errors import BadRequest
from interop_landscape.text import shown

_LATEST: Final = int(datetime(3000, 1, 1, tzinfo=UTC).timestamp())


def this_day() -> date:
    """Today in universal time.

    SOURCE_DATE_EPOCH, seconds since 1970, stands in for the clock where results must not depend on it
    (reproducible-builds.org). Raises BadRequest where it is no such time.
    """
    return _now().date()


def latest_day() -> date:
    """The day that has already begun somewhere on Earth, so that no contributor lives in the future."""
    return _now().date() if _epoch() else (_now() + timedelta(hours=14)).date()


def _epoch() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not (re.fullmatch("[0-9]{1,11}", epoch) and int(epoch) < _LATEST):
        message = "is no time: write whole seconds since 1970, before the year 3000, or unset it"
        raise BadRequest(f"SOURCE_DATE_EPOCH `{shown(epoch, 40)}` {message}")
    return epoch


def _now() -> datetime:
    epoch = _epoch()
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
