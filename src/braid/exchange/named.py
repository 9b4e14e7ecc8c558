"""Who and what a plan names, before anyone looks whether the unit knows them."""

from collections.abc import Iterable, Iterator
from datetime import date

from braid.exchange.roster.plan import Plan, PlannedRow
from braid.exchange.roster.records import (
    ContactRecord,
    EmployerContactRecord,
    EpisodeRecord,
    JobRecord,
    MeetingRecord,
)
from braid.exchange.roster.setup import SpecialistPost


def mentions(plan: Plan) -> Iterator[tuple[str, date]]:
    """Yield each specialist that a row names, with a day on which they were there."""
    for row in plan.rows:
        match row.record:
            case EpisodeRecord(caseload=spells):
                for spell in spells:
                    if spell.specialist:
                        yield spell.specialist, spell.first_day
            case (
                ContactRecord(day=day, specialist=str(name))
                | EmployerContactRecord(day=day, specialist=str(name))
                | MeetingRecord(day=day, specialist=str(name))
            ):
                yield name, day


def teams_named(plan: Plan) -> Iterator[str]:
    """Yield the treatment teams that setup and rows name."""
    yield from plan.setup.treatment_teams
    for row in plan.rows:
        match row.record:
            case (
                EpisodeRecord(treatment_team=str(name)) | MeetingRecord(team=str(name))
            ):
                yield name


def employers_named(rows: Iterable[PlannedRow]) -> Iterator[str]:
    """Yield the employers that rows name."""
    for row in rows:
        match row.record:
            case EmployerContactRecord(employer=name) | JobRecord(employer=name):
                if name:
                    yield name


def posts(plan: Plan) -> list[SpecialistPost]:
    """Return the specialists that were stated, and those that only rows name.

    Somebody whose first day nobody stated was there from the first day of their rows.
    """
    first: dict[str, date] = {}
    for name, day in mentions(plan):
        first[name] = min(day, first.get(name, day))
    stated = [
        SpecialistPost(
            post.name,
            post.fte,
            post.first_day or first.get(post.name, plan.as_of),
            post.last_day,
        )
        for post in plan.setup.specialists
    ]
    known = {post.name for post in stated}
    return stated + [
        SpecialistPost(name, first_day=day)
        for name, day in first.items()
        if name not in known
    ]
