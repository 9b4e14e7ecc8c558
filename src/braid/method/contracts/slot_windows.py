"""Windows of weeks, months and pay periods: n of so many that hold enough."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from braid.method.contracts.conditions import Known
from braid.method.contracts.events import Event
from braid.method.contracts.measured import Holds, Measured, also_flag
from braid.method.contracts.shape import Milestone, Threshold, Window
from braid.method.contracts.slots import (
    WEEK,
    Slot,
    ValueOf,
    completing,
    months,
    pay_periods,
    satisfies,
    weeks,
)
from braid.method.contracts.work import Held, Value


@dataclass(frozen=True, slots=True)
class Asked:
    """A milestone of a case with what a slot holds, and the further conditions."""

    known: Known
    milestone: Milestone
    window: Window
    jobs: Sequence[Held]
    value: ValueOf
    conditions: Holds
    repeated: bool


def _slots(asked: Asked, start: date) -> list[Slot]:
    window, as_of = asked.window, asked.known.as_of
    if window.unit == "week":
        return weeks(start, window.week, as_of)
    if window.unit == "pay_period":
        rows = asked.known.case.of("paid_work")
        return [slot for slot in pay_periods(rows, start) if slot.last_day <= as_of]
    return months(start, as_of)


def _is_good(asked: Asked, slot: Slot) -> bool:
    """Say whether a slot counts: it satisfies the threshold, or holds any work at all."""
    threshold = asked.milestone.threshold
    if threshold is not None and (threshold.statistic == "each" or _single(asked)):
        found = asked.value(threshold.measure, slot)
        return satisfies(asked.known, threshold, found, slot.last_day)
    measure = "paid_hours" if asked.jobs else "gross"
    return asked.value(measure, slot).amount > 0


def _single(asked: Asked) -> bool:
    return asked.window.n == 1 and asked.window.of == 1


def _whole_holds(asked: Asked, slots: Sequence[Slot], last: int) -> bool:
    """Say whether the span of `of` slots satisfies a threshold on its mean or sum."""
    threshold = asked.milestone.threshold
    if threshold is None or threshold.statistic == "each" or _single(asked):
        return True
    span = slots[max(0, last - asked.window.of + 1) : last + 1]
    found = [asked.value(threshold.measure, slot) for slot in span]
    total = sum((each.amount for each in found), Fraction(0))
    if threshold.statistic == "mean":
        total = total / len(span)
    value = Value(total, all(each.known for each in found))
    return satisfies(asked.known, threshold, value, span[-1].last_day)


def by_slots(asked: Asked, start: date) -> Iterator[Measured]:
    """Yield the tries at a window from the slot of a day on. Raises Unbound."""
    slots = _slots(asked, start)
    good: list[bool] = []
    reached = False
    for first, last in completing(
        _looked_at(asked, slots, good), asked.window, repeated=asked.repeated
    ):
        day = slots[last].last_day
        if not _whole_holds(asked, slots, last):
            continue
        if not asked.repeated and not asked.conditions(day):
            continue
        reached = True
        yield _measured(asked, slots, start, (first, last))
        if not asked.repeated:
            return
    if not reached:
        yield _unreached(asked, slots, good, start)


def _looked_at(asked: Asked, slots: Sequence[Slot], good: list[bool]) -> Iterator[bool]:
    """Yield of one slot after another whether it counts, and keep it in `good`."""
    for slot in slots:
        counts = _in_any_job(asked, slot) and _is_good(asked, slot)
        if counts and asked.repeated:
            counts = asked.conditions(slot.last_day)
        good.append(counts)
        yield counts


def _in_any_job(asked: Asked, slot: Slot) -> bool:
    """Say whether a slot can hold work at all; earnings may come after a job."""
    if not asked.jobs or _falls(asked.milestone.threshold):
        return True
    return any(
        each.first_day <= slot.last_day and each.last_day >= slot.first_day
        for each in asked.jobs
    )


def _falls(threshold: Threshold | None) -> bool:
    """Say whether nothing at all may be enough: at most so much, or below it."""
    return threshold is not None and (
        threshold.at_most is not None or threshold.below is not None
    )


def _measured(
    asked: Asked,
    slots: Sequence[Slot],
    start: date,
    found: tuple[int, int],
) -> Measured:
    first, last = found
    day = slots[last].last_day
    begins = slots[first].first_day if asked.repeated else start
    values = {
        "good": asked.window.n,
        "n": asked.window.n,
        "of": asked.window.of,
        "unit": asked.window.unit,
        "from": slots[first].first_day,
        "on": day,
    }
    flags = tuple(
        also_flag(each)
        for each in asked.milestone.record_also
        if _also_met(asked, each, slots, last)
    )
    return Measured(begins, day, _event(asked, begins, day), flags=flags, values=values)


def _also_met(
    asked: Asked, threshold: Threshold, slots: Sequence[Slot], last: int
) -> bool:
    span = slots[max(0, last - asked.window.of + 1) : last + 1]
    met = [
        slot
        for slot in span
        if satisfies(
            asked.known, threshold, asked.value(threshold.measure, slot), slot.last_day
        )
    ]
    return len(met) >= asked.window.n


def _event(asked: Asked, first: date, last: date) -> Event:
    if asked.jobs:
        held = [e for e in asked.jobs if e.first_day <= last and e.last_day >= first]
        job = (held or list(asked.jobs))[0]
        episode = str(job.row["episode_id"])
        return Event(last, job.id, episode, tuple(each.id for each in held))
    paid = [
        row["job_id"]
        for row in asked.known.case.of("paid_work")
        if row["first_day"] <= last and row["last_day"] >= first
    ]
    jobs = {row["job_id"]: row["episode_id"] for row in asked.known.case.of("jobs")}
    row = min(paid) if paid else min(jobs)
    return Event(last, row, jobs[row], tuple(sorted(set(paid))))


def _unreached(
    asked: Asked, slots: Sequence[Slot], good: Sequence[bool], start: date
) -> Measured:
    window, known = asked.window, asked.known
    done = len([each for each in good[-window.of :] if each])
    if window.anchor == "start":
        done = len([each for each in good[: window.of] if each])
    earliest = _earliest(asked, slots, good, start)
    ahead = earliest is not None and _goes_on(asked, slots, good)
    values = {
        "good": done,
        "n": window.n,
        "of": window.of,
        "unit": window.unit,
        "since": start,
    }
    return Measured(
        start,
        None,
        _event(asked, start, known.as_of),
        "window_open" if ahead else "window_failed",
        earliest if ahead else None,
        values=values,
    )


def _goes_on(asked: Asked, slots: Sequence[Slot], good: Sequence[bool]) -> bool:
    """Say whether more slots may still come: in work, or within what may be missed."""
    if not asked.jobs:
        return True
    as_of = asked.known.as_of
    if any(each.last_day >= as_of for each in asked.jobs):
        return True
    missed = next((n for n, each in enumerate(reversed(good)) if each), len(good))
    allowed = 0 if asked.window.consecutive else asked.window.of - asked.window.n
    return missed <= allowed and any(good)


def _earliest(
    asked: Asked, slots: Sequence[Slot], good: Sequence[bool], start: date
) -> date | None:
    """Return the end of the slot that completes the window if all to come are good."""
    window = asked.window
    if window.unit == "pay_period":
        return slots[-1].last_day + timedelta(slots[-1].days) if slots else None
    if window.unit == "week":
        ahead = weeks(
            start, window.week, start + timedelta(WEEK * (len(slots) + window.n))
        )
    else:
        end = (slots[-1].last_day if slots else start) + timedelta(31 * (window.n + 1))
        ahead = months(start, end)
    padded = [*good, *([True] * (len(ahead) - len(good)))]
    for _, last in completing(padded, window, repeated=False):
        if last >= len(good):
            return ahead[last].last_day
    return None
