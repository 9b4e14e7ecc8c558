"""Rounding, always last: half-up for what is printed, up for targets."""

import math
from decimal import Decimal
from fractions import Fraction

Number = int | float | Decimal | Fraction


def exact(value: Number) -> Fraction:
    """Return a number as a fraction; a float as the decimal that it prints as.

    So 1.005 rounds like a reader of 1.005 would, not like its nearest binary number.
    """
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def half_up(value: Number, decimals: int = 0) -> Decimal:
    """Return `value` to `decimals` places (from 0), a half away from zero, exactly."""
    whole = exact(value)
    scaled = math.floor(abs(whole) * 10**decimals + Fraction(1, 2))
    digits = tuple(map(int, str(scaled)))
    return Decimal((int(whole < 0 < scaled), digits, -decimals))


def ceil_target(share: Number, of: int) -> int:
    """Return the smallest number of people that is at least `share` of `of`."""
    return math.ceil(exact(share) * of)
