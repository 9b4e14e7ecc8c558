"""Whether printed statistics of totals can be: a range and its spread, r and its p."""

import math
from fractions import Fraction

from braid.kernel.errors import InputFault
from braid.method.statistics.correlation import two_sided_p


def largest_sd(
    n: int, low: Fraction | int, high: Fraction | int
) -> tuple[float, float]:
    """Return the largest standard deviation of `n` values from `low` to `high`.

    First that of a population, then that of a sample (n − 1). Half of the values at each
    end vary most. Raises: InputFault (`statistics_unfit`) below two values or where the
    ends are the wrong way round.
    """
    if n < 2 or low > high:
        raise _unfit("n is 2 or more, and the lower end does not exceed the higher one")
    below = n // 2
    population = float(high - low) * math.sqrt(below * (n - below)) / n
    return population, population * math.sqrt(n / (n - 1))


def sd_is_plausible(
    n: int, low: Fraction | int, high: Fraction | int, sd: float
) -> bool:
    """Say whether a printed deviation can belong to values in a range, as a sample.

    Half a unit of the second decimal is allowed for rounding.
    """
    return sd <= largest_sd(n, low, high)[1] + 0.005


def correlation_p(r: float, n: int) -> float:
    """Return the two-sided p of a correlation `r` of `n` pairs, with n − 2 degrees.

    Source: Student's t = r √((n−2)/(1−r²)); its tail as an incomplete beta function.
    Raises: InputFault (`statistics_unfit`) unless −1 ≤ r ≤ 1 and n is 3 or more.
    """
    if n < 3 or not -1 <= r <= 1:
        raise _unfit("r runs from -1 to 1 and n is 3 or more")
    return two_sided_p(r, n)


def _unfit(wanted: str) -> InputFault:
    return InputFault(
        f"These statistics cannot be: {wanted}.", field="n", reason="statistics_unfit"
    )
