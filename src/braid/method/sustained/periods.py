"""Work in enough weeks or months: n of a span of `of`, each with enough hours or pay."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from braid.kernel.dates import Period, add_months, days_between, iso_week_start
from braid.method.sustained.milestones import Milestone, judged
from braid.method.sustained.spreading import Spread, counted

Unit = Literal["job_week", "iso_week", "month"]
"""Seven days from the start on, the week from Monday on, or the calendar month."""


@dataclass(frozen=True, slots=True)
class PeriodsRule:
    """How many periods of a span, and what each must hold. Amounts are hours or money.

    `comparator`: at_least or above the `threshold`. Not `cumulative`: one after another.
    `anchor`: the span begins with the start, or rolls on with any later period.
    """

    n: int = 13
    of: int = 13
    unit: Unit = "job_week"
    threshold: Decimal = Decimal(0)
    comparator: Literal["at_least", "above"] = "above"
    cumulative: bool = True
    anchor: Literal["start", "rolling"] = "start"

    def is_met(self, amount: int) -> bool:
        """Say whether an amount, in ten-thousandths, is enough for one period."""
        edge = counted(self.threshold)
        return amount > edge or (self.comparator == "at_least" and amount == edge)

    def reached(self, numbers: Iterable[int]) -> int | None:
        """Return the period in which the last of n falls, of those with enough."""
        found = sorted(set(numbers))
        if self.anchor == "start":
            found = [number for number in found if number < self.of]
        span = self.of if self.cumulative else self.n
        pairs = zip(found, found[self.n - 1 :], strict=False)
        return next((last for first, last in pairs if last - first < span), None)


@dataclass(frozen=True, slots=True)
class JobHours:
    """What was worked or earned in one job, as it was known on a day.

    `sick` are days of sick leave that count, with the hours agreed a week. `unsure` are
    days in the job for which nothing is recorded.
    """

    paid: tuple[Spread, ...] = ()
    sick: tuple[Spread, ...] = ()
    unsure: Period | None = None

    def up_to(self, last_day: date) -> "JobHours":
        """Return what is known of the days up to and with one."""
        paid, sick = (
            tuple(part for each in spreads if (part := each.up_to(last_day)))
            for spreads in (self.paid, self.sick)
        )
        unsure = self.unsure
        if unsure is not None and unsure.first_day > last_day:
            unsure = None
        elif unsure is not None:
            ends = min(unsure.last_day or last_day, last_day)
            unsure = Period(unsure.first_day, ends)
        return JobHours(paid, sick, unsure)


def period_number(unit: Unit, start: date, day: date) -> int:
    """Return which period since the start holds a day; that of the start is 0."""
    if unit == "month":
        return 12 * (day.year - start.year) + day.month - start.month
    begins = start if unit == "job_week" else iso_week_start(start)
    return days_between(begins, day) // 7


def period_days(unit: Unit, start: date, number: int) -> Period:
    """Return the days of a period since the start; none lies before the start."""
    first, after = (_begins(unit, start, each) for each in (number, number + 1))
    return Period(max(first, start), after - timedelta(1))


def _begins(unit: Unit, start: date, number: int) -> date:
    if unit == "month":
        return add_months(start.replace(day=1), number)
    begins = start if unit == "job_week" else iso_week_start(start)
    return begins + timedelta(7 * number)


def amounts_by_period(
    jobs: Iterable[JobHours], unit: Unit, start: date
) -> Mapping[int, int]:
    """Return the ten-thousandths of each period since the start, all jobs together.

    Shape: by number. In a week with sick leave that counts, a job has at least the hours
    agreed for a week; in months sick leave adds nothing.
    """
    found: Counter[int] = Counter()
    for job in jobs:
        own: Counter[int] = Counter()
        for each in job.paid:
            for number in _numbers(each.days, unit, start):
                days = period_days(unit, start, number)
                own[number] += each.within(
                    days.first_day, days.last_day or days.first_day
                )
        for each in job.sick if unit != "month" else ():
            for number in _numbers(each.days, unit, start):
                own[number] = max(own[number], each.amount)
        found.update(own)
    return found


def _numbers(days: Period, unit: Unit, start: date) -> range:
    last = days.last_day or days.first_day
    if last < start:
        return range(0)
    first = period_number(unit, start, max(days.first_day, start))
    return range(first, period_number(unit, start, last) + 1)


def by_periods(
    jobs: Sequence[JobHours],
    start: date,
    rule: PeriodsRule,
    as_of: date,
    died_on: date | None = None,
) -> Milestone:
    """Return what came of a start: n periods with enough, within a span of `of`.

    The start can be judged when the first span of `of` periods is over. Missing: when
    only periods for which hours are not recorded could complete it, it is unknown.
    """
    amounts = amounts_by_period(jobs, rule.unit, start)
    enough = [number for number, amount in amounts.items() if rule.is_met(amount)]
    closes_on = _begins(rule.unit, start, rule.of)
    reached = rule.reached(enough)
    possible = rule.reached([*enough, *unsure_periods(jobs, rule.unit, start)])
    first = possible if reached is None else reached
    return judged(
        _last_day(rule.unit, start, first),
        closes_on,
        as_of,
        is_known=reached is not None or possible is None,
        died_on=died_on,
    )


def unsure_periods(
    jobs: Iterable[JobHours], unit: Unit, start: date
) -> Collection[int]:
    """Return the periods since the start with days for which nothing is recorded."""
    found: set[int] = set()
    for job in jobs:
        if job.unsure is not None:
            found.update(_numbers(job.unsure, unit, start))
    return found


def _last_day(unit: Unit, start: date, number: int | None) -> date | None:
    return None if number is None else period_days(unit, start, number).last_day
