"""Words about counselling on benefits: before a start, and when the terms change."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from braid.kernel.dates import Period
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.in_work import Job as JobKnown
from braid.method.measures.reference.in_work import (
    WorkSpell,
    jobs_by_day,
    starts_on_caseload,
    work_spells,
)
from braid.method.measures.reference.populations import by, caseload_days
from braid.method.measures.words import (
    BASIS,
    MIN_PAID_HOURS,
    PROFILE,
    SWITCHES,
    Asked,
    Parameter,
    Row,
    Tables,
    Word,
)

FOUR_HOURS = Decimal(4)
NO_SWITCHES = Switches()
PLANNERS = ("counsellor",)
ROLES = (
    *("specialist", "supervisor", "clinician", "clinical_manager", "caseworker"),
    *("counsellor", "reviewer", "funder", "evaluator", "steward", "applicant"),
    *("family", "employer", "other"),
)
WITHIN = 30

TRAINED = Parameter(
    "The roles of those trained to plan with benefits.",
    PLANNERS,
    "codes",
    choices=ROLES,
)

COUNSELLED_STARTS = Word(
    name="counselled_starts",
    family="counselling",
    about="Job starts of the period on the caseload, whatever was known at referral, and "
    "who counselled the person on benefits on a day before the start.",
    ids=("job_id", "episode_id"),
    amounts={
        "starts": "job starts in the period",
        "counselled": "of these, with counselling before the start by anybody",
        "by_planner": "of these, with counselling by somebody trained to plan",
        "by_specialist": "of these, with counselling by a specialist",
        "by_others": "of these, with counselling by anybody else",
    },
    parameters={
        "planners": TRAINED,
        "basis": BASIS,
        "profile": PROFILE,
        "min_paid_hours": MIN_PAID_HOURS,
        "switches": SWITCHES,
    },
)


def counselled_starts(
    tables: Tables,
    asked: Sequence[Asked],
    planners: Sequence[str] = PLANNERS,
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is COUNSELLED_STARTS."""
    known = jobs_by_day(tables, asked, profile, switches)
    talks, rows = counselling(tables), []
    for each in asked:
        for begun in everybodys_starts(known[each.as_of], each, basis, min_paid_hours):
            episode = begun.job.row["episode_id"]
            roles = {
                talk["by_role"]
                for talk in talks[episode]
                if talk["day"] < begun.days.first_day
            }
            rows.append(
                COUNSELLED_STARTS.row(
                    period=each.period,
                    unit_id=begun.job.row["unit_id"],
                    job_id=begun.job.id,
                    episode_id=episode,
                    starts=1,
                    counselled=int(bool(roles)),
                    **_by_whom(roles, planners),
                )
            )
    return rows


def counselling(tables: Tables) -> dict[Any, list[Row]]:
    """Return the talks on benefits of each episode."""
    talks = tables["plan_events"]
    return by((t for t in talks if t["kind"] == "benefits_counselling"), "episode_id")


def _by_whom(roles: set[str], planners: Sequence[str]) -> dict[str, int]:
    return {
        "by_planner": int(bool(roles & set(planners))),
        "by_specialist": int("specialist" in roles),
        "by_others": int(bool(roles - {*planners, "specialist"})),
    }


def everybodys_starts(
    jobs: Iterable[JobKnown], asked: Asked, basis: str, min_paid_hours: Decimal | None
) -> list[WorkSpell]:
    """Return the job starts of a period, of people in and out of work at referral."""
    return [
        spell
        for spell in work_spells(jobs)
        if asked.days.contains(spell.days.first_day)
        and starts_on_caseload(spell.job, basis)
        and spell.start(min_paid_hours, asked.as_of).counts
    ]


COUNSELLED_CHANGES = Word(
    name="counselled_changes",
    family="counselling",
    about="Changes in the terms of competitive jobs in the period, on the caseload: all "
    "terms after the first of a job; and whether counselling on benefits followed, from "
    "the day of the change on.",
    ids=("job_id", "episode_id"),
    amounts={
        "changes": "changes followed by counselling, or whose time for it is over",
        "changes_counselled": "of these, followed by counselling by anybody",
        "changes_by_planner": "of these, followed by counselling by somebody trained",
    },
    left_out={"too_early": "The time for counselling after this change is not over."},
    parameters={
        "planners": TRAINED,
        "within": Parameter(
            "The days after a change in which counselling follows it.", WITHIN, "number"
        ),
        "basis": BASIS,
        "profile": PROFILE,
        "switches": SWITCHES,
    },
)


def counselled_changes(
    tables: Tables,
    asked: Sequence[Asked],
    planners: Sequence[str] = PLANNERS,
    within: int = WITHIN,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is COUNSELLED_CHANGES."""
    known = jobs_by_day(tables, asked, profile, switches)
    terms, talks, rows = by(tables["job_terms"], "job_id"), counselling(tables), []
    for each in asked:
        for job in known[each.as_of]:
            on = caseload_days(job.episode, basis)
            if not job.verdict.counts or on is None:
                continue
            for day in _changes(terms[job.id], each.days, on):
                roles = _roles_after(talks[job.row["episode_id"]], day, within, each)
                due = bool(roles) or day + timedelta(within) <= each.as_of
                rows.append(
                    COUNSELLED_CHANGES.row(
                        period=each.period,
                        unit_id=job.row["unit_id"],
                        job_id=job.id,
                        episode_id=job.row["episode_id"],
                        changes=int(due),
                        changes_counselled=int(bool(roles)),
                        changes_by_planner=int(bool(roles & set(planners))),
                        left_out=None if due else "too_early",
                    )
                )
    return rows


def _changes(terms: Sequence[Row], window: Period, on: Period) -> list[date]:
    """Return the days of all terms after the first, in a period and on the caseload."""
    days = sorted({row["first_day"] for row in terms})
    return [
        day
        for day in days
        if day > days[0] and window.contains(day) and on.contains(day)
    ]


def _roles_after(
    talks: Sequence[Row], day: date, within: int, asked: Asked
) -> set[str]:
    last = min(day + timedelta(within), asked.as_of)
    return {talk["by_role"] for talk in talks if day <= talk["day"] <= last}
