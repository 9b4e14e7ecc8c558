"""Words about support in jobs: by whom and how, and how long face to face."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.counselling import everybodys_starts
from braid.method.measures.reference.in_work import WorkSpell, jobs_by_day
from braid.method.measures.reference.populations import (
    by,
    caseload_days,
    have_a_common_day,
    spell,
)
from braid.method.measures.words import (
    BASIS,
    MIN_PAID_HOURS,
    PROFILE,
    SWITCHES,
    Asked,
    Tables,
    Word,
)

FOUR_HOURS = Decimal(4)
NO_SWITCHES = Switches()
BEFORE, AFTER = 7, 3
WEEK, WEEKS = 7, 4
MONTH, MONTHS, FOUR_MONTHS = 30, 12, 4

SUPPORTS_GIVEN = Word(
    name="supports_given",
    family="job_support",
    about="Episodes with a day in the period both on the caseload and in a competitive "
    "job, and the support of the period in jobs of theirs: by whom, and of what kinds.",
    ids=("episode_id",),
    amounts={
        "working_people": "people in competitive work on the caseload",
        "supported": "of these, with any support recorded",
        "sources": "different givers of support, added up over people",
        "support_kinds": "different kinds of support, added up over people",
        "by_several": "people with support from more than one giver",
        "by_team": "people with support from the treatment team",
        "employer_supported": "people whose employer was talked with",
    },
    parameters={"basis": BASIS, "profile": PROFILE, "switches": SWITCHES},
)


def supports_given(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is SUPPORTS_GIVEN."""
    known = jobs_by_day(tables, asked, profile, switches)
    of_job = {row["job_id"]: row["episode_id"] for row in tables["jobs"]}
    given = by(
        ({**row, "of": of_job.get(row["job_id"])} for row in tables["supports"]), "of"
    )
    rows = []
    for each in asked:
        working = {}
        for job in known[each.as_of]:
            on = caseload_days(job.episode, basis)
            known_days = job.verdict.counts and job.days
            if known_days and on and have_a_common_day(known_days, on, each.days):
                working[job.row["episode_id"]] = job.row["unit_id"]
        for episode, unit in working.items():
            here = [row for row in given[episode] if each.days.contains(row["day"])]
            givers = {row["given_by"] for row in here}
            kinds = {row["kind"] for row in here}
            rows.append(
                SUPPORTS_GIVEN.row(
                    period=each.period,
                    unit_id=unit,
                    episode_id=episode,
                    working_people=1,
                    supported=int(bool(here)),
                    sources=len(givers),
                    support_kinds=len(kinds),
                    by_several=int(len(givers) > 1),
                    by_team=int("treatment_team" in givers),
                    employer_supported=int("employer_contact" in kinds),
                )
            )
    return rows


MET = "of these, met"
SUPPORT_AFTER_STARTS = Word(
    name="support_after_starts",
    family="job_support",
    about="Job starts of the period on the caseload, whatever was known at referral, and "
    "meetings face to face with the person around and after them: attended contacts, and "
    "support in the job, in person. Each test is asked of the starts whose time for it is "
    "over; weeks and months that begin after the job's end are not asked for. A month is "
    "30 days.",
    ids=("job_id", "episode_id"),
    amounts={
        "before_due": "starts asked for a meeting in the 7 days before",
        "before_met": MET,
        "after_due": "starts asked for a meeting on the first day or in the 3 days after",
        "after_met": MET,
        "weekly_due": "starts asked for a meeting in each of the first 4 weeks",
        "weekly_met": MET,
        "monthly_due": "starts asked for a meeting in each month to month 12 or the end "
        "of the job",
        "monthly_met": MET,
        "four_months_due": "starts of work that lasted four months",
        "four_months_met": "of these, with a meeting in each of the four months",
        "later_due": "starts of work that lasted two months",
        "later_met": "of these, with any meeting after the first month",
        "loss_due": "jobs ended, asked for a meeting within 3 days of hearing of it",
        "loss_met": MET,
        "loss_day_unknown": "jobs ended of which is not known when that was heard of",
        "step_down_due": "starts of work that lasted twelve months",
        "step_down_met": "of these, with a plan to step down, or stepped down",
    },
    parameters={
        "basis": BASIS,
        "profile": PROFILE,
        "min_paid_hours": MIN_PAID_HOURS,
        "switches": SWITCHES,
    },
)


def support_after_starts(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is SUPPORT_AFTER_STARTS."""
    known = jobs_by_day(tables, asked, profile, switches)
    met, steps, rows = _met_days(tables), _steps_down(tables), []
    for each in asked:
        for begun in everybodys_starts(known[each.as_of], each, basis, min_paid_hours):
            episode = begun.job.row["episode_id"]
            days = {day for day in met[episode] if day <= each.as_of}
            stepped = any(day <= each.as_of for day in steps[episode])
            rows.append(
                SUPPORT_AFTER_STARTS.row(
                    period=each.period,
                    unit_id=begun.job.row["unit_id"],
                    job_id=begun.job.id,
                    episode_id=episode,
                    **_tests(begun, days, stepped, each.as_of),
                )
            )
    return rows


def _met_days(tables: Tables) -> dict[Any, list[date]]:
    """Return the days of meetings face to face with each person."""
    of_job = {row["job_id"]: row["episode_id"] for row in tables["jobs"]}
    found = by(_meetings(tables, of_job), "episode_id")
    return _days_of(found)


def _meetings(tables: Tables, of_job: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    for row in tables["contacts"]:
        in_person = row["mode"] == "in_person" and row["attended"]
        if in_person and row["with_applicant"] is not False:
            yield {"episode_id": row["episode_id"], "day": row["day"]}
    for row in tables["supports"]:
        if row["mode"] == "in_person" and row["given_by"] == "specialist":
            yield {"episode_id": of_job.get(row["job_id"]), "day": row["day"]}


def _steps_down(tables: Tables) -> dict[Any, list[date]]:
    """Return the days of plans to step down, and from which people are stepped down."""
    found = [
        {"episode_id": row["episode_id"], "day": row["day"]}
        for row in tables["plan_events"]
        if row["kind"] == "step_down_plan"
    ]
    found += [
        {"episode_id": row["episode_id"], "day": spell(row).first_day}
        for row in tables["status"]
        if row["state"] == "stepped_down"
    ]
    return _days_of(by(found, "episode_id"))


def _days_of(rows: dict[Any, list[Any]]) -> dict[Any, list[date]]:
    found: dict[Any, list[date]] = defaultdict(list)
    for key, of_key in rows.items():
        found[key] = [row["day"] for row in of_key]
    return found


def _tests(
    begun: WorkSpell, met: Collection[date], stepped: bool, as_of: date
) -> dict[str, int]:
    """Return what is asked of a start, and met; days are counted from the start on."""
    start, end = begun.days.first_day, begun.days.last_day
    now = (as_of - start).days
    last = (end - start).days if end else (date.max - start).days
    days = [(day - start).days for day in met]
    lasted_year = last >= MONTH * MONTHS - 1 and now >= MONTH * MONTHS - 1
    lasted_four = last >= MONTH * FOUR_MONTHS - 1 and now >= MONTH * FOUR_MONTHS - 1
    lasted_two = last >= 2 * MONTH - 1 and now >= 2 * MONTH - 1
    told = {
        "before": (True, _any(days, -BEFORE, -1)),
        "after": (now >= min(AFTER, last), _any(days, 0, min(AFTER, last))),
        "weekly": _each(days, WEEK, WEEKS, last, now),
        "monthly": _each(days, MONTH, MONTHS, last, now),
        "four_months": (
            lasted_four,
            _each(days, MONTH, FOUR_MONTHS, last, now)[1],
        ),
        "later": (lasted_two, _any(days, MONTH, last)),
        "loss": (False, False),
        "step_down": (lasted_year, stepped),
    }
    heard = begun.jobs[-1].row["end_known_on"] if end else None
    if heard is not None:
        at = (heard - start).days
        told["loss"] = (now >= at + AFTER, _any(days, at, at + AFTER))
    found = {"loss_day_unknown": int(end is not None and heard is None)}
    for name, (due, holds) in told.items():
        found |= {f"{name}_due": int(due), f"{name}_met": int(due and holds)}
    return found


def _any(days: Collection[int], first: int, last: int) -> bool:
    return any(first <= day <= last for day in days)


def _each(
    days: Collection[int], length: int, number: int, last: int, now: int
) -> tuple[bool, bool]:
    """Say whether the time for so many weeks or months is over, and each has a day.

    None is asked for that begins after the last day of the job.
    """
    to = min(length * number - 1, last)
    hit = {day // length for day in days if 0 <= day <= to}
    return now >= to, len(hit) == to // length + 1
