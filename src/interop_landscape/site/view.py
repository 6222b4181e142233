"""What templates may ask: addresses relative to the page at hand, names, words, and the site's data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import ModuleType
from typing import Final

from markupsafe import Markup
from markupsafe import escape as escaped

from interop_landscape import __version__, phrases
from interop_landscape.analysis.conformance import level_word
from interop_landscape.analysis.fixes import ListedFix
from interop_landscape.analysis.gaps import Fix
from interop_landscape.analysis.routes import Hop, Route
from interop_landscape.documents.details import Detail, entry_details, statement_details
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Entry, Expectation, Vocabulary
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.formats import escape_markdown
from interop_landscape.site.data import SiteData
from interop_landscape.site.history import History
from interop_landscape.site.pairs import Pair
from interop_landscape.site.specification import coded
from interop_landscape.site.stage import side_page
from interop_landscape.text import percent


@dataclass(frozen=True)
class View:
    """One page's view of the data.

    `root` leads from the page to the site's start, without a slash at its end; `site_url` is where the site is
    published, None where nobody has said; `here` is the entry whose own page it is.
    """

    site_data: SiteData
    root: str
    history: History = field(default_factory=History)
    site_url: str | None = None
    here: str | None = None

    @property
    def phrases(self) -> ModuleType:
        """What is said in words on other pages too."""
        return phrases

    @property
    def version(self) -> str:
        """The program's version."""
        return __version__

    @property
    def landscape(self) -> Landscape:
        """The landscape."""
        return self.site_data.landscape

    @property
    def vocabulary(self) -> Vocabulary:
        """Its vocabulary."""
        return self.site_data.landscape.vocabulary

    def entry(self, entry_id: str) -> Entry:
        """An entry by its id."""
        return self.landscape.entries[entry_id]

    def markdown(self, text: str) -> str:
        """A text that Markdown shows as it is."""
        return escape_markdown(text)

    def details(self, statement: Statement) -> Iterator[Detail]:
        """What is to be said of a statement below its title, a line each."""
        return statement_details(statement, self.landscape)

    def entry_details(self, entry: Entry) -> Iterator[Detail]:
        """What is to be said of an entry below its title, a line each."""
        return entry_details(entry, self.landscape)

    def entry_url(self, entry_id: str) -> str:
        """The address of an entry's page."""
        return f"../{entry_id}/" if self.here else f"{self.root}/entries/{entry_id}/"

    def record_url(self, record_id: str) -> str:
        """The address of a record's page."""
        return f"{self.root}/gaps/{record_id}/"

    def embed_path(self, expectation: Expectation) -> str:
        """Where the table of an expectation is below the site, to be shown in a frame."""
        return f"embed/{side_page(expectation.side)}/{expectation.id}/"

    def side_url(self, side: str) -> str:
        """The address of a side's page."""
        return f"{self.root}/{side_page(side)}/"

    def address(self, path: str) -> str:
        """The whole address of what is at a path below the site; the path alone where the site's is not known."""
        return f"{self.site_url.rstrip('/')}/{path}" if self.site_url else path

    def anchor(self, statement: Statement, entry_id: str) -> str:
        """The anchor of a statement on the page of one of its ends; no id holds two hyphens, so no two are alike."""
        if statement.source == entry_id:
            return f"{statement.relation}--{statement.target}"
        return f"{self.vocabulary.relations[statement.relation].inverse}--{statement.source}"

    def statement_url(self, statement: Statement) -> str:
        """The address of a statement with its evidence, on the page of the entry that it starts from."""
        page = "" if statement.source == self.here else self.entry_url(statement.source)
        return f"{page}#{self.anchor(statement, statement.source)}"

    def hop(self, hop: Hop) -> Markup:
        """A hop in the direction of the route, as a link to its statement: ``imported by OpenVINO``."""
        relation = self.vocabulary.relations[hop.statement.relation]
        forward = hop.source == hop.statement.source
        verb = relation.reads if forward else relation.inverse.replace("-", " ")
        said = escaped(f"{verb} {self.entry(hop.target).name}")
        return Markup(f'<a href="{self.statement_url(hop.statement)}">{said}</a>')  # noqa: S704 - an address of ids

    def link(self, entry_id: str) -> Markup:
        """An entry's name as a link to its page."""
        name = escaped(self.entry(entry_id).name)
        return Markup(f'<a href="{self.entry_url(entry_id)}">{name}</a>')  # noqa: S704 - an address of ids

    def target(self, pair: Pair) -> Markup:
        """The target of a pair, as a link to the question about both; what stands for it where any one would do."""
        if pair.target is None:
            return escaped(self.any_of(pair.expectation))
        name, asked = escaped(self.entry(pair.target).name), f"from={pair.source}&amp;to={pair.target}"
        return Markup(f'<a href="{self.root}/paths/?{asked}">{name}</a>')  # noqa: S704 - an address of ids

    def source(self, pair: Pair) -> Markup:
        """The source of a pair, as a link to the pair on its page."""
        name, at = escaped(self.entry(pair.source).name), escaped(pair.anchor)
        return Markup(f'<a href="{self.entry_url(pair.source)}#{at}">{name}</a>')  # noqa: S704 - an address of ids

    def chip(self, address: str, name: str, word: str, said: str, kind: str) -> Markup:
        """What is stated in short, as an item of a list: a mark, a name, and what is said of it unless it is full."""
        small = "" if said == "full" else f" <small>{escaped(said)}</small>"
        shown = f"{phrases.STANDING[word][0]} {escaped(name)}{small}"
        item = f'<li data-kind="{kind}"><a class="ls-is-{word}" href="{escaped(address)}">{shown}</a></li>'
        return Markup(item)  # noqa: S704 - escaped

    def any_of(self, expectation: str) -> str:
        """What stands for the target of a pair that any one would do for: ``any of the backends``."""
        return phrases.any_of(expectation, self.landscape)

    def evidence(self, statement: Statement) -> Markup:
        """What shows a statement, as links, and when somebody looked."""
        links = [(one.url, one.shows) for one in statement.evidence]
        links += [(one.in_, phrases.searched(one)) for one in statement.searched]
        shown = " · ".join(f'<a href="{escaped(url)}" rel="noopener">{escaped(said)}</a>' for url, said in links)
        age = "ls-stale" if self.landscape.is_stale(statement) else "ls-note"
        day = f'<span class="{age}">{phrases.checked(statement, self.landscape)}</span>'
        return Markup(f'<span class="ls-evidence">{shown} {day}</span>')  # noqa: S704 - escaped

    def edge(self, statement: Statement) -> Markup:
        """A statement in words, its ends as links."""
        reads = self.vocabulary.relations[statement.relation].reads
        return Markup("{} {} {}").format(self.link(statement.source), reads, self.link(statement.target))

    def fix(self, fix: Fix) -> Markup:
        """A fix in words, its ends as links."""
        reads = self.vocabulary.relations[fix.relation].reads
        full = phrases.in_full(fix, self.landscape)
        return (self.link(fix.source) + f" {reads} " + self.link(fix.target) + f" {full}").rstrip()

    def facts(self, one: ListedFix) -> Iterator[str]:
        """What is to be known of a fix, a line each."""
        return phrases.facts(one, self.landscape)

    def usual(self, fix: Fix) -> str:
        """How usual an edge such as a fix is, in words."""
        return phrases.usage(fix, self.landscape)

    def today(self, fix: Fix) -> str:
        """What is stated about a fix's edge today, and what the same tool would bring besides."""
        return "; ".join(filter(None, (phrases.today(fix, self.landscape), phrases.together(fix, self.landscape))))

    def survives(self, route: Route) -> str:
        """What survives a route."""
        return phrases.survives(route, self.vocabulary)

    def mark(self, status: str, certainty: str | None, word: str | None = None) -> Markup:
        """How a pair stands as a mark and a word, its own if none is given."""
        return _mark(status, phrases.standing(status, certainty), word)

    def level(self, level: int) -> Markup:
        """A level of conformance with a mark that differs in shape, not only in colour."""
        word = level_word(level) or "not met"
        return Markup('<span class="ls-level ls-level-{}"><span aria-hidden="true">{}</span> {}</span>').format(
            word.replace(" ", "-"), _LEVEL_MARKS[level], word
        )

    def coded(self, text: str) -> Markup:
        """A phrase in which names stand in backticks, with these as code."""
        return coded(text)

    def support(self, word: str) -> Markup:
        """A word of support in its colour."""
        return _support(word)

    def outcome(self, word: str) -> Markup:
        """The outcome of a probe, with a symbol besides its colour."""
        return _outcome(word)

    def verification(self, statement: Statement) -> Markup:
        """What the probe of a statement says of it, as a link to that; nothing where it names none."""
        found = self.landscape.verification(statement)
        if found is None or statement.proof is None:
            return Markup("")
        where = f"{self.root}/verified/#d-{statement.proof}"
        if found.state == "verified" and found.result is not None:
            said = Markup('<span class="ls-verified">✓ {}</span>').format(phrases.verification(found, statement))
            return Markup('<a class="ls-verification" href="{}">{} {}</a>').format(
                where, said, phrases.versions(found.result.versions)
            )
        marked = f"{_VERIFICATION_MARKS.get(found.state, '')}{phrases.verification(found, statement)}"
        return Markup('<a class="ls-verification ls-note" href="{}">{}</a>').format(where, marked)

    def edit_url(self, path: str) -> str | None:
        """Where a file of the landscape, by its path in it, can be edited; None where the repository is not known."""
        repository = self.vocabulary.repository
        return f"{repository.rstrip('/')}/edit/main/landscape/{path}" if repository else None

    def trend(self, side: str | None) -> Markup:
        """The score over time: a small line, and where it began, beside the figure; nothing below two points."""
        scored = [
            (point.when.date(), tally.score)
            for point in self.history.points
            if (tally := point.total if side is None else point.sides.get(side)) and tally.score is not None
        ]
        if len(scored) < 2:
            return Markup("")
        first, start = scored[0]
        return Markup(
            '<span class="ls-trended"><svg class="ls-trend" viewBox="0 0 100 26" aria-hidden="true">'
            '<polyline points="{}" fill="none" stroke="currentColor" stroke-width="2"/></svg> '
            '<span class="ls-note">from {} on {}</span></span>'
        ).format(_dots(scored), percent(start), first)


def _dots(scored: Sequence[tuple[date, float]]) -> str:
    """Points of a line in a box of 100 × 26: days to the right, scores from the lowest to the highest."""
    first, days = scored[0][0], (scored[-1][0] - scored[0][0]).days
    low, high = min(score for _, score in scored), max(score for _, score in scored)
    places = [(day - first).days / days if days else i / (len(scored) - 1) for i, (day, _) in enumerate(scored)]
    heights = [(score - low) / ((high - low) or 1.0) for _, score in scored]
    return " ".join(f"{4 + 92 * x:.1f},{22 - 18 * y:.1f}" for x, y in zip(places, heights, strict=True))


_LEVEL_MARKS: Final = ("✕", "○", "◐", "●", "◆")
_VERIFICATION_MARKS: Final = {"failed": "✗ "}
_OUTCOMES: Final = {"pass": ("✓", "met"), "fail": ("✗", "regressed"), "error": ("!", "weak")}


@cache
def _outcome(word: str) -> Markup:
    mark, colour = _OUTCOMES.get(word, ("–", "missing"))
    return Markup('<span class="ls-status ls-{}"><span aria-hidden="true">{}</span> {}</span>').format(
        colour, mark, word
    )


@cache
def _mark(status: str, standing: str, word: str | None) -> Markup:
    mark, said, _ = phrases.STANDING[standing]
    return Markup('<span class="ls-status ls-{}"><span aria-hidden="true">{}</span> {}</span>').format(
        status, mark, word or said
    )


@cache
def _support(word: str) -> Markup:
    mark = Markup('<span aria-hidden="true">{}</span> ').format(phrases.SUPPORT_MARKS[word])
    return Markup('<span class="ls-support ls-support-{0}">{1}{0}</span>').format(word, mark)
