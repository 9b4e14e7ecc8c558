"""Windows of days in work: the n-th day, or the first day and n more, still in work."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from braid.method.contracts import spans
from braid.method.contracts.conditions import Known
from braid.method.contracts.events import Event
from braid.method.contracts.measured import Measured, also_flag, shown
from braid.method.contracts.shape import Milestone, Threshold, Window
from braid.method.contracts.slots import WEEK, Slot, of_jobs, satisfies
from braid.method.contracts.spans import Spans
from braid.method.contracts.work import Held, Value, Work


def by_days(
    known: Known,
    milestone: Milestone,
    window: Window,
    work: Work,
    jobs: Sequence[Held],
    start: date | None = None,
) -> list[Measured]:
    """Return the tries at so many days, with what their threshold says of them.

    From `start` on where it is given. Raises Unbound.
    """
    key = (
        "days",
        window,
        start,
        milestone.wage,
        work.profile,
        jobs[0].id if jobs else "",
    )
    tries = known.memo.get(key)
    if tries is None:
        tries = known.memo[key] = _day_tries(known, window, work, jobs, start)
    return [
        each
        if each.reached_on is None
        else _thresholded(known, milestone, window, work, jobs, each)
        for each in tries
    ]


def _day_tries(
    known: Known,
    window: Window,
    work: Work,
    jobs: Sequence[Held],
    start: date | None,
) -> list[Measured]:
    """Return the tries at so many days, whatever their threshold."""
    days = work.days(jobs, sick_counts=window.sick_counts)
    employed = work.days(jobs, sick_counts=None)
    if start is not None:
        days = spans.common(days, spans.since(start))
        employed = spans.common(employed, spans.since(start))
    tolerance = int(known.number(window.gap_tolerance_days))
    found = []
    for chain in _chains(employed, tolerance, window):
        own = spans.common(days, ((chain[0][0], chain[-1][1]),))
        first_day = chain[0][0]
        reached = _day_reached(own, first_day, window)
        row = _job_on(jobs, first_day)
        ends = reached or chain[-1][1]
        event = Event(
            first_day,
            row.id,
            str(row.row["episode_id"]),
            tuple(
                e.id for e in jobs if e.first_day <= ends and e.last_day >= first_day
            ),
        )
        so_far = spans.days_in(own, first_day, ends)
        values = {"days": so_far, "of": window.n, "gap": tolerance, "since": first_day}
        if reached is not None:
            found.append(Measured(first_day, reached, event, values=values))
            continue
        open_ = (known.as_of - chain[-1][1]).days <= tolerance
        earliest = None
        if open_:
            earliest = known.as_of + timedelta(window.n - so_far)
            if window.boundary == "elapsed":
                earliest = first_day + timedelta(window.n)
        reason = "window_open" if open_ else "window_failed"
        found.append(Measured(first_day, None, event, reason, earliest, values=values))
    return found


def _job_on(jobs: Sequence[Held], day: date) -> Held:
    """Return the job with which work began on a day, or goes on."""
    begun = [each for each in jobs if each.first_day == day]
    going_on = [each for each in jobs if each.first_day <= day <= each.last_day]
    return (begun or going_on or list(jobs))[0]


def _chains(days: Spans, tolerance: int, window: Window) -> Iterator[Spans]:
    """Yield the chains of work: a gap longer than is tolerated starts a new one.

    Where n days are asked of more, and not one after another, every time in work begins
    a chain that goes on to the end.
    """
    if window.of > window.n and not window.consecutive:
        for number in range(len(days)):
            yield days[number:]
        return
    chain: list[tuple[date, date]] = []
    for first, last in days:
        if chain and (first - chain[-1][1]).days - 1 > tolerance:
            yield tuple(chain)
            chain = []
        chain.append((first, last))
    if chain:
        yield tuple(chain)


def _day_reached(days: Spans, start: date, window: Window) -> date | None:
    """Return the n-th day in work, or the day n days after the first, still in work."""
    limit = None
    if window.of > window.n and window.anchor == "start":
        limit = start + timedelta(window.of - 1)
    if window.boundary == "elapsed":
        due = start + timedelta(window.n)
        reached = spans.first_from(days, due)
        return reached if limit is None or (reached and reached <= limit) else None
    if window.of > window.n and window.anchor == "rolling":
        return _rolling_day(days, window)
    left = window.n
    for first, last in days:
        length = (last - first).days + 1
        if length >= left:
            reached = first + timedelta(left - 1)
            return reached if limit is None or reached <= limit else None
        left -= length
    return None


def _rolling_day(days: Spans, window: Window) -> date | None:
    found = [
        first + timedelta(n)
        for first, last in days
        for n in range((last - first).days + 1)
    ]
    pairs = zip(found, found[window.n - 1 :], strict=False)
    return next((b for a, b in pairs if (b - a).days < window.of), None)


def _thresholded(
    known: Known,
    milestone: Milestone,
    window: Window,
    work: Work,
    jobs: Sequence[Held],
    base: Measured,
) -> Measured:
    """Return a window of days with what its threshold says of it."""
    last = base.reached_on or base.first_day
    if window.boundary == "elapsed":
        last = base.first_day + timedelta(window.n - 1)
    found = replace(base, flags=_also(known, milestone, work, jobs, base, last))
    threshold = milestone.threshold
    if threshold is None:
        return found
    ok, unknown, value = _over_days(
        known, threshold, window, work, jobs, base.first_day, last
    )
    values = {**base.values, "measure": threshold.measure, "value": value}
    if ok:
        return replace(found, values=values)
    flags = (*found.flags, "hours_unknown") if unknown else found.flags
    return replace(
        found, reached_on=None, reason="below_threshold", flags=flags, values=values
    )


def _over_days(
    known: Known,
    threshold: Threshold,
    window: Window,
    work: Work,
    jobs: Sequence[Held],
    first: date,
    last: date,
) -> tuple[bool, bool, str]:
    """Say whether days satisfy a threshold, whether some are not known, and the value."""
    value = of_jobs(work, jobs, window.sick_counts)
    if threshold.statistic == "each":
        slots = [
            Slot(day, min(day + timedelta(WEEK - 1), last))
            for n in range(0, (last - first).days + 1, WEEK)
            for day in [first + timedelta(n)]
        ]
        found = [value(threshold.measure, slot) for slot in slots]
        ok = all(satisfies(known, threshold, each, last) for each in found)
        lowest = min(each.amount for each in found)
        return ok, not all(each.known for each in found), shown(lowest)
    measure = "paid_hours" if threshold.measure == "weekly_hours" else threshold.measure
    whole = value(measure, Slot(first, last))
    amount = whole.amount
    if threshold.statistic == "mean":
        per = Fraction(WEEK) if threshold.measure == "weekly_hours" else Fraction(1)
        amount = amount * per / window.n
    found_value = Value(amount, whole.known)
    ok = satisfies(known, threshold, found_value, last)
    return ok, not whole.known, shown(amount)


def _also(
    known: Known,
    milestone: Milestone,
    work: Work,
    jobs: Sequence[Held],
    base: Measured,
    last: date,
) -> tuple[str, ...]:
    window = milestone.window or Window(n=1, of=1, unit="day")
    return tuple(
        also_flag(each)
        for each in milestone.record_also
        if _over_days(known, each, window, work, jobs, base.first_day, last)[0]
    )
