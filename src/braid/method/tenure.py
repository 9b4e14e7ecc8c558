"""Spells in work: merged days, work on a day, hours on a day.

A spell is a `Period`: both ends inside, no last day means still in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from braid.kernel.dates import Period, days_between


@dataclass(frozen=True, slots=True)
class Terms:
    """The weekly hours agreed in one job for a time; None is not known."""

    period: Period
    weekly_hours: Decimal | None


def merge(spells: Iterable[Period], max_gap_days: int = 0) -> list[Period]:
    """Return the spells in order, joined where they overlap or nearly touch.

    Unit: calendar days. A gap of up to `max_gap_days` whole days between two spells
    is bridged; with 0 only overlapping and adjoining spells are joined.
    """
    merged: list[Period] = []
    for spell in sorted(spells, key=lambda each: each.first_day):
        before = merged[-1] if merged else None
        if before is None or _gap(before, spell) > max_gap_days:
            merged.append(spell)
        elif before.last_day is not None:
            last = spell.last_day and max(spell.last_day, before.last_day)
            merged[-1] = Period(before.first_day, last)
    return merged


def in_work_on(spells: Iterable[Period], day: date) -> bool:
    """Say whether any of the spells holds `day`."""
    return any(spell.contains(day) for spell in spells)


def weekly_hours_on(terms: Iterable[Terms], day: date) -> Decimal | None:
    """Return the weekly hours of all jobs together on `day`.

    Missing: None when no terms hold that day, or those of one job are not known.
    """
    hours = [each.weekly_hours for each in terms if each.period.contains(day)]
    known = [each for each in hours if each is not None]
    return sum(known, Decimal(0)) if hours and len(known) == len(hours) else None


def _gap(before: Period, after: Period) -> int:
    if before.last_day is None:
        return 0
    return days_between(before.last_day, after.first_day) - 1
