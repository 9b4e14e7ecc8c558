"""Exact numbers as files and documents print them. Light: no engine is loaded."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

PLACES = Decimal("0.000001")


def rounded(value: Fraction | float | None) -> float | None:
    """Return a value to six decimals, half up."""
    if value is None:
        return None
    exact = Fraction(value)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return float(decimal.quantize(PLACES, ROUND_HALF_UP))


def number(value: Fraction) -> int | float:
    """Return a sum as a whole number where it is one."""
    return int(value) if value.denominator == 1 else float(value)
