"""Time until an event: Kaplan-Meier with its intervals, and quantiles of plain values.

Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete
observations (1958); variance after M. Greenwood (1926); log-log limits; quantiles by
linear interpolation, number 7 of R. J. Hyndman and Y. Fan (1996).
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

# Two-sided, 95 per cent.
Z = 1.959963984540054
# A product of fractions that is one half may come out a hair above it.
_HAIR = 1e-12


@dataclass(frozen=True, slots=True)
class Observation:
    """`count` people followed for `time` days, at the end of which `event` or not."""

    time: int
    event: bool
    count: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """The curve at a time with events: S after them, its standard error and limits.

    Limits (95 per cent, log-log) are None where S is 0.
    """

    time: int
    at_risk: int
    events: int
    survival: float
    standard_error: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A Kaplan-Meier curve: its steps, how many were observed and for how long."""

    steps: tuple[Step, ...]
    observed: int
    last_time: int

    def survival_at(self, time: int) -> float | None:
        """Return S(time), events on that day included.

        Missing: None when nobody was observed that long and some were still waiting.
        """
        if not self._reaches(time):
            return None
        past = [step for step in self.steps if step.time <= time]
        return past[-1].survival if past else 1.0

    @property
    def median(self) -> int | None:
        """Return the first time with S at one half or below; None: not reached."""
        return _first(self.steps, [step.survival for step in self.steps])

    @property
    def median_limits(self) -> tuple[int | None, int | None]:
        """Return the times at which the lower and the upper limit reach one half."""
        return (
            _first(self.steps, [step.low for step in self.steps]),
            _first(self.steps, [step.high for step in self.steps]),
        )

    def restricted_mean(self, horizon: int) -> float | None:
        """Return the mean time up to `horizon`: the area under S from 0 to there.

        Missing: None when nobody was observed that long and some were still waiting.
        """
        if not self._reaches(horizon):
            return None
        area, since, survival = 0.0, 0, 1.0
        for step in self.steps:
            if step.time >= horizon:
                break
            area += survival * (step.time - since)
            since, survival = step.time, step.survival
        return area + survival * (horizon - since)

    def _reaches(self, time: int) -> bool:
        nobody_left = bool(self.steps) and self.steps[-1].survival == 0
        return self.observed > 0 and (time <= self.last_time or nobody_left)


def kaplan_meier(observations: Iterable[Observation]) -> Curve:
    """Return the curve of people who have not had the event yet.

    Unit: days, from 0. On one day events come before the ends of observation.
    """
    events: Counter[int] = Counter()
    ended: Counter[int] = Counter()
    for each in observations:
        if each.count > 0:
            ended[each.time] += each.count
            events[each.time] += each.count * each.event
    observed = at_risk = ended.total()
    steps, survival, greenwood = [], 1.0, 0.0
    for time in sorted(ended):
        had, left = events[time], at_risk - events[time]
        if had:
            survival *= left / at_risk
            greenwood += had / (at_risk * left) if left else 0.0
            steps.append(_step(time, at_risk, had, survival, greenwood))
        at_risk -= ended[time]
    return Curve(tuple(steps), observed, max(ended, default=0))


def quantile(
    values: Iterable[int | Decimal | Fraction], share: Fraction
) -> Fraction | None:
    """Return the value below which `share` of the values lie, exactly.

    Between two values by linear interpolation (type 7). Missing: None without values.
    """
    ordered = sorted(Fraction(value) for value in values)
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def median(values: Iterable[int | Decimal | Fraction]) -> Fraction | None:
    """Return the middle value, or the mean of the middle two; None without values."""
    return quantile(values, Fraction(1, 2))


def _step(
    time: int, at_risk: int, events: int, survival: float, greenwood: float
) -> Step:
    error = survival * math.sqrt(greenwood)
    if survival == 0:
        return Step(time, at_risk, events, survival, error, None, None)
    width = Z * math.sqrt(greenwood) / abs(math.log(survival))
    low, high = (survival ** math.exp(sign * width) for sign in (1, -1))
    return Step(time, at_risk, events, survival, error, low, high)


def _first(steps: tuple[Step, ...], heights: list[float | None]) -> int | None:
    """Return the time of the first step whose height is one half or below."""
    return next(
        (
            step.time
            for step, height in zip(steps, heights, strict=True)
            if height is not None and height <= 0.5 + _HAIR
        ),
        None,
    )
