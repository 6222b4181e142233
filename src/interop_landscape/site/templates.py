"""The site's templates and assets, in the repository or in the installed package."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from interop_landscape.phrases import capital
from interop_landscape.reports.terminal import shift
from interop_landscape.text import counted, number, percent


def templates_folder() -> Path:
    """Where the templates are: beside the sources in a checkout, inside the package in a wheel."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "site_templates"
    return inside if inside.is_dir() else package.parent.parent / "site_templates"


@cache
def environment() -> Environment:
    """Jinja with everything escaped that is not marked as safe, and the filters of the site."""
    made = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "capital": capital,
        "counted": counted,
        "host_and_path": lambda url: url.partition("://")[2].rstrip("/"),
        "number": number,
        "percent": percent,
        "shift": shift,
    }
    return made


def rendered(name: str, **context: Any) -> str:
    """A template with its context, everything in it escaped."""
    template = environment().get_template(name)
    return template.render(**context)
