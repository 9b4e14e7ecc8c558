"""Who was erased, outside the database: so that a restored backup forgets them again.

A file of lines in the data folder, keys only. A line says that an erasure began, and a
second one that nothing of it is left to do. The same line stands in place of the
applicant's key, so that the latest copy of the keys knows it where the folder is lost.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from braid.access import subject_keys

NAME = "erased.jsonl"


@dataclass(frozen=True, slots=True)
class Line:
    """That somebody is erased: when, for which organisation, why; and whether done."""

    applicant: UUID
    organisation: UUID
    at: datetime
    reason: str
    done: bool = False


def path(folder: Path | None = None) -> Path:
    """Return where the journal lies."""
    return (folder or Path(settings.BRAID_DATA)) / NAME


def note(line: Line) -> None:
    """Add a line, and mark that the key is destroyed; both outlive a power cut."""
    subject_keys.mark_destroyed(line.applicant, _text(line).encode())
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_text(line).encode())
        file.flush()
        os.fsync(file.fileno())


def lines(source: Path | None = None) -> dict[UUID, Line]:
    """Return the last line about each person, in the order in which they were erased."""
    texts = (source or path()).read_text("utf-8") if (source or path()).exists() else ""
    found = {line.applicant: line for line in _read(texts.splitlines())}
    if source is None:
        marked = (mark.decode() for mark in subject_keys.destroyed_marks())
        for line in sorted(_read(marked), key=lambda one: one.at):
            found.setdefault(line.applicant, line)
    return found


def merge(others: Iterable[Line]) -> int:
    """Add what another journal knows and this one does not; return how many."""
    known = lines()
    added = 0
    for line in others:
        if line.applicant not in known:
            note(Line(line.applicant, line.organisation, line.at, line.reason))
            added += 1
    return added


def _text(line: Line) -> str:
    said = asdict(line) | {
        "applicant": str(line.applicant),
        "organisation": str(line.organisation),
        "at": line.at.isoformat(),
    }
    return json.dumps(said, sort_keys=True) + "\n"


def _read(texts: Iterable[str]) -> Iterator[Line]:
    for text in texts:
        try:
            said = json.loads(text)
        except ValueError:
            continue  # a line that a power cut left half; its erasure had not begun
        yield Line(
            UUID(said["applicant"]),
            UUID(said["organisation"]),
            datetime.fromisoformat(said["at"]),
            said["reason"],
            said["done"],
        )
