"""Middles and sums of what people have, as they may be shown: never one person's.

A median of an odd number is somebody's own days or pay, and a least or a greatest always
is. So a middle is rounded until it stands for as many as a profile shows, and a sum is
hidden of which one makes up too much.
Source: rules of thumb of output checking (ten units behind a percentile, no dominant
one); domain rules of the profiles in `braid.packs.suppression`; ADR 0025.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from braid.method.small_numbers.rules import Rule, is_dominated

STEPS = (1, 2, 5)
DIGITS = 3  # that a middle is told in at most


def middle(
    exact: Fraction, values: Sequence[Fraction], rule: Rule, *, behind: int
) -> Fraction | None:
    """Return a median or quantile as it may be shown, None where it may not.

    `exact` is that of the `values`, of which there must be `behind` or more, and as many
    as the rule shows on either side of it. It is rounded to the finest of steps 1, 2, 5,
    10 … by which so many of the values are rounded to the same.
    """
    above = sum(value >= exact for value in values)
    below = sum(value <= exact for value in values)
    if len(values) < behind or min(above, below) < rule.below:
        return None
    furthest = max(abs(value - exact) for value in values)
    power = _power(exact)
    while True:
        for one in STEPS:
            step = one * Fraction(10) ** power
            found = rounded(exact, step)
            alike = sum(rounded(value, step) == found for value in values)
            if alike >= rule.below:
                return found if found or not exact else None
        if step > 4 * (furthest + abs(exact)):
            return None
        power += 1


def rounded(value: Fraction, step: Fraction) -> Fraction:
    """Return a value to the nearest multiple of a step, half up."""
    return math.floor(value / step + Fraction(1, 2)) * step


def may_add_up(values: Sequence[Fraction], share: Fraction | None) -> bool:
    """Say whether the sum or mean of some values may be shown: none makes up too much.

    `share` is that of a profile, None where it has no such rule.
    """
    if share is None:
        return True
    parts = [abs(value) for value in values]
    total = sum(parts, Fraction(0))
    return not is_dominated(max(parts, default=Fraction(0)), total, share)


def _power(exact: Fraction) -> int:
    """Return the power of ten of the last digit that a value is told in."""
    if not exact:
        return 0
    return math.floor(math.log10(abs(exact))) - DIGITS + 1
