"""What is said in words in more than one place: terminal, pages, briefs, and the scripts of the site.

A text with names in braces is a template. `FOR_SCRIPTS` holds those that the browser says too; it gets them with
`routing/v1`, so that a fact reads the same on the command line and on a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from interop_landscape.analysis.conformance import Standing
from interop_landscape.analysis.coverage import Coverage, Taken, coverage_of
from interop_landscape.analysis.fixes import ListedFix
from interop_landscape.analysis.gaps import Fix
from interop_landscape.analysis.joint import WholeFix
from interop_landscape.analysis.keepers import Keeper
from interop_landscape.analysis.plan import Step
from interop_landscape.analysis.routes import Hop, Route
from interop_landscape.analysis.tally import Tally
from interop_landscape.analysis.verdict import Verdict
from interop_landscape.analysis.windows import Window
from interop_landscape.ids import Edge, PairId
from interop_landscape.landscape import Landscape, Verification
from interop_landscape.reading.models import CLAIM_HOLDS, Claim, Record, Sample, Selector, Vocabulary
from interop_landscape.reading.patterns import Pattern
from interop_landscape.reading.patterns import Step as PatternStep
from interop_landscape.reading.specification import Requirement
from interop_landscape.reading.statements import SUPPORT, Searched, Statement
from interop_landscape.text import counted, number, percent, plural_verb

ALL_SIDES: Final = "All sides"
ANY_TARGET: Final = "any of them"
NO_SINGLE_FIX: Final = "No single edge would close them: look at the plan for two in series."
NOT_STATED: Final = "not stated"
_NOTHING: Final = "nothing"
_SURVIVES: Final = "what survives: {cargo}"
_NEEDS: Final = "needs {of} {versions}"
_CONFLICT: Final = "no version of {of} satisfies {versions}"
_MAINTAINED_BY: Final = "maintained by {who}"
_ONLY: Final = "{cargo} only"
_VERSIONS: Final = "with {versions}"

STATUS: Final = {
    "met": "there is a fully supported route",
    "weak": "every route uses an edge that is not fully supported",
    "missing": "there is no route",
    "regressed": "there has been no route since an edge was removed",
}
"""What each status of an expected pair means."""

STANDING: Final = {
    "works": ("●", "works", "there is a fully supported route"),
    "part": ("◐", "in part", "every route uses an edge that is not fully supported"),
    "absent": ("✕", "looked for, not there", "somebody looked: it is not there, or it was removed"),
    "unsaid": ("?", "nobody has said", "no route is known, and nobody has stated that there is none"),
}
"""How an expected pair stands: a mark that differs in shape, the word beside it, and what it means."""


SUPPORT_STANDING: Final = {
    "full": "works", "partial": "part", "experimental": "part", "removed": "absent", "none": "absent"
}  # fmt: skip
"""Which of `STANDING` a word of support is."""

SUPPORT_MARKS: Final = {support: STANDING[standing][0] for support, standing in SUPPORT_STANDING.items()}
"""The same marks for what is stated of an edge."""


def standing(status: str, certainty: str | None) -> str:
    """Which of `STANDING` an expected pair is, by its status and the certainty of its gap."""
    if status in ("met", "weak"):
        return "works" if status == "met" else "part"
    return "absent" if status == "regressed" or certainty == "confirmed" else "unsaid"


ANSWERED: Final = {"yes": "works", "in part": "part", "no": "absent", "unknown": "unsaid"}
"""Which of `STANDING` a verdict's answer is."""

CERTAINTY: Final = {
    "confirmed": "somebody looked, and it is not there or only in part, so go and build it",
    "presumed": "nobody has stated it either way, so go and check",
}
"""What each certainty of a gap means."""

LEGEND: Final = (
    "missing: no route; weak: only through an edge below full; regressed: an edge was removed",
    "confirmed: somebody looked, so go and build; presumed: nobody has said, so go and check",
    "weight: expectation × reach of both ends; value: weight closed × how usual × how likely",
)
"""What the words and figures in lists of gaps and fixes mean, a line each: docs/design.md."""

SCORED: Final = "The share by weight is the score: docs/design.md#score."

VERIFICATION: Final = {
    "verified": "verified {date}",
    "failed": "its probe failed",
    "unsupported": "its probe could not run there",
    "error": "its probe ended in an error",
    "stale": "its verification is stale",
    "never run": "its probe has not been run",
    "absent": "absence verified {date}",
}
"""What a statement's probe says of it, by the state of the verification."""

VERDICT: Final = {
    "yes": "Yes: {reaches}.",
    "in part": "In part: {reaches}; {limits}.",
    "in part, shortly": "In part: {reaches}.",
    "only": "In part: {reaches}, but no model: {cargo} only.",
    "no": "Not today: somebody looked, {denied}.",
    "unknown": "Nobody has said; the nearest miss is {miss}.",
    "nothing near": "Nobody has said, and no single edge would be enough.",
    "nothing expected": "Nobody has said, and nothing of the kind is expected.",
    "ask": "Nobody has said.",
    "reaches": "{source} {reads} {target}{through}",
    "reads": "reaches",
    "through": " through {stops}",
    "limited": "{statement} is {support}{limits}",
    "limited itself": "{support}{limits}",
    "limits": " ({limits})",
    "denied": "{statement}: {support}{see}",
    "record": ", see record {record}",
    "evidence": ", see {url}",
}
"""What a verdict says, and the parts of it."""

ASKING: Final = {
    "back": "It is reached the other way round:",
    "both": "Both ends are {name}: name two different entries.",
    "expected": "Asked as “{name}”.",
    "each says": "What each of them works with is on its own page:",
    "may mean": "“{words}” is read as {name}. It may also mean",
    "misses": "Each of these single edges would open a route, the likeliest first:",
    "more": "The whole answer, with every route",
    "nearest": "Nearest:",
    "no miss": "No single edge would open a route.",
    "not verified": "not verified by a run",
    "several": "The address names one end more than once; the first of each is taken.",
    "today": "{support} today",
    "tracked": "Tracked:",
    "unknown": "“{words}” is not on the map.",
    "wanting from": "Name where the path starts, that is to reach {name}.",
    "wanting to": "Name where the path leads that starts at {name}.",
}
"""What the path finder says beside verdicts and routes."""

DRAWN: Final = {
    "nothing": "{name}: no route of what is expected leads over it.",
    "some": "{name}: {routes} drawn, over {over}.",
    "one": "1 route",
    "many": "{count} routes",
    "of": "{count} of the {kind}",
    "open": "Open its page",
}
"""What the map says of the entry that was chosen."""

NOT_LOADED: Final = "The map could not be loaded. Ask again in a moment, or look at the pages of the entries."
"""What is said where a page cannot fetch what it needs."""

FOR_SCRIPTS: Final[Mapping[str, str]] = {
    "all_sides": ALL_SIDES,
    "conflict": _CONFLICT,
    "maintained_by": _MAINTAINED_BY,
    "needs": _NEEDS,
    "not_stated": NOT_STATED,
    "only": _ONLY,
    "nothing": _NOTHING,
    "survives": _SURVIVES,
    "unsaid": "nobody has said",
    "versions": _VERSIONS,
    **{f"ask: {case}": said for case, said in ASKING.items()},
    **{f"answered: {answer}": standing for answer, standing in ANSWERED.items()},
    **{f"standing: {standing}": mark for standing, (mark, _, _) in STANDING.items()},
    **{f"mark: {support}": mark for support, mark in SUPPORT_MARKS.items()},
    **{f"verdict: {case}": said for case, said in VERDICT.items()},
    **{f"verification: {state}": said for state, said in VERIFICATION.items()},
}


def cargo_names(cargo: Iterable[str], vocabulary: Vocabulary) -> str:
    """The names of some cargo in the vocabulary's order."""
    some = frozenset(cargo)
    return ", ".join(defined.name for name, defined in vocabulary.cargo.items() if name in some)


def survives(route: Route, vocabulary: Vocabulary) -> str:
    """``what survives: Weights, Tensors``; ``not stated`` where nothing on it says what it carries."""
    stated = len(route.carries) < len(vocabulary.cargo)
    cargo = cargo_names(route.carries, vocabulary) or _NOTHING if stated else NOT_STATED
    return _SURVIVES.format(cargo=cargo)


OTHER_WAY_ROUND: Final = "the other way round"
"""What leads from the second of two entries to the first."""


def only(route: Route, vocabulary: Vocabulary) -> str:
    """``Weights, Tensors only``: what arrives where no model does."""
    return _ONLY.format(cargo=cargo_names(route.carries, vocabulary) or _NOTHING)


def verdict(found: Verdict, misses: Sequence[str], landscape: Landscape) -> str:
    """``Yes: Flax runs on TPU through JAX.``; `misses` are edges, each of which would be enough, best first."""
    if found.route is not None:
        case = "only" if found.only else found.answer
        limits = _limits(found.route, landscape)
        cargo = cargo_names(found.route.carries, landscape.vocabulary) or _NOTHING
        return VERDICT[case].format(reaches=_reaches(found.route, landscape), limits=limits, cargo=cargo)
    if found.denied is not None:
        return VERDICT["no"].format(denied=_denied(found.denied, found.record, landscape))
    if not misses:
        return VERDICT["nothing near" if found.expectation else "nothing expected"]
    return VERDICT["unknown"].format(miss=sentence(landscape.parse_edge(misses[0]), landscape))


def verdict_in_short(found: Verdict, landscape: Landscape) -> str:
    """``In part: Flax runs on TPU through JAX.``: the same without its limits, its record and its evidence."""
    if found.route is not None:
        case = "only" if found.only else {"in part": "in part, shortly"}.get(found.answer, found.answer)
        cargo = cargo_names(found.route.carries, landscape.vocabulary) or _NOTHING
        return VERDICT[case].format(reaches=_reaches(found.route, landscape), cargo=cargo)
    if found.denied is None:
        return VERDICT["ask"]
    said = sentence(found.denied.edge, landscape)
    return VERDICT["no"].format(denied=VERDICT["denied"].format(statement=said, support=found.denied.support, see=""))


def sentence(edge: Edge, landscape: Landscape) -> str:
    """``ONNX Runtime imports ONNX``."""
    names = landscape.entries[edge.source].name, landscape.entries[edge.target].name
    return f"{names[0]} {landscape.vocabulary.relations[edge.relation].reads} {names[1]}"


def _is_weak(hop: Hop) -> bool:
    return hop.statement.support != SUPPORT[0]


def _reaches(route: Route, landscape: Landscape) -> str:
    """``Flax runs on TPU through JAX``: with the last hop's verb, where that is read in the direction of the flow."""
    last = route.hops[-1]
    if len(route.hops) == 1:
        return sentence(last.statement.edge, landscape)
    names = [landscape.entries[stop].name for stop in route.stops]
    reads = landscape.vocabulary.relations[last.statement.relation].reads
    verb = reads if last.source == last.statement.source else VERDICT["reads"]
    through = VERDICT["through"].format(stops=" → ".join(names[1:-1]))
    return VERDICT["reaches"].format(source=names[0], reads=verb, target=names[-1], through=through)


def _limits(route: Route, landscape: Landscape) -> str:
    """What holds a route back, hop by hop; the one hop of a short route has just been named."""
    case = "limited itself" if len(route.hops) == 1 else "limited"
    return "; ".join(_limited(hop.statement, landscape, case) for hop in route.hops if _is_weak(hop))


def _limited(statement: Statement, landscape: Landscape, case: str) -> str:
    """``MLX exports ONNX is partial (no control flow)``, or ``partial (no control flow)``."""
    limits = VERDICT["limits"].format(limits=statement.limits.rstrip(".")) if statement.limits else ""
    said = sentence(statement.edge, landscape)
    return VERDICT[case].format(statement=said, support=statement.support, limits=limits)


def _denied(statement: Statement, record: str | None, landscape: Landscape) -> str:
    """``MLX exports ONNX: none, see record mlx-onnx``, or the first evidence where there is no record."""
    see = VERDICT["record"].format(record=record) if record else ""
    if statement.evidence and not record:
        see = VERDICT["evidence"].format(url=statement.evidence[0].url)
    said = sentence(statement.edge, landscape)
    return VERDICT["denied"].format(statement=said, support=statement.support, see=see)


def window(one: Window) -> str:
    """``needs onnx-opset >=18``; ``no version of onnx-opset satisfies <17,>=18``."""
    return (_CONFLICT if one.empty else _NEEDS).format(of=one.subject, versions=one.specifier)


def maintained_by(who: str) -> str:
    """``maintained by torch-xla``."""
    return _MAINTAINED_BY.format(who=who)


def keeping(keeper: Keeper, landscape: Landscape) -> str:
    """Why somebody may stop: ``in maintenance; maintains 2 edges of others; 1 of 3 statements stale``."""
    said = {
        "archived": "archived",
        "maintenance": "in maintenance",
        "stale": "nobody has looked for long",
        "unknown": "not on the map, so that nobody says whether it is alive",
        "third-party": "active, but not the project itself",
    }[keeper.likelihood]
    facts = [said]
    others = sum(keeper.name not in (one.source, one.target) for one in keeper.statements)
    if others:
        facts.append(f"maintains {counted(others, 'edge')} of others")
    if keeper.stale:
        facts.append(f"{keeper.stale} of {counted(len(keeper.statements), 'statement')} stale")
    return "; ".join(facts)


def verification(found: Verification, statement: Statement) -> str:
    """``verified 2026-11-23``, ``absence verified 2026-11-23`` of what is not there, or why it is not."""
    said = "absent" if found.state == "verified" and not statement.live else found.state
    return VERIFICATION[said].format(date=found.result.day if found.result else None)


def versions(named: Mapping[str, str], most: int = 3) -> str:
    """``with torch 2.13.0, onnx 1.23.2 …``, without that of the language; empty where there are none."""
    some = [f"{name} {version}" for name, version in named.items() if name != "python"]
    return _VERSIONS.format(versions=f"{', '.join(some[:most])}{' …' if len(some) > most else ''}") if some else ""


GRADES: Final = {
    "same": "same",
    "other-type": "same numbers, another type or shape",
    "other-numbers": "other numbers",
    "refused": "refused",
    "error": "error",
    "crash": "crash",
    "time-out": "time-out",
    "not-fed": "not fed",
    "control": "control fails",
    "machine": "machine lacks something",
}
"""What may become of a case of a suite; the last two are in no total."""


def covered(coverage: Coverage) -> str:
    """``152 of 205 operators; 1,381 of 2,024 cases``, and what is worse than to refuse."""
    tally, groups = coverage.tally, coverage.groups
    said = (
        f"{coverage.whole:,} of {counted(len(groups), coverage.key)}; {tally.same:,} of {counted(tally.cases, 'case')}"
    )
    said += f", {tally.counts['other-numbers']:,} with other numbers" if tally.counts.get("other-numbers") else ""
    return said + (" (cases of our own choice)" if coverage.suite.own else "")


def coverage(found: Coverage) -> str:
    """``152 of 205 operators; 1,381 of 2,024 cases; tinygrad 0.14.0, 2026-12-02``, and how it was before."""
    parts = [covered(found), f"{found.subject} {found.version}, {found.suite.day}"]
    if found.before is not None:
        parts.append(compared(found.tally.same - found.before.counts.get("same", 0), found.before.version))
    return "; ".join((*parts, *(["stale"] if found.stale else [])))


def suite_shows(found: Coverage, landscape: Landscape) -> str:
    """What the suite's program says that it shows; its id where the program is gone."""
    probe = landscape.probes.get(found.suite.probe)
    return probe.shows if probe is not None else found.suite.probe


def missing(found: Coverage, most: int = 12) -> str:
    """``53 operators are missing: Det, Einsum …``: those of which no case is the same; empty where there are none."""
    groups = found.missing
    if not groups:
        return ""
    more = f" and {len(groups) - most:,} more" if len(groups) > most else ""
    are = "is" if len(groups) == 1 else "are"
    return f"{counted(len(groups), found.key)} {are} missing: {', '.join(groups[:most])}{more}"


def taken(found: Taken, landscape: Landscape) -> str:
    """``tract imports ONNX: takes 12 of 14 operators whole; MatMul in part; not Det; nobody has counted Foo``."""
    parts = [f"{len(found.whole)} of {_all_of(found)} whole"]
    parts += [f"in part {', '.join(found.part)}"] if found.part else []
    parts += [f"not {', '.join(found.missing)}"] if found.missing else []
    parts += [f"nobody has counted {', '.join(found.uncounted)}"] if found.uncounted else []
    return f"{sentence(found.statement.edge, landscape)}: takes {'; '.join(parts)}"


def _all_of(found: Taken) -> str:
    count = sum(map(len, (found.whole, found.part, found.missing, found.uncounted)))
    return counted(count, found.coverage.key)


def missing_of(edge: Edge, landscape: Landscape) -> str:
    """``tinygrad imports ONNX: 53 operators are missing: Det …``; empty where no suite counted any."""
    stated = landscape.by_edge.get(edge)
    found = coverage_of(landscape, stated) if stated is not None else None
    said = missing(found) if found is not None else ""
    return f"{sentence(edge, landscape)}: {said}" if said else ""


def compared(more: int, version: str) -> str:
    """``12 more than with 1.31``."""
    if more == 0:
        return f"as many as with {version}"
    return f"{abs(more):,} {'more' if more > 0 else 'fewer'} than with {version}"


def checked(statement: Statement, landscape: Landscape) -> str:
    """``checked 2026-11-22``; ``stale, last checked 2024-11-22``."""
    return f"{'stale, last ' if landscape.is_stale(statement) else ''}checked {statement.checked}"


def searched(found: Searched) -> str:
    """``searched for onnx, onnxruntime``: what led nowhere at an address."""
    return f"searched for {', '.join(found.for_)}"


def sample(read: Sample) -> str:
    """What a blind sample showed: ``60 statements drawn blindly and read again on 2026-11-30: 1 wrong, 3 with …``."""
    return (
        f"{counted(read.drawn, 'statement')} drawn blindly and read again on {read.day}: {read.wrong} wrong, "
        f"{read.faulty} with another fault"
    )


def group_name(of: str, name: str, vocabulary: Vocabulary) -> str:
    """The name for people of a group of statements: of a kind, a side, a support or a steward."""
    if not name:
        return f"no {of}"
    if of == "side":
        return vocabulary.sides[name].name
    return vocabulary.stewards[name].name if of == "steward" else name


def stops(route: Route, landscape: Landscape) -> str:
    """``PyTorch → ONNX → OpenVINO``."""
    return " → ".join(landscape.entries[entry].name for entry in route.stops)


def stated_today(fix: Fix, landscape: Landscape) -> str:
    """What is stated about a fix's edge: ``none``, ``not stated``."""
    there = landscape.by_edge.get(fix.edge)
    return there.support if there else NOT_STATED


def today(fix: Fix, landscape: Landscape) -> str:
    """The same as it stands in a sentence: ``none today``, ``not stated today``."""
    return ASKING["today"].format(support=stated_today(fix, landscape))


def together(fix: Fix, landscape: Landscape) -> str:
    """What one tool would bring besides: ``jax2onnx would bring it to Flax and JAX too``; empty where it is alone."""
    others, there = landscape.brought_with(fix.edge), landscape.by_edge.get(fix.edge)
    names = listed(landscape.entries[other.source].name for other in others) if others else ""
    return f"{there.by} would bring it to {names} too" if there and names else ""


def in_full(fix: Fix, landscape: Landscape) -> str:
    """``in full`` behind an edge that is there and would have to become better; empty behind any other."""
    there = landscape.by_edge.get(fix.edge)
    return "in full" if there and there.live else ""


def today_with_limits(fix: Fix, landscape: Landscape) -> str:
    """As `today`, with what limits it: ``partial today: static shapes only``."""
    there = landscape.by_edge.get(fix.edge)
    return f"{today(fix, landscape)}: {there.limits}" if there and there.limits else today(fix, landscape)


def usage(fix: Fix, landscape: Landscape, of: str = "it", *, both: bool = False) -> str:
    """How usual an edge is among peers: ``14 of 25 runtimes like it import ONNX``; with ``both``, at either end."""
    kinds, relation = landscape.vocabulary.kinds, landscape.vocabulary.relations[fix.relation]
    counts, source, target = fix.usage, landscape.entries[fix.source], landscape.entries[fix.target]
    said = []
    if counts.of_sources:
        do = f"{plural_verb(relation.reads)} {target.name}"
        said.append(f"{counts.sources} of {counts.of_sources} {kinds[source.kind].plural} like {of} {do}")
    if (counts.sources == 0 or both) and counts.of_targets:
        others = f"{kinds[target.kind].plural} like {target.name}"
        said.append(f"{source.name} {relation.reads} {counts.targets} of {counts.of_targets} {others}")
    return ", and ".join(said)


def whole(fix: WholeFix, landscape: Landscape) -> str:
    """What would be built: ``executorch imports onnx``; ``flax and jax each exports onnx, by jax2onnx``."""
    if not fix.is_joint:
        return f"{fix} {in_full(fix.edges[0], landscape)}".rstrip()
    first = fix.edges[0]
    return f"{listed(edge.source for edge in fix.edges)} each {first.relation} {first.target} in full, by {fix.by}"


def whole_today(fix: WholeFix, landscape: Landscape) -> str:
    """What is there today, with its limits; of a joint fix for each edge that differs."""
    if not fix.is_joint:
        return today_with_limits(fix.edges[0], landscape)
    said: dict[str, list[str]] = {}
    for edge in fix.edges:
        said.setdefault(today_with_limits(edge, landscape), []).append(landscape.entries[edge.source].name)
    return "; ".join(f"{listed(sources)}, {what}" for what, sources in said.items())


def whole_usage(fix: WholeFix, landscape: Landscape, *, both: bool = False) -> str:
    """How usual it is; of a joint fix, its most usual edge."""
    usual = fix.usual
    return usage(usual, landscape, landscape.entries[usual.source].name if fix.is_joint else "it", both=both)


def built_by(fix: WholeFix, landscape: Landscape) -> str:
    """Who would build it: ``to be built by MLX (active)``."""
    builder = landscape.entries[fix.builder]
    who = f"{builder.name} ({builder.status})"
    if fix.is_joint and landscape.id_of_name(fix.by or "") != fix.builder:
        return f"to be built with {fix.by}, as likely as by {who}"
    if fix.builds < landscape.vocabulary.statuses[builder.status].builds:
        return f"to be built by {who}, where it or its like was given up"
    return f"to be built by {who}"


def factors(fix: WholeFix, landscape: Landscape) -> str:
    """What its weight is multiplied by: ``how usual 0.425: 12 of 16 …; how likely 1: to be built by MLX (active)``."""
    usual = whole_usage(fix, landscape, both=True)
    said = f"how usual {number(fix.precedent, 3)}{f': {usual}' if usual else ''}"
    return f"{said}; how likely {number(fix.builds)}: {built_by(fix, landscape)}"


def tracked(record: Record | None, landscape: Landscape) -> str:
    """Where it is followed up: ``record mlx-onnx, at Discussion, owner Apple``."""
    if record is None:
        return "no record of it yet"
    stage = landscape.vocabulary.stages[record.stage].name
    return f"record {record.id}, at {stage}, {f'owner {record.owner}' if record.owner else 'no owner yet'}"


def declined(fix: WholeFix, landscape: Landscape) -> str:
    """``declined on 2026-10-01 (https://…)``; empty where it was not."""
    if fix.declined is None:
        return ""
    last = landscape.records[fix.declined].stages[-1]
    return f"declined on {last.day}{f' ({last.url})' if last.url else ''}"


def closing(pairs: int, weight: float, value: float) -> str:
    """``closes 19 pairs (weight 15), value 3.6``."""
    return f"closes {counted(pairs, 'pair')} (weight {number(weight)}), value {number(round(value, 2))}"


def helps(fix: ListedFix, landscape: Landscape, most: int = 3) -> str:
    """Whose pairs it closes: ``helps most: PyTorch, JAX (9 pairs)``."""
    some = fix.helps[:most]
    names = ", ".join(landscape.entries[entry].name for entry, _ in some)
    return f"helps most: {names} ({counted(sum(count for _, count in some), 'pair')})" if some else ""


def facts(one: ListedFix, landscape: Landscape) -> Iterator[str]:
    """What is to be known of a fix, a line each."""
    fix = one.fix
    if fix.declined:
        yield declined(fix, landscape)
    yield whole_today(fix, landscape)
    yield from filter(None, (missing_of(edge.edge, landscape) for edge in fix.edges))
    yield factors(fix, landscape)
    yield "; ".join(filter(None, (helps(one, landscape), tracked(one.record, landscape))))


def reason(fix: WholeFix, sources: Sequence[str], landscape: Landscape, most: int = 3) -> str:
    """Why a fix is worth building, in one sentence; `sources` are those of the gaps that it closes."""
    helped = [entry for entry, _ in Counter(sources).most_common(most)]
    others = len(set(sources)) - len(helped)
    names = ", ".join(landscape.entries[entry].name for entry in helped)
    many = f"{names} and {others} more" if others else names
    usual = whole_usage(fix, landscape)
    said = f"Closes {counted(len(sources), 'gap')} of {many}"
    there = dict.fromkeys(stated_today(edge, landscape) for edge in fix.edges)
    now = f"{' or '.join(there)} today" if fix.is_joint else whole_today(fix, landscape)
    parts = [said, usual, declined(fix, landscape) or built_by(fix, landscape), now]
    return f"{'; '.join(part.rstrip('.') for part in parts if part)}."


def why(step: Step, landscape: Landscape) -> str:
    """Why a plan takes a step, in one sentence."""
    closes = f"{counted(len(step.closes), 'gap')} of weight {number(step.unlocks)}"
    if len(step.fixes) > 1:
        return f"Why: together they close {closes}, more than twice the worth of any single fix."
    [fix] = step.fixes
    usual = whole_usage(fix, landscape)
    what = f"one tool, {fix.by}, brings these {len(fix.edges)} edges and closes" if fix.is_joint else "it closes"
    return f"Why: {what} {closes}{f'; {usual}' if usual else ''}; {built_by(fix, landscape)}."


def capital(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str]) -> str:
    """``flax, jax and equinox``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def met(tally: Tally) -> str:
    """``25 of 272 connections met; 17 % by weight``."""
    share = "" if tally.score is None else f"; {percent(tally.score)} by weight"
    return f"{tally.met:,} of {tally.expected:,} {'connection' if tally.expected == 1 else 'connections'} met{share}"


def connections_met(tally: Tally) -> str:
    """``1,204 of 2,000 expected connections met; 59 % by weight``, for where nothing near it says of what."""
    return met(tally).replace("connection", "expected connection", 1)


def unmet(tally: Tally) -> str:
    """``12 missing, 3 weak, 0 regressed``."""
    return f"{tally.missing:,} missing, {tally.weak:,} weak, {tally.regressed:,} regressed"


def route_in_words(pattern: Pattern, vocabulary: Vocabulary) -> str:
    """The pattern of a route, read in the flow: ``perhaps is built on, then delegates to (once or more), then …``."""
    return ", then ".join(_step_in_words(step, vocabulary) for step in pattern.steps)


def _step_in_words(step: PatternStep, vocabulary: Vocabulary) -> str:
    relation = vocabulary.relations[step.relation]
    verb = relation.inverse.replace("-", " ") if relation.flows == "backward" else relation.reads
    often = " (once or more)" if step.repeated else ""
    return f"{'perhaps ' if step.optional else ''}{verb}{often}"


def title_of(expectation: str) -> str:
    """A title for people of an expectation: ``Compute edge``."""
    return expectation.replace("-", " ").capitalize()


def any_of(expectation: str, landscape: Landscape) -> str:
    """What stands for the target of a pair that any one would do for: ``any of the backends``."""
    rule = landscape.expectations.get(expectation)
    kinds = landscape.vocabulary.kinds
    named = " or ".join(kinds[kind].plural for kind in rule.to.kind) if rule else ""
    return f"any of the {named}" if named else ANY_TARGET


def joined(
    pairs: Iterable[PairId], landscape: Landscape, name: Callable[[str], str] = str
) -> Iterator[tuple[str, str]]:
    """(expectation, ``jax, flax → ascend, tpu``) for some pairs, in the order of the first of each."""
    targets_of: dict[tuple[str, str], list[str]] = {}
    for expectation, source, target in pairs:
        targets_of.setdefault((expectation, source), []).append(
            name(target) if target else any_of(expectation, landscape)
        )
    sources_of: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (expectation, source), targets in targets_of.items():
        sources_of.setdefault((expectation, tuple(targets)), []).append(source)
    for (expectation, goals), sources in sources_of.items():
        yield expectation, f"{', '.join(map(name, sources))} → {', '.join(goals)}"


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


def standing_on(one: Standing, landscape: Landscape, most: int = 4) -> str:
    """Why an entry stands so on a requirement: ``of 12 connections 2 verified, 9 evidenced, 1 not there: TPU``."""
    if one.requirement.keys and not one.requirement.relations:
        return f"it does not say {_codes(one.lacks)}" if one.lacks else f"it says {_codes(one.requirement.keys)}"
    if not one.parts:
        return f"nothing is stated under {_codes(one.requirement.relations)}"
    if one.requirement.keys:
        return _saying(one, landscape, most)
    what = "statement" if one.requirement.relations else "connection"
    counts = [(word, [part for part in one.parts if part.level == level]) for level, word in _PARTS.items()]
    found = ", ".join(f"{len(some):,} {word}" for word, some in counts if some)
    below = max(one.level, _STATED + 1)
    short = [part for part in one.parts if part.level < below] if one.requirement.need != "any" else []
    short = short or [part for part in one.parts if not one.level]
    names = dict.fromkeys(landscape.entries[part.other].name for part in reversed(short) if part.other)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    left = f": {', '.join([*names][:most])}{more}" if names else ""
    return f"of {counted(len(one.parts), what)} {found}{left}"


def _saying(one: Standing, landscape: Landscape, most: int) -> str:
    """How many statements say what they should: ``4 of 9 statements say `api`; not those about StableHLO``."""
    short = [part for part in one.parts if part.lacks]
    names = dict.fromkeys(landscape.entries[part.other].name for part in short if part.other)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    left = f"; not those about {', '.join([*names][:most])}{more}" if names and one.requirement.need != "any" else ""
    saying = len(one.parts) - len(short)
    said = f"{f'{saying:,}' if saying else 'none'} of {counted(len(one.parts), 'statement')}"
    return f"{said} {'say' if saying > 1 else 'says'} {_codes(one.requirement.keys)}{left}"


_NEEDS_WORDS: Final = {"any": "at least one", "most": "more than half", "each": "each"}


def measured_by(one: Requirement, vocabulary: Vocabulary) -> str:
    """What on the map decides how an entry stands on a requirement."""
    need = _NEEDS_WORDS[one.need]
    if one.expectations:
        to = " that end at it" if one.end == "to" else ""
        return f"{need} of its connections under {_codes(one.expectations)}{to}"
    if one.relations:
        other = f" that lead to {selected(one.to, vocabulary)}" if one.to is not None else ""
        keys = f", with {_codes(one.keys)}" if one.keys else ""
        return f"{need} of its statements under {_codes(one.relations)}{other}{keys}"
    if one.keys:
        return f"its own {_codes(one.keys)}"
    held = "`landscape check`, which holds every entry to it" if one.rules else "nothing on the map yet"
    return f"{held}; not counted in levels"


def tested_by(one: Requirement) -> str:
    """Which probes, rules or readings test a requirement, or why nothing does yet."""
    if one.untested is not None:
        return f"not testable yet: {one.untested}"
    tests = [f"{'probe' if len(one.tests) == 1 else 'probes'} {_codes(one.tests)}"] if one.tests else []
    rules = [f"`landscape check` ({_codes(one.rules)})"] if one.rules else []
    return "; ".join([*tests, *rules]) or "reading the map"


_STATED: Final = 1
_PARTS: Final = {4: "covered", 3: "verified", 2: "evidenced", 1: "stated only", 0: "not there"}


def _codes(names: Iterable[str]) -> str:
    return listed(f"`{name}`" for name in names)


def interop_level(level: str | None, reached: int, applicable: int) -> str:
    """``verified, 14 of 19``; ``none yet, 3 of 19``."""
    return f"{level or 'none yet'}, {reached:,} of {applicable:,}" if applicable else "nothing is asked of it"


def claimed(claim: Claim, holds: bool) -> str:
    """What an entry's makers say themselves, and for how long that holds."""
    about = f" for {', '.join(claim.requirements)}" if claim.requirements else ""
    until = claim.day + CLAIM_HOLDS
    return f"its makers claim {claim.level}{about} since {claim.day}, {'until' if holds else 'which ended on'} {until}"
