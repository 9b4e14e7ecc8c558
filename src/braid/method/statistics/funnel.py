"""Funnel limits: how far a unit's rate may lie from the pooled one by chance alone.

Units are held against all together, never ranked. Source: D. J. Spiegelhalter, Funnel
plots for comparing institutional performance (2005), the exact binomial limits with the
interpolation of its appendix.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from braid.method.statistics.distributions import binomial_at_most
from braid.method.statistics.intervals import Interval
from braid.method.statistics.proportions import must_be_counts

Place = Literal["inside", "outside_95", "outside_998"]


@dataclass(frozen=True, slots=True)
class Point:
    """A unit in the funnel: its rate, the limits at its size, and where it lies."""

    events: int
    n: int
    within_95: Interval
    within_998: Interval

    @property
    def rate(self) -> Fraction:
        return Fraction(self.events, self.n)

    @property
    def place(self) -> Place:
        """Return whether chance alone explains the rate: at 95, 99.8 per cent, or not."""
        if not self.within_998.low <= self.rate <= self.within_998.high:
            return "outside_998"
        is_inside = self.within_95.low <= self.rate <= self.within_95.high
        return "inside" if is_inside else "outside_95"


@dataclass(frozen=True, slots=True)
class Funnel:
    """All units with the pooled rate, in the order in which they were given.

    Units without anybody are in none of it. `rate` is None where there is nobody.
    """

    rate: Fraction | None
    points: Mapping[str, Point]


def funnel(units: Mapping[str, tuple[int, int]]) -> Funnel:
    """Return where units lie, from (events, people) of each.

    Raises InputFault unless 0 ≤ events ≤ people for every unit.
    """
    for events, n in units.values():
        must_be_counts(events, n)
    people = sum(n for _events, n in units.values())
    if not people:
        return Funnel(None, {})
    pooled = Fraction(sum(events for events, _n in units.values()), people)
    points = {
        name: Point(events, n, limits(pooled, n, 0.95), limits(pooled, n, 0.998))
        for name, (events, n) in units.items()
        if n
    }
    return Funnel(pooled, points)


def limits(rate: Fraction | float, n: int, share: float) -> Interval:
    """Return between which rates `share` of all units of `n` people lie, if all are alike.

    `n` from 1; rates from 0 to 1.
    """
    beyond, rate = (1 - share) / 2, float(rate)
    # Above stands whoever has as few without the event as the lowest have with it.
    return Interval(_lowest(rate, n, beyond), 1 - _lowest(1 - rate, n, beyond))


def _lowest(rate: float, n: int, level: float) -> float:
    """Return the rate beneath which a unit lies with a probability of `level`."""
    low, high = -1, n  # between them the smallest number with more than that beneath it
    while high - low > 1:
        middle = (low + high) // 2
        if binomial_at_most(middle, n, rate) > level:
            high = middle
        else:
            low = middle
    here, before = binomial_at_most(high, n, rate), binomial_at_most(low, n, rate)
    step = (here - level) / (here - before) if here > before else 0.0
    return max(0.0, (high - step) / n)
