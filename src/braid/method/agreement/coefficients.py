"""Agreement beyond chance: kappa, weighted kappa, alpha, Fleiss' kappa; exact fractions.

What cannot be worked out is None with its reason, never 0 or 1.
Sources: J. Cohen (1960, 1968); J. L. Fleiss (1971); K. Krippendorff, "Computing
Krippendorff's alpha-reliability" (2011).
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from braid.kernel.errors import InputFault
from braid.method.agreement.ratings import ALONE, MISSING, Level, Ratings, places

Because = Literal[
    "",
    "no_units",
    "expected_agreement_is_one",
    "no_pairable_units",
    "one_value_only",
    "unequal_raters",
    "not_two_coders",
    "fewer_than_three_coders",
]
Weights = Literal["linear", "quadratic"] | Sequence[Sequence[int | Fraction]]
Table = Sequence[Sequence[int]]
Cells = Mapping[tuple[int, int], int]
MOST_WEIGHTED = 2_000


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient, at most 1; None where there is none, and why."""

    value: Fraction | None
    because: Because = ""

    def __float__(self) -> float:
        return math.nan if self.value is None else float(self.value)


def table(ratings: Ratings) -> list[list[int]]:
    """Return how often the first coder's value (row) met the second's (column).

    Units that one of them left blank are dropped. Raises: InputFault
    (`not_two_coders`).
    """
    if ratings.coders != 2 and ratings.patterns:
        raise InputFault(
            "A table of two coders was asked for. Expected are ratings of two.",
            field="coders",
            reason="not_two_coders",
        )
    size = len(ratings.values)
    counts = [[0] * size for _ in range(size)]
    for (first, second), count in ratings.pairable().items():
        counts[first][second] += count
    return counts


def kappa(ratings: Ratings, weights: Weights | None = None) -> Coefficient:
    """Return Cohen's kappa of two coders; weighted where weights are given.

    Units that one of them left blank are dropped. Weights are of disagreement: the
    distance of two places in order (`linear`), its square, or a matrix of your own with
    zeros on its diagonal. Raises: InputFault (`weights_unfit`, `too_many_values`).
    """
    if ratings.coders != 2 and ratings.patterns:
        return Coefficient(None, "not_two_coders")
    cells = {(a, b): count for (a, b), count in ratings.pairable().items()}
    return _kappa(cells, len(ratings.values), weights)


def kappa_of_table(counts: Table, weights: Weights | None = None) -> Coefficient:
    """Return Cohen's kappa of a square table of counts, rows of the first coder.

    Raises: as `kappa`, and InputFault (`not_square`).
    """
    _must_be_square(counts, len(counts), "table", "not_square")
    cells = {
        (i, j): count for i, row in enumerate(counts) for j, count in enumerate(row)
    }
    return _kappa(cells, len(counts), weights)


def _kappa(cells: Cells, size: int, weights: Weights | None) -> Coefficient:
    rows: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    for (i, j), count in cells.items():
        rows[i] += count
        columns[j] += count
    n = rows.total()
    if n == 0:
        return Coefficient(None, "no_units")
    expected: int | Fraction
    if weights is None:
        observed: int | Fraction = sum(c for (i, j), c in cells.items() if i != j)
        expected = n * n - sum(count * columns[i] for i, count in rows.items())
    else:
        apart = _disagreement(weights, size)
        observed = sum(apart(i, j) * count for (i, j), count in cells.items())
        expected = sum(
            apart(i, j) * r * c for i, r in rows.items() for j, c in columns.items()
        )
    if expected == 0:
        return Coefficient(None, "expected_agreement_is_one")
    return Coefficient(1 - Fraction(n * observed) / expected)


def _disagreement(weights: Weights, size: int) -> Callable[[int, int], int | Fraction]:
    if size > MOST_WEIGHTED:
        raise _unfit(
            f"There are more than {MOST_WEIGHTED} different values. Weights compare each "
            "with each; use alpha at the level interval, or round them.",
            "too_many_values",
        )
    if weights == "linear":
        return lambda i, j: abs(i - j)
    if weights == "quadratic":
        return lambda i, j: (i - j) ** 2
    if isinstance(weights, str):
        raise _unfit("Weights are linear, quadratic or a matrix.", "weights_unfit")
    own = [[Fraction(each) for each in row] for row in weights]
    if len(own) != size:
        raise _unfit(
            f"The weights have {len(own)} rows, the table {size}. Expected is a weight for "
            "each cell.",
            "weights_unfit",
        )
    _must_be_square(own, size, "weights", "weights_unfit")
    if any(own[i][i] for i in range(size)) or any(w < 0 for row in own for w in row):
        raise _unfit(
            "Weights of disagreement are 0 where two agree, and never below 0.",
            "weights_unfit",
        )
    return lambda i, j: own[i][j]


def _must_be_square(
    rows: Sequence[Sequence[object]], size: int, name: str, reason: str
) -> None:
    if any(len(row) != size for row in rows):
        raise _unfit(f"The {name} is not square. Expected is a row a category.", reason)


def _unfit(message: str, reason: str) -> InputFault:
    return InputFault(message, field="table", reason=reason)


def percent_agreement(ratings: Ratings) -> Fraction | None:
    """Return the share of pairs of coders that agree, from 0 to 1, averaged over units.

    Units that fewer than two coders judged are left out. None: there are no others.
    """
    pairs = _by_coders(ratings.pairable())
    n = sum(ratings.pairable().values())
    if n == 0:
        return None
    shares = (Fraction(agree, m * (m - 1)) for m, agree in pairs.items())
    return sum(shares, Fraction(0)) / n


def _by_coders(pairable: Mapping[tuple[int, ...], int]) -> Counter[int]:
    """Return, by how many judged a unit, the ordered pairs of coders that agree."""
    found: Counter[int] = Counter()
    for pattern, count in pairable.items():
        said = Counter(each for each in pattern if each != MISSING)
        found[said.total()] += count * sum(k * (k - 1) for k in said.values())
    return found


def prevalence(ratings: Ratings) -> dict[int, Fraction]:
    """Return how often each value was given, as a share of all in pairable units."""
    totals = _totals(ratings, ratings.pairable())
    n = sum(totals)
    return {at: Fraction(total, n) for at, total in enumerate(totals)} if n else {}


def _totals(ratings: Ratings, patterns: Mapping[tuple[int, ...], int]) -> list[int]:
    totals = [0] * (len(ratings.values) + 1)
    for pattern, count in patterns.items():
        for each in pattern:
            totals[each] += count  # MISSING is -1: the last place
    return totals[:-1]


def alpha(ratings: Ratings, level: Level | str = Level.NOMINAL) -> Coefficient:
    """Return Krippendorff's alpha; units that fewer than two coders judged are dropped.

    Exact but for the level ratio. Raises: as `ratings.places`.
    """
    level = Level(level)
    pairable = ratings.pairable()
    totals = _totals(ratings, pairable)
    at = places(ratings, level, totals)
    n = sum(totals)
    if n == 0:
        return Coefficient(None, "no_pairable_units")
    met = [value for value, total in enumerate(totals) if total]
    expected = _spread(met, totals, at, level)
    if expected == 0:
        return Coefficient(None, "one_value_only")
    judged = {len(pattern) - pattern.count(MISSING) for pattern in pairable}
    scale = math.lcm(*(m - 1 for m in judged))
    observed: int | Fraction = 0
    for pattern, count in pairable.items():
        said = [each for each in pattern if each != MISSING]
        if said.count(said[0]) < len(said):
            ones = [1] * len(said)
            within = _spread(range(len(said)), ones, [at[each] for each in said], level)
            observed += count * (scale // (len(said) - 1)) * within
    return Coefficient(1 - Fraction((n - 1) * observed) / (scale * expected))


def _spread(
    met: Sequence[int], counts: Sequence[int], at: Sequence[int], level: Level
) -> int | Fraction:
    """Return the squared distances of all ordered pairs of values, by the level.

    For distances on a line by sums of squares, so that no pair is looked at.
    """
    if level is Level.NOMINAL:
        same: Counter[int] = Counter()
        for each in met:
            same[at[each]] += counts[each]
        return same.total() ** 2 - sum(count * count for count in same.values())
    if level is Level.RATIO:
        return _ratio_spread(met, counts, at)
    n = sum(counts[each] for each in met)
    total = sum(counts[each] * at[each] for each in met)
    squares = sum(counts[each] * at[each] ** 2 for each in met)
    return 2 * (n * squares - total * total)


def _ratio_spread(
    met: Sequence[int], counts: Sequence[int], at: Sequence[int]
) -> Fraction:
    pairs = (
        2 * counts[one] * counts[two] * ((at[one] - at[two]) / (at[one] + at[two])) ** 2
        for place, one in enumerate(met)
        for two in met[:place]
        if at[one] != at[two]
    )
    return Fraction(math.fsum(pairs))


def fleiss(ratings: Ratings) -> Coefficient:
    """Return Fleiss' kappa of three coders or more; blank units are dropped.

    Each unit needs the same number of judgements, by whichever coders.
    """
    if ratings.coders < 3 and ratings.patterns:
        return Coefficient(None, "fewer_than_three_coders")
    counts: Counter[tuple[int, ...]] = Counter()
    for pattern, count in ratings.patterns.items():
        said = Counter(each for each in pattern if each != MISSING)
        if said:
            row = tuple(said[at] for at in (*range(len(ratings.values)), ALONE))
            counts[row] += count
    return fleiss_of_counts(counts)


def fleiss_of_counts(
    counts: Mapping[tuple[int, ...], int] | Sequence[Sequence[int]],
) -> Coefficient:
    """Return Fleiss' kappa of units that say how many raters chose each category.

    Either a list of units, or units by how often they come.
    """
    counted = (
        counts
        if isinstance(counts, Mapping)
        else Counter(tuple(each) for each in counts)
    )
    raters = {sum(row) for row in counted}
    n = sum(counted.values())
    if len(raters) > 1:
        return Coefficient(None, "unequal_raters")
    r = raters.pop() if raters else 0
    if r < 2:
        return Coefficient(None, "no_units")
    agree = sum(c * (sum(k * k for k in row) - r) for row, c in counted.items())
    totals = [
        sum(row[j] * c for row, c in counted.items())
        for j in range(len(next(iter(counted))))
    ]
    observed = Fraction(agree, n * r * (r - 1))
    expected = Fraction(sum(t * t for t in totals), (n * r) ** 2)
    if expected == 1:
        return Coefficient(None, "expected_agreement_is_one")
    return Coefficient((observed - expected) / (1 - expected))
