"""The body of each page, stamped into what the engine rendered."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, Final

from markupsafe import Markup

from interop_landscape import phrases
from interop_landscape.analysis.brief import brief
from interop_landscape.analysis.conformance import Conformance, level_word
from interop_landscape.analysis.gaps import STATUSES, Gap
from interop_landscape.analysis.joint import WholeFix, record_of, single
from interop_landscape.documents.probe import NEVER
from interop_landscape.reading.models import Expectation, Record
from interop_landscape.reading.probes import OUTCOMES, PROBES_FOLDER, Probe, Result
from interop_landscape.reading.source import RECORDS_FOLDER
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.brief import BriefReport
from interop_landscape.reports.probes import comparison_in_words, worst_of
from interop_landscape.reports.records import progress_in_words, standing_in_words, when
from interop_landscape.reports.specification import chapters_of, heading_of, placed_in
from interop_landscape.site import citation
from interop_landscape.site.coverage import mark, sections
from interop_landscape.site.matrices import matrix
from interop_landscape.site.matrix import matrix_of
from interop_landscape.site.published import PUBLISHED
from interop_landscape.site.questions import questions
from interop_landscape.site.specification import chapter_html, pieces_of, with_keyword
from interop_landscape.site.structured import license_address
from interop_landscape.site.templates import rendered
from interop_landscape.site.view import View
from interop_landscape.text import counted, plural_verb

_LISTED_FIXES: Final = 20
_MOST_LEVELS: Final = 200


def side(view: View, name: str) -> str:
    """One side: its score and a matrix an expectation."""
    rules = [e for e in view.landscape.expectations.values() if e.side == name]
    pairs = (pair for rule in rules for pair in view.site_data.pairs.get(rule.id, ()))
    sources = [view.entry(source) for source in sorted({pair.source for pair in pairs})]
    return rendered(
        "html/side.html",
        view=view,
        side=name,
        tally=view.site_data.sides[name],
        sections=[_section(view, rule) for rule in rules],
        **_filters(
            view,
            tags=sorted({tag for one in sources for tag in one.tags}),
            stewards=_stewards(view, {one.steward for one in sources if one.steward}),
            statuses=[one for one in view.vocabulary.statuses if any(entry.status == one for entry in sources)],
            sorts=[("met", "most met"), ("name", "name"), ("-met", "fewest met")],
            only_gaps=True,
            columns=True,
        ),
    )


@dataclass(frozen=True)
class Section:
    """An expectation on the page of its side: what its table shows in words, empty without pairs, and the table."""

    rule: Expectation
    title: str
    says: str
    table: Markup


def _section(view: View, rule: Expectation) -> Section:
    found = matrix_of(view.site_data, rule)
    return Section(rule, phrases.title_of(rule.id), found.says if found.pairs else "", matrix(view, rule))


def gaps(view: View) -> str:
    """The fixes with the gaps that they would close, and the board by stage."""
    board = [
        (stage, [r for r in view.landscape.records.values() if r.stage == stage]) for stage in view.vocabulary.stages
    ]
    listed = view.site_data.top_gaps
    tags = _tags_of_gaps(view, listed)
    stewards = {steward for gap in listed if (steward := view.entry(gap.source).steward)}
    return rendered(
        "html/gaps.html",
        view=view,
        board=board,
        groups=_by_fix(view, listed),
        whole=partial(_whole, view),
        titles=titles(view),
        listed=len(listed),
        tags_of=tags,
        count=len(view.site_data.gaps),
        **_filters(
            view,
            tags=sorted(set().union(*tags.values())),
            stewards=_stewards(view, stewards),
            statuses=[one for one in STATUSES if any(gap.status == one for gap in listed)],
            certainties=[one for one in phrases.CERTAINTY if any(gap.certainty == one for gap in listed)],
            sides=[
                (name, side.name)
                for name, side in view.vocabulary.sides.items()
                if any(gap.side == name for gap in listed)
            ],
        ),
    )


@dataclass(frozen=True)
class Group:
    """Gaps below the fix of the most value that would close them; without one where no single edge would."""

    fix: WholeFix | None
    gaps: list[Gap]
    why: str
    record: Record | None


def _by_fix(view: View, listed: Sequence[Gap]) -> list[Group]:
    """The gaps under the fix that would close them, the best first; those without one last."""
    best = {gap: one.fix for one in reversed(view.site_data.best_fixes) if one.fix.value > 0 for gap in one.closes}
    found: dict[str, tuple[WholeFix | None, list[Gap]]] = {}
    for gap in listed:
        own = single(gap.fixes[0], view.landscape) if gap.fixes else None
        fix = best.get(gap.pair, own)
        found.setdefault(str(fix), (fix, []))[1].append(gap)
    ordered = sorted(found.values(), key=lambda group: -group[0].value if group[0] else 1)
    return [_group(view, fix, some) for fix, some in ordered]


def _whole(view: View, fix: WholeFix) -> Markup:
    """What would be built, its ends as links: ``JAX and Flax export ONNX in full, by jax2onnx``."""
    first = fix.edges[0]
    if not fix.is_joint:
        return view.fix(first)
    *most, last = (view.link(edge.source) for edge in fix.edges)
    verb = plural_verb(view.vocabulary.relations[first.relation].reads)
    return Markup("{} and {} {} {} in full, by {}").format(
        Markup(", ").join(most), last, verb, view.link(first.target), fix.by
    )


def _group(view: View, fix: WholeFix | None, some: list[Gap]) -> Group:
    if fix is None:
        return Group(None, some, phrases.NO_SINGLE_FIX, None)
    told = view.site_data.words.of_edges(fix.laid)
    reason = phrases.reason(fix, [gap.source for gap in some], told)
    return Group(fix, some, reason, record_of(view.landscape, fix.laid))


def _tags_of_gaps(view: View, listed: Sequence[Gap]) -> dict[str, set[str]]:
    """By gap: the tags of its ends, as `landscape gaps --tag` goes by; of any end where any would do."""
    entries, found = view.landscape.entries, dict[str, set[str]]()
    tags = {name: frozenset(entry.tags) for name, entry in entries.items()}
    any_of = {
        name: frozenset(tag for entry in entries.values() if rule.to.selects(entry) for tag in entry.tags)
        for name, rule in view.landscape.expectations.items()
    }
    for gap in listed:
        found[gap.id] = set(tags[gap.source] | (tags[gap.target] if gap.target else any_of[gap.expectation]))
    return found


def _stewards(view: View, ids: Iterable[str]) -> list[tuple[str, str]]:
    known = view.vocabulary.stewards
    return sorted(((one, known[one].name) for one in ids), key=lambda item: item[1].casefold())


def plan(view: View) -> str:
    """The plan, with boxes to tick for what-if."""
    steps = view.site_data.plan.steps
    planned = {edge.edge for step in steps for edge in step.edges}
    names = {entry.id: entry.name for entry in view.landscape.entries.values()}
    others = [one for one in view.site_data.best_fixes if planned.isdisjoint(one.fix.laid)][:_LISTED_FIXES]
    return rendered(
        "html/plan.html",
        view=view,
        titles=titles(view),
        whole=partial(_whole, view),
        today=lambda step: dict.fromkeys(phrases.stated_today(edge, view.landscape) for edge in step.edges),
        step_pairs=[list(phrases.joined(step.closes, view.landscape, names.__getitem__)) for step in steps],
        others=others,
    )


def paths(view: View) -> str:
    """The path finder; its routes are found in the browser."""
    kinds = view.vocabulary.kinds
    sources = [(kinds[kind].plural, [e for e in view.landscape.entries.values() if e.kind == kind]) for kind in kinds]
    starts = view.site_data.ends[0]
    return rendered(
        "html/paths.html",
        view=view,
        questions=questions(view.site_data),
        sources=[(plural, some) for plural, all_of in sources if (some := [e for e in all_of if e.id in starts])],
    )


def explore(view: View) -> str:
    """The graph; it is drawn in the browser."""
    return rendered("html/explore.html", view=view)


def compare(view: View) -> str:
    """Entries side by side; the table is made in the browser, of the documents of those that are chosen."""
    stated = view.site_data.statements_of
    examples = []
    for kind in view.vocabulary.kinds:
        some = [one.id for one in view.landscape.entries.values() if one.kind == kind and view.site_data.peers[one.id]]
        if some:
            first = max(some, key=lambda one: (len(stated.get(one, ())), one))
            examples.append([first, *view.site_data.peers[first][:2]])
    return rendered("html/compare.html", view=view, examples=examples, words=Markup(_words(view)))  # noqa: S704


def _words(view: View) -> str:
    """What the script of the page says besides names, as JSON that is safe inside a script element."""
    vocabulary = view.vocabulary
    words = {
        "relations": [[name, one.reads, one.inverse] for name, one in vocabulary.relations.items()],
        "expectations": list(titles(view).items()),
        "sides": {name: side.name for name, side in vocabulary.sides.items()},
        "stewards": {name: steward.name for name, steward in vocabulary.stewards.items()},
        "standing": {name: [mark, word] for name, (mark, word, _) in phrases.STANDING.items()},
        "support": phrases.SUPPORT_STANDING,
        "any": phrases.ANY_TARGET,
    }
    return json.dumps(words, separators=(",", ":")).replace("<", "\\u003c")


def entries(view: View) -> str:
    """All entries in a table."""
    kinds = list(view.vocabulary.kinds)
    ordered = sorted(
        view.site_data.words.everything().entries.values(), key=lambda e: (kinds.index(e.kind), e.name.casefold(), e.id)
    )
    sorts = [("", "kind"), ("name", "name"), ("statements", "statements"), ("score", "score")]
    return rendered(
        "html/entries.html",
        view=view,
        entries=ordered,
        **_filters(
            view,
            kinds=[
                (kind, view.vocabulary.kinds[kind].plural) for kind in kinds if any(e.kind == kind for e in ordered)
            ],
            statuses=[one for one in view.vocabulary.statuses if any(entry.status == one for entry in ordered)],
            sorts=sorts,
        ),
    )


def record(view: View, one: Record) -> str:
    """One record: its life, and its brief."""
    import markdown
    import nh3

    found = brief(view.landscape, one.id, gaps=view.site_data.gaps)
    text = BriefReport(view.site_data.words.brief(found)).markdown()
    body = text.partition("\n")[2].replace("\n# ", "\n## ")
    reader = markdown.Markdown(extensions=["tables", "sane_lists"])
    reader.ESCAPED_CHARS += ["&", "<", "~"]  # as CommonMark has it, for which `escape_markdown` writes
    html = nh3.clean(
        reader.convert(body),
        tags=nh3.ALLOWED_TAGS - {"img"},
        link_rel="noopener",
    )
    shown = Markup(html)  # noqa: S704 - cleaned
    return rendered(
        "html/record.html",
        view=view,
        record=one,
        brief=shown,
        markdown=text,
        edit=view.edit_url(f"{RECORDS_FOLDER}/{one.id}.yml"),
    )


def process(view: View) -> str:
    """The stages with their records, and the milestones."""
    counts = dict.fromkeys(view.vocabulary.stages, 0)
    for one in view.landscape.records.values():
        counts[one.stage] += 1
    return rendered(
        "html/process.html",
        view=view,
        counts=counts,
        when=lambda one: when(one, view.landscape).capitalize(),
        progress=lambda one: progress_in_words(one, view.vocabulary),
        standing=lambda one, record: standing_in_words(one, record, view.landscape),
    )


def specification(view: View) -> str:
    """The specification with its requirements, how far entries meet it, and the rules behind the scores."""
    rules = list(view.landscape.expectations.values())
    said = "|".join(
        f"{r.id}{r.side}{r.need}{r.weight}{r.from_}{r.to}{r.carrying}{[p.text for p in r.routes.values()]}"
        for r in rules
    )
    sides = [(name, [r for r in rules if r.side == name]) for name in view.vocabulary.sides]
    return rendered(
        "html/specification.html",
        view=view,
        version=hashlib.sha256(said.encode()).hexdigest()[:8],
        sides=[(name, some) for name, some in sides if some],
        selector=lambda selector: phrases.selected(selector, view.vocabulary),
        titles=titles(view),
        **_requirements(view),
    )


def _requirements(view: View) -> dict[str, Any]:
    """What the page shows of the specification and of how entries meet it."""
    specification = view.landscape.specification
    requirements_of: dict[str, list[str]] = {rule: [] for rule in view.landscape.expectations}
    if specification is None:
        return {"specification": None, "requirements_of": requirements_of}
    in_force = specification.in_force
    for name, one in in_force.items():
        for rule in one.expectations:
            requirements_of[rule].append(name)
    counts = _counts_of_levels(view)
    block = partial(_requirement, view, counts)
    used: set[str] = set()
    shown = [
        (chapter, heading_of(chapter), chapter_html(chapter, specification, block, used))
        for chapter in chapters_of(view.landscape)
    ]
    placed = placed_in(view.landscape)
    return {
        "specification": specification,
        "chapters": shown,
        "left": [Markup(block(name)) for name in specification.requirements if name not in placed],  # noqa: S704
        "measured": sum(one.measured for one in in_force.values()),
        "untested": sum(one.untested is not None for one in in_force.values()),
        "requirements_of": requirements_of,
        "conformance": list(_conformance(view)),
    }


def _counts_of_levels(view: View) -> Mapping[str, Counter[int]]:
    """By requirement: how many entries are at which level on it."""
    counts: dict[str, Counter[int]] = {}
    for found in view.site_data.conformance.values():
        for standing in found.standings:
            counts.setdefault(standing.id, Counter())[standing.level] += 1
    return counts


def _requirement(view: View, counts: Mapping[str, Counter[int]], name: str) -> str:
    """A requirement as HTML."""
    assert view.landscape.specification is not None
    one = view.landscape.specification.requirements[name]
    found = counts.get(name, Counter())
    return rendered(
        "html/requirement.html",
        view=view,
        id=name,
        one=one,
        says=with_keyword(one.says, one.keyword),
        measured=pieces_of(phrases.measured_by(one, view.vocabulary)),
        tested=pieces_of(phrases.tested_by(one)),
        records=[record for record in view.landscape.records.values() if name in record.requirements],
        counts=[(level_word(level) or "not met", found[level]) for level in sorted(found, reverse=True)],
    )


@dataclass(frozen=True)
class LevelsOfKind:
    """The first entries of a kind by their levels, and how many there are at each."""

    shown: list[Conformance]
    counts: list[tuple[str, int]]


def _conformance(view: View) -> Iterator[tuple[str, LevelsOfKind, int]]:
    """Each kind with the entries that a requirement asks, the highest level first, and how many more there are."""
    for kind in view.vocabulary.kinds:
        some = [one for one in view.site_data.conformance.values() if one.entry.kind == kind and one.standings]
        some.sort(key=lambda one: (-one.level, -(one.share or 0), *_by_name(view)(one.entry.id)))
        found = Counter(one.level for one in some)
        counts = [(level_word(level) or "without a level", found[level]) for level in sorted(found, reverse=True)]
        if some:
            yield kind, LevelsOfKind(some[:_MOST_LEVELS], counts), max(0, len(some) - _MOST_LEVELS)


@dataclass(frozen=True)
class Shown:
    """A probe as the page shows it: with its result, its statements, and what it compared in words."""

    probe: Probe
    result: Result | None
    statements: list[tuple[Statement, str]]
    saw: str
    lines: list[str]
    source: str | None


def verified(view: View) -> str:
    """The probes with what they saw."""
    landscape = view.landscape
    shown = [_shown(view, probe) for probe in landscape.probes.values()]
    counts = Counter(one.result.outcome if one.result else NEVER for one in shown)
    return rendered(
        "html/verified.html",
        view=view,
        probes=shown,
        outcomes=[(outcome, counts[outcome]) for outcome in (*OUTCOMES, NEVER) if counts[outcome]],
        verified=view.site_data.curation.total.verified,
        curation=view.site_data.curation,
        outcome=lambda one: view.outcome(one.result.outcome if one.result else NEVER),
    )


def coverage(view: View) -> str:
    """What suites counted, a section a standard and key."""
    found = sections(view.landscape)
    places = sorted({(one.place, one.statement.source) for section in found for one in section.columns})
    sorts = [("", "as it is"), ("taken", "taken by most"), ("-taken", "taken by fewest")]
    sorts += [(f"-s{place}", f"least in {view.entry(source).name}") for place, source in places]
    return rendered(
        "html/coverage.html", view=view, sections=found, mark=mark, **_filters(view, tags=[], stewards=[], sorts=sorts)
    )


def _shown(view: View, probe: Probe) -> Shown:
    landscape = view.landscape
    result = landscape.results.get(probe.id)
    statements = [
        (statement, found.state)
        for statement in landscape.verified_by(probe.id)
        if (found := landscape.verification(statement)) is not None
    ]
    lines = [comparison_in_words(comparison) for comparison in result.compared] if result else []
    worst = worst_of(result) if result else None
    saw = comparison_in_words(worst) if worst else (result.reason or "") if result else ""
    refused = sum(comparison.kind == "refused" for comparison in result.compared) if result else 0
    if refused and not saw:
        saw = f"{counted(refused, 'crossing')} refused, as stated"
    source = view.edit_url(f"{PROBES_FOLDER}/{probe.id}.py")
    return Shown(probe, result, statements, saw, lines, source and source.replace("/edit/", "/blob/", 1))


def stewards(view: View) -> str:
    """The stewards with their entries, by step of the workflow and all together."""
    everything = view.landscape.entries.values()
    known = view.vocabulary.stewards
    all_of = [
        (name, steward, sorted((e.id for e in everything if e.steward == name), key=_by_name(view)))
        for name, steward in known.items()
    ]
    steps = []
    for step in view.vocabulary.workflow:
        found = [(steward.name, [i for i in ids if step in view.entry(i).workflow]) for _, steward, ids in all_of]
        found = [(name, ids) for name, ids in found if ids]
        if found:
            steps.append((step, found))
    return rendered("html/stewards.html", view=view, steps=steps, stewards=[one for one in all_of if one[2]])


def data(view: View) -> str:
    """The files of the API."""
    return rendered("html/data.html", view=view, files=PUBLISHED)


def cite(view: View) -> str:
    """Who keeps the map, its licence and day, and how to cite it."""
    vocabulary, site_data = view.vocabulary, view.site_data
    address = license_address(vocabulary.license)
    return rendered(
        "html/cite.html",
        view=view,
        publisher=vocabulary.publisher,
        license=vocabulary.license,
        license_url=address if address != vocabulary.license else None,
        verified=site_data.curation.total.verified,
        sentence=citation.sentence(site_data, view.site_url),
        bibtex=citation.bibtex(site_data, view.site_url),
    )


def titles(view: View) -> Mapping[str, str]:
    """A title for people of every expectation."""
    return {name: phrases.title_of(name) for name in view.landscape.expectations}


def _filters(view: View, **more: Any) -> dict[str, Any]:
    """What the filter bar offers."""
    everything = view.landscape.entries.values()
    offered: dict[str, Any] = {
        "tags": sorted({tag for e in everything for tag in e.tags}),
        "stewards": _stewards(view, {e.steward for e in everything if e.steward}),
        "kinds": [],
        "statuses": [],
        "certainties": [],
        "sides": [],
        "sorts": [],
        "only_gaps": False,
        "columns": False,
    }
    return offered | more


def _by_name(view: View) -> Callable[[str], tuple[str, str]]:
    return lambda name: (view.entry(name).name.casefold(), name)


def redirect(target: str, title: str) -> str:
    """A page that leads on to another address, for an entry's old id."""
    where, said = escape(target), escape(title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{said}</title>'
        f'<link rel="canonical" href="{where}"><meta http-equiv="refresh" content="0; url={where}">'
        '<link rel="icon" href="data:,">'  # or a browser asks the host for /favicon.ico
        f'<meta name="robots" content="noindex"></head><body><a href="{where}">{said}</a></body></html>\n'
    )
