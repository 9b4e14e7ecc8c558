"""The word about jobs as they stand on a day: kind, hours, pay, employer, occupation."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from braid.kernel.dates import days_between
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.in_work import Job, jobs_by_day
from braid.method.measures.reference.populations import (
    by,
    on_caseload,
    person_of,
    spell,
)
from braid.method.measures.words import (
    BASIS,
    GROUP,
    PROFILE,
    SWITCHES,
    Asked,
    Parameter,
    Row,
    Tables,
    Word,
)

NO_SWITCHES = Switches()
UNVERIFIED = 92
"""Days without news after which a job that goes on is not taken for known."""
HOUR_BANDS = {
    "under_8": Decimal(8),
    "8_to_16": Decimal(16),
    "16_to_30": Decimal(30),
    "30_and_over": Decimal(1000),
}
"""Bands of weekly hours and what each stays under: exactly 16 is in the upper band."""
NO_HOURS = "unknown_hours"
# Of a year of 52 weeks: what pay is for, as parts of a year and of a week of hours.
OF_A_YEAR = {"week": 52, "month": 12, "year": 1}
WEEKS = 52

UNVERIFIED_AFTER = Parameter(
    "Days since a job was last confirmed from which it is not taken for known.",
    UNVERIFIED,
    "number",
)
HELD_JOBS = Word(
    name="held_jobs",
    family="held_jobs",
    about="Jobs and placements of any kind held on the last day of the period by people "
    "on the caseload that day, as they stand on it: volunteering left out.",
    ids=("job_id", "episode_id", "person_key"),
    keys=(
        *("placement", "permanence", "band", "size", "industry"),
        *("occupation_group", "currency", "group"),
    ),
    amounts={
        "jobs": "jobs and placements",
        "competitive": "of these, competitive",
        "undetermined": "of these, an answer still missing would decide",
        "unverified": "of the competitive ones, with no news for longer than allowed",
        "hours_known": "of the competitive ones, with weekly hours known",
        "weekly_hours": "weekly hours of these, by the terms in force",
        "pay_known": "of the competitive ones, with pay per hour known",
        "hourly_pay": "pay per hour of these before tax, in the currency",
    },
    left_out={"volunteering": "Volunteering is no job."},
    parameters={
        "basis": BASIS,
        "profile": PROFILE,
        "switches": SWITCHES,
        "unverified_after": UNVERIFIED_AFTER,
        "group": GROUP,
    },
    decimals=frozenset({"weekly_hours", "hourly_pay"}),
)


def held_jobs(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    unverified_after: int = UNVERIFIED,
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is HELD_JOBS."""
    beside = _Beside(
        by(tables["job_terms"], "job_id"),
        {row["employer_id"]: row for row in tables["employers"]},
        unverified_after,
    )
    known = jobs_by_day(tables, asked, profile, switches)
    rows = []
    for each in asked:
        on = {person_of(row) for row in on_caseload(tables, each.last_day, basis)}
        rows += [
            beside.row(each, job)
            for job in known[each.as_of]
            if job.person in on and spell(job.row).contains(each.last_day)
        ]
    return Groups(tables, group).told(rows)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is known beside jobs: their terms, their employers, how long news is good."""

    terms: dict[Any, list[Row]]
    employers: dict[str, Row]
    unverified_after: int

    def row(self, asked: Asked, job: Job) -> dict[str, Any]:
        day = asked.last_day
        blank = {
            "period": asked.period,
            "unit_id": job.row["unit_id"],
            "job_id": job.id,
            "episode_id": job.row["episode_id"],
            "person_key": job.person[1],
            "placement": job.row["placement"],
            "permanence": job.row["permanence"],
        }
        if job.row["placement"] == "volunteering":
            return HELD_JOBS.row(**blank, left_out="volunteering")
        competitive = job.verdict.counts and bool(job.days and job.days.contains(day))
        employer = self.employers.get(job.row["employer_id"], {})
        goes_on = job.days is not None and job.days.last_day is None
        news = job.confirmed or day
        return HELD_JOBS.row(
            **blank,
            size=employer.get("size"),
            industry=employer.get("industry"),
            occupation_group=_major_group(job.row["occupation"]),
            jobs=1,
            competitive=int(competitive),
            undetermined=int(job.verdict.in_queue),
            unverified=int(
                competitive
                and goes_on
                and days_between(news, day) > self.unverified_after
            ),
            **(self._in_force(asked, job) if competitive else {}),
        )

    def _in_force(self, asked: Asked, job: Job) -> dict[str, Any]:
        """Return hours, pay and currency by the terms in force on the day."""
        terms = latest_terms(self.terms[job.id], asked)
        hours = terms["weekly_hours"] if terms else None
        pay = hourly_pay(terms, job.row["contracted_daily_hours"]) if terms else None
        return {
            "band": band_of(hours),
            "currency": terms["currency"] if terms else None,
            "hours_known": int(hours is not None),
            "weekly_hours": hours or 0,
            "pay_known": int(pay is not None),
            "hourly_pay": pay or 0,
        }


def latest_terms(terms: Sequence[Row], asked: Asked) -> Row | None:
    """Return the terms in force on the last day of a period."""
    in_force = [row for row in terms if spell(row).contains(asked.last_day)]
    return max(in_force, key=lambda row: row["first_day"], default=None)


def band_of(hours: Decimal | None) -> str:
    """Return the band of weekly hours."""
    if hours is None:
        return NO_HOURS
    under = (band for band, edge in HOUR_BANDS.items() if hours < edge)
    return next(under, "30_and_over")


def hourly_pay(terms: Row, daily_hours: Decimal | None) -> Decimal | None:
    """Return pay per hour, rounded half up to two decimals; None where not known.

    A year has 52 weeks and 12 months. Pay per day needs the contracted hours a day.
    """
    pay, unit = terms["pay"], terms["pay_unit"]
    if pay is None or unit is None:
        return None
    hours = daily_hours if unit == "day" else terms["weekly_hours"]
    if unit == "hour":
        hours = Decimal(1)
    if not hours:
        return None
    parts = OF_A_YEAR.get(unit, WEEKS)
    above = int(pay * 10_000) * 100 * parts
    below = int(hours * 10_000) * WEEKS
    return Decimal((2 * above + below) // (2 * below)) / 100


def _major_group(occupation: str | None) -> str | None:
    """Return the major group of an ISCO-08 code: its first digit."""
    return occupation[:1] if occupation else None
