"""Tables that follow from the facts: days in work, and paid work by week.

They are made by the same functions of the method that the measures are held to, so that
a measure elsewhere can stay simple. They are written beside a frozen set, in its folder
`derived`, and made when asked for of any other; they are no part of the exchange.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pyarrow as pa

from braid.facts import parts
from braid.facts.columns import ARROW_TYPES
from braid.facts.reading import Facts
from braid.facts.schema import DERIVED, Table
from braid.kernel.dates import Period, iso_week_start
from braid.method.competitive import Profile
from braid.method.measures.reference.hours import common
from braid.method.measures.reference.in_work import Job, jobs_known
from braid.method.measures.reference.populations import by
from braid.method.sustained.spreading import counted, exact, quotient
from braid.method.tenure import merge
from braid.packs import jurisdictions

FOLDER = "derived"
WEEK = timedelta(6)
NEEDED = ("episodes", "jobs", "paid_work", "organisations", "teams")
Row = Mapping[str, Any]


def table(facts: Facts, name: str) -> pa.Table:
    """Return a derived table of facts. Raises KeyError for one that there is not."""
    return made(name, {needed: facts.table(needed) for needed in NEEDED}, facts.as_of)


def made(name: str, given: Mapping[str, pa.Table], as_of: date) -> pa.Table:
    """Return what follows from tables as they were known on a day."""
    drawn = {needed: rows.to_pylist() for needed, rows in given.items()}
    rows = list(_MADE[name](drawn, as_of))
    return pa.Table.from_pylist(rows, schema=arrow_schema(DERIVED[name]))


def arrow_schema(of: Table) -> pa.Schema:
    """Return the columns of a derived table."""
    return pa.schema(
        pa.field(column.name, ARROW_TYPES[column.type], nullable=column.optional)
        for column in of.columns
    )


def write(folder: Path, facts: Facts) -> None:
    """Write the derived tables of a set of facts into its folder."""
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    for name in DERIVED:
        rows = table(facts, name)
        parts.lay(place, name, [rows], rows.schema)


def read(folder: Path, name: str) -> pa.Table:
    """Return a derived table of a frozen set. Raises ValueError where it has none."""
    return parts.read(folder / FOLDER, name)


def countries(tables: Mapping[str, list[Row]]) -> dict[str, str]:
    """Return the country of each unit's organisation; empty where it is not known."""
    of_org = {row["org_id"]: row["country"] for row in tables["organisations"]}
    return {row["team_id"]: of_org.get(row["org_id"], "") for row in tables["teams"]}


def _jobs(
    tables: Mapping[str, list[Row]], as_of: date, profile: Profile
) -> Iterator[tuple[str, Job]]:
    """Yield the jobs known on a day with their unit, each by its country's switches."""
    country = countries(tables)
    abroad = [{**job, "of": country.get(job["unit_id"], "")} for job in tables["jobs"]]
    for of, jobs in by(abroad, "of").items():
        switches = jurisdictions.of_country(of).table_switches
        for job in jobs_known({**tables, "jobs": jobs}, as_of, profile, switches):
            yield job.row["unit_id"], job


def work_spells(tables: Mapping[str, list[Row]], as_of: date) -> Iterator[Row]:
    """Yield the days of each episode in competitive work, merged, by profile."""
    for profile in get_args(Profile):
        days: dict[tuple[str, str], list[Period]] = {}
        for unit, job in _jobs(tables, as_of, profile):
            if job.days is not None and job.verdict.counts:
                key = str(job.row["episode_id"]), unit
                days.setdefault(key, []).append(job.days)
        for (episode, unit), found in sorted(days.items()):
            for spell in merge(found):
                yield {
                    "episode_id": episode,
                    "unit_id": unit,
                    "profile": profile,
                    "first_day": spell.first_day,
                    "last_day": spell.last_day,
                }


def job_weeks(tables: Mapping[str, list[Row]], as_of: date) -> Iterator[Row]:
    """Yield hours and pay of each job by ISO week, named by its Monday.

    What was paid for a period is spread evenly over those of its days on which the job
    was held, and then added up by week. What is not known of a week is null.
    """
    paid = by(tables["paid_work"], "job_id")
    for unit, job in _jobs(tables, as_of, "as_coded"):
        weeks: dict[date, dict[str, int]] = {}
        for row in paid[job.id]:
            held = common(Period(row["first_day"], row["last_day"]), job.days or NEVER)
            if held is not None and row["last_day"] <= as_of:
                _add(weeks, row, held)
        for week, sums in sorted(weeks.items()):
            yield {
                "job_id": job.id,
                "unit_id": unit,
                "week": week,
                "hours": exact(sums["hours"]) if "hours" in sums else None,
                "gross": exact(sums["gross"]) if "gross" in sums else None,
            }


NEVER = Period(date.min, date.min)


def _add(weeks: dict[date, dict[str, int]], row: Row, held: Period) -> None:
    """Add a row of paid work to the weeks that its days lie in."""
    length = held.days(date.max)
    ends = [
        (week, min((week - held.first_day).days + 7, length)) for week in _weeks(held)
    ]
    for name in ("hours", "gross"):
        if row[name] is None:
            continue
        amount, before = counted(row[name]), 0
        for week, days in ends:
            # A correction may be below nothing; what is rounded is how much it is.
            until = quotient(abs(amount) * days, length)
            share = until - before if amount >= 0 else before - until
            sums = weeks.setdefault(week, {})
            sums[name] = sums.get(name, 0) + share
            before = until


def _weeks(held: Period) -> Iterable[date]:
    week = iso_week_start(held.first_day)
    while week <= (held.last_day or held.first_day):
        yield week
        week += timedelta(7)


_MADE: Mapping[str, Callable[[Mapping[str, list[Row]], date], Iterator[Row]]] = {
    "work_spells": work_spells,
    "job_weeks": job_weeks,
}
