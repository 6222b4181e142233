"""The one list of files for programs: the index, the OpenAPI description and the page Data & API are made from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

JSON, CSV, SVG = "application/json", "text/csv", "image/svg+xml"
GRAPHML, ATOM, ICAL = "application/xml", "application/atom+xml", "text/calendar"
TEXT: Final = "text/plain"
MARKDOWN: Final = "text/markdown"

API: Final = "api/v1"
DOWNLOADS: Final = "downloads"
FEED: Final = "changes.atom"
CALENDAR: Final = "milestones.ics"


@dataclass(frozen=True)
class Published:
    """A file below the site, one each where its path has a name in braces.

    ``{id}`` is the id of an entry, ``{expectation}`` that of an expectation, ``{period}`` the name of a period,
    ``{about}`` the id of a side or a standard.
    ``schema`` names its schema in the OpenAPI description, empty where it has none there.
    """

    path: str
    says: str
    media: str = JSON
    schema: str = ""

    @property
    def name(self) -> str:
        """What the index calls it: its file name, without the ending where that is ``.json`` below ``api/v1``."""
        name = self.path.rpartition("/")[2]
        return name.removesuffix(".json") if self.path.startswith(f"{API}/") else name

    @property
    def shown(self) -> str:
        """Its path as people read it: ``badges/ID.svg``."""
        return re.sub(r"\{(\w+)\}", lambda found: found[1].upper(), self.path)

    @property
    def is_one(self) -> bool:
        """Whether there is one such file, not one an entry or expectation."""
        return "{" not in self.path


PUBLISHED: Final = (
    Published(f"{API}/index.json", "what there is, and where", schema="Index"),
    Published(f"{API}/openapi.json", "a description of all files (OpenAPI 3.1)"),
    Published(f"{API}/entries.json", "all entries with their scores", schema="Entries"),
    Published(f"{API}/entries/{{id}}.json", "one entry, under its old ids too", schema="WholeEntry"),
    Published(f"{API}/statements.json", "all statements with their evidence", schema="Statements"),
    Published(
        f"{API}/gaps.json",
        "all gaps with their best fixes, the most valuable first; of more than 5,000 the first",
        schema="Gaps",
    ),
    Published(f"{API}/fixes.json", "the 60 best fixes, joint ones too, with what each closes", schema="Fixes"),
    Published(f"{API}/plan.json", "what to build next", schema="Plan"),
    Published(f"{API}/scores.json", "the scores by side and by entry", schema="Scores"),
    Published(f"{API}/curation.json", "how well the map is curated, and the blind samples", schema="Curation"),
    Published(f"{API}/records.json", "the records of tracked gaps", schema="Records"),
    Published(f"{API}/milestones.json", "the milestones", schema="Milestones"),
    Published(f"{API}/probes.json", "the probes with what their last runs saw", schema="Probes"),
    Published(f"{API}/coverage.json", "how much of standards is taken, as suites counted", schema="CoverageTables"),
    Published(f"{API}/expectations.json", "the expectations", schema="Expectations"),
    Published(f"{API}/matrices/{{expectation}}.json", "an expectation as the table on its page", schema="Matrix"),
    Published(f"{API}/matrices/{{expectation}}.csv", "the same table, with names and words", CSV),
    Published(f"{API}/specification.json", "the requirements of the specification", schema="Specification"),
    Published(f"{API}/conformance.json", "how far each entry meets the specification", schema="Conformances"),
    Published(f"{API}/vocabulary.json", "the vocabulary", schema="Vocabulary"),
    Published(f"{API}/routing.json", "what the path finder searches, for this site's scripts", schema="Routing"),
    Published(f"{API}/explore.json", "what the graph draws, for this site's scripts", schema="Explore"),
    Published(f"{DOWNLOADS}/landscape.json", "everything in one file", schema="Landscape"),
    Published(f"{DOWNLOADS}/entries.csv", "the entries as a table", CSV),
    Published(f"{DOWNLOADS}/statements.csv", "the statements as a table", CSV),
    Published(f"{DOWNLOADS}/coverage.csv", "what suites counted, by group, as a table", CSV),
    Published(f"{DOWNLOADS}/landscape.graphml", "the graph, for Gephi, yEd or networkx", GRAPHML),
    Published(f"{API}/changes/{{period}}.json", "what changed in a period", schema="Diff"),
    Published(f"{DOWNLOADS}/croissant.json", "the data as Croissant metadata (MLCommons)", "application/ld+json"),
    Published(f"{DOWNLOADS}/CITATION.cff", "how to cite the map, for programs", TEXT),
    Published(f"{DOWNLOADS}/citation.bib", "how to cite the map, for BibTeX", TEXT),
    Published(f"{DOWNLOADS}/specification.md", "the specification as one text", MARKDOWN),
    Published(FEED, "what changed lately, as a feed", ATOM),
    Published(CALENDAR, "milestones, and the days by which records should have moved, as a calendar", ICAL),
    Published("badges/landscape.svg", "the badge of the landscape", SVG),
    Published("badges/verified_.svg", "how many statements are verified, as a badge", SVG),
    Published("badges/{id}.svg", "the badge of an entry, under its old ids too", SVG),
    Published("badges/{id}.json", "the same badge for shields.io (endpoint badge)"),
    Published(
        "badges/{id}/{about}.svg",
        "what is met of what one side expects of an entry, or what it states of a standard, as a badge",
        SVG,
    ),
    Published("badges/{id}_level.svg", "the badge of an entry's interop level, under its old ids too", SVG),
)


def named_in_index(folder: str) -> list[Published]:
    """The files of one folder below the site that there is one of; the index does not name itself."""
    return [one for one in PUBLISHED if one.is_one and one.path.rpartition("/")[0] == folder and one.name != "index"]
