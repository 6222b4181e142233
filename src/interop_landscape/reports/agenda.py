"""What a meeting has to decide: Markdown that can be sent as it is, `agenda/v1`, rows, and a text an issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from interop_landscape import phrases
from interop_landscape.analysis.agenda import Agenda, Sort, Topic
from interop_landscape.analysis.movement import idle
from interop_landscape.documents.agenda import TOPIC_TABLE, AgendaDocument, InvitedDocument, TopicDocument
from interop_landscape.documents.to_json import document_of, json_of
from interop_landscape.ids import Edge
from interop_landscape.landscape import Landscape
from interop_landscape.reading.models import Record
from interop_landscape.reports.formats import escape_markdown, markdown_link
from interop_landscape.reports.issues import issue
from interop_landscape.reports.records import progress_in_words, when
from interop_landscape.reports.report import Cell
from interop_landscape.text import counted

if TYPE_CHECKING:
    from rich.console import Console

_SECTIONS: Final[Mapping[Sort, str]] = {
    "contradicted": "Records that the map contradicts",
    "due": "Records that are due",
    "stuck": "Records that do not move",
    "milestone": "Milestones that are due",
    "failed": "Statements whose probe failed",
    "rerun": "Probes to run again",
    "stale": "Statements to look at again",
    "confirmed": "Newly confirmed gaps without a record",
    "proposal": "Proposals of the plan",
}
_ASKS: Final[Mapping[Sort, str]] = {
    "contradicted": "Is the record to move on, or is a statement wrong?",
    "due": "Who brings it there in time, or is its milestone to change?",
    "stuck": "Who takes it up, or is it to be declined?",
    "milestone": "Is it reached, or is its date to change?",
    "failed": "Is the statement wrong, or the probe?",
    "rerun": "Who runs it again?",
    "stale": "Who looks at the evidence again?",
    "confirmed": "Is the gap to be tracked, and by whom?",
    "proposal": "Is it to be proposed to those who would build it?",
}
_ROLES: Final[Mapping[str, str]] = {
    "builds": "would build it",
    "owns": "owns the format",
    "receives": "is at the other end",
    "maintains": "maintains what is there",
}
_MOST_LINES: Final = 6


@dataclass(frozen=True)
class AgendaReport:
    """An agenda, with at most `top` topics of a sort."""

    agenda: Agenda
    top: int | None
    note: str = ""

    @property
    def no(self) -> bool:
        """An agenda never says no."""
        return False

    @property
    def _landscape(self) -> Landscape:
        return self.agenda.landscape

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The topics that are listed."""
        listed: list[Topic] = []
        for sort in _SECTIONS:
            listed += [topic for topic in self.agenda.topics if topic.sort == sort][: self.top]
        return tuple(listed)

    @cached_property
    def _counts(self) -> dict[str, int]:
        found = Counter(topic.sort for topic in self.agenda.topics)
        return {sort: found[sort] for sort in _SECTIONS}

    def document(self) -> dict[str, Any]:
        """``agenda/v1``."""
        topics = [self._topic(topic) for topic in self.topics]
        return json_of(AgendaDocument, self.agenda, self._landscape, counts=self._counts, topics=topics)

    def _topic(self, topic: Topic) -> TopicDocument:
        said = {"title": self.title(topic), "asks": _ASKS[topic.sort], "facts": list(self.facts(topic))}
        return document_of(TopicDocument, topic, self._landscape, **said)

    def header(self) -> Sequence[str]:
        """One row a topic."""
        return TOPIC_TABLE.header

    def rows(self) -> Iterator[Sequence[Cell]]:
        """The topics in order."""
        for topic in self.topics:
            yield TOPIC_TABLE.row(self._topic(topic), self._landscape)

    def render(self, console: Console) -> None:
        """The Markdown as it is, so that what is seen is what is sent."""
        console.file.write(self.markdown())

    def markdown(self) -> str:
        """The text: a section a sort, a numbered topic for each thing to decide."""
        agenda = self.agenda
        lines = [f"# {escape_markdown(self._landscape.vocabulary.title)}: agenda", ""]
        lines += [f"*As of {self._landscape.today}; what is due until {agenda.until}.*", "", self._summary(), ""]
        number = 0
        for sort, heading in _SECTIONS.items():
            found = [topic for topic in self.topics if topic.sort == sort]
            if not found:
                continue
            lines += [f"## {heading}", "", f"*To decide: {_ASKS[sort]}*", ""]
            for topic in found:
                number += 1
                lines += [f"{number}. **{escape_markdown(self.title(topic))}**", ""]
                lines += [*(f"   - {line}" for line in self._lines(topic)), ""]
            more = self._counts[sort] - len(found)
            lines += [f"… {more:,} more; --top 0 shows all", ""] if more else []
        coming = [one for one in agenda.milestones if not one.milestone.reached]
        if coming:
            lines += ["## Milestones", ""]
            for one in coming:
                said = f"{when(one, self._landscape)}: {progress_in_words(one, self._landscape.vocabulary)}"
                lines.append(f"- **{escape_markdown(one.milestone.title)}**, {escape_markdown(said)}.")
        return "\n".join(lines).rstrip("\n") + "\n"

    def _summary(self) -> str:
        if not self.agenda.topics:
            return "There is nothing to decide."
        said = f"{counted(len(self.agenda.topics), 'topic')} to decide."
        if self.agenda.since is None:
            return f"{said} There is no history, so that newly confirmed gaps are not listed."
        since = f"{said} Gaps count as newly confirmed that were not so on {self.agenda.since}."
        return f"{since} {escape_markdown(phrases.capital(self.note))}." if self.note else since

    def title(self, topic: Topic) -> str:
        """What a topic is about, in a few words."""
        if topic.sort in ("contradicted", "due", "stuck") and topic.record:
            return topic.record.title
        if topic.milestone:
            return topic.milestone.milestone.title
        if topic.sort == "stale":
            return f"{self._landscape.entries[topic.name].name}: {counted(len(topic.statements), 'statement')}"
        if topic.sort in ("failed", "rerun"):
            return f"Probe {topic.name}"
        if not topic.edges:
            return "Gaps that no single edge would close"
        return "; ".join(self._together(topic.edges))

    def _together(self, edges: Iterable[Edge]) -> Iterator[str]:
        """Edges in words, those alike but for who builds them together: ``Flax and JAX each exports ONNX``."""
        entries, relations = self._landscape.entries, self._landscape.vocabulary.relations
        sources: dict[tuple[str, str], list[str]] = {}
        for edge in edges:
            sources.setdefault((edge.relation, edge.target), []).append(entries[edge.source].name)
        for (relation, target), names in sources.items():
            each = " each" if len(names) > 1 else ""
            yield f"{phrases.listed(names)}{each} {relations[relation].reads} {entries[target].name}"

    def facts(self, topic: Topic) -> Iterator[str]:
        """What is to be known of a topic, in sentences."""
        landscape, record = self._landscape, topic.record
        if topic.milestone:
            come = progress_in_words(topic.milestone, landscape.vocabulary)
            yield f"{phrases.capital(when(topic.milestone, landscape))}: {come}."
        if record and "due" in topic.sorts and record.milestone:
            milestone = landscape.milestones[record.milestone]
            yield f"Its milestone, {milestone.title}, is due {milestone.due}."
        if record:
            yield self._stands(record)
        for why in topic.why:
            yield f"{phrases.capital(why)}."
        if topic.gaps:
            hang = "gap hangs" if len(topic.gaps) == 1 else "gaps hang"
            yield f"{len(topic.gaps):,} {hang} on it: {self._pairs(topic)}."
        if topic.statements:
            checked = min(statement.checked for statement in topic.statements)
            aside = f"; the oldest was last checked on {checked}" if topic.sort == "stale" else ""
            yield f"{_cut([str(statement) for statement in topic.statements])}{aside}."

    def _stands(self, record: Record) -> str:
        days = counted(idle(record, self._landscape).days, "day")
        stage = self._landscape.vocabulary.stages[record.stage].name
        owner = f"owner {record.owner}" if record.owner else "no owner yet"
        return f"Record {record.id} has stood at {stage} for {days}; {owner}."

    def _pairs(self, topic: Topic) -> str:
        return _cut([f"{pairs} ({expectation})" for expectation, pairs in phrases.joined(topic.gaps, self._landscape)])

    def _lines(self, topic: Topic) -> Iterator[str]:
        """The facts as Markdown, with links to where it is followed and whom to invite."""
        yield from map(escape_markdown, self.facts(topic))
        last = topic.record.stages[-1].url if topic.record else None
        if last:
            yield f"Followed at {markdown_link(last, last)}."
        names = [self._invited(document_of(InvitedDocument, one, self._landscape)) for one in topic.invited]
        if names:
            yield f"Invite: {'; '.join(names[:_MOST_LINES])}{_more(names)}."

    def _invited(self, one: InvitedDocument) -> str:
        name = markdown_link(self._landscape.entries[one.entry].name, one.url)
        steward = f", {one.steward}" if one.steward else ""
        return f"{name} ({escape_markdown(_ROLES[one.role] + steward)})"

    def issues(self) -> Mapping[str, str]:
        """A text for an issue of each topic, by the name of its file."""
        return {f"{topic.id}.md": self._issue(topic) for topic in self.topics}

    def _issue(self, topic: Topic) -> str:
        labels = ["agenda", *topic.sorts, *([f"stage: {topic.record.stage}"] if topic.record else [])]
        body = [f"**To decide:** {_ASKS[topic.sort]}", "", *(f"- {line}" for line in self._lines(topic))]
        source = f"*{escape_markdown(self._landscape.vocabulary.title)}, {self._landscape.today}.*"
        return issue(self.title(topic), labels, [*body, "", source])


def _cut(words: list[str]) -> str:
    return f"{'; '.join(words[:_MOST_LINES])}{_more(words)}"


def _more(words: list[str]) -> str:
    return f"; and {len(words) - _MOST_LINES} more" if len(words) > _MOST_LINES else ""
