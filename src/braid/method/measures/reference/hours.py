"""Hours and pay of a job as they were known on a day, spread over its days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from braid.kernel.dates import Period
from braid.method.measures.reference.in_work import Job
from braid.method.measures.reference.populations import by, spell
from braid.method.measures.words import Parameter, Row, Tables
from braid.method.sustained import JobHours, Spread
from braid.method.sustained.spreading import counted

HOURS_PARAMETERS = {
    "counted": Parameter(
        "What is added up: hours, or pay before or after tax.",
        "hours",
        choices=("hours", "gross", "net"),
    ),
    "source": Parameter(
        "Only what was really paid, or the hours agreed where nothing is recorded.",
        "paid",
        choices=("paid", "paid_or_agreed"),
    ),
    "sick_counts": Parameter(
        "The sick leave whose weeks count as if the hours agreed had been worked.",
        "paid",
        choices=("paid", "all", "none"),
    ),
}


@dataclass(frozen=True, slots=True)
class HoursRule:
    """What is counted as worked, and from what it is known."""

    counted: str = "hours"
    source: str = "paid"
    sick_counts: str = "paid"


class Hours:
    """What every job held in hours or pay, as it was known on a day."""

    def __init__(self, tables: Tables, rule: HoursRule) -> None:
        self._rule = rule
        self._paid = by(tables["paid_work"], "job_id")
        self._terms = by(tables["job_terms"], "job_id")
        self._absences = by(tables["absences"], "job_id")

    def of(self, job: Job, as_of: date) -> JobHours:
        """Return the amounts of a job that counts."""
        days = _until(job.days or Period(as_of), as_of)
        if days is None:
            return JobHours()
        known = [row for row in self._paid[job.id] if row["last_day"] <= as_of]
        paid = self._spread(known, days)
        unsure = self._unsure(known, days)
        if unsure is not None and self._agreed_counts:
            agreed = self._agreed(job.id, unsure)
            paid += agreed
            covered = sum(each.days.days(date.max) for each in agreed)
            unsure = None if covered >= unsure.days(date.max) else unsure
        return JobHours(paid, self._sick(job.id, days), unsure)

    @property
    def _agreed_counts(self) -> bool:
        return self._rule.source == "paid_or_agreed" and self._rule.counted == "hours"

    def _spread(self, known: Sequence[Row], days: Period) -> tuple[Spread, ...]:
        found = []
        for row in known:
            amount: Decimal | None = row[self._rule.counted]
            held = common(spell(row), days)
            if amount is not None and held is not None:
                found.append(Spread(held, counted(amount), held.days(date.max)))
        return tuple(found)

    def _unsure(self, known: Sequence[Row], days: Period) -> Period | None:
        """Return the days after the last that was paid; all where an amount is missing."""
        if not known or any(row[self._rule.counted] is None for row in known):
            return days
        last = max(row["last_day"] for row in known)
        ends = days.last_day or last
        return Period(max(days.first_day, _next(last)), ends) if last < ends else None

    def _agreed(self, job: str, days: Period) -> tuple[Spread, ...]:
        """Return the hours agreed a week, on certain days of a job."""
        return tuple(
            Spread(held, counted(row["weekly_hours"]), 7)
            for row in self._terms[job]
            if row["weekly_hours"] is not None
            for held in [common(spell(row), days)]
            if held is not None
        )

    def _sick(self, job: str, days: Period) -> tuple[Spread, ...]:
        which = self._rule.sick_counts
        away = [
            held
            for row in self._absences[job]
            if which == "all" or (which == "paid" and row["paid"])
            for held in [common(spell(row), days)]
            if held is not None
        ]
        return tuple(each for held in away for each in self._agreed(job, held))


def common(one: Period, other: Period) -> Period | None:
    """Return the days that two periods have in common, if any; one of them is closed."""
    first = max(one.first_day, other.first_day)
    last = min(one.last_day or date.max, other.last_day or date.max)
    return Period(first, last) if first <= last else None


def _until(days: Period, as_of: date) -> Period | None:
    return common(days, Period(date.min, as_of))


def _next(day: date) -> date:
    return day + timedelta(1)


def by_person(
    jobs: Mapping[tuple[str, str], Sequence[Job]], hours: Hours, as_of: date
) -> Mapping[tuple[str, str], list[JobHours]]:
    """Return what each person's jobs held."""
    return {
        person: [hours.of(job, as_of) for job in of_person]
        for person, of_person in jobs.items()
    }
