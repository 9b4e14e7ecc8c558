"""Working time of a week, proposed from what was logged. Pure: no Django, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

# How long an employer contact is taken to last: it is logged without its minutes.
EMPLOYER_CONTACT_MINUTES = 30
WORKDAYS = 5
MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True, order=True, slots=True)
class Where:
    """What time goes into: an activity at a place, both codes; a place may be empty."""

    activity: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was logged on a day, with its minutes where they are known."""

    day: date
    where: Where
    minutes: int | None


Minutes = Mapping[tuple[date, Where], int]


def week(monday: date) -> list[date]:
    """Return the seven days from Monday on."""
    return [monday + timedelta(days=n) for n in range(7)]


def propose(done: Iterable[Done]) -> Minutes:
    """Return the minutes of each day by activity and place; what has none is left out."""
    found: dict[tuple[date, Where], int] = {}
    for each in done:
        if each.minutes:
            key = each.day, each.where
            found[key] = found.get(key, 0) + each.minutes
    return found


def by_day(minutes: Minutes) -> dict[date, int]:
    """Return the minutes of each day that has any."""
    found: dict[date, int] = {}
    for (day, _where), number in minutes.items():
        found[day] = found.get(day, 0) + number
    return {day: number for day, number in found.items() if number}


def impossible(minutes: Minutes) -> list[date]:
    """Return the days that would have more than twenty-four hours."""
    return sorted(
        day for day, total in by_day(minutes).items() if total > MINUTES_OF_A_DAY
    )


def gaps(minutes: Minutes, monday: date, today: date) -> list[date]:
    """Return the working days of the week, up to today, that have no time at all."""
    known = by_day(minutes)
    return [day for day in week(monday)[:WORKDAYS] if day <= today and day not in known]


def with_rest(minutes: Minutes, length: int, where: Where) -> Minutes:
    """Fill every day that has some time up to `length` minutes; longer days stay."""
    found = dict(minutes)
    for day, total in by_day(minutes).items():
        if total < length:
            found[day, where] = found.get((day, where), 0) + length - total
    return found
