"""Small parts of which items are composed, in plain Python over rows.

They belong to no table: each takes rows and gives rows, or a number for each group, as
the functions of the same names in `braid.method.measures.composing` do with Ibis.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal

from braid.kernel.dates import Period, iso_week_start
from braid.method.measures.words import Row
from braid.method.tenure import merge

Calendar = Literal["week", "month"]
Method = Literal["largest", "distinct", "herfindahl"]


def share_where(
    rows: Iterable[Row], same: Sequence[str], amount: str, holds: Callable[[Row], bool]
) -> dict[tuple[Any, ...], tuple[int, int]]:
    """Return for each `same` the amount of the rows where it holds, and of all rows."""
    part: Counter[tuple[Any, ...]] = Counter()
    whole: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        key = _key(row, same)
        whole[key] += row[amount]
        part[key] += row[amount] if holds(row) else 0
    return {key: (part[key], whole[key]) for key in whole}


def components(row: Row, flags: Sequence[str]) -> int:
    """Return how many of the flags of a row are true; one not known is not."""
    return sum(row[flag] is True for flag in flags)


def whole_periods(days: Period, unit: Calendar) -> list[Period]:
    """Return the weeks from Monday on, or the months, that lie wholly in a period."""
    last = days.last_day or days.first_day
    found = []
    begins = _begins(days.first_day, unit)
    while begins <= last:
        after = _begins(begins + timedelta(7 if unit == "week" else 31), unit)
        if begins >= days.first_day and after - timedelta(1) <= last:
            found.append(Period(begins, after - timedelta(1)))
        begins = after
    return found


def _begins(day: date, unit: Calendar) -> date:
    return iso_week_start(day) if unit == "week" else day.replace(day=1)


def periods_with(
    events: Iterable[Row], same: Sequence[str], days: Period, unit: Calendar
) -> dict[tuple[Any, ...], int]:
    """Return in how many whole weeks or months each `same` has an event on its `day`."""
    whole = {period.first_day for period in whole_periods(days, unit)}
    found: dict[tuple[Any, ...], set[date]] = {}
    for row in events:
        begins = _begins(row["day"], unit)
        if begins in whole:
            found.setdefault(_key(row, same), set()).add(begins)
    return {key: len(begun) for key, begun in found.items()}


def per_start(
    starts: Iterable[Row],
    events: Sequence[Row],
    same: Sequence[str],
    before: int,
    after: int,
) -> dict[str, int]:
    """Return the events near each start, by its `job_id`.

    An event of the same keys is near from `before` days before the `day` of the start to
    `after` days after it, both inside.
    """
    found = {}
    for start in starts:
        near = Period(start["day"] - timedelta(before), start["day"] + timedelta(after))
        found[start["job_id"]] = sum(
            _key(row, same) == _key(start, same) and near.contains(row["day"])
            for row in events
        )
    return found


def concentration(
    rows: Iterable[Row], same: Sequence[str], by: str, method: Method, largest: int = 1
) -> dict[tuple[Any, ...], Fraction]:
    """Return for each `same` how its rows concentrate on few values of a column.

    `largest`: the share of the largest values, so many of them; `distinct`: how many
    values there are, over the rows; `herfindahl`: the sum of the squared shares. Rows
    whose value is not known are left out; 1 is one value for all but for `distinct`.
    """
    found: dict[tuple[Any, ...], Counter[Hashable]] = {}
    for row in rows:
        if row[by] is not None:
            found.setdefault(_key(row, same), Counter())[row[by]] += 1
    return {key: _how[method](tally, largest) for key, tally in found.items()}


def _of_largest(tally: Counter[Hashable], largest: int) -> Fraction:
    top = sum(number for _, number in tally.most_common(largest))
    return Fraction(top, tally.total())


def _of_distinct(tally: Counter[Hashable], largest: int) -> Fraction:
    return Fraction(len(tally), tally.total())


def _of_squares(tally: Counter[Hashable], largest: int) -> Fraction:
    squares = sum(number * number for number in tally.values())
    return Fraction(squares, tally.total() ** 2)


_how: Mapping[Method, Callable[[Counter[Hashable], int], Fraction]] = {
    "largest": _of_largest,
    "distinct": _of_distinct,
    "herfindahl": _of_squares,
}


def spells_joined(
    rows: Iterable[Row], same: Sequence[str], max_gap: int
) -> dict[tuple[Any, ...], list[Period]]:
    """Return the spells of each `same`, joined over gaps of up to so many days."""
    found: dict[tuple[Any, ...], list[Period]] = {}
    for row in rows:
        spell = Period(row["first_day"], row["last_day"])
        found.setdefault(_key(row, same), []).append(spell)
    return {key: merge(spells, max_gap) for key, spells in found.items()}


def _key(row: Row, same: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in same)
