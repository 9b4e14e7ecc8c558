"""What a project means where the standard leaves several ways to say it.

Memos stand as descriptions of selections or as notes; values of variables with a case or
with its sources; answers to a survey as one source each. Here they become one.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from braid.voices.refi import model
from braid.voices.refi.model import Project, VariableValue
from braid.voices.refi.walking import walked

FEWEST_ANSWERS = 3
LONGEST_ANSWER = 20_000
"""Code points. An answer to a survey is short; an interview with a number is not one."""
_NUMBERED = re.compile(r"(?P<stem>.*?\D)[\s_#.:/\\-]*(?P<number>\d+)")


@dataclass(frozen=True, slots=True)
class Memo:
    """Words about something in the project, by its GUID; an unknown author is empty."""

    about: str
    text: str
    author: str = ""
    at: datetime | None = None


def memos(project: Project) -> Iterator[Memo]:
    """Yield the memos of a project: descriptions of selections, and notes.

    A description that says what a note of the same selection says is told once, as the
    note, for that has an author. A note that hangs on nothing is about the project ("").
    """
    notes = {note.guid: note for note in project.notes}
    hung: set[str] = set()
    for node in walked(project):
        refs = () if isinstance(node, model.Set) else getattr(node, "note_refs", ())
        about = "" if isinstance(node, Project) else getattr(node, "guid", "")
        said = set()
        for ref in refs:
            if (note := notes.get(ref)) is not None:
                hung.add(ref)
                said.add(_words(note))
                yield _memo(about, note)
        told = node.description.strip() if isinstance(node, model.Selection) else ""
        if told and told not in said:
            yield Memo(about, told, node.created_by, node.created_at)
    for note in project.notes:
        if note.guid not in hung:
            yield _memo("", note)


def values_of(project: Project, case: model.Case) -> tuple[VariableValue, ...]:
    """Return the values of a case: its own first, then those of its sources, once each."""
    sources = {source.guid: source for source in project.sources}
    found: dict[str, VariableValue] = {}
    for held in (case.values, *(sources[r].values for r in case.source_refs)):
        for value in held:
            found.setdefault(value.variable, value)
    return tuple(found.values())


def surveys(project: Project) -> dict[str, tuple[str, ...]]:
    """Return sources that look like the answers to one survey: GUIDs by their name's stem.

    A survey is at least three short texts of one name with different numbers behind it.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for source in project.sources:
        match = _NUMBERED.fullmatch(source.name.strip())
        if match and len(getattr(source, "text", None) or "") <= LONGEST_ANSWER:
            stem = match["stem"].rstrip(" _#.:/\\-")
            found[stem].setdefault(match["number"], source.guid)
    return {
        stem: tuple(guids.values())
        for stem, guids in found.items()
        if stem and len(guids) >= FEWEST_ANSWERS
    }


def _memo(about: str, note: model.TextSource) -> Memo:
    return Memo(about, _words(note), note.created_by, note.created_at)


def _words(note: model.TextSource) -> str:
    parts: Sequence[str] = (note.name, note.text or note.description)
    return "\n".join(part.strip() for part in parts if part.strip())
