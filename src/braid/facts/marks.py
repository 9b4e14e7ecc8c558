"""Whether the facts of a unit are still what they were, told without drawing them.

A token stands for what a table of a unit holds, and is another for whatever else it may
hold. As long as the journal has nothing new, tables have the tokens that they had: what
was worked out of them stands, in this process and in every other. Imports no engine.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache as once
from threading import Lock
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection

from braid import __version__
from braid.facts import footing, journal, watching
from braid.facts.journal import Position

Tokens = Mapping[str, str]
"""What tables of a unit hold, by their names."""

HERE = 32  # results that a process keeps as they are; others it reads anew
LASTS = 24 * 60 * 60  # seconds that a mark, and what follows from it, are kept


_here: OrderedDict[str, Following] = OrderedDict()
_guard = Lock()


@dataclass(frozen=True, slots=True)
class Mark:
    """The tokens of a unit's tables, as they stood at a place in the journal."""

    seen: Position
    drawn_by: str
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Following:
    """Something that follows from tables: from those named, while they are as they were."""

    read: Tokens
    value: Any

    def stands(self, tokens: Tokens) -> bool:
        """Say whether it follows from tables with these tokens too."""
        return all(tokens.get(name) == token for name, token in self.read.items())


def may_be_kept() -> bool:
    """Say whether what is drawn now is what others see.

    Within a transaction it may be changes that are taken back.
    """
    return connection.vendor in watching.THERE and not connection.in_atomic_block


def is_followed() -> bool:
    """Say whether every change is noted."""
    return watching.is_complete()


def holds(mark: Mark) -> bool:
    """Say whether nothing was noted since, of any unit; where every change is noted."""
    return mark.drawn_by == drawn_by() and not journal.is_anything_new(mark.seen)


def known(unit: UUID) -> Mark | None:
    """Return the mark that a process set last, None where there is none."""
    found: Mark | None = cache.get(_name(unit))
    return found


def standing(unit: UUID) -> Tokens | None:
    """Return the tokens of a unit at this moment, None where that takes a drawing."""
    mark = known(unit) if may_be_kept() else None
    if mark is None or not is_followed() or not holds(mark):
        return None
    return mark.tokens


def put(unit: UUID, mark: Mark) -> None:
    """Let every process know a mark."""
    cache.set(_name(unit), mark, LASTS)


def following(unit: UUID, what: str, tokens: Tokens) -> Following | None:
    """Return what was kept under a name, where it follows from tables with these tokens."""
    name = _result_name(unit, what)
    found: Following | None = _here.get(name)
    if found is None or not found.stands(tokens):
        found = cache.get(name)
        if found is None or not found.stands(tokens):
            return None
        _put_here(name, found)
    return found


def keep(unit: UUID, what: str, found: Following) -> None:
    """Keep what follows from a unit's tables, for every process and for this one."""
    name = _result_name(unit, what)
    cache.set(name, found, LASTS)
    _put_here(name, found)


def _put_here(name: str, found: Following) -> None:
    with _guard:
        _here.pop(name, None)
        _here[name] = found
        while len(_here) > HERE:
            _here.popitem(last=False)


def forget() -> None:
    """Let go of what this process keeps."""
    with _guard:
        _here.clear()


@once
def drawn_by() -> str:
    """Return a digest of how this process draws the record."""
    return footing.drawn_by()


def _name(unit: UUID) -> str:
    return f"facts-mark-{__version__}-{unit}"


def _result_name(unit: UUID, what: str) -> str:
    return f"facts-of-{__version__}-{unit}-{what}"
