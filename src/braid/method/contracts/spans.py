"""Days on which something holds, as ordered spans; both ends of a span lie inside."""

from collections.abc import Iterable
from datetime import date, timedelta

Spans = tuple[tuple[date, date], ...]

NEVER: Spans = ()
ALWAYS: Spans = ((date.min, date.max),)
ONE_DAY = timedelta(1)


def since(day: date | None) -> Spans:
    """Return the days from one on: what has happened stays so."""
    return NEVER if day is None else ((day, date.max),)


def union(found: Iterable[tuple[date, date]]) -> Spans:
    """Return spans in order, joined where they overlap or adjoin."""
    joined: list[tuple[date, date]] = []
    for first, last in sorted(found):
        if joined and _reaches(joined[-1][1], first):
            if last > joined[-1][1]:
                joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return tuple(joined)


def _reaches(last: date, first: date) -> bool:
    return last == date.max or first <= last + ONE_DAY


def common(one: Spans, other: Spans) -> Spans:
    """Return the days that lie in both."""
    return tuple(
        (max(a, c), min(b, d))
        for a, b in one
        for c, d in other
        if max(a, c) <= min(b, d)
    )


def without(found: Spans) -> Spans:
    """Return all other days."""
    gaps: list[tuple[date, date]] = []
    free = date.min
    for first, last in found:
        if first > free:
            gaps.append((free, first - ONE_DAY))
        if last == date.max:
            return tuple(gaps)
        free = last + ONE_DAY
    return (*gaps, (free, date.max))


def holds(found: Spans, day: date) -> bool:
    """Say whether a day lies in one of the spans."""
    return any(first <= day <= last for first, last in found)


def first_from(found: Spans, floor: date = date.min) -> date | None:
    """Return the first day that lies in the spans, from a day on."""
    return next((max(first, floor) for first, last in found if last >= floor), None)


def days_in(found: Spans, first_day: date, last_day: date) -> int:
    """Return how many days of the spans lie from one day to another."""
    return sum(
        (min(last, last_day) - max(first, first_day)).days + 1
        for first, last in found
        if max(first, first_day) <= min(last, last_day)
    )
