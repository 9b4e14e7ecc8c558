"""Who works in an IPS unit and when; posts in the teams that it works with are none."""

from collections.abc import Mapping
from datetime import date

from braid.kernel.dates import Period
from braid.method.measures.reference.populations import by, posts, spell
from braid.method.measures.words import Asked, Tables
from braid.method.tenure import merge

Member = tuple[str, str]
"""A unit and a member of its staff, by their ids."""


def posts_held(
    tables: Tables, role: str = "specialist"
) -> Mapping[Member, list[Period]]:
    """Return the days in post of everybody of a role, joined where they touch."""
    rows = by(posts(tables, role), "team_id", "staff_id")
    return {member: merge(map(spell, held)) for member, held in rows.items()}


def days_in_post(
    tables: Tables, asked: Asked, role: str = "specialist"
) -> dict[Member, list[Period]]:
    """Return the days in post that lie in a period, of everybody who has any."""
    found = {
        member: [
            Period(
                max(each.first_day, asked.first_day),
                min(each.last_day or date.max, asked.last_day),
            )
            for each in held
            if each.overlaps(asked.days)
        ]
        for member, held in posts_held(tables, role).items()
    }
    return {member: held for member, held in found.items() if held}


def units_at_work(tables: Tables, asked: Asked) -> set[str]:
    """Return the units with a specialist in post on at least one day of a period."""
    return {unit for unit, _staff in days_in_post(tables, asked)}


def covers(held: list[Period], days: Period) -> bool:
    """Say whether one of the spells holds all the days."""
    return any(
        each.contains(days.first_day) and each.contains(days.last_day or date.max)
        for each in held
    )


def is_held(held: Mapping[Member, list[Period]], member: Member, day: date) -> bool:
    """Say whether somebody is in post on a day."""
    return any(each.contains(day) for each in held.get(member, ()))
