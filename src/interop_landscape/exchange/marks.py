"""By what, in its first bytes, a file is known to have been exported here."""

from __future__ import annotations

from typing import Final

GRAPHML_MARK: Final = "<!-- landscape export graphml -->"
APPLICATION_ID: Final = "LSCP"
"""SQLite's `application_id`."""
