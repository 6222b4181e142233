"""The data as Croissant metadata: what machine-learning tools read to load it (MLCommons, version 1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from interop_landscape.documents.declare import Field, json_fields
from interop_landscape.documents.entry import ListedEntryDocument
from interop_landscape.documents.kinds import Count, Share
from interop_landscape.documents.statement import StatementDocument
from interop_landscape.reading.values import Date, Url
from interop_landscape.site import citation
from interop_landscape.site.data import SiteData
from interop_landscape.site.published import DOWNLOADS
from interop_landscape.site.structured import FILES, license_address

_CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


_TABLES: Final[dict[str, Any]] = {"entries": ListedEntryDocument, "statements": StatementDocument}
"""The tables that are described column by column: the name of each, and what a row of it is."""


def croissant_document(site_data: SiteData, digests: Mapping[str, str], site_url: str | None) -> dict[str, Any]:
    """The metadata; `digests` has the SHA-256 of each download by its name."""
    vocabulary, day = site_data.landscape.vocabulary, site_data.day or site_data.landscape.today
    base = f"{site_url.rstrip('/')}/{DOWNLOADS}/" if site_url else ""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": vocabulary.title,
        "description": vocabulary.summary or vocabulary.title,
        **_known("license", license_address(vocabulary.license)),
        **_known("url", site_url or vocabulary.repository),
        "creator": {"@type": "sc:Organization", "name": citation.author(site_data)},
        "citeAs": citation.bibtex(site_data, site_url),
        "datePublished": day.isoformat(),
        "version": f"{day.year}.{day.month}.{day.day}",
        "isLiveDataset": True,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": name,
                "name": name,
                "contentUrl": f"{base}{name}",
                "encodingFormat": media,
                "sha256": digests[name],
            }
            for name, media in FILES.items()
        ],
        "recordSet": [_record_set(name, document) for name, document in _TABLES.items()],
    }


def _known(key: str, value: str | None) -> dict[str, str]:
    return {key: value} if value else {}


def _record_set(name: str, document: Any) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "field": [_field(name, one) for one in json_fields(document)],
    }


def _field(table: str, one: Field) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{one.name}",
        "name": f"{table}/{one.name}",
        "description": one.doc,
        "dataType": _type(one),
        "source": {"fileObject": {"@id": f"{table}.csv"}, "extract": {"column": one.name}},
    }


def _type(one: Field) -> str:
    if isinstance(one.kind, Count):
        return "sc:Integer"
    if isinstance(one.kind, Share):
        return "sc:Float"
    return "sc:Date" if isinstance(one.kind, Date) else "sc:URL" if isinstance(one.kind, Url) else "sc:Text"
