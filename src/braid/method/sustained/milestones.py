"""What came of a start: lasted, ended, not known, not over yet, or cut by death."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["sustained", "not_sustained", "unknown", "immature", "died"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """The status of a milestone on a day.

    `reached_on` is the day that completes it, whether or not it is known that the
    person was still in work. `closes_on` is the first day on which the milestone can be
    judged: before it a start is immature, and stands in no denominator.
    """

    status: Status
    reached_on: date | None
    closes_on: date


def judged(
    reached_on: date | None,
    closes_on: date,
    as_of: date,
    *,
    is_known: bool,
    is_open: bool = False,
    died_on: date | None = None,
) -> Milestone:
    """Return the milestone: death first, then immaturity, then what is known.

    `is_open`: not reached and still possible. Death on the day it would be reached, or
    before the window closed, is no answer: the start stands in no denominator.
    """
    status: Status = "sustained" if is_known else "unknown"
    if died_on is not None and died_on <= (reached_on or closes_on):
        status = "died"
    elif closes_on > as_of or is_open:
        status = "immature"
    elif reached_on is None and is_known:
        status = "not_sustained"
    return Milestone(status, reached_on, closes_on)
