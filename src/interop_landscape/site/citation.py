"""How to cite a landscape: a sentence, BibTeX, and a CITATION.cff, all from its data."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from interop_landscape.site.data import SiteData

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_TEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{one: f"\\{one}" for one in "&%$#_"},
}


def sentence(site_data: SiteData, site_url: str | None) -> str:
    """The citation as a sentence for people."""
    vocabulary, day = site_data.landscape.vocabulary, site_data.day
    parts = [f"{author(site_data)}: {vocabulary.title}", f"Data of {day}" if day else "", _address(site_data, site_url)]
    return ". ".join(filter(None, parts)) + "."


def bibtex(site_data: SiteData, site_url: str | None) -> str:
    """The citation for BibTeX."""
    vocabulary, day = site_data.landscape.vocabulary, site_data.day
    word = re.sub(r"[^a-z0-9]+", "-", vocabulary.title.lower()).strip("-") or "landscape"
    fields = {
        "author": f"{{{_tex(author(site_data))}}}",
        "title": f"{{{_tex(vocabulary.title)}}}",
        "year": str(day.year) if day else "",
        "month": _MONTHS[day.month - 1] if day else "",
        "note": _tex(", ".join(filter(None, (f"Data of {day}" if day else "", vocabulary.license)))),
        "url": _address(site_data, site_url),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value]
    return f"@misc{{{word}{f'-{day.year}' if day else ''},\n{''.join(lines)}}}\n"


def cff(site_data: SiteData, site_url: str | None) -> str:
    """The citation as a CITATION.cff."""
    vocabulary, day = site_data.landscape.vocabulary, site_data.day
    address = _address(site_data, site_url)
    plain = vocabulary.license and " " not in vocabulary.license and not vocabulary.license.startswith("LicenseRef")
    found: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this map, please cite it as below.",
        "type": "dataset",
        "title": vocabulary.title,
        "abstract": vocabulary.summary,
        "authors": [{"name": author(site_data)}],
        "version": day.isoformat() if day else "",
        "date-released": day,
        "license": vocabulary.license if plain else "",
        "url": address,
        "repository-code": vocabulary.repository,
    }
    return yaml.safe_dump({key: one for key, one in found.items() if one}, sort_keys=False, allow_unicode=True)


def author(site_data: SiteData) -> str:
    """Who is to be named."""
    publisher = site_data.landscape.vocabulary.publisher
    return publisher.name if publisher else f"The contributors of {site_data.landscape.vocabulary.title}"


def _address(site_data: SiteData, site_url: str | None) -> str:
    return site_url or site_data.landscape.vocabulary.repository or ""


def _tex(text: str) -> str:
    return "".join(_IN_TEX.get(one, one) for one in text)
