"""When a milestone is reached, walked day by day, week by week and month by month."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from braid.kernel.dates import add_months
from braid.method.contracts.reference_days import DAY, Days, compared
from braid.method.contracts.shape import Milestone, Threshold, Window, Word

ONE_DAY_WINDOW = Window(n=1, of=1, unit="day")
RECURRING = ("job_start", "funder_event", "plan_event", "accepted")


def often(milestone: Milestone) -> bool:
    """Say whether the file lets a milestone come more than once."""
    if milestone.kind in ("periodic", "units") or milestone.repeat is not None:
        return True
    if any(tier.max_count for tier in milestone.tiers):
        return True
    person = milestone.cap.person if milestone.cap else None
    word = milestone.reached.word if isinstance(milestone.reached, Word) else ""
    if person == 1:
        return milestone.kind == "event" and word in RECURRING
    return person is not None


def reached(days: Days, milestone: Milestone) -> Iterator[tuple[date, date, str]]:
    if milestone.kind == "earnings":
        yield from _earned(days, milestone)
    elif milestone.kind == "sustained":
        yield from _sustained(days, milestone)
    elif milestone.kind == "periodic":
        yield from _periods(days, milestone)
    else:
        for day in days.calendar(days.first_day, days.as_of):
            for row in days.happens(milestone.reached, day):
                if milestone.start_minimum is None or _enough(days, milestone, row):
                    yield day, day, row


def _enough(days: Days, milestone: Milestone, row: str) -> bool:
    spell = next(s for s in days.spells() if s[0]["job_id"] == row)
    paid = [
        each
        for each in days.case.of("paid_work")
        if each["job_id"] in {job["job_id"] for job in spell}
        and each["last_day"] <= days.as_of
    ]
    hours = sum((p["hours"] for p in paid if p["hours"] is not None), Decimal(0))
    if hours >= _needed(days, milestone, spell[0]):
        return True
    if paid and all(p["hours"] is not None for p in paid):
        return False
    last = spell[-1]["last_day"]
    ends = days.as_of if last is None else min(last, days.as_of)
    return bool((ends - spell[0]["first_day"]).days + 1 >= 7)


def _needed(days: Days, milestone: Milestone, job: Any) -> Decimal:
    minimum = milestone.start_minimum
    if minimum is None or minimum.hours is not None:
        return Decimal(days.value(minimum.hours)) if minimum else Decimal(0)
    for row in days.case.of("job_terms"):
        mine = row["job_id"] == job["job_id"] and row["first_day"] <= job["first_day"]
        known = mine and row["weekly_hours"] is not None and minimum.part_time_below
        if known and row["weekly_hours"] < days.value(minimum.part_time_below):
            return Decimal(days.value(minimum.part_time_hours))
    if job["contracted_daily_hours"] is not None:
        return Decimal(job["contracted_daily_hours"])
    return Decimal(days.value(minimum.full_day_hours))


def _sustained(days: Days, milestone: Milestone) -> Iterator[tuple[date, date, str]]:
    window = milestone.window or ONE_DAY_WINDOW
    entry = days.entry or days.as_of
    spells = [spell for spell in days.spells() if spell[0]["first_day"] >= entry]
    jobs = [job for spell in spells for job in spell]
    if milestone.wage:
        jobs = [job for job in jobs if job["at_least_minimum"]]
    if not jobs:
        return
    if window.unit == "day":
        yield from _days_in_work(days, milestone, window, jobs)
    elif window.anchor == "rolling":
        yield from _weeks(days, milestone, window, jobs, min(map(_first, jobs)))
    else:
        for spell in spells:
            yield from _weeks(days, milestone, window, jobs, _first(spell[0]))


def _days_in_work(
    days: Days, milestone: Milestone, window: Window, jobs: list[Any]
) -> Iterator[tuple[date, date, str]]:
    """Walk day by day: a gap longer than is tolerated starts the count again."""
    tolerance = int(days.value(window.gap_tolerance_days))
    start: date | None = None
    worked, gap, done = 0, 0, False
    for day in days.calendar(min(map(_first, jobs)), days.as_of):
        if not days.works(day, jobs):
            gap += 1
            continue
        if start is None or gap > tolerance:
            start, worked, done = day, 0, False
        worked, gap = worked + 1, 0
        full = worked >= window.n
        if window.boundary == "elapsed":
            full = (day - start).days >= window.n
        if full and not done:
            done = True
            if _mean_holds(days, milestone, window, jobs, (start, day)):
                first = [job for job in jobs if job["first_day"] == start]
                yield start, day, first[0]["job_id"]


def _mean_holds(
    days: Days,
    milestone: Milestone,
    window: Window,
    jobs: list[Any],
    span: tuple[date, date],
) -> bool:
    rule = milestone.threshold
    if rule is None:
        return True
    first, last = span
    if window.boundary == "elapsed":
        last = first + (window.n - 1) * DAY
    total, known = _hours(days, jobs, first, last)
    mean = total * 7 / window.n
    rises = rule.at_least is not None or rule.above is not None
    return (known or rises) and compared(rule, mean, days.value)


def _hours(
    days: Days, jobs: list[Any], first: date, last: date
) -> tuple[Fraction, bool]:
    total, known = Fraction(0), True
    for day in days.calendar(first, last):
        for job in jobs:
            hours = days.hours_on(job, day)
            if hours is None:
                known = False
            else:
                total += hours
    return total, known


def _weeks(
    days: Days, milestone: Milestone, window: Window, jobs: list[Any], start: date
) -> Iterator[tuple[date, date, str]]:
    """Walk the weeks in order: reached at the end of the first good week w for which
    the weeks w − of + 1 … w contain n good ones."""
    begins = start if window.week == "job" else start - start.weekday() * DAY
    good: list[bool] = []
    while begins + 6 * DAY <= days.as_of:
        ends = begins + 6 * DAY
        amount, known = _hours(days, jobs, begins, ends)
        good.append(_keeps(days, milestone.threshold, amount, known, ends))
        inside = window.anchor == "rolling" or len(good) <= window.of
        span = good[-window.of :]
        if good[-1] and inside and sum(span) >= window.n:
            held = [j for j in jobs if any(days.held(j, d) for d in (start, ends))]
            yield start, ends, (held or jobs)[0]["job_id"]
            return
        begins = ends + DAY


def _keeps(
    days: Days, rule: Threshold | None, amount: Fraction, known: bool, day: date
) -> bool:
    if rule is None:
        return amount > 0
    edge = next(
        value
        for value in (rule.at_least, rule.above, rule.at_most, rule.below)
        if value is not None
    )
    if days.level(edge, day) is None:
        return False
    rises = rule.at_least is not None or rule.above is not None
    return (known or rises) and compared(rule, amount, lambda e: days.level(e, day))


def _earned(days: Days, milestone: Milestone) -> Iterator[tuple[date, date, str]]:
    window = milestone.window or Window(n=1, of=1, unit="month", anchor="rolling")
    begins = (days.entry or days.as_of).replace(day=1)
    start, good = days.entry or days.as_of, list[bool]()
    while (ends := add_months(begins, 1) - DAY) <= days.as_of:
        holds = month_keeps(days, milestone, begins, ends)
        if often(milestone):
            holds = holds and all(days.holds(c, ends) for c in milestone.conditions)
        good.append(holds)
        if good[-1] and sum(good[-window.of :]) >= window.n:
            first = begins if often(milestone) else start
            yield first, ends, ""
            if not often(milestone):
                return
            good = []
        begins = ends + DAY


def month_keeps(days: Days, milestone: Milestone, first: date, last: date) -> bool:
    rule = milestone.threshold
    if rule is None:
        return False
    total = Fraction(0)
    for row in days.case.of("paid_work"):
        if row["last_day"] <= days.as_of and row[rule.measure] is not None:
            length = (row["last_day"] - row["first_day"]).days + 1
            share = Fraction(row[rule.measure]) / length
            inside = [
                day
                for day in days.calendar(row["first_day"], row["last_day"])
                if first <= day <= last
            ]
            total += share * len(inside)
    return _keeps(days, rule, total, True, last)


def _periods(days: Days, milestone: Milestone) -> Iterator[tuple[date, date, str]]:
    seen: set[tuple[int, int]] = set()
    length = 3 if milestone.every == "quarter" else 1
    for day in days.calendar(days.entry or days.as_of, days.as_of):
        period = day.year, (day.month - 1) // length
        if period not in seen and days.holds(milestone.reached, day):
            seen.add(period)
            yield day, day, days.entry_episode["episode_id"]


def _first(job: Any) -> date:
    first: date = job["first_day"]
    return first
