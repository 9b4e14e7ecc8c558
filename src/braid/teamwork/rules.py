"""How long a reminder can be put off, and what one side may ask the other. Pure.

A clock is a prompt for a conversation. Putting it off is a decision with a reason, for
no longer than the clock itself runs and never for more than two weeks.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from braid.access.policy import Information
from braid.method.small_numbers.rules import Rule, Sum
from braid.method.small_numbers.tables import protect

CLOCK_DAYS = 14
TASK_DAYS = 90


def latest_day(today: date, *, is_clock: bool, limit_days: int | None = None) -> date:
    """Return the last day until which a reminder can be put off, as seen on `today`."""
    if not is_clock:
        return today + timedelta(TASK_DAYS)
    return today + timedelta(max(1, min(CLOCK_DAYS, limit_days or CLOCK_DAYS)))


# Four weeks: a person of whom a team does not speak for as long is out of sight.
UNMENTIONED_DAYS = 28


def is_unmentioned(spoken_on: date | None, since_on: date, day: date) -> bool:
    """Say whether nobody talked about a person for four weeks, as seen on `day`.

    `spoken_on` is the last meeting that did, `since_on` the day from which the team has
    treated the person: who came lately is not forgotten yet.
    """
    return day - max(spoken_on or since_on, since_on) >= timedelta(UNMENTIONED_DAYS)


ANSWER_DAYS = 7  # until an answer is wanted, and within which it counts as in time
PASSED_ON_AFTER = 3  # days after that day
FIGURE_DAYS = 90


class Bar(StrEnum):
    """Why something must not be asked."""

    RESTRICTED = "restricted"
    TREATMENT_ELSEWHERE = "treatment_elsewhere"
    RECEIVER_NOT_KNOWING = "receiver_not_knowing"
    RECEIVER_NOT_READING = "receiver_not_reading"
    ASKER_NOT_READING = "asker_not_reading"


def bar(
    kind: Information,
    *,
    asker: Collection[Information],
    receiver: Collection[Information],
    is_to_clinic: bool,
    is_restricted: bool = False,
) -> Bar | None:
    """Return why a question about somebody must not be sent, or None.

    `asker` and `receiver` are the classes that the two sides read of the person. Both
    sides must read what is asked: one answers it, the other reads the answer.
    """
    if is_restricted:
        return Bar.RESTRICTED
    if kind == Information.TREATMENT and not is_to_clinic:
        return Bar.TREATMENT_ELSEWHERE
    if Information.IDENTITY not in receiver:
        return Bar.RECEIVER_NOT_KNOWING
    if kind not in receiver:
        return Bar.RECEIVER_NOT_READING
    if kind not in asker:
        return Bar.ASKER_NOT_READING
    return None


def is_overdue(due_on: date | None, today: date) -> bool:
    """Say whether an open question has had its day."""
    return due_on is not None and due_on < today


def passed_on_before(today: date) -> date:
    """Return the day before which the due day of what is passed on today lies."""
    return today - timedelta(PASSED_ON_AFTER)


@dataclass(frozen=True, slots=True)
class Responses:
    """How one side answered the other: of all `asked`, how many and how fast.

    `median_days` is of those answered, None without any.
    """

    asked: int
    answered: int
    in_time: int
    median_days: float | None


def responses(asked: int, days: Iterable[tuple[int, int]]) -> Responses:
    """Return how fast questions were answered, from (days, how many) of those answered."""
    counted = sorted(days)
    answered = sum(number for _days, number in counted)
    in_time = sum(number for taken, number in counted if taken <= ANSWER_DAYS)
    return Responses(asked, answered, in_time, _median(counted, answered))


def shown(one: Responses, rule: Rule) -> Responses | None:
    """Return how one side answered as a profile shows it; None where it is too few.

    Hidden with the number asked, answered in time, or not so; the middle of the days
    is hidden with the number answered.
    """
    counts = (one.in_time, one.asked - one.in_time, one.asked)
    found = protect(counts, [Sum(2, (0, 1))], rule, of_rates=(0, 1))
    if found.hidden:
        return None
    median = None if rule.is_small(one.answered) else one.median_days
    printed = rule.printed
    return Responses(
        printed(one.asked), printed(one.answered), printed(one.in_time), median
    )


def _median(counted: list[tuple[int, int]], total: int) -> float | None:
    if not total:
        return None
    return (_at(counted, (total - 1) // 2) + _at(counted, total // 2)) / 2


def _at(counted: list[tuple[int, int]], place: int) -> int:
    """Return the value at a place, from 0, of sorted values with their numbers."""
    for value, number in counted:
        if place < number:
            return value
        place -= number
    raise IndexError(place)


def window(today: date) -> tuple[date, date]:
    """Return the days on which questions count: 90, each of which had its time."""
    last = today - timedelta(ANSWER_DAYS)
    return last - timedelta(FIGURE_DAYS - 1), last


def may_correct(
    author: UUID | None, reader: UUID | None, colleagues: Collection[UUID]
) -> bool:
    """Say whether `reader` may correct what somebody wrote: who wrote it, or a colleague."""
    return author is not None and (author == reader or author in colleagues)
