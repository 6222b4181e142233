"""The public Python API: a Landscape that can load itself and answer.

It is above loading, analysis and documents, so that the value (`interop_landscape.landscape`) knows none of them.
What takes long to import is imported where it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

from interop_landscape import landscape, loading
from interop_landscape.landscape import known_names
from interop_landscape.reading.source import landscape_in

if TYPE_CHECKING:
    import networkx as nx

    from interop_landscape import answers
    from interop_landscape.analysis.gaps import Rank

Names = str | Iterable[str]


class Wanted(TypedDict, total=False):
    """Which gaps are wanted: one name or several of each; what is not given lets everything through."""

    side: Names
    from_: Names
    to: Names
    expectation: Names
    status: Names
    certainty: Names
    stage: Names
    tag: Names


class Landscape(landscape.Landscape):
    """Everything that a folder says, as one immutable value: see `interop_landscape.landscape.Landscape`.

    Its questions are those of the commands, and take the same options: one name or several, entries by id, alias or
    name. Each answer has ``to_frame()`` where pandas is installed, and is a table in a notebook. What cannot be
    understood raises an error of `interop_landscape.errors`. docs/from-python.md has an example of each.
    """

    @classmethod
    def load(cls, folder: str | Path, *, today: date | None = None) -> Self:
        """Read the landscape in `folder`, the one that holds ``landscape.yml``, or the one above it.

        Raises NoLandscape where there is none, and InvalidLandscape where its data has errors.
        """
        value = loading.load(landscape_in(Path(folder)), today=today)
        return cls(**{field.name: getattr(value, field.name) for field in fields(value)})

    def gaps(
        self, *, top: int | None = None, fixes: int | None = 25, rank: Rank = "value", **wanted: Unpack[Wanted]
    ) -> answers.Gaps:
        """The gaps, best fix first: all or the first `top`, each with all its fixes or the first so many (`fixes`).

        `wanted` are ``side``, ``from_``, ``to``, ``expectation``, ``status``, ``certainty``, ``stage`` and ``tag``.
        """
        from interop_landscape import answers
        from interop_landscape.analysis.gaps import Gaps, filter_of

        found = Gaps(self, rank=rank).top(top, filter_of(self, **_several(wanted)), most_fixes=fixes)
        return answers.Gaps(tuple(found), self)

    def fixes(self, *, top: int | None = None, rank: Rank = "value", **wanted: Unpack[Wanted]) -> answers.Fixes:
        """The fixes, best first, that would close any of the gaps wanted (see `gaps`): all or the first `top`."""
        from interop_landscape import answers
        from interop_landscape.analysis.fixes import Fixes
        from interop_landscape.analysis.gaps import Gaps, filter_of

        found = Fixes(Gaps(self, rank=rank), filter_of(self, **_several(wanted))).top(top)
        return answers.Fixes(tuple(found), self)

    def routes(self, source: str, target: str, *, top: int = 5) -> answers.Routes:
        """The routes from one entry to another, best first, with the verdict and what would open one.

        Raises BadRequest where both are the same entry.
        """
        from interop_landscape import answers
        from interop_landscape.analysis.nearest import found_between

        found, misses = found_between(self, self.entry(source).id, self.entry(target).id, top=top)
        verdict, routes, apart, back = found
        return answers.Routes(tuple(routes), self, verdict, tuple(apart), tuple(misses), tuple(back))

    def score(self, *, side: Names = (), verified: bool = False) -> answers.Scores:
        """The share of what is expected that is there: of everything, by side and by entry.

        With `verified`, only what a probe has verified counts.
        """
        from interop_landscape import answers
        from interop_landscape.analysis.gaps import Gaps
        from interop_landscape.analysis.plan import restricted
        from interop_landscape.analysis.score import scores

        sides = known_names("side", _names(side), self.vocabulary.sides)
        about = restricted(self.verified() if verified else self, sides)
        found = scores(Gaps(about))
        shown = {name: tally for name, tally in found.sides.items() if not sides or name in sides}
        return answers.Scores(found.total, shown, found.entries, self)

    def conformance(self, *, kind: Names = (), tag: Names = (), top: int | None = None) -> answers.Conformances:
        """How entries of these kinds or with any of these tags meet the specification, the highest level first."""
        from interop_landscape import answers
        from interop_landscape.analysis.conformance import Conforming, ranked

        kinds = known_names("kind", _names(kind), self.vocabulary.kinds)
        tags = {*known_names("tag", _names(tag), {tag for entry in self.entries.values() for tag in entry.tags})}
        asked = (one for one in self.entries.values() if not kinds or one.kind in kinds)
        chosen = (one for one in asked if not tags or tags & {*one.tags})
        return answers.Conformances(tuple(ranked(map(Conforming(self).of, chosen))[:top]), self)

    def plan(
        self, steps: int = 10, *, side: Names = (), from_: Names = (), confirmed_only: bool = False
    ) -> answers.Plan:
        """Which edges to build, one after the other, so that the most gaps close: at most so many steps."""
        from interop_landscape import answers
        from interop_landscape.analysis.plan import plan, restricted

        sides = known_names("side", _names(side), self.vocabulary.sides)
        about = restricted(self, sides, {self.entry(name).id for name in _names(from_)})
        made = plan(about, steps, confirmed_only=confirmed_only)
        return answers.Plan(made.before, made.after, made.sides, made.steps, about)

    def graph(self) -> nx.MultiDiGraph[str]:
        """The landscape as a networkx graph: entries, joined by statements in the direction in which a model flows.

        Nodes are ids of entries, keys of edges the statements in words. Attributes are text or booleans, so that
        `networkx.write_graphml` keeps them: see `interop_landscape.exchange.graphs.flat_graph`.
        """
        from interop_landscape.exchange.graphs import flat_graph

        return flat_graph(self)

    def _repr_html_(self) -> str:
        """How many entries there are of each kind, for notebooks."""
        from interop_landscape.answers import html_table

        of = [entry.kind for entry in self.entries.values()]
        return html_table(repr(self), ("kind", "entries"), [(kind, of.count(kind)) for kind in self.vocabulary.kinds])


def _several(wanted: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    unknown = sorted(wanted.keys() - Wanted.__annotations__.keys())
    if unknown:
        raise TypeError(f"no option is called `{unknown[0]}`; one of {', '.join(Wanted.__annotations__)}")
    return {option: _names(given) for option, given in wanted.items()}


def _names(given: Names) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
