"""What search engines and other programs read of a page: the data as schema.org has it, as JSON-LD."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import urlsplit

from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry
from interop_landscape.site.published import DOWNLOADS
from interop_landscape.site.view import View

Described = dict[str, Any]

DATA_PAGES: Final = ("", "data/", "cite/")
"""The pages that describe the data as a whole."""

FILES: Final = {
    "landscape.json": "application/json",
    "statements.csv": "text/csv",
    "entries.csv": "text/csv",
    "landscape.graphml": "application/graphml+xml",
}
"""The downloads that hold the data, by their names."""


def described(view: View, at: str, entry: str | None) -> Described | None:
    """What a page is about; None where it is about nothing that schema.org has a word for."""
    if entry is not None:
        return _with_context(of_entry(view.site_data.words.entry(entry), view.landscape))
    return _with_context(of_dataset(view)) if at in DATA_PAGES else None


def in_script(described: Described) -> str:
    """An element that holds it as data: nothing in it can end the element or start a comment."""
    text = json.dumps(described, ensure_ascii=True, separators=(",", ":"))
    for odd in "<>&":
        text = text.replace(odd, f"\\u{ord(odd):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def _with_context(one: Described) -> Described:
    return {"@context": "https://schema.org", **one}


def of_dataset(view: View) -> Described:
    """The data as a whole: ``schema.org/Dataset``."""
    landscape, day, site_url = view.landscape, view.site_data.day, view.site_url
    vocabulary = landscape.vocabulary
    base = f"{site_url.rstrip('/')}/" if site_url else f"{view.root}/"
    return _filled(
        {
            "@type": "Dataset",
            "name": vocabulary.title,
            "description": vocabulary.summary or vocabulary.title,
            "url": site_url or vocabulary.repository,
            "license": license_address(vocabulary.license),
            "creator": _organization(vocabulary.publisher),
            "dateModified": day.isoformat() if day else None,
            "isAccessibleForFree": True,
            "keywords": [*(kind.plural for kind in vocabulary.kinds.values()), "interoperability"],
            "citation": f"{base}cite/",
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": media, "contentUrl": f"{base}{DOWNLOADS}/{name}"}
                for name, media in FILES.items()
            ],
        }
    )


def of_entry(entry: Entry, landscape: Landscape) -> Described:
    """An entry: source code where it has a repository, else whatever it is."""
    purl = package_url(entry.repo)
    steward = landscape.vocabulary.stewards.get(entry.steward) if entry.steward else None
    return _filled(
        {
            "@type": "SoftwareSourceCode" if entry.repo else "Thing",
            "name": entry.name,
            "alternateName": list(entry.aliases),
            "description": entry.summary,
            "url": entry.homepage,
            "codeRepository": entry.repo,
            "license": license_address(entry.license) if entry.repo else None,
            "maintainer": _organization(steward) if entry.repo else None,
            "keywords": list(entry.tags) if entry.repo else None,
            "identifier": {"@type": "PropertyValue", "propertyID": "purl", "value": purl} if purl else None,
            "sameAs": entry.repo,
        }
    )


def package_url(repository: str | None) -> str | None:
    """The package URL of a repository on GitHub, the one host of sources that has a type of its own: `pkg:github/…`."""
    parts = urlsplit(repository or "")
    found = re.fullmatch(r"/([\w.-]+)/([\w.-]+?)(\.git)?/?", parts.path)
    return f"pkg:github/{found[1]}/{found[2]}".lower() if found and parts.hostname == "github.com" else None


def license_address(license: str | None) -> str | None:
    """The page of an SPDX id, which says what it means; an expression stays as it is written."""
    plain = license and " " not in license and not license.startswith("LicenseRef")
    return f"https://spdx.org/licenses/{license}.html" if plain else license


def _organization(one: Any) -> Described | None:
    return _filled({"@type": "Organization", "name": one.name, "url": one.homepage}) if one else None


def _filled(one: Described) -> Described:
    return {key: value for key, value in one.items() if value not in (None, "", [])}
