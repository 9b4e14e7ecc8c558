"""The Kaplan-Meier curve with its intervals.

Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete
observations (1958); variance after M. Greenwood (1926); log-log limits after
J. D. Kalbfleisch and R. L. Prentice (1980).
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from braid.method.statistics.intervals import Z
from braid.method.survival.life_tables import LifeTable, Observation

# A product of fractions that is one half may come out a hair above it.
_HAIR = 1e-12


class Step(NamedTuple):
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


class Curve(NamedTuple):
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
    return curve_of(LifeTable.of(observations))


def curve_of(table: LifeTable) -> Curve:
    """Return the curve of a group of people who were counted already."""
    steps, survival, greenwood = [], 1.0, 0.0
    for time, at_risk, had, _ended in table.days:
        if not had:
            continue
        left = at_risk - had
        survival *= left / at_risk
        greenwood += had / (at_risk * left) if left else 0.0
        steps.append(_step(time, at_risk, had, survival, greenwood))
    return Curve(tuple(steps), table.observed, table.last_time)


def _step(
    time: int, at_risk: int, events: int, survival: float, greenwood: float
) -> Step:
    root = math.sqrt(greenwood)
    error = survival * root
    if survival == 0:
        return Step(time, at_risk, events, survival, error, None, None)
    spread = math.exp(Z * root / abs(math.log(survival)))
    low, high = survival**spread, survival ** (1 / spread)
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
