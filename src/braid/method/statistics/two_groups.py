"""Two groups compared: a of n people against c of m.

With b = n − a and d = m − c. Differences from unrounded values. Source: D. G. Altman,
Practical Statistics for Medical Research (1991); the number needed to treat and its
interval, D. G. Altman (1998); half an event in each cell, J. B. S. Haldane (1956).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from braid.method.statistics.distributions import chi_square_tail
from braid.method.statistics.intervals import Interval, Z
from braid.method.statistics.proportions import must_be_counts

NOBODY = "empty_denominator"
ZERO_CELL = "zero_cell"
ONE_OUTCOME = "one_outcome_only"
NO_DIFFERENCE = "no_difference"
REASONS: Mapping[str, str] = {
    NOBODY: "A group has nobody in it.",
    ZERO_CELL: "A cell of the two-by-two table is zero.",
    ONE_OUTCOME: "Everybody in both groups has the same outcome.",
    NO_DIFFERENCE: "The rates do not differ.",
}
"""Why something cannot be worked out, in a sentence each."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A contrast with its limits at 95 per cent; all None where there is a `reason`.

    `is_corrected`: half an event was added to each cell, because that was asked for.
    """

    value: Fraction | float | None
    low: float | None
    high: float | None
    reason: str = ""
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class NeededToTreat:
    """How many people for one more event; below 0, for one event fewer.

    `ranges` are the interval: two of them where it runs through infinity, which is None.
    """

    value: Fraction | None
    ranges: tuple[tuple[float | None, float | None], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups, each contrast of them with its limits, and a test.

    `chi2` is without continuity correction, with one degree of freedom; `reason` says
    why there is none.
    """

    rates: tuple[Fraction | None, Fraction | None]
    risk_difference: Estimate
    odds_ratio: Estimate
    risk_ratio: Estimate
    chi2: Fraction | None
    p: float | None
    needed_to_treat: NeededToTreat
    reason: str = field(default="")

    @property
    def undefined_because(self) -> dict[str, str]:
        """Return the reason of each part that could not be worked out."""
        reasons = {
            "risk_difference": self.risk_difference.reason,
            "odds_ratio": self.odds_ratio.reason,
            "risk_ratio": self.risk_ratio.reason,
            "chi2": self.reason,
            "p": self.reason,
            "nnt": self.needed_to_treat.reason,
        }
        return {name: reason for name, reason in reasons.items() if reason}


def compare(a: int, n: int, c: int, m: int, *, haldane: bool = False) -> Comparison:
    """Compare `a` events of `n` people with `c` of `m`.

    `haldane` adds half an event to each cell of an odds ratio with a zero in it. Raises
    InputFault unless 0 ≤ a ≤ n and 0 ≤ c ≤ m.
    """
    must_be_counts(a, n)
    must_be_counts(c, m)
    rates = (Fraction(a, n) if n else None, Fraction(c, m) if m else None)
    difference = _risk_difference(*rates, n, m)
    chi2, reason = _chi_square(a, n, c, m)
    return Comparison(
        rates=rates,
        risk_difference=difference,
        odds_ratio=_odds_ratio(a, n, c, m, haldane=haldane),
        risk_ratio=_risk_ratio(a, n, c, m),
        chi2=chi2,
        p=None if chi2 is None else chi_square_tail(float(chi2), 1),
        needed_to_treat=_needed_to_treat(difference),
        reason=reason,
    )


def _risk_difference(
    one: Fraction | None, other: Fraction | None, n: int, m: int
) -> Estimate:
    if one is None or other is None:
        return _without(NOBODY)
    value = one - other
    width = Z * math.sqrt(one * (1 - one) / n + other * (1 - other) / m)
    return Estimate(value, float(value) - width, float(value) + width)


def _odds_ratio(a: int, n: int, c: int, m: int, *, haldane: bool) -> Estimate:
    if not n or not m:
        return _without(NOBODY)
    cells = [Fraction(cell) for cell in (a, n - a, c, m - c)]
    has_zero = not all(cells)
    if has_zero and not haldane:
        return _without(ZERO_CELL)
    if has_zero:
        cells = [cell + Fraction(1, 2) for cell in cells]
    a_, b, c_, d = cells
    value = a_ * d / (b * c_)
    interval = _of_logarithm(value, math.sqrt(sum(1 / cell for cell in cells)))
    return Estimate(value, *interval, is_corrected=has_zero)


def _risk_ratio(a: int, n: int, c: int, m: int) -> Estimate:
    if not n or not m:
        return _without(NOBODY)
    if not a or not c:
        return _without(ZERO_CELL)
    value = Fraction(a * m, n * c)
    error = Fraction(1, a) - Fraction(1, n) + Fraction(1, c) - Fraction(1, m)
    return Estimate(value, *_of_logarithm(value, math.sqrt(error)))


def _of_logarithm(value: Fraction, error: float) -> Interval:
    middle = math.log(value)
    return Interval(math.exp(middle - Z * error), math.exp(middle + Z * error))


def _chi_square(a: int, n: int, c: int, m: int) -> tuple[Fraction | None, str]:
    if not n or not m:
        return None, NOBODY
    events, others = a + c, n + m - a - c
    if not events or not others:
        return None, ONE_OUTCOME
    crossed = a * (m - c) - (n - a) * c
    return Fraction((n + m) * crossed**2, n * m * events * others), ""


def _needed_to_treat(difference: Estimate) -> NeededToTreat:
    value, low, high = difference.value, difference.low, difference.high
    if value is None or low is None or high is None:
        return NeededToTreat(None, (), difference.reason)
    if low < 0 < high:
        ranges: tuple[tuple[float | None, float | None], ...] = (
            (None, 1 / low),
            (1 / high, None),
        )
    elif low == 0 and high == 0:
        ranges = ()
    else:
        ranges = ((1 / high if high else None, 1 / low if low else None),)
    if not value:
        return NeededToTreat(None, ranges, NO_DIFFERENCE)
    return NeededToTreat(1 / Fraction(value), ranges)


def _without(reason: str) -> Estimate:
    return Estimate(None, None, None, reason)
