"""Cumulative incidence: who had which event first, where others stand in its way.

A labelled alternative to the curve, where somebody who dies or leaves can no longer
start work at all. Source: O. O. Aalen and S. Johansen (1978).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """`count` people followed for `time` days; `cause` ended it, or None: observation."""

    time: int
    cause: str | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Share:
    """The share of people who had an event by the end of the day `time`."""

    time: int
    share: float


def cumulative_incidence(outcomes: Iterable[Outcome]) -> dict[str, tuple[Share, ...]]:
    """Return for each cause, by name, the share who had it, at the times of its events.

    Unit: days, from 0. The shares of all causes and of who still waits add up to 1. On
    one day events come before the ends of observation.
    """
    days: dict[int, dict[str | None, int]] = defaultdict(lambda: defaultdict(int))
    for each in outcomes:
        if each.count > 0:
            days[each.time][each.cause] += each.count
    at_risk = sum(sum(causes.values()) for causes in days.values())
    waiting = 1.0
    found: dict[str, list[Share]] = defaultdict(list)
    for time in sorted(days):
        had = {cause: n for cause, n in days[time].items() if cause is not None}
        for cause, number in had.items():
            before = found[cause][-1].share if found[cause] else 0.0
            found[cause].append(Share(time, before + waiting * number / at_risk))
        waiting *= 1 - sum(had.values()) / at_risk
        at_risk -= sum(days[time].values())
    return {cause: tuple(found[cause]) for cause in sorted(found)}
