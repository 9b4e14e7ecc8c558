"""How two values go together over the same places: Pearson's r, its interval and its p.

A correlation says that values are high and low together. It never says why.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from braid.method.statistics.distributions import incomplete_beta
from braid.method.statistics.intervals import Interval
from braid.method.statistics.spread import Value, mean

Z_95 = 1.959963984540054
FEWEST = 3  # pairs of an r; its interval needs one more


@dataclass(frozen=True, slots=True)
class Correlation:
    """Pearson's r of `n` pairs, with its 95 per cent interval and two-sided p.

    `interval` is None below four pairs, and where all pairs lie on one line.
    """

    n: int
    r: float
    p: float
    interval: Interval | None


def correlation(pairs: Sequence[tuple[Value, Value]]) -> Correlation | None:
    """Return how far the two values of `pairs` go together, from −1 to 1.

    Missing: None below three pairs, or where one of the values is everywhere the same.
    Source: K. Pearson (1895); the interval after R. A. Fisher (1915), by the inverse
    hyperbolic tangent of r with a standard error of 1/√(n − 3).
    """
    if len(pairs) < FEWEST:
        return None
    across, up = ([Fraction(pair[side]) for pair in pairs] for side in (0, 1))
    mid_x, mid_y = mean(across) or Fraction(0), mean(up) or Fraction(0)
    off = [(x - mid_x, y - mid_y) for x, y in zip(across, up, strict=True)]
    both = sum((dx * dy for dx, dy in off), Fraction(0))
    alone = sum(dx * dx for dx, _ in off) * sum(dy * dy for _, dy in off)
    if not alone:
        return None
    r = math.copysign(min(1.0, math.sqrt(both * both / alone)), both)
    return Correlation(
        len(pairs), r, two_sided_p(r, len(pairs)), _within(r, len(pairs))
    )


def two_sided_p(r: float, n: int) -> float:
    """Return the chance of an r as far from 0 as this where values do not go together.

    Student's t = r √((n−2)/(1−r²)) with n − 2 degrees of freedom, from three pairs on.
    """
    return incomplete_beta((n - 2) / 2, 0.5, 1 - r * r)


def _within(r: float, n: int) -> Interval | None:
    if n <= FEWEST or abs(r) == 1:
        return None
    middle, reach = math.atanh(r), Z_95 / math.sqrt(n - 3)
    return Interval(math.tanh(middle - reach), math.tanh(middle + reach))
