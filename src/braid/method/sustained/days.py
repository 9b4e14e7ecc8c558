"""Work that lasts for so many days: in the same or a next job through day N.

Source: the day convention of Braid. The first day of the job is day 1, so 13 complete
weeks are the days 1 to 91; `beyond` asks for one day more, as `elapsed` does (a start
on day s is 90 days old on s + 90), and `inclusive` is another word for `complete`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from braid.kernel.dates import Period, days_between
from braid.method.sustained.milestones import Milestone, judged
from braid.method.tenure import merge

Boundary = Literal["complete", "beyond", "inclusive", "elapsed"]
EXTRA_DAYS: Mapping[str, int] = {
    "complete": 0,
    "inclusive": 0,
    "beyond": 1,
    "elapsed": 1,
}
"""How many days in work are asked for beyond the n-th."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in a job that counts, known of until `seen_to`; None: for all of it."""

    days: Period
    seen_to: date | None = None

    def is_known_on(self, day: date) -> bool:
        """Say whether the person is known to have been in this job on a day."""
        seen = self.seen_to is None or day <= self.seen_to
        return seen and self.days.contains(day)


@dataclass(frozen=True, slots=True)
class DaysRule:
    """How long, and what may lie between. Unit: calendar days.

    Days between two jobs do not count unless `gaps_count`; a gap longer than
    `max_gap_days`, or one gap more than `max_gaps`, ends the chain.
    """

    n: int = 91
    boundary: Boundary = "complete"
    max_gap_days: int = 0
    gaps_count: bool = False
    max_gaps: int | None = None

    @property
    def required(self) -> int:
        """Return the days in work that are asked for."""
        return self.n + EXTRA_DAYS[self.boundary]


def by_days(
    stays: Iterable[Stay],
    start: date,
    rule: DaysRule,
    as_of: date,
    died_on: date | None = None,
) -> Milestone:
    """Return what came of a start on a day in work, as it was known on `as_of`.

    A stay without a last day lasts until `as_of`. Sick leave is no gap: the job goes on.
    Missing: when nobody knows whether the person was in work on the day that completes
    it, the status is unknown.
    """
    known = list(stays)
    chain = _chain(known, start, rule, as_of)
    bridged = days_between(start, chain[-1].last_day or as_of) + 1 - _worked(chain)
    reached_on = _reached_on(chain, start, rule)
    closes_on = start + timedelta(rule.n + (0 if rule.gaps_count else bridged))
    if reached_on is not None and not rule.gaps_count:
        closes_on = reached_on + timedelta(1 - EXTRA_DAYS[rule.boundary])
    return judged(
        reached_on,
        closes_on,
        as_of,
        is_known=reached_on is None
        or any(stay.is_known_on(reached_on) for stay in known),
        is_open=reached_on is None and _may_go_on(chain, rule, as_of),
        died_on=died_on,
    )


def _chain(
    stays: Iterable[Stay], start: date, rule: DaysRule, as_of: date
) -> list[Period]:
    """Return the times in work from the start on, up to the gap that ends the chain."""
    closed = [
        Period(stay.days.first_day, min(stay.days.last_day or as_of, as_of))
        for stay in stays
        if stay.days.first_day <= as_of
    ]
    chain: list[Period] = []
    for block in merge(closed):
        if block.ended_before(start):
            continue
        if chain and not _carries_on(chain, block, rule):
            break
        chain.append(Period(max(block.first_day, start), block.last_day))
    return chain or [Period(start, start)]


def _carries_on(chain: list[Period], block: Period, rule: DaysRule) -> bool:
    before = chain[-1].last_day or date.max
    too_many = rule.max_gaps is not None and len(chain) > rule.max_gaps
    return (
        not too_many and days_between(before, block.first_day) <= rule.max_gap_days + 1
    )


def _worked(chain: Iterable[Period]) -> int:
    return sum(block.days(date.max) for block in chain)


def _reached_on(chain: Iterable[Period], start: date, rule: DaysRule) -> date | None:
    """Return the day on which as many days are full as are asked for."""
    left = rule.required
    by_calendar = start + timedelta(rule.required - 1)
    for block in chain:
        if rule.gaps_count:
            if not block.ended_before(by_calendar):
                return max(by_calendar, block.first_day)
        elif block.days(date.max) >= left:
            return block.first_day + timedelta(left - 1)
        left -= block.days(date.max)
    return None


def _may_go_on(chain: list[Period], rule: DaysRule, as_of: date) -> bool:
    """Say whether a next job could still come in time."""
    last = chain[-1].last_day or as_of
    too_many = rule.max_gaps is not None and len(chain) > rule.max_gaps
    return last == as_of or (
        not too_many and days_between(last, as_of) <= rule.max_gap_days
    )
