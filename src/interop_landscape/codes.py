"""The codes of problems: what each means and how to fix it.

The page that documents them is made from here (`interop_landscape.reference`). Its examples are the tests'
reject and accept cases: each is a file of the fixture landscape with one mistake, and the same file corrected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Code:
    """One code. ``bad`` and ``good`` are what a file named ``path`` holds; empty where YAML cannot show it."""

    name: str
    means: str
    remedy: str
    path: str = ""
    bad: str = ""
    good: str = ""


def _entry(more: str = "") -> str:
    """A short framework file; `more` is added below it."""
    head = "name: New\nsummary: A new framework.\nhomepage: https://new.example.org\nstatus: active\n"
    return head + more


def _statement(relation: str, target: str, *lines: str) -> str:
    fields = "".join(f"      {line}\n" for line in lines)
    return _entry(f"interop:\n  {relation}:\n    {target}:\n{fields}")


_SUPPORT = "support: full"
_CHECKED = "checked: 2026-11-01"
_EVIDENCE = "evidence: [{url: https://new.example.org, shows: a guide}]"
_GOOD = (_SUPPORT, _CHECKED, _EVIDENCE)
_NEW = "frameworks/new.yml"

_RULE = """\
new-rule:
  side: south
  why: An example.
  from: {{kind: framework{tags}}}
  to: {{kind: {to}{ids}}}
  routes: {{native: {route}}}
"""


def _rule(tags: str = "", to: str = "backend", ids: str = "", route: str = "runs-on") -> str:
    return _RULE.format(tags=tags, to=to, ids=ids, route=route)


def _searched_for(*lines: str) -> str:
    """A statement that something is not there, with what was searched."""
    searched = "searched: [{in: https://new.example.org, for: [exch]}]"
    return _statement("exports", "exch", "support: none", "carries: [weights]", *lines, _CHECKED, _EVIDENCE, searched)


def _removed(since: str, until: str) -> str:
    versions = f'since: "{since}"', f'until: "{until}"'
    return _statement("exports", "exch", "support: removed", "carries: [weights]", *versions, _CHECKED, _EVIDENCE)


def _record(closes: str = "beta implements tens", more: str = "", stages: str = "") -> str:
    stages = stages or "  - {stage: identified, date: 2026-10-01, note: found}\n"
    return f"title: A new record\ncloses: [{closes}]\n{more}stages:\n{stages}"


def _result(outcome: str) -> str:
    head = f'{{"schema": "result/v1", "probe": "new", "outcome": "{outcome}", "date": "2026-11-01", "seconds": 1.5,'
    return f'{head}\n "network": "closed", "program": "0"}}\n'


_SPECIFICATION = "specification/specification.yml"
_TESTED = "untested: No probe can see it."


def _requirement(*lines: str, says: str = "A framework MUST be connected.", chapters: str = "") -> str:
    """A specification with one requirement, about all expectations of the fixture."""
    head = f'title: A specification\nversion: "1"\ndate: 2026-11-01\n{chapters}requirements:\n  IOP-NEW-01:\n'
    fields = "".join(f"    {line}\n" for line in lines)
    about = "    of: {kind: framework}\n    expectations: [compute, exchange, fields]\n"
    return f"{head}    says: {says}\n    why: An example.\n{about}{fields}"


def _another(name: str) -> str:
    """The lines of another requirement, of a group of its own or of the same."""
    fields = ("says: A framework SHOULD be known.", "why: An example.", "of: {kind: framework}", _TESTED)
    return f"  {name}:\n" + "".join(f"    {line}\n" for line in fields)


CODES: Final[tuple[Code, ...]] = (
    Code(
        "syntax",
        "The file is not valid YAML.",
        "Check quotes, brackets, colons and indentation where the message points.",
        _NEW,
        _entry("tags: [deep\n"),
        _entry("tags: [deep]\n"),
    ),
    Code(
        "duplicate-key",
        "A key, relation or entry occurs twice in one mapping.",
        "Merge the two, or remove one.",
        _NEW,
        _entry("status: archived\n"),
        _entry(),
    ),
    Code(
        "unknown-key",
        "A key that the schema does not know, or not for this kind of entry.",
        "Use the key that the hint names, or remove it.",
        _NEW,
        _entry("licence: MIT\n"),
        _entry("license: MIT\n"),
    ),
    Code(
        "missing-key",
        "A required key is missing.",
        "Add it.",
        "standards/new.yml",
        _entry("aspect: ir\n"),
        _entry("aspect: ir\ncarries: [weights]\n"),
    ),
    Code(
        "wrong-type",
        "A value of another type than the schema asks for, or an empty one.",
        "Write the value as the message says.",
        _NEW,
        _entry("tags: deep\n"),
        _entry("tags: [deep]\n"),
    ),
    Code(
        "unknown-value",
        "A value that is not among those allowed, or not defined in landscape.yml.",
        "Use one of the values that the message lists, or define a new one in landscape.yml first.",
        _NEW,
        _entry().replace("active", "alive"),
        _entry(),
    ),
    Code(
        "repeated-item",
        "An item occurs twice in a list.",
        "Remove one.",
        _NEW,
        _entry("tags: [deep, deep]\n"),
        _entry("tags: [deep]\n"),
    ),
    Code(
        "too-long",
        "A text, address, id or other value with more characters than its kind may have: 200 for a name, an id or a "
        "version, 500 for a sentence, 2,000 for an address, 5,000 for any other text.",
        "Shorten it, or link to the rest.",
        _NEW,
        _entry().replace("name: New", "name: " + "Very " * 40 + "new"),
        _entry(),
    ),
    Code(
        "too-many",
        "A list or mapping with more items than are read: 500, and 1,000 for the targets of one relation. Or a file "
        "with more than 40,000 keys and values.",
        "Leave the most important ones, or split the file.",
    ),
    Code(
        "bad-text",
        "Text with control characters or marks that turn its direction.",
        "Write it without them.",
        _NEW,
        _entry().replace("name: New", 'name: "N\\u001bew"'),
        _entry(),
    ),
    Code(
        "bad-id",
        "A file name, tag or other id that is not lower-case letters, digits and single hyphens, or is taken.",
        "Rename it as the hint says.",
        _NEW,
        _entry("tags: [Deep Learning]\n"),
        _entry("tags: [deep]\n"),
    ),
    Code(
        "bad-url",
        "An address that is not http or https, that holds a user name or password, or whose host is not a name in "
        "ASCII.",
        "Write the public address, https if there is one.",
        _NEW,
        _entry().replace("https://new", "https://me:secret@new"),
        _entry(),
    ),
    Code(
        "bad-date",
        "A date that does not exist or is not written YYYY-MM-DD.",
        "Use the form YYYY-MM-DD, for example 2026-11-22.",
        _NEW,
        _statement("runs-on", "gpu", _SUPPORT, "checked: 2026-02-30", _EVIDENCE),
        _statement("runs-on", "gpu", *_GOOD),
    ),
    Code(
        "future-date",
        "A date in the future where only a past one makes sense.",
        "Write the day on which it happened; only milestones may lie ahead.",
        _NEW,
        _statement("runs-on", "gpu", _SUPPORT, "checked: 2999-01-01", _EVIDENCE),
        _statement("runs-on", "gpu", *_GOOD),
    ),
    Code(
        "bad-specifier",
        "A window of versions that is not a PEP 440 specifier.",
        "Use a PEP 440 specifier, for example `>=18,<24`.",
        _NEW,
        _statement("runs-on", "gpu", _SUPPORT, "requires: {driver: from 18 on}", _CHECKED, _EVIDENCE),
        _statement("runs-on", "gpu", _SUPPORT, 'requires: {driver: ">=18"}', _CHECKED, _EVIDENCE),
    ),
    Code(
        "unknown-entry",
        "A statement, expectation or record names an entry that is not there.",
        "Use the id that the hint names, or add the entry's file first.",
        _NEW,
        _statement("runs-on", "gpus", *_GOOD),
        _statement("runs-on", "gpu", *_GOOD),
    ),
    Code(
        "renamed-entry",
        "A warning: the entry was renamed, and this is one of its former ids.",
        "Write the new id.",
        _NEW,
        _statement("built-on", "alfa", *_GOOD),
        _statement("built-on", "alpha", *_GOOD),
    ),
    Code(
        "unknown-relation",
        "A relation that landscape.yml does not define.",
        "Use one of the relations that the hint names.",
        _NEW,
        _statement("run-on", "gpu", *_GOOD),
        _statement("runs-on", "gpu", *_GOOD),
    ),
    Code(
        "relation-not-allowed",
        "A relation that landscape.yml does not allow between these two kinds.",
        "Use a relation that is allowed between these kinds, or name another entry.",
        _NEW,
        _statement("runs-on", "runner", *_GOOD),
        _statement("delegates-to", "runner", *_GOOD),
    ),
    Code(
        "stated-twice",
        "The same statement is written at both of its ends.",
        "Keep the statement at one end, normally at the entry that the relation starts from.",
        "backends/gpu.yml",
        _entry(
            "resource: compute\ninterop:\n  hosts:\n    alpha:\n"
            "      support: full\n      checked: 2026-11-01\n"
            "      evidence: [{url: https://new.example.org, shows: a guide}]\n"
        ),
        _entry("resource: compute\n"),
    ),
    Code(
        "self-edge",
        "A statement of an entry about itself, or an example that asks whether one reaches itself.",
        "Name the other entry.",
        _NEW,
        _statement("built-on", "new", *_GOOD),
        _statement("built-on", "alpha", *_GOOD),
    ),
    Code(
        "missing-limits",
        "`partial` support without saying what does not work.",
        "Add `limits:`.",
        _NEW,
        _statement("runs-on", "gpu", "support: partial", _CHECKED, _EVIDENCE),
        _statement("runs-on", "gpu", "support: partial", "limits: no training", _CHECKED, _EVIDENCE),
    ),
    Code(
        "missing-evidence",
        "A statement without an address that shows it; `none` and `removed` need one too.",
        "Add `evidence:` with at least one `url` and what it `shows`.",
        _NEW,
        _statement("runs-on", "gpu", _SUPPORT, _CHECKED),
        _statement("runs-on", "gpu", *_GOOD),
    ),
    Code(
        "missing-until",
        "A warning: `removed` without the last version or date at which it was there.",
        "Add `until:`.",
        _NEW,
        _statement("runs-on", "gpu", "support: removed", _CHECKED, _EVIDENCE),
        _statement("runs-on", "gpu", "support: removed", 'until: "2.0"', _CHECKED, _EVIDENCE),
    ),
    Code(
        "missing-carries",
        "A statement about a standard with several graphs in `carries`, without saying which of them it means.",
        "Add `carries:` with what crosses.",
        _NEW,
        _statement("exports", "exch", *_GOOD),
        _statement("exports", "exch", _SUPPORT, "carries: [neural-graph, weights]", _CHECKED, _EVIDENCE),
    ),
    Code(
        "not-carried",
        "A statement lists something under `carries` that its standard does not.",
        "Choose from what the standard lists under `carries`, or correct the standard.",
        _NEW,
        _statement("implements", "tens", _SUPPORT, "carries: [weights]", _CHECKED, _EVIDENCE),
        _statement("implements", "tens", *_GOOD),
    ),
    Code(
        "missing-takes",
        "A warning: several things come into an entry and several statements lead on from it, of which this one does "
        "not say in `takes` what it takes; so all that comes in is believed to go on by it.",
        "Add `takes:` with the entries out of which a model must have come in.",
    ),
    Code(
        "not-taken",
        "A statement names something under `takes` that is no entry, or out of which nothing comes into the entry that "
        "it leads on from.",
        "Choose from what comes in, as the hint says, or state that it does.",
        _NEW,
        _statement("delegates-to", "runner", _SUPPORT, "takes: [exch]", _CHECKED, _EVIDENCE),
        _statement("delegates-to", "runner", *_GOOD),
    ),
    Code(
        "takes-both-ways",
        "`takes` in a statement whose relation flows both ways, so that nothing leads on.",
        "Remove the key.",
        _NEW,
        _statement("implements", "tens", _SUPPORT, "takes: [exch]", _CHECKED, _EVIDENCE),
        _statement("implements", "tens", *_GOOD),
    ),
    Code(
        "unknown-probe",
        "A probe that is not in probes/.",
        "Add the probe, or remove the key.",
        _NEW,
        _statement("runs-on", "gpu", *_GOOD, "probe: new-gpu"),
        _statement("runs-on", "gpu", *_GOOD),
    ),
    Code(
        "bad-probe",
        "A program in probes/ without a header (PEP 723) that can be read, or without a docstring that says what it "
        "shows.",
        "Begin the program as the hint says.",
        "probes/new.py",
        '"""Shows nothing yet."""\n',
        '# /// script\n# dependencies = []\n# ///\n"""Shows nothing yet."""\n',
    ),
    Code(
        "bad-result",
        "A file in probes/results/ that is not the result of a probe.",
        "Run the probe again.",
        "probes/results/new.json",
        _result("perhaps"),
        _result("pass"),
    ),
    Code(
        "alias-collision",
        "An alias that is the id of an entry, or an alias of two.",
        "Remove it, or leave it to one of them.",
        _NEW,
        _entry("aliases: [alfa]\n"),
        _entry("aliases: [nu]\n"),
    ),
    Code(
        "clashing-names",
        "Two kinds share a folder, or an inverse is called like another relation.",
        "Choose another name in landscape.yml.",
    ),
    Code(
        "bad-pattern",
        "A route that cannot be parsed.",
        "Write relations in flow order, each with an optional ?, * or +.",
        "expectations.yml",
        _rule(route="runs-on++"),
        _rule(route="built-on+ runs-on"),
    ),
    Code(
        "unknown-tag",
        "An expectation selects by a tag that no entry has.",
        "Use the tag that the hint names, or give some entry that tag.",
        "expectations.yml",
        _rule(tags=", tags: [deeep]"),
        _rule(tags=", tags: [deep]"),
    ),
    Code(
        "selects-nobody",
        "A selector of an expectation matches no entries; archived entries do not count.",
        "Loosen the selector.",
        "expectations.yml",
        _rule(to="framework", ids=", entries: [omega]", route="built-on"),
        _rule(to="framework", ids=", entries: [alpha]", route="built-on"),
    ),
    Code(
        "unknown-closes",
        "A record closes something that is neither a gap's id nor an edge between known entries.",
        "Write `entry relation entry` or `expectation:from:to`.",
        "gaps/new.yml",
        _record("beta implements tensors"),
        _record("beta implements tens"),
    ),
    Code(
        "record-ahead",
        "A record says that its gaps are closed, and the graph says that they are not. Where the edge is there, but "
        "not in full, it is a warning.",
        "Correct the statement, or append the stage that the record is really at.",
        "gaps/new.yml",
        _record("gamma exports exch", stages="  - {stage: closed, date: 2026-10-01, note: done}\n"),
        _record("alpha exports exch", stages="  - {stage: closed, date: 2026-10-01, note: done}\n"),
    ),
    Code(
        "record-behind",
        "A record is open, or declined, though everything that it would close is closed or no longer expected.",
        "Append the stage that closes it, with the date and a link.",
        "gaps/new.yml",
        _record("alpha exports exch"),
        _record(),
    ),
    Code(
        "stage-order",
        "The dates of a record's stages do not ascend.",
        "Append new stages at the end, and never change old ones.",
        "gaps/new.yml",
        _record(
            stages="  - {stage: identified, date: 2026-10-02, note: found}\n"
            "  - {stage: discussion, date: 2026-10-01, note: talked}\n"
        ),
        _record(
            stages="  - {stage: identified, date: 2026-10-01, note: found}\n"
            "  - {stage: discussion, date: 2026-10-02, note: talked}\n"
        ),
    ),
    Code(
        "repeated-stage",
        "A record lists a stage twice for one day.",
        "Keep one of the two, with all that happened in its `note`.",
        "gaps/new.yml",
        _record(
            stages="  - {stage: identified, date: 2026-10-01, note: found}\n"
            "  - {stage: identified, date: 2026-10-01, note: found by another}\n"
        ),
        _record(
            stages="  - {stage: identified, date: 2026-10-01, note: found}\n"
            "  - {stage: identified, date: 2026-10-02, note: found by another}\n"
        ),
    ),
    Code(
        "missing-note",
        "A stage of a record with neither a link nor a note.",
        "Link to where it can be followed, or say what happened.",
        "gaps/new.yml",
        _record(stages="  - {stage: identified, date: 2026-10-01}\n"),
        _record(),
    ),
    Code(
        "unknown-milestone",
        "A record names a milestone that is not in milestones.yml.",
        "Use the milestone that the hint names, or add it.",
        "gaps/new.yml",
        _record(more="milestone: first-gap\n"),
        _record(more="milestone: first-gaps\n"),
    ),
    Code(
        "doubled-entry",
        "A warning: an entry has the name of another, or the home page or the repository of another of its kind.",
        "Add what is missing to the entry that is there, or give this one the name or address that tells them apart.",
        _NEW,
        _entry().replace("name: New", "name: ALPHA"),
        _entry(),
    ),
    Code(
        "doubled-record",
        "Two open records are to close the same fix or gap.",
        "Keep one record of each gap.",
        "gaps/new.yml",
        _record("beta exports exch"),
        _record(),
    ),
    Code(
        "near-tag",
        "A warning: a tag that nobody else has, and that is nearly one that others have or that an expectation names.",
        "Write the tag that the hint names, if it is meant.",
    ),
    Code(
        "never-selected",
        "A warning: no expectation starts from an entry, though one does from nearly all others of its kind.",
        "Add one of the tags by which expectations select.",
    ),
    Code(
        "wrong-folder",
        "The first line of a file names the schema of another kind than that of its folder.",
        "Move the file, or let `landscape fmt` write the line.",
        _NEW,
        "# yaml-language-server: $schema=../.schema/runtime.json\n" + _entry("tags: [deep]\n"),
        "# yaml-language-server: $schema=../.schema/framework.json\n" + _entry("tags: [deep]\n"),
    ),
    Code(
        "bad-licence",
        "A licence that is no SPDX expression, or is not written as SPDX writes it.",
        "Look the id up at spdx.org/licenses; what is not listed there is `LicenseRef-` and a name of your own.",
        _NEW,
        _entry("tags: [deep]\n").replace("status:", "license: apache 2\nstatus:"),
        _entry("tags: [deep]\n").replace("status:", "license: Apache-2.0\nstatus:"),
    ),
    Code(
        "cut-text",
        "A warning: a text without quotes ends at ` #`, which begins a comment, and no space follows the `#`.",
        "Quote the text, or put two spaces before a comment and one behind its `#`.",
    ),
    Code(
        "guide-left",
        "A warning: a file states something, and the comments by which `landscape new` led its author on are left in.",
        "Remove them once you have added what you need.",
    ),
    Code(
        "moving-evidence",
        "A warning: an address shows a file at a branch, which may say something else tomorrow.",
        "Link to the commit that you read; on GitHub the key `y` shows it.",
    ),
    Code(
        "doubled-evidence",
        "A warning: a statement lists the same address twice.",
        "Keep one, with all that it `shows`.",
    ),
    Code(
        "version-of-nothing",
        "A statement says `none`, and since or until which version it was there.",
        "Write `support: removed` if it was there, or remove the key.",
        _NEW,
        _searched_for('since: "1.0"'),
        _searched_for(),
    ),
    Code(
        "versions-turned",
        "The version under `since` is later than that under `until`.",
        "Turn them round.",
        _NEW,
        _removed("2.0", "1.10"),
        _removed("1.9", "1.10"),
    ),
    Code(
        "not-searched",
        "A warning: a statement says `none`, and nothing says what was searched for it.",
        "Add `searched`, with the tree at a commit and the words that you looked for in it.",
    ),
    Code(
        "searched-and-found",
        "A warning: a statement says that something works, and where it was searched for in vain.",
        "Remove `searched`, or write `support: none`.",
        _NEW,
        _statement(
            "exports",
            "exch",
            "support: full",
            "carries: [weights]",
            _CHECKED,
            _EVIDENCE,
            "searched: [{in: https://new.example.org, for: [exch]}]",
        ),
        _statement("exports", "exch", "support: full", "carries: [weights]", _CHECKED, _EVIDENCE),
    ),
    Code(
        "impossible-sample",
        "Of a blind sample more statements were wrong or faulty than were drawn.",
        "Count each statement once: as wrong, or as faulty in another way.",
        "samples.yml",
        "first: {date: 2026-11-01, seed: 1, drawn: 60, wrong: 40, faulty: 21}\n",
        "first: {date: 2026-11-01, seed: 1, drawn: 60, wrong: 1, faulty: 3}\n",
    ),
    Code(
        "missing-keyword",
        "A requirement of the specification that does not say how much it binds, with just one of MUST, MUST NOT, "
        "SHOULD, SHOULD NOT and MAY.",
        "Write it with one of these words, in capitals; split what asks two things.",
        _SPECIFICATION,
        _requirement(_TESTED, says="A framework has to be connected."),
        _requirement(_TESTED),
    ),
    Code(
        "missing-test",
        "A requirement of the specification that nothing tests, and that does not say why.",
        "Name probes or suites under `tests`, codes of problems under `rules`, or say why under `untested`. What asks "
        "for `keys` is tested by reading them.",
        _SPECIFICATION,
        _requirement(),
        _requirement("rules: [missing-limits]"),
    ),
    Code(
        "mixed-requirement",
        "A requirement of the specification whose keys do not go together: it is about connections and about "
        "statements, it is tested and says why not, or it says of connections or statements what it is not about.",
        "Split it, or remove the key that says nothing.",
        _SPECIFICATION,
        _requirement(_TESTED, "relations: [exports]"),
        _requirement(_TESTED, "need: each"),
    ),
    Code(
        "skipped-id",
        "A number between those of other requirements that none has: one was removed, and its id may be used again.",
        "Keep it in the list with `withdrawn`, the date and why.",
        _SPECIFICATION,
        _requirement(_TESTED) + _another("IOP-NEW-03"),
        _requirement(_TESTED) + _another("IOP-NEW-02"),
    ),
    Code(
        "unknown-requirement",
        "A chapter of the specification, a requirement, a claim or a record names a requirement that is not in "
        "specification.yml; a claim or a record one that is not in force.",
        "Use the id that the hint names, or add the requirement.",
        _NEW,
        _entry(
            "claims: [{level: stated, requirements: [IOP-NEW-09], url: https://new.example.org, date: 2026-11-01}]\n"
        ),
        _entry("claims: [{level: stated, url: https://new.example.org, date: 2026-11-01}]\n"),
    ),
    Code(
        "unknown-expectation",
        "A requirement of the specification names an expectation that is not in expectations.yml.",
        "Use the expectation that the hint names, or remove it.",
        _SPECIFICATION,
        _requirement(_TESTED).replace("fields]", "fields, exchanges]"),
        _requirement(_TESTED),
    ),
    Code(
        "unknown-code",
        "A requirement of the specification names a rule that is no code of a problem.",
        "Use the code that the hint names: this page has all.",
        _SPECIFICATION,
        _requirement("rules: [missing-limit]"),
        _requirement("rules: [missing-limits]"),
    ),
    Code(
        "unrequired-expectation",
        "An expectation that no requirement of the specification is about, though there are requirements.",
        "Name it under `expectations` of a requirement.",
    ),
    Code(
        "missing-chapter",
        "The specification names a chapter whose Markdown is not there.",
        "Write the chapter, or remove its name.",
        _SPECIFICATION,
        _requirement(_TESTED, chapters="chapters: [terms]\n"),
        _requirement(_TESTED),
    ),
    Code(
        "misplaced-requirement",
        "A requirement of the specification that stands in no chapter, or in two places.",
        "Write its id in brackets on one line of its own, and refer to it within sentences elsewhere.",
    ),
    Code(
        "anchor",
        "A YAML anchor; files are read by people and by many programs, and anchors can be used as bombs.",
        "Write the value out where it is used.",
        _NEW,
        _entry("tags: &mine [deep]\n"),
        _entry("tags: [deep]\n"),
    ),
    Code(
        "alias",
        "A YAML alias.",
        "Write the value out.",
        _NEW,
        _entry("tags: *mine\n"),
        _entry("tags: [deep]\n"),
    ),
    Code(
        "merge-key",
        "A YAML merge key.",
        "Write the keys out where they belong.",
        _NEW,
        _entry("<<: {tags: [deep]}\n"),
        _entry("tags: [deep]\n"),
    ),
    Code(
        "tag",
        "A YAML tag.",
        "Remove it; the schema says what each value is.",
        _NEW,
        _entry("tags: !!seq [deep]\n"),
        _entry("tags: [deep]\n"),
    ),
    Code(
        "several-documents",
        "A second YAML document in one file.",
        "Split the file.",
        _NEW,
        _entry("---\nname: Other\n"),
        _entry(),
    ),
    Code(
        "empty-file", "A file without anything in it.", "Fill it in, or delete it.", _NEW, "# nothing yet\n", _entry()
    ),
    Code(
        "more-problems",
        "A file has more problems than the 100 that are listed; it says how many.",
        "Fix those that are listed, and check again.",
    ),
    Code("too-large", "A file of more than 256 KiB.", "Split it."),
    Code("too-deep", "A file nested more than 20 levels deep.", "Flatten it."),
    Code("not-utf-8", "A file that is not UTF-8 text.", "Save it as UTF-8."),
    Code("outside-symlink", "A symbolic link that leads out of the landscape's folder.", "Replace it by a plain file."),
    Code("unreadable", "A file that the system does not let us read.", "Correct its permissions, or remove it."),
    Code(
        "dead-link",
        "Found by `check --network`: the host says that nothing is at this address any more.",
        "Find where it is now, or other evidence for the same.",
    ),
    Code(
        "moved-link",
        "A warning of `check --network`: the host says that what was at this address has moved for good.",
        "Write the new address.",
    ),
    Code(
        "archived-repo",
        "A warning of `check --network`: the entry is active, and its repository on GitHub is archived.",
        "Write `status: archived`, or where the work goes on.",
    ),
    Code(
        "moved-repo",
        "A warning of `check --network`: the repository has another name on GitHub.",
        "Write the new address.",
    ),
    Code(
        "failed-probe",
        "The last run of a statement's probe contradicts the statement, so one of the two is wrong.",
        "Correct the statement, or fix the probe and run it again with `landscape verify`.",
    ),
    Code(
        "poor-coverage",
        "A warning: the suite of a statement counted less than its support has to reach by the vocabulary's "
        "`coverage`, or a statement in full that says nothing of it gives other numbers in some cases.",
        "State it as `partial` with its `limits`, tell it in its `note`, or correct the suite and run it again.",
    ),
    Code(
        "stale-result",
        "A warning of `check --stale`: a probe has not been run yet, not lately, or not since it or the statement "
        "changed; another kit graded a suite; or a probe or a result belongs to nothing.",
        "Run it with `landscape verify`, name it in a statement, or remove it.",
    ),
    Code(
        "stale-statement",
        "A warning of `check --stale`: the statement was last checked longer ago than the `fresh-for` of its entry "
        "allows, a year where it says nothing.",
        "Open its evidence again, correct what has changed, and write today's date as `checked`.",
    ),
    Code(
        "stray-file",
        "A file that nothing reads.",
        "Move or rename it as the hint says, or remove it.",
        "frameworks/new.yaml",
        _entry(),
    ),
)
