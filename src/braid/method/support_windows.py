"""The windows in which a new job asks for a meeting, each with the day that met it.

Face to face in the days before the start, in the first days after it, in each of the
first four weeks, then once a month. The lengths are those of the clocks of the
jurisdiction pack (C8 to C11 of the list of clocks). The clocks say what is due today;
these windows look back over the whole job, as a prompt for a conversation.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from braid.kernel.dates import Period, add_months
from braid.method.clocks import (
    AFTER_START,
    BEFORE_START,
    FIRST_MONTH,
    FIRST_WEEKS,
    STABLE_WORK,
    WEEK,
    ClockLimit,
)

DAY = timedelta(1)
# Sustained work is asked about after 13 and 26 weeks, the evidence for it 7 days before
# (C21; decision of the house).
SUSTAINED_WEEKS = (13, 26)
ASKED_BEFORE = timedelta(7)


class WindowState(StrEnum):
    """What became of a window by a day."""

    MET = "met"
    OPEN = "open"
    MISSED = "missed"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Window:
    """Days in which to meet face to face, both inside; `number` counts within a kind.

    `met_on` is the first day on which it was met.
    """

    kind: str
    number: int
    first_day: date
    last_day: date
    met_on: date | None
    state: WindowState


@dataclass(frozen=True, slots=True)
class SustainedCheck:
    """The day on which work has lasted so many weeks, and when to ask for its proof."""

    weeks: int
    day: date
    ask_on: date


def windows(
    job: Period,
    limits: Mapping[str, ClockLimit],
    in_person_days: Collection[date],
    today: date,
    *,
    since: date | None = None,
) -> tuple[Window, ...]:
    """Return the windows of a job up to the one that runs on `today`, in order.

    `in_person_days` are days of attended contacts face to face; those after `today` are
    plans and meet nothing. A window that begins after the last day of the job is not
    asked for, one that runs then ends with the job. What was over before `since`, the
    day on which the service began, is not asked for either. A kind without a limit has
    no windows. Of the future, only the windows of the first four weeks are shown.
    """
    met = sorted(day for day in in_person_days if day <= today)
    return tuple(
        _seen(kind, number, span, met, today)
        for kind, number, span in _spans(job, limits, today)
        if since is None or span[1] >= since
    )


def sustained(job: Period) -> tuple[SustainedCheck, ...]:
    """Return the days on which a job has lasted 13 and 26 weeks, as far as it does."""
    days = (
        (weeks, job.first_day + timedelta(weeks=weeks)) for weeks in SUSTAINED_WEEKS
    )
    return tuple(
        SustainedCheck(weeks, day, day - ASKED_BEFORE)
        for weeks, day in days
        if job.last_day is None or day <= job.last_day + DAY
    )


Span = tuple[date, date]


def _seen(
    kind: str, number: int, span: Span, met: Collection[date], today: date
) -> Window:
    first, last = span
    met_on = next((day for day in met if first <= day <= last), None)
    if met_on is not None:
        state = WindowState.MET
    elif today < first:
        state = WindowState.AHEAD
    else:
        state = WindowState.OPEN if today <= last else WindowState.MISSED
    return Window(kind, number, first, last, met_on, state)


def _spans(
    job: Period, limits: Mapping[str, ClockLimit], today: date
) -> Iterator[tuple[str, int, Span]]:
    start, end = job.first_day, job.last_day
    if before := limits.get(BEFORE_START):
        yield BEFORE_START, 1, (start - timedelta(before.limit), start - DAY)
    for kind, number, first, last in _after(start, limits, today):
        if end is None or first <= end:
            yield kind, number, (first, last if end is None else min(last, end))


def _after(
    start: date, limits: Mapping[str, ClockLimit], today: date
) -> Iterator[tuple[str, int, date, date]]:
    """Yield the windows from the first day on, as if the job went on."""
    if after := limits.get(AFTER_START):
        yield AFTER_START, 1, start, after.due(start)
    if FIRST_MONTH in limits:
        for week in range(FIRST_WEEKS // WEEK):
            first = start + timedelta(week * WEEK)
            yield FIRST_MONTH, week + 1, first, first + timedelta(WEEK - 1)
    if monthly := limits.get(STABLE_WORK):
        begins, number = start + timedelta(FIRST_WEEKS), 1
        first = begins
        while first <= today:
            ahead = number * monthly.limit
            by_month = monthly.unit == "month"
            then = add_months(begins, ahead) if by_month else begins + ahead * DAY
            yield STABLE_WORK, number, first, then - DAY
            first, number = then, number + 1
