"""The log-rank test: do two or more groups wait equally long?

Source: N. Mantel, Evaluation of survival data and two new rank order statistics (1966);
R. Peto and J. Peto (1972).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from braid.method.statistics.distributions import chi_square_tail
from braid.method.survival.life_tables import LifeTable

ONE_GROUP = "one_group"
NOT_COMPARABLE = "groups_do_not_overlap"
# Beneath this share of its first size a pivot is rounding, not variance.
_SINGULAR = 1e-12
Matrix = list[list[float]]


@dataclass(frozen=True, slots=True)
class GroupTest:
    """A group's events, those expected if all groups were alike, and their variance."""

    observed: int
    expected: float
    variance: float


@dataclass(frozen=True, slots=True)
class LogRank:
    """The test with k − 1 degrees of freedom; without `chi2` there is a `reason`.

    A group of which nobody was there on a day with events cannot differ: it counts in
    neither the test nor its degrees of freedom.
    """

    chi2: float | None
    df: int
    p: float | None
    groups: Mapping[str, GroupTest]
    reason: str = ""


def log_rank(tables: Mapping[str, LifeTable]) -> LogRank:
    """Return the test of the groups, each named, over all their time."""
    observed = [table.events for table in tables.values()]
    expected, covariance = _expected(list(tables.values()))
    groups = {
        name: GroupTest(observed[n], expected[n], covariance[n][n])
        for n, name in enumerate(tables)
    }
    kept = [n for n, number in enumerate(expected) if number > 0]
    df = len(kept) - 1
    if df < 1:
        reason = ONE_GROUP if len(tables) < 2 else NOT_COMPARABLE
        return LogRank(None, 0, None, groups, reason)
    # The differences of all groups add up to 0, so one says nothing new.
    kept = kept[:-1]
    apart = [observed[n] - expected[n] for n in kept]
    solved = _solved([[covariance[n][m] for m in kept] for n in kept], apart)
    if solved is None:
        return LogRank(None, df, None, groups, NOT_COMPARABLE)
    chi2 = sum(one * other for one, other in zip(apart, solved, strict=True))
    return LogRank(chi2, df, chi_square_tail(chi2, df), groups)


def _expected(tables: Sequence[LifeTable]) -> tuple[list[float], Matrix]:
    """Return how many events each group would have, and how these vary together."""
    size = range(len(tables))
    expected = [0.0 for _ in size]
    covariance = [[0.0 for _ in size] for _ in size]
    for events, at_risk in _days_with_events(tables):
        everybody = sum(at_risk)
        shares = [number / everybody for number in at_risk]
        scale = events * (everybody - events) / (everybody - 1) if everybody > 1 else 0
        for one in size:
            expected[one] += events * shares[one]
            for other in size:
                covariance[one][other] += (
                    scale * shares[one] * ((one == other) - shares[other])
                )
    return expected, covariance


def _days_with_events(tables: Sequence[LifeTable]) -> list[tuple[int, list[int]]]:
    """Return the events of all groups on each day that has any, and who was there."""
    events: dict[int, int] = {}
    for table in tables:
        for day in table.days:
            if day.events:
                events[day.time] = events.get(day.time, 0) + day.events
    times = sorted(events)
    there = [_at_risk(table, times) for table in tables]
    return [
        (events[time], [group[n] for group in there]) for n, time in enumerate(times)
    ]


def _at_risk(table: LifeTable, times: Sequence[int]) -> list[int]:
    """Return how many of a group were there on each of the days, which are in order."""
    found, place, left = [], 0, table.observed
    for time in times:
        while place < len(table.days) and table.days[place].time < time:
            left -= table.days[place].ended
            place += 1
        found.append(left)
    return found


def _solved(matrix: Matrix, right: Sequence[float]) -> list[float] | None:
    """Return x with matrix · x = right, by elimination; None where there is not one x."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    largest = max((abs(matrix[n][n]) for n in range(size)), default=0.0)
    for column in range(size):
        pivot = max(range(column, size), key=lambda n: abs(rows[n][column]))
        if abs(rows[pivot][column]) <= _SINGULAR * largest:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                share = rows[row][column] / rows[column][column]
                rows[row] = [
                    value - share * above
                    for value, above in zip(rows[row], rows[column], strict=True)
                ]
    return [rows[n][size] / rows[n][n] for n in range(size)]
