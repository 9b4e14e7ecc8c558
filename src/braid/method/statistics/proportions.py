"""The interval of one proportion: k people of n.

Source: E. B. Wilson (1927), the default; A. Wald's from the normal distribution; the
exact one of C. J. Clopper and E. S. Pearson (1934).
"""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from braid.kernel.errors import InputFault
from braid.method.statistics.distributions import binomial_at_most, falling_at
from braid.method.statistics.intervals import Interval, Z


def wilson(events: int, n: int) -> Interval | None:
    """Return the Wilson limits of `events` of `n`, from 0 to 1; None where n is 0.

    Raises InputFault unless 0 ≤ events ≤ n.
    """
    must_be_counts(events, n)
    if n == 0:
        return None
    share, squared = events / n, Z * Z
    centre = share + squared / (2 * n)
    width = Z * math.sqrt(share * (1 - share) / n + squared / (4 * n * n))
    whole = 1 + squared / n
    # At the ends the formula gives exactly 0 and 1; floating point, a hair beside them.
    low = (centre - width) / whole if events else 0.0
    high = (centre + width) / whole if events < n else 1.0
    return Interval(max(0.0, low), min(1.0, high))


def wald(events: int, n: int) -> Interval | None:
    """Return the limits of the normal distribution, kept from 0 to 1; None where n is 0.

    Too narrow for small n, and of no width where events is 0 or n. Raises InputFault
    unless 0 ≤ events ≤ n.
    """
    must_be_counts(events, n)
    if n == 0:
        return None
    share = events / n
    width = Z * math.sqrt(share * (1 - share) / n)
    return Interval(max(0.0, share - width), min(1.0, share + width))


def clopper_pearson(events: int, n: int) -> Interval | None:
    """Return the exact limits: each tail beyond them has at most 2.5 per cent.

    None where n is 0. Raises InputFault unless 0 ≤ events ≤ n.
    """
    must_be_counts(events, n)
    if n == 0:
        return None
    low = falling_at(0.975, lambda rate: binomial_at_most(events - 1, n, rate))
    high = falling_at(0.025, lambda rate: binomial_at_most(events, n, rate))
    return Interval(low if events else 0.0, high if events < n else 1.0)


METHODS: Mapping[str, Callable[[int, int], Interval | None]] = MappingProxyType(
    {"wilson": wilson, "wald": wald, "clopper_pearson": clopper_pearson}
)
"""Each way to an interval by its name; the first is the default."""


def must_be_counts(events: int, n: int) -> None:
    """Raise InputFault (`counts_unfit`) unless 0 ≤ events ≤ n."""
    if not 0 <= events <= n:
        raise InputFault(
            f"{events} events of {n} people cannot be. Events run from 0 to n.",
            field="events",
            reason="counts_unfit",
        )
