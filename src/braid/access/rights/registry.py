"""What rooms hand in: how they take somebody out of, or copy from, what they keep
outside their tables, and whose time is up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

Eraser = Callable[[UUID], int]
"""Takes an applicant out; returns how many things it changed. It may run twice."""

Afterwards = Callable[[], None]
"""Takes away what the erasure of somebody itself left behind. It may run twice."""

Exporter = Callable[[UUID, UUID | None], Iterable["Piece"]]
"""Yields what is kept about an applicant: all of it, or what one organisation holds."""

Due = Callable[[UUID, date], list[UUID]]
"""Returns what of an organisation came to its end before a day: keys."""

Remove = Callable[[list[UUID]], int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something about an applicant that stands outside the tables.

    Either a file (`name`, `content`) or facts in words (`facts`: label and value).
    """

    words: str
    facts: tuple[tuple[str, str], ...] = ()
    name: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Keeper:
    """How one kind of what is kept comes to its end, and how it is removed then.

    Without `remove` the keys are applicants, and what the rule says is done to each.
    """

    due: Due
    remove: Remove | None = None


erasers: dict[str, Eraser] = {}
afterwards: dict[str, Afterwards] = {}
exporters: dict[str, Exporter] = {}
keepers: dict[str, list[Keeper]] = {}


def register_eraser(name: str, eraser: Eraser) -> None:
    """Let a room take an applicant out of what it keeps outside its tables."""
    erasers[name] = eraser


def register_afterwards(name: str, forget: Afterwards) -> None:
    """Let a room forget what it noted while somebody's rows were taken away."""
    afterwards[name] = forget


def register_exporter(name: str, exporter: Exporter) -> None:
    """Let a room add what it keeps outside its tables to an applicant's copy."""
    exporters[name] = exporter


def register_keeper(kind: str, keeper: Keeper) -> None:
    """Let a room say when one kind of what is kept comes to its end."""
    known = keepers.setdefault(kind, [])
    if keeper not in known:
        known.append(keeper)


_names: list[Callable[[UUID], Any]] = []


def hand_in_names(name_of: Callable[[UUID], Any]) -> None:
    """Take from the room that keeps the record how an applicant is called."""
    _names[:] = [name_of]


def name_of(applicant_id: UUID) -> str:
    """Return how an applicant is called; empty where the record is gone."""
    return str(_names[0](applicant_id) or "")
