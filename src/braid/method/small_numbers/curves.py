"""Survival curves as they may be shown: no step is one person's day.

A curve with all its steps tells on which day each event was and, from the height of a
step, how many were still at risk. What is shown has a step only at the end of a week,
where at least as many events lie since the last one as a profile shows, and ends while
enough are at risk.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import groupby

from braid.method.small_numbers.rules import Rule
from braid.method.survival import Curve, Step

HUNDREDTH = Decimal("0.01")
WEEK = 7  # days: a step stands at the end of one, on nobody's own day
BASE = 5  # of the numbers at risk where a profile shows exact counts


def protect(curve: Curve, rule: Rule, *, at_risk: int, events: int) -> Curve:
    """Return a curve as it may be shown; without a step where nothing of it may.

    `at_risk`: how many must still be at risk after a step that is shown; its `at_risk`
    is that number, rounded. `events`: how many there must be for a median, before which
    the curve ends otherwise. A step stands for `rule.below` events or more, of weeks
    that are over with it; S is in hundredths, its limits rounded outwards. `observed` is
    0 where too few were.
    """
    if curve.observed < at_risk or rule.is_small(curve.observed):
        return Curve((), 0, 0)
    rounded = Rule(rule.below, rule.shows_zero, rule.base or BASE).printed
    had = sum(step.events for step in curve.steps)
    steps: list[Step] = []
    since = 0
    for week, within in groupby(curve.steps, lambda step: -(-step.time // WEEK)):
        of_week = tuple(within)
        one = of_week[-1]
        since += sum(step.events for step in of_week)
        after = one.at_risk - one.events
        if after < at_risk or (had < events and one.survival <= 0.5):
            break
        if since >= rule.below:
            steps.append(_blurred(one, week * WEEK, rounded(after), rounded(since)))
            since = 0
    last = steps[-1].time if steps else 0
    return Curve(tuple(steps), rule.printed(curve.observed), last)


def _blurred(step: Step, time: int, at_risk: int, events: int) -> Step:
    return Step(
        time,
        at_risk,
        events,
        _rounded(step.survival, ROUND_HALF_UP),
        _rounded(step.standard_error, ROUND_CEILING),
        None if step.low is None else _rounded(step.low, ROUND_FLOOR),
        None if step.high is None else _rounded(step.high, ROUND_CEILING),
    )


def _rounded(value: float, way: str) -> float:
    return float(Decimal(value).quantize(HUNDREDTH, way))
