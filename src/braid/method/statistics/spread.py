"""How values lie: quartiles, means, spread, and how far two groups are apart.

Zeros are values: who earned nothing is in the median, unless it is that of starters.
Quantiles by linear interpolation, number 7 of R. J. Hyndman and Y. Fan (1996), exactly.
"""

import math
import random
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from braid.method.statistics.intervals import Interval

Value = int | Decimal | Fraction
ROUNDS = 2000


@dataclass(frozen=True, slots=True)
class Spread:
    """Values described; each figure None where there are too few values for it.

    `sd` divides by n − 1. `share_above_zero` is the share working where values are
    hours or earnings.
    """

    n: int
    mean: Fraction | None
    sd: float | None
    smallest: Fraction | None
    first_quartile: Fraction | None
    median: Fraction | None
    third_quartile: Fraction | None
    largest: Fraction | None
    share_above_zero: Fraction | None

    @property
    def is_zero_inflated(self) -> bool:
        """Say whether the standard deviation exceeds the mean: many zeros, few large.

        Then the mean alone misleads: tell the share above zero, the median among those,
        and the mean with its bootstrap interval.
        """
        return self.sd is not None and self.mean is not None and self.sd > self.mean


def spread(values: Iterable[Value]) -> Spread:
    """Return the description of `values`, zeros kept. Unit: that of the values."""
    ordered = sorted(Fraction(value) for value in values)
    first, second, third = (_quantile(ordered, Fraction(n, 4)) for n in (1, 2, 3))
    above = sum(value > 0 for value in ordered)
    return Spread(
        n=len(ordered),
        mean=mean(ordered),
        sd=sd(ordered),
        smallest=ordered[0] if ordered else None,
        first_quartile=first,
        median=second,
        third_quartile=third,
        largest=ordered[-1] if ordered else None,
        share_above_zero=Fraction(above, len(ordered)) if ordered else None,
    )


def among_starters(values: Iterable[Value]) -> list[Value]:
    """Return the values above zero: those of who had any."""
    return [value for value in values if value > 0]


def quantile(values: Iterable[Value], share: Fraction) -> Fraction | None:
    """Return the value below which `share` of the values lie, exactly.

    Between two values by linear interpolation (type 7). Missing: None without values.
    """
    return _quantile(sorted(Fraction(value) for value in values), share)


def quantile_met(met: Mapping[Value, int], share: Fraction) -> Fraction | None:
    """Return the `quantile` of values of which it is told how often each was met."""
    last = sum(met.values()) - 1
    if last < 0:
        return None
    place = share * last
    below = math.floor(place)
    low, high = _met_at(met, below), _met_at(met, min(below + 1, last))
    return low + (place - below) * (high - low)


def _met_at(met: Mapping[Value, int], place: int) -> Fraction:
    """Return the value at a place, counted from 0, in the order of size."""
    ordered = sorted(met)
    ends = list(accumulate(met[value] for value in ordered))
    return Fraction(ordered[bisect_right(ends, place)])


def median(values: Iterable[Value]) -> Fraction | None:
    """Return the middle value, or the mean of the middle two; None without values."""
    return quantile(values, Fraction(1, 2))


def _quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction | None:
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def mean(values: Sequence[Value]) -> Fraction | None:
    """Return the arithmetic mean; None without values."""
    total = sum((Fraction(value) for value in values), Fraction(0))
    return total / len(values) if values else None


def sd(values: Sequence[Value]) -> float | None:
    """Return the standard deviation of a sample (n − 1); None below two values."""
    middle = mean(values)
    if middle is None or len(values) < 2:
        return None
    squares = sum((Fraction(value) - middle) ** 2 for value in values)
    return math.sqrt(squares / (len(values) - 1))


def cohen_d(one: Sequence[Value], other: Sequence[Value]) -> float | None:
    """Return the difference of two means in pooled standard deviations, one − other.

    Missing: None below two values in a group, or where nothing varies. Source: J. Cohen
    (1988).
    """
    means, sds = (mean(one), mean(other)), (sd(one), sd(other))
    if means[0] is None or means[1] is None or sds[0] is None or sds[1] is None:
        return None
    return cohen_d_of(
        float(means[0]), sds[0], len(one), float(means[1]), sds[1], len(other)
    )


def cohen_d_of(
    mean_one: float,
    sd_one: float,
    n_one: int,
    mean_two: float,
    sd_two: float,
    n_two: int,
) -> float | None:
    """Return Cohen's d from printed means, standard deviations and numbers of people."""
    if n_one < 2 or n_two < 2:
        return None
    squares = (n_one - 1) * sd_one**2 + (n_two - 1) * sd_two**2
    pooled = math.sqrt(squares / (n_one + n_two - 2))
    return (mean_one - mean_two) / pooled if pooled else None


def pooled_mean(groups: Iterable[tuple[Value, int]]) -> Fraction | None:
    """Return the mean of all people from the groups' (mean, people): large ones count more.

    Missing: None where there is nobody.
    """
    kept = [(Fraction(value), people) for value, people in groups]
    people = sum(people for _value, people in kept)
    total = sum((value * n for value, n in kept), Fraction(0))
    return total / people if people else None


def unweighted_mean(groups: Iterable[tuple[Value, int]]) -> Fraction | None:
    """Return the mean of the groups' means, each counting once; empty groups do not."""
    return mean([value for value, people in groups if people])


def bootstrap_mean(
    values: Sequence[Value], *, seed: int, rounds: int = ROUNDS
) -> Interval | None:
    """Return the percentile interval of the mean from `rounds` resamples.

    The same values and `seed` give the same interval. Missing: None below two values.
    Source: B. Efron, Bootstrap methods (1979).
    """
    if len(values) < 2:
        return None
    drawing = random.Random(seed)  # noqa: S311 - a seeded figure, no secret
    numbers = sorted(map(float, values))
    means = sorted(
        math.fsum(drawing.choices(numbers, k=len(numbers))) / len(numbers)
        for _ in range(rounds)
    )
    return Interval(_percentile(means, 0.025), _percentile(means, 0.975))


def _percentile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
