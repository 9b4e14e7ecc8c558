"""Who is around a person, and what a unit and a treatment team share."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import Period
from braid.method.measures.reference.populations import (
    by,
    caseload_days,
    on_caseload_in,
    on_day,
    person_of,
    posts,
    spell,
)
from braid.method.measures.words import Asked, Row, Tables

AROUND = ("team_id", "job_centre_id")
"""The keys of a word about people: treatment team and job centre on the row's day."""
NO_TEAM = "No treatment team is known for this person on that day."
Shared = tuple[str, str, Period]
"""A unit, a treatment team, and days on which the unit has somebody whom it treats."""


class Around:
    """The treatment team and the job centre of every episode on any day."""

    def __init__(self, tables: Tables) -> None:
        self._treatment = by(tables["treatment"], "episode_id")
        self._casework = by(tables["casework"], "episode_id")

    def on(self, episode: str | None, day: date) -> dict[str, str | None]:
        """Return the keys AROUND of an episode on a day; None where nobody is known."""
        return {
            "team_id": self.team(episode, day),
            "job_centre_id": on_day(self._casework[episode], day, "team_id"),
        }

    def team(self, episode: str | None, day: date) -> str | None:
        """Return the treatment team of an episode on a day."""
        return on_day(self._treatment[episode], day, "team_id")


def people_in(tables: Tables, asked: Asked, basis: str) -> Iterator[tuple[Row, date]]:
    """Yield everybody on the caseload in a period: the episode, the last day there.

    A person with several episodes in it is there once, by the one that began last.
    """
    episodes = on_caseload_in(tables, asked.days, basis)
    for of_person in _by_person(episodes).values():
        yield min(
            ((row, last_day(row, asked, basis)) for row in of_person),
            key=lambda found: (-_begins(found[0], basis), found[0]["episode_id"]),
        )


def last_day(episode: Row, asked: Asked, basis: str) -> date:
    """Return the last day in a period on which an episode is on the caseload."""
    days = caseload_days(episode, basis)
    end = days.last_day if days else None
    return min(asked.last_day, end or asked.last_day)


def _by_person(episodes: Sequence[Row]) -> Mapping[Any, list[Row]]:
    found: dict[Any, list[Row]] = {}
    for row in episodes:
        found.setdefault(person_of(row), []).append(row)
    return found


def _begins(episode: Row, basis: str) -> int:
    days = caseload_days(episode, basis)
    return days.first_day.toordinal() if days else 0


def treated(tables: Tables, basis: str) -> list[Shared]:
    """Return the days on which somebody is on a unit's caseload and with a team."""
    spells = by(tables["treatment"], "episode_id")
    found = []
    for episode in tables["episodes"]:
        on = caseload_days(episode, basis)
        for row in spells[episode["episode_id"]] if on else ():
            days = on and _common(on, spell(row))
            if days:
                found.append((episode["unit_id"], row["team_id"], days))
    return found


def _common(one: Period, other: Period) -> Period | None:
    first = max(one.first_day, other.first_day)
    ends = [each.last_day for each in (one, other) if each.last_day is not None]
    last = min(ends, default=None)
    return None if last is not None and last < first else Period(first, last)


def in_post_on(tables: Tables) -> Mapping[tuple[str, str], list[Period]]:
    """Return the days in post of every specialist, by unit and staff id."""
    found: dict[tuple[str, str], list[Period]] = {}
    for row in posts(tables):
        found.setdefault((row["team_id"], row["staff_id"]), []).append(spell(row))
    return found


def is_specialist(
    held: Mapping[tuple[str, str], list[Period]],
    unit: str,
    staff: str | None,
    day: date,
) -> bool:
    """Say whether somebody is a specialist of a unit on a day."""
    return any(days.contains(day) for days in held.get((unit, staff or ""), ()))


def whole_weeks(period: Period) -> Iterator[Period]:
    """Yield the weeks from Monday to Sunday that lie wholly in a period."""
    monday = period.first_day + timedelta(-period.first_day.weekday() % 7)
    last = period.last_day or date.max
    while monday + timedelta(6) <= last:
        yield Period(monday, monday + timedelta(6))
        monday += timedelta(7)


def weekdays(period: Period) -> Iterator[date]:
    """Yield the days from Monday to Friday of a period; holidays are among them."""
    day, last = period.first_day, period.last_day or date.max
    while day <= last:
        if day.weekday() < 5:
            yield day
        day += timedelta(1)
