"""The words about work or education within a fixed time, or at its end."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from braid.kernel.dates import Period
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
from braid.method.measures.reference.populations import (
    Person,
    by,
    person_of,
    spell,
)
from braid.method.measures.reference.stays import jobs_of_people, part
from braid.method.measures.reference.worked_periods import ENOUGH_PARAMETERS
from braid.method.measures.words import Asked, Parameter, Row, Tables, Word
from braid.method.sustained import JobHours, PeriodsRule, amounts_by_period
from braid.method.sustained.periods import unsure_periods

INTERNSHIPS = ("unpaid_internship", "work_trial")
IMMATURE = "people whose time is not over, in no other sum"

WORK_OR_EDUCATION = Word(
    name="work_or_education",
    family="followed",
    about="People who entered in the period, followed for a fixed time from that day on, "
    "and whether they were in competitive work, mainstream education or an internship; "
    "a job held at referral is none of theirs.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "people": "people followed for the whole time",
        "work": "of these, in competitive work",
        "education": "of these, in mainstream education",
        "education_only": "of these, in mainstream education and not in work",
        "work_or_education": "of these, in competitive work or mainstream education",
        "internship": "of these, in an unpaid internship or a work trial",
        "work_internship_or_education": "of these, in any of the three",
        "immature": IMMATURE,
    },
    parameters={
        **COHORT_PARAMETERS,
        "look": Parameter(
            "On any day of the time (ever), or on the day after it (at).",
            "ever",
            choices=("ever", "at"),
        ),
        "tolerance": Parameter(
            "How many days before and after that day count too.", 0, "number"
        ),
        "evidence": Parameter(
            "The jobs of the record, or only the time in them for which a register shows "
            "paid work.",
            "record",
            choices=("record", "register"),
        ),
    },
)


@dataclass(frozen=True, slots=True)
class Look:
    """On which days is looked, and what shows that somebody worked."""

    look: str = "ever"
    tolerance: int = 0
    evidence: str = "record"

    def days(self, person: Followed) -> Period:
        """Return the days that are looked at."""
        if self.look == "ever":
            return person.days
        around = timedelta(self.tolerance)
        return Period(person.closes_on - around, person.closes_on + around)

    def is_over(self, person: Followed, as_of: date) -> bool:
        """Say whether all days that are looked at lie in the facts."""
        last = self.days(person).last_day
        return last is not None and last <= as_of


def work_or_education(
    tables: Tables, asked: Sequence[Asked], **given: Any
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is WORK_OR_EDUCATION."""
    of, look = part(Cohort, given), part(Look, given)
    seen = _Seen(tables, asked, of, look)
    rows = []
    for each in asked:
        for person in followed(tables, each, of):
            row = WORK_OR_EDUCATION.row(period=each.period, **person.ids)
            if look.is_over(person, each.as_of):
                row |= seen.sums(person, look.days(person), each.as_of)
            else:
                row["immature"] = 1
            rows.append(row)
    return Groups(tables, of.group).told(rows)


class _Seen:
    """What people were seen to do on some days."""

    def __init__(
        self, tables: Tables, asked: Sequence[Asked], of: Cohort, look: Look
    ) -> None:
        owners = {row["episode_id"]: person_of(row) for row in tables["episodes"]}
        self._known = jobs_by_day(tables, asked, of.profile, of.switches)
        self._work = {day: jobs_of_people(jobs) for day, jobs in self._known.items()}
        self._placed = _by_owner(tables["jobs"], owners)
        self._learning = _by_owner(
            (row for row in tables["education"] if row["mainstream"]), owners
        )
        self._shown = None if look.evidence == "record" else _by_register(tables)

    def sums(self, person: Followed, days: Period, as_of: date) -> dict[str, int]:
        owner = person_of(person.episode)
        work = any(
            self._worked(job, days, as_of) for job in self._work[as_of].get(owner, ())
        )
        education = _touch(self._learning[owner], days)
        internship = _touch(
            (
                row
                for row in self._placed[owner]
                if row["placement"] in INTERNSHIPS and not row["held_at_referral"]
            ),
            days,
        )
        return {
            "people": 1,
            "work": int(work),
            "education": int(education),
            "education_only": int(education and not work),
            "work_or_education": int(work or education),
            "internship": int(internship),
            "work_internship_or_education": int(work or education or internship),
        }

    def _worked(self, job: Job, days: Period, as_of: date) -> bool:
        if job.row["held_at_referral"] or job.days is None:
            return False
        held = common(job.days, days)
        if held is None or self._shown is None:
            return held is not None
        shown = self._shown[job.id]
        return any(
            common(spell(row), held) for row in shown if row["last_day"] <= as_of
        )


def _by_owner(
    rows: Iterable[Row], owners: Mapping[str, Person]
) -> dict[Person | None, list[Row]]:
    found: dict[Person | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[owners.get(row["episode_id"])].append(row)
    return found


def _by_register(tables: Tables) -> dict[str, list[Row]]:
    """Return what a register says was paid, unless it says that nothing was."""
    return by(
        (
            row
            for row in tables["paid_work"]
            if row["source"] == "register" and row["hours"] != 0
        ),
        "job_id",
    )


def _touch(rows: Iterable[Row], days: Period) -> bool:
    return any(spell(row).overlaps(days) for row in rows)


ENOUGH_MONTHS = Word(
    name="enough_months",
    family="followed",
    about="People who entered in the period, followed for a fixed time from that day on, "
    "and the calendar months in it with enough hours or pay, all jobs together.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "people": "people followed for the whole time",
        "reached": "of these, with at least n such months",
        "months": "months with enough, added up",
        "unknown": "of these, not reached, with hours not recorded that could change it",
        "immature": IMMATURE,
    },
    parameters={
        **COHORT_PARAMETERS,
        "n": Parameter("How many such months are asked for.", 1, "number"),
        "threshold": ENOUGH_PARAMETERS["threshold"],
        "comparator": ENOUGH_PARAMETERS["comparator"],
        "counted": HOURS_PARAMETERS["counted"],
        "source": HOURS_PARAMETERS["source"],
    },
)


@dataclass(frozen=True, slots=True)
class MonthsRule:
    """How many months must hold enough, and what is enough."""

    n: int = 1
    threshold: Decimal = Decimal(0)
    comparator: str = "above"
    counted: str = "hours"
    source: str = "paid"

    @property
    def each(self) -> PeriodsRule:
        """Return the rule for a single month."""
        at_least = self.comparator == "at_least"
        return PeriodsRule(
            unit="month",
            threshold=self.threshold,
            comparator="at_least" if at_least else "above",
        )


def enough_months(
    tables: Tables, asked: Sequence[Asked], **given: Any
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is ENOUGH_MONTHS."""
    of, rule = part(Cohort, given), part(MonthsRule, given)
    hours = Hours(tables, HoursRule(rule.counted, rule.source, "none"))
    known = jobs_by_day(tables, asked, of.profile, of.switches)
    rows = []
    for each in asked:
        jobs = jobs_of_people(known[each.as_of])
        for person in followed(tables, each, of):
            row = ENOUGH_MONTHS.row(period=each.period, **person.ids)
            if person.is_early(each.as_of):
                rows.append(row | {"immature": 1})
                continue
            own = [
                hours.of(job, each.as_of).up_to(person.last_day)
                for job in jobs.get(person_of(person.episode), ())
                if not job.row["held_at_referral"]
            ]
            rows.append(row | {"people": 1} | _months(own, person, rule))
    return Groups(tables, of.group).told(rows)


def _months(
    jobs: Sequence[JobHours], person: Followed, rule: MonthsRule
) -> dict[str, int]:
    origin = person.days.first_day
    amounts = amounts_by_period(jobs, "month", origin)
    enough = {number for number, held in amounts.items() if rule.each.is_met(held)}
    possible = enough | set(unsure_periods(jobs, "month", origin))
    return {
        "months": len(enough),
        "reached": int(len(enough) >= rule.n),
        "unknown": int(len(enough) < rule.n <= len(possible)),
    }
