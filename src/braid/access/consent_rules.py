"""What an agreement about sharing means on a day: pure, over the ledger's entries.

The ledger is bi-temporal: `on` is the day asked about, `known_at` the instant whose
knowledge counts, so that a past disclosure is judged by what was known then.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from braid.access.policy import SERVES_ONLY, Ground, Information, Purpose
from braid.kernel.dates import add_months

ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What an entry does to an agreement."""

    GIVEN = "given"
    EXTENDED = "extended"
    NARROWED = "narrowed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of an agreement. `number` is its place in the organisation's ledger."""

    number: int
    recorded_at: datetime
    kind: Kind
    purpose: Purpose
    receiver: UUID
    information: frozenset[Information]
    first_day: date
    last_day: date


class Agreement(NamedTuple):
    """The classes agreed, until when, and the number of the entry that gave them."""

    information: frozenset[Information] = frozenset()
    last_day: date = date.min
    number: int = 0


class Span(NamedTuple):
    """Days on which one class may be shared, both included, by the entry `number`."""

    information: Information
    first_day: date
    last_day: date
    number: int


def agreement(
    entries: Iterable[Entry],
    *,
    purpose: Purpose,
    receiver: UUID,
    on: date,
    known_at: datetime,
) -> Agreement:
    """Return the agreement that holds on the day `on`; an empty one where none does.

    Only entries recorded up to `known_at` count. A given entry replaces the earlier one
    from its first day; narrowing and withdrawal act at once, whatever their days.
    """
    agreed, last, number = Agreement()
    for entry in sorted(entries, key=lambda one: one.number):
        about = (entry.purpose, entry.receiver) == (purpose, receiver)
        if not about or entry.recorded_at > known_at:
            continue
        match entry.kind:
            case Kind.GIVEN if entry.first_day <= on:
                agreed, last = entry.information, entry.last_day
                number = entry.number
            case Kind.EXTENDED if entry.first_day - ONE_DAY <= last:
                last = max(last, entry.last_day)
            case Kind.NARROWED:
                agreed, last = agreed & entry.information, min(last, entry.last_day)
            case Kind.WITHDRAWN:
                agreed, last = frozenset(), date.min
    if not agreed or on > last:
        return Agreement()
    return Agreement(agreed, last, number)


def in_force(
    entries: Iterable[Entry],
    *,
    purpose: Purpose,
    receiver: UUID,
    on: date,
    known_at: datetime,
) -> frozenset[Information]:
    """Return the information classes that may be shared on the day `on`."""
    found = agreement(
        entries, purpose=purpose, receiver=receiver, on=on, known_at=known_at
    )
    return found.information


def spans(
    entries: Collection[Entry], *, purpose: Purpose, receiver: UUID, known_at: datetime
) -> list[Span]:
    """Return the same answer for all days at once: intervals, class by class.

    Nothing changes between two days on which an entry begins or has just ended, so it is
    enough to ask on those.
    """
    edges = sorted(
        {entry.first_day for entry in entries}
        | {entry.last_day + ONE_DAY for entry in entries}
    )
    found: dict[Information, list[Span]] = {}
    for first, following in pairwise(edges):
        held = agreement(
            entries, purpose=purpose, receiver=receiver, on=first, known_at=known_at
        )
        for information in held.information:
            span = Span(information, first, following - ONE_DAY, held.number)
            _join(found.setdefault(information, []), span)
    return [span for name in sorted(found) for span in found[name]]


def _join(before: list[Span], span: Span) -> None:
    """Add a span, as the same one where it goes on with the last."""
    if before:
        last = before[-1]
        if last.number == span.number and last.last_day + ONE_DAY == span.first_day:
            span = span._replace(first_day=before.pop().first_day)
    before.append(span)


def may_be_agreed(purpose: Purpose, information: Information) -> bool:
    """Say whether consent could ever open this class for this purpose."""
    if information == Information.STATISTICAL:
        return False
    serving = SERVES_ONLY.get((purpose, information))
    return serving is None or Ground.CONSENT in serving


def begins_on(
    first_day: date,
    *,
    recorded_on: date,
    asked_by_caseworker: bool,
    in_own_account: bool,
    cooling_off_days: int,
) -> date:
    """Return the day from which consent counts.

    Who depends on a benefit may find it hard to say no to the one who decides about it:
    what a caseworker asked for waits, unless the applicant says it in the own account.
    """
    if in_own_account or not asked_by_caseworker:
        return first_day
    return max(first_day, recorded_on + timedelta(days=cooling_off_days))


def longest_until(first_day: date, months: int) -> date:
    """Return the last day of an agreement of so many months."""
    return add_months(first_day, months) - ONE_DAY


def reminded_from(last_day: date, days: int) -> date:
    """Return the day from which people are reminded that an agreement ends."""
    return last_day - timedelta(days=days)
