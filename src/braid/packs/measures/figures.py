"""From rows to figures: exact sums, ratios and statistics of a measure.

Every amount of a figure is a sum over rows, so tallies of groups add up to the whole.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from braid.method.measures import Asked
from braid.packs.measures.schema import UNIT, Measure, Ratio, Statistic, Use
from braid.packs.measures.statistics import (
    NO_ROWS,
    NOT_REACHED,
    TOO_SHORT,
    Said,
    UnitMean,
)

__all__ = [
    "EMPTY",
    "NOT_REACHED",
    "NO_ROWS",
    "TOO_SHORT",
    "Figure",
    "Place",
    "Said",
    "Share",
    "Tally",
    "figures",
    "pairs_of",
    "sums",
    "tallies",
]

EMPTY = "empty_denominator"
Group = tuple[str | None, ...]
Pair = tuple[str, str]
"""The two amounts that a statistic reads of a row."""
Sum = int | Fraction
Place = tuple[str, Group]
"""The id of a period, and the values of the keys by which is grouped."""


@dataclass(slots=True)
class Tally:
    """What rows add up to.

    Sums are exact: whole numbers where the amount is one, which add up far quicker than
    fractions. `spread` holds, for each two amounts that a statistic reads, how often
    their values were met together; `units` the sums of each unit where a statistic asks
    for them.
    """

    sums: dict[str, Sum] = field(default_factory=lambda: defaultdict(int))
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    spread: dict[Pair, Counter[tuple[Any, Any]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    units: dict[str | None, dict[str, Sum]] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Add what other rows add up to."""
        sums = self.sums
        for name, amount in other.sums.items():
            sums[name] += amount
        self.rows += other.rows
        for reason, number in other.left_out.items():
            self.left_out[reason] += number
        for pair, met in other.spread.items():
            self.spread[pair].update(met)

    def add_of_unit(self, unit: str | None, other: "Tally") -> None:
        """Add to the sums of one unit."""
        sums = self.units.setdefault(unit, defaultdict(int))
        for name, amount in other.sums.items():
            sums[name] += amount


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio worked out. Without a value it has a reason: 0/0, or sums that do not fit."""

    numerator: Fraction
    denominator: Fraction
    unfit: str = ""

    @property
    def value(self) -> Fraction | None:
        """Return the exact ratio, or None where there is a reason for none."""
        return None if self.reason else self.numerator / self.denominator

    @property
    def reason(self) -> str:
        """Return why there is no value, or nothing."""
        return self.unfit or ("" if self.denominator else EMPTY)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with all that must be known to read it.

    `rows` counts the rows behind it, `left_out` by reason those that could not be
    counted. `value` is None with a `reason`, never 0, where nothing was to be counted.
    """

    measure: str
    version: str
    period: Asked
    group: Mapping[str, str | None]
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | float | None
    reason: str
    amounts: Mapping[str, Fraction]
    ratios: Mapping[str, Share]
    statistics: Mapping[str, Said]
    left_out: Mapping[str, int]
    rows: int
    as_of: date
    snapshot: str | None
    basis: str | None
    profile: str | None


def tallies(
    measure: Measure, use: Use, rows: Iterable[Mapping[str, Any]]
) -> dict[Place, Tally]:
    """Return what the rows of a word add up to, by period and the measure's keys."""
    amounts = measure.amounts_of(use)
    pairs = pairs_of(measure, use)
    found: dict[Place, Tally] = defaultdict(Tally)
    for row in rows:
        tally = found[row["period"], tuple(row[key] for key in measure.by)]
        for name in amounts:
            tally.sums[name] += _summand(row[name])
        if row["left_out"] is not None:
            tally.left_out[row["left_out"]] += 1
        elif any(row[name] for name in amounts):
            tally.rows += 1
            for one, other in pairs:
                tally.spread[one, other][row[one], row[other]] += 1
    return found


def _summand(amount: Any) -> Sum:
    return amount if isinstance(amount, int) else Fraction(amount)


def pairs_of(measure: Measure, use: Use) -> tuple[Pair, ...]:
    """Return the two amounts of each statistic that reads this word, each pair once."""
    read = (statistic.amounts for statistic in measure.statistics.values())
    known = set(use.defined.amounts)
    return tuple(
        dict.fromkeys(
            (pair[0], pair[1]) for pair in read if pair and set(pair) <= known
        )
    )


def figures(
    measure: Measure,
    parts: Iterable[Mapping[Place, Tally]],
    periods: Sequence[Asked],
    by: Sequence[str] = (),
    within: Mapping[str, str | None] | None = None,
    snapshot: str | None = None,
) -> list[Figure]:
    """Return the figures of a measure from what its words add up to.

    One figure a period, or with `by` one for each group met in a period; only of the
    rows `within` the values given for some of its keys.
    """
    whole = _added_up(measure, parts, by, within)
    for period in () if by else periods:
        whole.setdefault((period.period, ()), Tally())
    named = {period.period: (n, period) for n, period in enumerate(periods)}
    ordered = sorted(
        whole, key=lambda place: (named[place[0]][0], _last_if_none(place))
    )
    return [
        _figure(
            measure,
            named[place[0]][1],
            dict(zip(by, place[1], strict=True)),
            whole[place],
            snapshot,
        )
        for place in ordered
    ]


def sums(
    measure: Measure, parts: Iterable[Mapping[Place, Tally]], by: Sequence[str]
) -> dict[Place, dict[str, Sum]]:
    """Return the sums of a measure alone, and beside them the rows left out by reason.

    One for each group met in a period. Of many groups that takes a part of `figures`.
    """
    return {
        place: {**tally.left_out, **tally.sums}
        for place, tally in _added_up(measure, parts, by, None).items()
    }


def _added_up(
    measure: Measure,
    parts: Iterable[Mapping[Place, Tally]],
    by: Sequence[str],
    within: Mapping[str, str | None] | None,
) -> dict[Place, Tally]:
    """Return what words add up to together, by period and some of the measure's keys."""
    kept = [measure.by.index(key) for key in by]
    fixed = {measure.by.index(key): value for key, value in (within or {}).items()}
    unit = _unit_place(measure)
    parts = list(parts)
    if (
        len(parts) == 1
        and tuple(by) == tuple(measure.by)
        and unit is None
        and not fixed
    ):
        return dict(parts[0])  # nothing is to be added to anything
    whole: dict[Place, Tally] = defaultdict(Tally)
    for part in parts:
        for (name, group), tally in part.items():
            if all(group[n] == value for n, value in fixed.items()):
                found = whole[name, tuple([group[n] for n in kept])]
                found.add(tally)
                if unit is not None:
                    found.add_of_unit(group[unit], tally)
    return whole


def _unit_place(measure: Measure) -> int | None:
    """Return which key is the unit, where a statistic asks for the sums of units."""
    means = any(isinstance(s.read, UnitMean) for s in measure.statistics.values())
    return measure.by.index(UNIT) if means and UNIT in measure.by else None


def _last_if_none(place: Place) -> list[tuple[bool, str]]:
    return [(value is None, value or "") for value in place[1]]


def _figure(
    measure: Measure,
    period: Asked,
    group: Mapping[str, str | None],
    tally: Tally,
    snapshot: str | None,
) -> Figure:
    amounts = {name: _exact(tally.sums.get(name, 0)) for name in measure.amounts}
    ratios = {
        key: _share(ratio, amounts, tally) for key, ratio in measure.ratios.items()
    }
    statistics = {
        key: _said(statistic, tally) for key, statistic in measure.statistics.items()
    }
    numerator, denominator, value, reason = _value(amounts, ratios, statistics)
    return Figure(
        measure=measure.id,
        version=measure.version,
        period=period,
        group=group,
        numerator=numerator,
        denominator=denominator,
        value=value,
        reason=reason,
        amounts=amounts,
        ratios=ratios,
        statistics=statistics,
        left_out={reason: n for reason, n in sorted(tally.left_out.items()) if n},
        rows=tally.rows,
        as_of=period.as_of,
        snapshot=snapshot,
        basis=measure.basis,
        profile=measure.profile,
    )


@lru_cache(4096)
def _whole(amount: int) -> Fraction:
    return Fraction(amount)


def _exact(amount: Sum) -> Fraction:
    """Return a sum as a fraction; most are small numbers that are met again and again."""
    return amount if isinstance(amount, Fraction) else _whole(amount)


Valued = tuple[Fraction | None, Fraction | None, Fraction | float | None, str]


def _value(
    amounts: Mapping[str, Fraction],
    ratios: Mapping[str, Share],
    statistics: Mapping[str, Said],
) -> Valued:
    """Return numerator, denominator, value and why there is none."""
    for share in ratios.values():
        return share.numerator, share.denominator, share.value, share.reason
    for said in statistics.values():
        return None, None, said.value, said.reason
    amount = next(iter(amounts.values()))
    return amount, None, amount, ""


def _share(ratio: Ratio, amounts: Mapping[str, Fraction], tally: Tally) -> Share:
    numerator, denominator = _total(amounts, ratio.of), _total(amounts, ratio.to)
    if ratio.per != 1:
        denominator /= ratio.per
    unfit = next((reason for reason in ratio.unless if tally.left_out[reason]), "")
    return Share(numerator, denominator, unfit)


def _total(amounts: Mapping[str, Fraction], names: Sequence[str]) -> Fraction:
    first, *others = names
    return sum((amounts[name] for name in others), amounts[first])


def _said(statistic: Statistic, tally: Tally) -> Said:
    read = statistic.read
    if isinstance(read, UnitMean):
        return read.said(tally.units)
    return read.said(tally.spread.get(read.amounts, {}))
