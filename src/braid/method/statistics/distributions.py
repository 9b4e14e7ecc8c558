"""Tails of the distributions that tests and exact limits are read from.

Source: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964),
26.4.4-26.4.5 (chi-square), 26.5.24 (binomial); the continued fraction of the incomplete
beta function after W. J. Lentz (1976).
"""

import math
from collections.abc import Callable

_TINY = 1e-300
_ENOUGH = 1e-16
_MOST_TERMS = 10_000


def chi_square_tail(value: float, df: int) -> float:
    """Return the probability of a chi-square of `value` or more.

    The sums are finite for any whole number of degrees of freedom `df`, from 1. Raises
    ValueError where there are none.
    """
    if df < 1:
        raise ValueError(f"A chi-square has at least one degree of freedom, not {df}.")
    half = max(value, 0.0) / 2
    odd = df % 2
    tail = math.erfc(math.sqrt(half)) if odd else 0.0
    if half == 0:
        return 1.0
    powers = (term + odd / 2 for term in range(df // 2))
    terms = (
        math.exp(power * math.log(half) - half - math.lgamma(power + 1))
        for power in powers
    )
    return min(1.0, tail + math.fsum(terms))


def binomial_at_most(events: int, n: int, rate: float) -> float:
    """Return the probability of at most `events` of `n`, each at `rate`."""
    if events < 0:
        return 0.0
    if events >= n:
        return 1.0
    return incomplete_beta(n - events, events + 1, 1 - rate)


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b), from 0 to 1."""
    if not 0 < x < 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = a * math.log(x) + b * math.log1p(-x) - _log_beta(a, b)
    return math.exp(front) / (a * _fraction(a, b, x))


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of I_x(a, b), from its first term downwards."""
    upper, lower, value = 1.0, 0.0, 1.0
    for m in range(1, _MOST_TERMS):
        half, is_odd = divmod(m, 2)
        if is_odd:
            term = -(a + half) * (a + b + half) * x / ((a + m - 1) * (a + m))
        else:
            term = half * (b - half) * x / ((a + m - 1) * (a + m))
        lower = 1 / (1 + term * lower or _TINY)
        upper = 1 + term / upper or _TINY
        value *= upper * lower
        if abs(upper * lower - 1) < _ENOUGH:
            break
    return value


def falling_at(level: float, tail: Callable[[float], float]) -> float:
    """Return where a `tail` that falls from 1 to 0 between 0 and 1 meets `level`."""
    low, high = 0.0, 1.0
    while low < (middle := (low + high) / 2) < high:
        if tail(middle) > level:
            low = middle
        else:
            high = middle
    return middle
