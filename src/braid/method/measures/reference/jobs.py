"""Words about jobs: those held on a day, and who works in a period."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from braid.kernel.dates import Period
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.in_work import Job, days_by_person, jobs_by_day
from braid.method.measures.reference.populations import (
    Person,
    by,
    caseload_days,
    have_a_common_day,
    on_caseload,
    on_caseload_in,
    person_of,
    spell,
)
from braid.method.measures.reference.teams import people_in
from braid.method.measures.words import (
    BASIS,
    GROUP,
    PROFILE,
    SWITCHES,
    Asked,
    Row,
    Tables,
    Word,
)

EDGE = Decimal(16)
"""Exactly 16 hours a week are in the upper band."""
BANDS = ("under_16", "16_and_over", "unknown_hours")
NO_SWITCHES = Switches()

CURRENT_JOBS = Word(
    name="current_jobs",
    family="jobs",
    about="Jobs and placements of any kind held on the last day of the period by "
    "people on the caseload that day.",
    ids=("job_id", "episode_id"),
    keys=("band",),
    amounts={
        "current_jobs": "jobs, not people; volunteering left out",
        "competitive_and_permanent": "of these, competitive and permanent",
        "under_16": "competitive ones under 16 hours a week by the terms in force",
        "16_and_over": "competitive ones of 16 hours a week and over",
        "unknown_hours": "competitive ones with hours a week not known",
        "undetermined": "jobs that an answer still missing would decide",
        "volunteering_left_out": "volunteering, which is no job",
    },
    left_out={"volunteering": "Volunteering is no job."},
    parameters={"basis": BASIS, "profile": PROFILE, "switches": SWITCHES},
)


def current_jobs(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CURRENT_JOBS."""
    terms = by(tables["job_terms"], "job_id")
    known = jobs_by_day(tables, asked, profile, switches)
    rows = []
    for each in asked:
        day = each.last_day
        on = {person_of(row) for row in on_caseload(tables, day, basis)}
        rows += [
            _current_row(each, job, terms[job.id])
            for job in known[each.as_of]
            if job.person in on and spell(job.row).contains(day)
        ]
    return rows


def _current_row(asked: Asked, job: Job, terms: Sequence[Row]) -> dict[str, Any]:
    volunteering = job.row["placement"] == "volunteering"
    begun = job.days is not None and job.days.contains(asked.last_day)
    competitive = job.verdict.counts and begun
    band = _band(asked, terms) if competitive else None
    return CURRENT_JOBS.row(
        period=asked.period,
        unit_id=job.row["unit_id"],
        job_id=job.id,
        episode_id=job.row["episode_id"],
        band=band,
        current_jobs=int(not volunteering),
        competitive_and_permanent=int(
            competitive and job.row["permanence"] == "permanent"
        ),
        **({band: 1} if band else {}),
        undetermined=int(job.verdict.in_queue),
        volunteering_left_out=int(volunteering),
        left_out="volunteering" if volunteering else None,
    )


def _band(asked: Asked, terms: Sequence[Row]) -> str:
    """Return the band of the hours in force on the day."""
    in_force = [row for row in terms if spell(row).contains(asked.last_day)]
    latest = max(in_force, key=lambda row: row["first_day"], default=None)
    hours = latest["weekly_hours"] if latest else None
    if hours is None:
        return "unknown_hours"
    return "under_16" if hours < EDGE else "16_and_over"


SERVED = Word(
    name="served",
    family="jobs",
    about="People on the caseload on at least one day of the period.",
    ids=("person_key",),
    keys=("group",),
    amounts={
        "served": "people, each once however many episodes they have",
        "working": "of these, with a day in the period both on the caseload and in "
        "competitive work, jobs held at referral included",
        "undetermined": "of these, not working, with a job on such a day that an "
        "answer still missing would decide",
    },
    parameters={
        "basis": BASIS,
        "profile": PROFILE,
        "switches": SWITCHES,
        "group": GROUP,
    },
)


def served(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is SERVED."""
    known = jobs_by_day(tables, asked, profile, switches)
    groups, rows = Groups(tables, group), []
    for each in asked:
        jobs = known[each.as_of]
        at_work = days_by_person(job for job in jobs if job.verdict.counts)
        undecided = days_by_person(job for job in jobs if job.verdict.in_queue)
        latest = {
            person_of(row): row["episode_id"]
            for row, _ in people_in(tables, each, basis)
        }
        for person, on in _days_on(tables, each, basis).items():
            works = _meet(each.days, on, at_work[person])
            might = _meet(each.days, on, undecided[person])
            rows.append(
                SERVED.row(
                    period=each.period,
                    unit_id=person[0],
                    person_key=person[1],
                    group=groups.of(latest[person]),
                    served=1,
                    working=int(works),
                    undetermined=int(might and not works),
                )
            )
    return rows


def _days_on(tables: Tables, asked: Asked, basis: str) -> dict[Person, list[Period]]:
    """Return the days on the caseload of everybody who was on it in the period."""
    found: dict[Person, list[Period]] = {}
    for episode in on_caseload_in(tables, asked.days, basis):
        days = caseload_days(episode, basis)
        found.setdefault(person_of(episode), []).extend([days] if days else [])
    return found


def _meet(window: Period, on: Iterable[Period], jobs: Sequence[Period]) -> bool:
    return any(have_a_common_day(window, days, job) for days in on for job in jobs)
