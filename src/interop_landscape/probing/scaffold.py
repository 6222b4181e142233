"""The first text of a probe: it runs at once, and says that it verifies nothing yet."""

from __future__ import annotations

from typing import Final

from interop_landscape.landscape import Landscape, is_live

_HEADER: Final = '''\
# /// script
# requires-python = ">=3.10"
# # Pin what takes part, such as "numpy==2.4.6"; it is installed into an environment of its own.
# dependencies = []
# ///
"""{claim}: say here, in one line, what is shown.

Say here what is compared with what, and on which inputs.
"""

from landscape_probe import Probe

# Run it with `landscape verify {name}`. Name the distributions whose versions matter: Probe("numpy", …).
with Probe() as probe:
    # Remove this line when the rest does what it says. Until then the probe tells everybody that it shows nothing.
    probe.unsupported("this probe is not written yet")
'''

_CROSSING: Final = """
    # 1. Make something small in {source} with a fixed seed, large enough to go wrong.
    here = [1.0, 2.0, 3.0]
    # 2. Take it to {target}{api}, and run it there on inputs that it has not seen before.
    there = [1.0, 2.0, 3.0]
    # 3. Compare. It holds where |got - expected| <= tolerance * max(1, |expected|).
    probe.close("outputs", there, here, tolerance=1e-5)
    # 4. Compare what else ought to survive: names, types, shapes, metadata.
    probe.same("names of the inputs", ["x"], ["x"])
"""

_REFUSAL: Final = """
    # `{support}` is verified by the error with which {source} refuses the crossing to {target}{api}.
    # Name that error, and a pattern that is found in its message.
    probe.refused("a small model", lambda: 1 / 0, ZeroDivisionError, "division by zero")
"""


def probe_text(name: str, edge: str, landscape: Landscape) -> str:
    """A commented probe `name` for an edge written ``A relation B``, to be filled in.

    Where the edge is stated as not there, it is laid out to show how the crossing is refused. Raises BadRequest and
    UnknownName where the edge cannot be.
    """
    named = landscape.parse_edge(edge)
    source, relation, target = named
    statement = landscape.by_edge.get(named)
    names = {"source": landscape.entries[source].name, "target": landscape.entries[target].name}
    reads = landscape.vocabulary.relations[relation].reads
    refused = statement is not None and not is_live(statement)
    claim = f"{names['source']} {reads} {names['target']}" + (" (refused)" if refused else "")
    body = _REFUSAL if refused else _CROSSING
    api = f" by `{statement.api}`" if statement is not None and statement.api else ""
    support = statement.support if statement is not None else ""
    return _HEADER.format(name=name, claim=_in_docstring(claim)) + body.format(**names, api=api, support=support)


def _in_docstring(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', "'")
