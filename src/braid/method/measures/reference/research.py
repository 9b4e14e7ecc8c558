"""The word about the eight measures of work that research reports.

Source: Bond, Campbell and Drake, Standardizing measures in four domains of employment
outcomes for individual placement and support, Psychiatric Services 2012.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from braid.kernel.dates import Period, days_between
from braid.method.measures.reference.cohorts import (
    COHORT_PARAMETERS,
    Cohort,
    Followed,
    followed,
)
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.hours import (
    HOURS_PARAMETERS,
    Hours,
    HoursRule,
    common,
)
from braid.method.measures.reference.in_work import Job, jobs_by_day
from braid.method.measures.reference.populations import person_of
from braid.method.measures.reference.stays import jobs_of_people, part
from braid.method.measures.reference.sustained import employer_of
from braid.method.measures.words import Asked, Parameter, Tables, Word
from braid.method.sustained import JobHours, amounts_by_period
from braid.method.sustained.spreading import SCALE, exact, quotient
from braid.method.tenure import merge

Held = list[JobHours]
TWENTY = 20 * SCALE
DECIMALS = (
    *("weeks_worked", "longest_tenure", "hours_total", "hours_per_week", "wages_total"),
)

RESEARCH = Word(
    name="research",
    family="research",
    about="People who entered in the period, followed for a fixed time from that day on "
    "(its first day is day 0), with the eight measures of work; a job held at referral "
    "is none of theirs.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "people": "people followed for the whole time, the total sample",
        "workers": "of these, with a day in competitive work, the worker subsample",
        "days_to_first_job": "days from entry to the first day in competitive work",
        "weeks_worked": "weeks worked",
        "longest_tenure": "weeks in the longest single job, cut at the end",
        "workers_with_weeks": "workers with a week worked, who have hours a week",
        "hours_per_week": "hours in a week worked, one mean a worker",
        "worked_20h": "people with 20 hours in a week",
        "hours_total": "paid hours",
        "wages_total": "pay before tax, as the currency stands",
        "hours_unknown": "workers of whom hours of some days are not recorded",
        "immature": "people whose time is not over, in no other sum",
    },
    parameters={
        **COHORT_PARAMETERS,
        "weeks": Parameter(
            "Weeks with a paid hour in them, or days in work over seven.",
            "paid",
            choices=("paid", "days"),
        ),
        "twenty": Parameter(
            "20 hours in any week, or on average of the weeks worked.",
            "any_week",
            choices=("any_week", "mean"),
        ),
        "source": HOURS_PARAMETERS["source"],
    },
    decimals=frozenset(DECIMALS),
)


@dataclass(frozen=True, slots=True)
class ResearchRule:
    """How weeks worked and 20 hours a week are told."""

    weeks: str = "paid"
    twenty: str = "any_week"


def research(
    tables: Tables, asked: Sequence[Asked], **given: Any
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is RESEARCH."""
    of, rule = part(Cohort, given), part(ResearchRule, given)
    amounts = _Amounts(tables, given.get("source", "paid"))
    known = jobs_by_day(tables, asked, of.profile, of.switches)
    rows = []
    for each in asked:
        jobs = jobs_of_people(known[each.as_of])
        for person in followed(tables, each, of):
            row = RESEARCH.row(period=each.period, **person.ids)
            if person.is_early(each.as_of):
                rows.append(row | {"immature": 1})
                continue
            own = [job for job in jobs.get(person_of(row), ()) if _counts(job, person)]
            found = _measured(person, own, amounts, each.as_of, rule)
            rows.append(row | {"people": 1} | found)
    return Groups(tables, of.group).told(rows)


class _Amounts:
    """Hours and pay of jobs."""

    def __init__(self, tables: Tables, source: str) -> None:
        self._hours = Hours(tables, HoursRule("hours", source, "none"))
        self._wages = Hours(tables, HoursRule("gross", source, "none"))

    def hours(self, jobs: Iterable[Job], person: Followed, as_of: date) -> Held:
        return _held(self._hours, jobs, person, as_of)

    def wages(self, jobs: Iterable[Job], person: Followed, as_of: date) -> Held:
        return _held(self._wages, jobs, person, as_of)


def _held(hours: Hours, jobs: Iterable[Job], person: Followed, as_of: date) -> Held:
    return [hours.of(job, as_of).up_to(person.last_day) for job in jobs]


def _counts(job: Job, person: Followed) -> bool:
    held = job.row["held_at_referral"]
    return not held and job.days is not None and job.days.overlaps(person.days)


def _measured(
    person: Followed,
    jobs: Sequence[Job],
    amounts: _Amounts,
    as_of: date,
    rule: ResearchRule,
) -> dict[str, Any]:
    """Return the measures of somebody followed for the whole time."""
    at_work = _days_at_work(jobs, person)
    if not at_work:
        return {}
    origin = person.days.first_day
    held = amounts.hours(jobs, person, as_of)
    weekly = amounts_by_period(held, "iso_week", origin)
    total = sum(weekly.values())
    days = sum(each.days(date.max) for each in at_work)
    # Weeks as a fraction: so many over so many.
    paid = sum(1 for amount in weekly.values() if amount >= SCALE), 1
    weeks, of_days = paid if rule.weeks == "paid" else (days, 7)
    mean = quotient(total * of_days, weeks) if weeks else 0
    most = mean if rule.twenty == "mean" else max(weekly.values(), default=0)
    return {
        "workers": 1,
        "days_to_first_job": days_between(origin, at_work[0].first_day),
        "weeks_worked": exact(quotient(weeks * SCALE, of_days)),
        "longest_tenure": exact(quotient(_longest(jobs, person) * SCALE, 7)),
        "workers_with_weeks": int(weeks > 0),
        "hours_per_week": exact(mean),
        "worked_20h": int(most >= TWENTY),
        "hours_total": exact(total),
        "wages_total": exact(
            sum(
                spread.within(origin, spread.days.last_day or origin)
                for job in amounts.wages(jobs, person, as_of)
                for spread in job.paid
            )
        ),
        "hours_unknown": int(any(_is_unsure(job, person) for job in held)),
    }


def _days_at_work(jobs: Iterable[Job], person: Followed) -> list[Period]:
    """Return the days followed in which somebody was at work, merged."""
    held = (job.days and common(job.days, person.days) for job in jobs)
    return merge(days for days in held if days is not None)


def _longest(jobs: Iterable[Job], person: Followed) -> int:
    """Return the days of the longest time with one employer."""
    employers: dict[tuple[str, str], list[Job]] = {}
    for job in jobs:
        employers.setdefault(employer_of(job), []).append(job)
    spells = (_days_at_work(own, person) for own in employers.values())
    return max(each.days(date.max) for own in spells for each in own)


def _is_unsure(held: JobHours, person: Followed) -> bool:
    return held.unsure is not None and held.unsure.overlaps(person.days)
