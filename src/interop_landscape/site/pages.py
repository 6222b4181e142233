"""The body of each page, stamped into what the engine rendered."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup

from interop_landscape import phrases
from interop_landscape.analysis.brief import brief
from interop_landscape.analysis.coverage import coverage_tables
from interop_landscape.analysis.gaps import STATUSES, Fix, Gap
from interop_landscape.documents.probe import NEVER
from interop_landscape.ids import Edge, PairId
from interop_landscape.reading.models import Entry, Expectation, Record, Selector, Vocabulary
from interop_landscape.reading.probes import OUTCOMES, PROBES_FOLDER, Probe, Result
from interop_landscape.reading.source import RECORDS_FOLDER
from interop_landscape.reading.statements import Statement
from interop_landscape.reports.brief import BriefReport
from interop_landscape.reports.probes import comparison_in_words, worst_of
from interop_landscape.reports.records import progress_in_words, standing_in_words, when
from interop_landscape.site.coverage import mark, sections
from interop_landscape.site.drawings import neighbourhood_svg
from interop_landscape.site.matrices import matrix
from interop_landscape.site.pairs import Pair
from interop_landscape.site.published import PUBLISHED
from interop_landscape.site.templates import rendered
from interop_landscape.site.view import View
from interop_landscape.text import counted

_IN_A_LAYER: Final = 60
_LOOKED_AT: Final = 300
_LISTED_FIXES: Final = 20
_MOST_LIT: Final = 400
_NAMES: Final = 60


def home(view: View) -> str:
    """The start page: the sentence, the scores, the map, the best fixes, what changed lately."""
    layers = []
    for kind in view.vocabulary.kinds:
        ids = sorted((e.id for e in view.landscape.entries.values() if e.kind == kind), key=_by_name(view))
        if ids:
            layers.append((kind, ids[:_IN_A_LAYER], max(0, len(ids) - _IN_A_LAYER)))
    listed = {entry for _, ids, _ in layers for entry in ids}
    return rendered(
        "html/home.html",
        view=view,
        layers=layers,
        routes=Markup(_lit(view, listed)),  # noqa: S704 - JSON with its brackets escaped
        top=_top(view),
        count=len(view.site_data.gaps),
    )


def _top(view: View) -> list[tuple[Fix | None, str]]:
    """The first gaps under the fix that would close them: (fix, pairs in words), five groups of them."""
    groups: dict[str, tuple[Fix | None, dict[str, list[str]]]] = {}
    for gap in view.site_data.top_gaps[:_LOOKED_AT]:
        fix = gap.fixes[0] if gap.fixes else None
        targets = groups.setdefault(str(fix), (fix, {}))[1].setdefault(view.entry(gap.source).name, [])
        target = view.entry(gap.target).name if gap.target else view.any_of(gap.expectation)
        if target not in targets:
            targets.append(target)
    return [
        (fix, "; ".join(f"{source} → {_some(targets, 4)}" for source, targets in list(by_source.items())[:3]))
        for fix, by_source in list(groups.values())[:5]
    ]


def _some(names: list[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _lit(view: View, listed: set[str]) -> str:
    """By entry of the map, the entries on the routes through it, as JSON that is safe inside a script element."""
    lit: dict[str, set[str]] = {}
    for pairs in view.site_data.pairs.values():
        for pair in pairs:
            if pair.route is not None:
                on_route = {pair.source, *(hop.target for hop in pair.route.hops)} & listed
                for entry in on_route:
                    lit.setdefault(entry, set()).update(on_route)
    ids = sorted(listed)
    number = {entry: place for place, entry in enumerate(ids)}
    if len(listed) > _MOST_LIT:
        lit = {}
    routes = {entry: sorted(number[one] for one in ones if one != entry) for entry, ones in sorted(lit.items())}
    text = json.dumps({"ids": ids, "routes": routes}, separators=(",", ":"))
    return text.replace("<", "\\u003c")


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
        sections=[(rule, matrix(view, rule)) for rule in rules],
        titles=titles(view),
        **_filters(
            view,
            tags=sorted({tag for one in sources for tag in one.tags}),
            stewards=_stewards(view, {one.steward for one in sources if one.steward}),
            statuses=[one for one in view.vocabulary.statuses if any(entry.status == one for entry in sources)],
            sorts=[("met", "most met"), ("name", "name"), ("-met", "fewest met")],
            only_gaps=True,
        ),
    )


def gaps(view: View) -> str:
    """The board by stage, and the gaps under their best fixes."""
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
        groups=_by_fix(listed),
        titles=titles(view),
        listed=len(listed),
        tags_of=tags,
        count=len(view.site_data.gaps),
        fixes=view.site_data.best_fixes[:_LISTED_FIXES],
        fix_count=len(view.site_data.fixes),
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


def _by_fix(listed: Sequence[Gap]) -> list[tuple[Fix | None, list[Gap]]]:
    """The gaps under the fix that would close them, in the order of the first of each; those without one last."""
    groups: dict[Edge | None, tuple[Fix | None, list[Gap]]] = {}
    for gap in listed:
        fix = gap.fixes[0] if gap.fixes else None
        groups.setdefault(fix.edge if fix else None, (fix, []))[1].append(gap)
    return sorted(groups.values(), key=lambda group: group[0] is None)


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
        step_pairs=[list(phrases.joined(step.closes, view.landscape, names.__getitem__)) for step in steps],
        others=others,
    )


def paths(view: View) -> str:
    """The path finder; its routes are found in the browser."""
    examples = []
    for pairs in view.site_data.pairs.values():
        long = [(len(p.route.hops), p.source, p.target) for p in pairs if p.route is not None and p.target is not None]
        if long:
            examples.append(max(long)[1:])
    return rendered("html/paths.html", view=view, examples=examples[:6])


def explore(view: View) -> str:
    """The graph; it is drawn in the browser."""
    return rendered("html/explore.html", view=view)


def entries(view: View) -> str:
    """All entries in a table."""
    kinds = list(view.vocabulary.kinds)
    ordered = sorted(view.landscape.entries.values(), key=lambda e: (kinds.index(e.kind), e.name.casefold(), e.id))
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


def entry(view: View, one: Entry) -> str:
    """One entry: who it is, what is stated, what would help, whom it reaches."""
    site_data, relations = view.site_data, view.vocabulary.relations
    statements = site_data.statements_of.get(one.id, ())
    groups = []
    for (outward, relation), some in groupby(statements, key=lambda s: (s.source == one.id, s.relation)):
        title = f"{one.name} {relations[relation].reads}" if outward else relations[relation].inverse.replace("-", " ")
        stated = [(s, s.target if outward else s.source) for s in some]
        groups.append((title, sorted(stated, key=lambda one: _by_name(view)(one[1]))))
    rules = view.landscape.expectations
    mine = [
        (rules[rule], list(some))
        for rule, some in groupby(site_data.pairs_from.get(one.id, ()), key=lambda p: p.expectation)
    ]
    return rendered(
        "html/entry.html",
        view=view,
        entry=one,
        edit=view.edit_url(f"{view.vocabulary.kinds[one.kind].folder}/{one.id}.yml"),
        leads_on=one.id in site_data.ends[0],
        led_to=one.id in site_data.ends[1],
        sides=site_data.entry_sides.get(one.id, {}),
        drawing=Markup(neighbourhood_svg(site_data, one.id, link=view.entry_url)),  # noqa: S704 - escaped there
        groups=groups,
        fixes=site_data.fixes_of.get(one.id, ()),
        records=_records_of(view, one.id),
        pairs=mine,
        rest=partial(_rest, view),
        reached_by=_reached_by(view, one.id),
        titles=titles(view),
    )


def _records_of(view: View, entry: str) -> list[Record]:
    """The records that name an entry, or that track a gap at one of its ends."""
    named = {
        record.id
        for record in view.landscape.records.values()
        for text in record.closes
        if entry in (text.split(":") if PairId.looks_like(text) else text.split(" "))
    }
    pairs = (*view.site_data.pairs_from.get(entry, ()), *view.site_data.pairs_to.get(entry, ()))
    named |= {pair.record for pair in pairs if pair.record}
    return sorted((view.landscape.records[one] for one in named), key=lambda one: one.title.casefold())


_Standing = tuple[str, str | None]  # the status of a pair, and the certainty of its gap


def _rest(view: View, pairs: list[Pair]) -> list[tuple[str, str | None, list[Pair], int]]:
    """The first pairs of which no route is shown, by how they stand, and how many more there are."""
    found: dict[_Standing, list[Pair]] = {}
    for pair in sorted(pairs, key=lambda one: _by_name(view)(one.target) if one.target else ("", "")):
        if pair.route is None:
            found.setdefault((pair.status, pair.certainty), []).append(pair)
    return [(*standing, some[:_NAMES], max(0, len(some) - _NAMES)) for standing, some in found.items()]


def _reached_by(view: View, target: str) -> list[tuple[Expectation, list[tuple[str, str | None, list[str], int]]]]:
    found: dict[str, dict[_Standing, list[str]]] = {}
    for pair in sorted(view.site_data.pairs_to.get(target, ()), key=lambda one: _by_name(view)(one.source)):
        found.setdefault(pair.expectation, {}).setdefault((pair.status, pair.certainty), []).append(pair.source)
    rules = view.landscape.expectations
    return [
        (
            rules[name],
            [(*standing, ids[:_NAMES], max(0, len(ids) - _NAMES)) for standing, ids in by_standing.items()],
        )
        for name, by_standing in found.items()
    ]


def record(view: View, one: Record) -> str:
    """One record: its life, and its brief."""
    import markdown
    import nh3

    text = BriefReport(brief(view.landscape, one.id, gaps=view.site_data.gaps)).markdown()
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
        "html/record.html", view=view, record=one, brief=shown, edit=view.edit_url(f"{RECORDS_FOLDER}/{one.id}.yml")
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
    """The rules in words, with a version that changes when they do."""
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
        selector=lambda selector: selected(selector, view.vocabulary),
        titles=titles(view),
    )


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
    found = sections(coverage_tables(view.landscape))
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


def titles(view: View) -> Mapping[str, str]:
    """A title for people of every expectation."""
    return {name: name.replace("-", " ").capitalize() for name in view.landscape.expectations}


def selected(selector: Selector, vocabulary: Vocabulary) -> str:
    """What a selector means, in words."""
    kinds = [vocabulary.kinds[kind].plural for kind in selector.kind]
    said = f"the active {' and '.join(kinds) or 'entries'}"
    parts: Iterable[tuple[str, tuple[str, ...]]] = (
        ("tagged", selector.tags),
        ("of the aspect", selector.aspect),
        ("offering", selector.resource),
        ("carrying", selector.carries),
        ("maintained by", selector.steward),
        ("namely", selector.entries),
        ("not tagged", selector.without),
        ("but not", selector.except_),
    )
    return said + "".join(f" {word} {' or '.join(values)}" for word, values in parts if values)


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
