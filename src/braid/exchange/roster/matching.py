"""What is the same thing in a later file: natural key, then how often it occurs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Final

from braid.exchange.roster.plan import Does, ExistingRow, Vanished
from braid.exchange.roster.records import (
    ContactRecord,
    EmployerContactRecord,
    EpisodeRecord,
    JobRecord,
    Kind,
    MeetingRecord,
    PersonRecord,
    Record,
)
from braid.method.likeness import fold, fold_employer

SPECIALIST_PART: Final[Mapping[str, int]] = {
    "contacts": 1,
    "employer_contacts": 1,
    "meetings": 2,
}
"""Where in a key the specialist stands: it may be named only in the later file."""

_IDENTITY = frozenset(("key", "person", "episode"))
_values = {
    c: attrgetter(*(f.name for f in fields(c) if f.name not in _IDENTITY))
    for c in (
        PersonRecord,
        EpisodeRecord,
        ContactRecord,
        EmployerContactRecord,
        JobRecord,
        MeetingRecord,
    )
}


def values_of(record: Record | PersonRecord) -> tuple[object, ...]:
    """Return what a record says, of which its hash is made.

    Whose it is does not count, so that a person who gets a number later keeps their
    records; of the episode only its day.
    """
    told: tuple[object, ...] = _values[type(record)](record)
    episode = getattr(record, "episode", None)
    return told if episode is None else (*told, episode.rpartition("|")[2])


def natural_key(record: Record) -> str:
    """Return what makes a record of one person the same thing in another file."""
    if isinstance(record, EpisodeRecord):
        return record.key.rpartition("|")[2]
    if isinstance(record, ContactRecord):
        return _joined(record.day, record.specialist)
    if isinstance(record, EmployerContactRecord):
        return _joined(record.day, record.specialist, fold_employer(record.employer))
    if isinstance(record, JobRecord):
        return _joined(fold_employer(record.employer), record.first_day)
    return _joined(record.day, record.team, record.specialist)


def _joined(*parts: object) -> str:
    return "|".join(
        part.isoformat() if isinstance(part, date) else _folded(str(part or ""))
        for part in parts
    )


@lru_cache(maxsize=16_384)
def _folded(name: str) -> str:
    return fold(name)


@dataclass(slots=True)
class Match:
    """A row to be matched and what came of it; `person` is an id of Braid, if any."""

    kind: Kind
    person: str | None
    key: str
    fingerprint: str
    values_hash: str
    does: Does = "create"
    occurrence: int = 0
    existing: ExistingRow | None = None


@dataclass(slots=True)
class _Group:
    new: list[Match] = field(default_factory=list)
    old: list[ExistingRow] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


def match_rows(
    rows: Sequence[Match], existing: Iterable[ExistingRow], kinds: frozenset[str]
) -> list[Vanished]:
    """Match the rows of a plan with the records of earlier imports; return the rest.

    Within one natural key equal values are matched first, then the same row typed the
    same, then what is left in its order. What is left after that is matched with a
    record whose key lacks the specialist only, or the other way round. `kinds` are
    the kinds that the files hold: only of these can a record have vanished.
    """
    groups: dict[tuple[str | None, ...], _Group] = {}
    for row in rows:
        groups.setdefault((row.kind, row.person, row.key), _Group()).new.append(row)
    for old in existing:
        groups.setdefault((old.kind, old.person, old.key), _Group()).old.append(old)
    left_new: list[Match] = []
    left_old: list[ExistingRow] = []
    for group in groups.values():
        group.old.sort(key=lambda old: old.occurrence)
        group.taken = {old.occurrence for old in group.old}
        _pair(group)
        left_new.extend(row for row in group.new if row.existing is None)
        left_old.extend(group.old)
    left_old = _pair_by_blanks(left_new, left_old)
    for group in groups.values():
        _number(group)
    return [
        Vanished(old.kind, old.person, old.key, old.occurrence, old.id)
        for old in left_old
        if old.kind in kinds and old.fingerprint
    ]


def _pair(group: _Group) -> None:
    if not group.old:
        return
    for same in (_same_values, _same_text, _any):
        for row in group.new:
            if row.existing is None:
                found = next((old for old in group.old if same(row, old)), None)
                if found is not None:
                    group.old.remove(found)
                    _settle(row, found)


def _same_values(row: Match, old: ExistingRow) -> bool:
    return row.values_hash == old.values_hash


def _same_text(row: Match, old: ExistingRow) -> bool:
    return bool(row.fingerprint) and row.fingerprint == old.fingerprint


def _any(row: Match, old: ExistingRow) -> bool:
    return True


def _settle(row: Match, old: ExistingRow) -> None:
    row.existing = old
    row.occurrence = old.occurrence
    if row.values_hash == old.values_hash:
        row.does = "nothing"
    else:
        row.does = "wait" if old.edited_since else "update"


def _pair_by_blanks(
    new: Sequence[Match], old: Sequence[ExistingRow]
) -> list[ExistingRow]:
    left: dict[tuple[str | None, ...], list[ExistingRow]] = {}
    for record in old:
        left.setdefault(_masked(record), []).append(record)
    for row in new:
        at = SPECIALIST_PART.get(row.kind)
        if at is None:
            continue
        for record in left.get(_masked(row), ()):
            if "" in (row.key.split("|")[at], record.key.split("|")[at]):
                left[_masked(row)].remove(record)
                _settle(row, record)
                row.occurrence = 0
                break
    return [record for records in left.values() for record in records]


def _masked(row: Match | ExistingRow) -> tuple[str | None, ...]:
    """Return the key of a row without its specialist."""
    parts = row.key.split("|")
    at = SPECIALIST_PART.get(row.kind)
    if at is not None and at < len(parts):
        parts[at] = ""
    return row.kind, row.person, *parts


def _number(group: _Group) -> None:
    """Give the rows without a number the lowest free one of their key."""
    taken = group.taken | {row.occurrence for row in group.new}
    number = 1
    for row in group.new:
        if row.occurrence == 0:
            while number in taken:
                number += 1
            row.occurrence = number
            taken.add(number)
