"""A figure as it may be shown: its counts as printed, and what is worked out from them."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from braid.facts.leaving_cells import ROWS, Cells, Kind, is_sum, measure_of, side
from braid.method.small_numbers import curves, magnitudes
from braid.method.small_numbers.tables import Cell
from braid.packs.measures.figures import EMPTY, Figure, Said, Share
from braid.packs.measures.schema import UNIT
from braid.packs.measures.statistics import (
    Mean,
    Naive,
    Restricted,
    Spread,
    StartedBy,
    Times,
    UnitMean,
)

if TYPE_CHECKING:
    from braid.method.survival import Curve
    from braid.packs.measures import Measure
    from braid.packs.suppression import Profile

Key = TypeVar("Key", bound=Hashable)
Asked = tuple[str, str, str]
HIDDEN = "hidden"
"""The reason of a value that a profile hides."""
DIGITS = Context(prec=3)
"""A mean is told so exactly that what it is the mean of cannot be worked out from it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it may be shown: its value, or a mark for a page and one for a file.

    Without both there is nothing to show: 0/0, or no rows.
    """

    value: Fraction | float | None
    mark: str = ""
    file_mark: str = ""

    @property
    def is_hidden(self) -> bool:
        """Say whether a mark stands in place of the number."""
        return bool(self.mark)

    @property
    def exact(self) -> Fraction | None:
        """Return the value as figures hold counts."""
        return None if self.value is None else Fraction(self.value)


@dataclass(frozen=True, slots=True)
class Rate:
    """A ratio as it may be shown; its value is worked out from the two as printed."""

    numerator: Number
    denominator: Number
    value: Number


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it may be shown.

    `numerator`, `denominator` and `value` are those of the figure's value, None where
    hidden or where there is none (`figure.reason` says why); `is_hidden` is about the
    value, and `mark` and `file_mark` stand in its place. `figure` is the same figure
    with nothing in it that is not shown: hidden amounts, ratios, statistics and reasons
    are absent from it, the others as printed, and `rows` is 0 where it is hidden.
    """

    figure: Figure
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | float | None
    mark: str
    file_mark: str
    is_hidden: bool
    amounts: Mapping[str, Number]
    ratios: Mapping[str, Rate]
    statistics: Mapping[str, Number]
    left_out: Mapping[str, Number]
    rows: Number


def exact(figure: Figure) -> Shown:
    """Return a figure as it stands, for who belongs inside the unit."""
    return Shown(
        figure=figure,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        mark="",
        file_mark="",
        is_hidden=False,
        amounts={name: Number(amount) for name, amount in figure.amounts.items()},
        ratios={
            name: Rate(
                Number(share.numerator), Number(share.denominator), Number(share.value)
            )
            for name, share in figure.ratios.items()
        },
        statistics={
            name: Number(said.value) for name, said in figure.statistics.items()
        },
        left_out={name: Number(Fraction(n)) for name, n in figure.left_out.items()},
        rows=Number(Fraction(figure.rows)),
    )


@dataclass(frozen=True, slots=True)
class Leaves:
    """What leaves together: the cells of all figures, and how each is printed."""

    profile: Profile
    cells: Cells
    printed: Sequence[Cell]
    language: str
    hidden_units: set[Asked] = field(default_factory=set)

    def shown(self, figures: Mapping[Key, Figure]) -> dict[Key, Shown]:
        """Return each figure as it may be shown."""
        open_sums = self._open_sums(figures)
        self.hidden_units.update(
            asked_of(figure)
            for key, figure in figures.items()
            if UNIT in figure.group and self.hidden_count(key) is not None
        )
        return {
            key: _Leaving(
                self, key, figure, measure_of(figure), key in open_sums
            ).shown()
            for key, figure in figures.items()
        }

    def cell(self, key: Hashable, kind: Kind) -> Cell:
        """Return how a count of a figure is shown; one that is not told, as nought."""
        at = self.cells.places[key].get(kind)
        return Cell(0) if at is None else self.printed[at]

    def number(self, cell: Cell) -> Number:
        """Return a count as printed, or its mark."""
        if cell.printed is not None:
            return Number(Fraction(cell.printed))
        mark = self.profile.mark(cell.is_small, self.language)
        return Number(None, mark, self.profile.marks.file)

    def hidden_count(self, key: Hashable) -> Cell | None:
        """Return a hidden count of a figure, a small one before others."""
        told = [self.printed[at] for at in self.cells.places[key].values()]
        hidden = [cell for cell in told if cell.is_hidden]
        return next(
            (cell for cell in hidden if cell.is_small), next(iter(hidden), None)
        )

    def _nobody_dominates(self, figure: Figure) -> bool:
        """Say whether no row makes up too much of any sum of a figure.

        Where the rows of a sum are not known, one of them may.
        """
        share = self.profile.largest_share
        if share is None:
            return True
        measure = measure_of(figure)
        known = {
            read.of: read.values(figure.statistics[name].pairs)
            for name, statistic in measure.statistics.items()
            if isinstance(read := statistic.read, Spread)
        }
        return all(
            sum(known.get(name, ())) == amount
            and magnitudes.may_add_up(known.get(name, ()), share)
            for name, amount in figure.amounts.items()
            if is_sum(measure, name) and amount
        )

    def _open_sums(self, figures: Mapping[Key, Figure]) -> set[Hashable]:
        """Return the figures whose days, minutes and money added up may be shown.

        They are hidden with any count beside them, and where one alone of those that
        make up a whole would be hidden, the smallest of the others is hidden with it.
        """
        dominated = {
            key for key, one in figures.items() if not self._nobody_dominates(one)
        }
        shown = {key for key in self.cells.places if self.hidden_count(key) is None}
        shown -= dominated
        size = {key: figure.rows for key, figure in figures.items()}
        while True:
            alone = [
                [key for key in keys if key in shown and key in size]
                for keys in self.cells.together
                if sum(key not in shown for key in keys) == 1
            ]
            away = {min(keys, key=lambda key: size[key]) for keys in alone if keys}
            if not away:
                return shown
            shown -= away


@dataclass(frozen=True, slots=True)
class _Leaving:
    """One figure on its way out."""

    leaves: Leaves
    key: Hashable
    figure: Figure
    measure: Measure
    tells_sums: bool

    def shown(self) -> Shown:
        amounts = {name: self._amount(name) for name in self.figure.amounts}
        ratios = {name: self._rate(name) for name in self.figure.ratios}
        statistics = {name: self._said(name) for name in self.figure.statistics}
        left_out = {
            reason: self._count(("left_out", reason)) for reason in self.figure.left_out
        }
        rows = self._count(ROWS)
        of, to, value = _value(amounts, ratios, statistics)
        figure = replace(
            self.figure,
            numerator=of,
            denominator=to,
            value=value.value,
            reason=HIDDEN if value.is_hidden else self._reason(value),
            amounts=_told(amounts),
            ratios={
                name: Share(
                    rate.numerator.exact, rate.denominator.exact, self._unfit(name)
                )
                for name, rate in ratios.items()
                if rate.numerator.exact is not None
                and rate.denominator.exact is not None
                and not rate.value.is_hidden
            },
            statistics={
                name: Said(number.value, int(self._count(("of", name)).exact or 0))
                for name, number in statistics.items()
                if not number.is_hidden
            },
            left_out={name: int(n) for name, n in _told(left_out).items()},
            rows=int(rows.exact or 0),
        )
        return Shown(
            figure,
            of,
            to,
            value.value,
            value.mark,
            value.file_mark,
            value.is_hidden,
            amounts,
            ratios,
            statistics,
            left_out,
            rows,
        )

    def _count(self, kind: Kind) -> Number:
        return self.leaves.number(self.leaves.cell(self.key, kind))

    def _amount(self, name: str) -> Number:
        if is_sum(self.measure, name):
            return self._sum(self.figure.amounts[name], ROWS)
        return self._count(("amount", name))

    def _sum(self, amount: Fraction, kind: Kind) -> Number:
        """Return days, minutes or money as they may be shown.

        Where counts are rounded so is what is added up over them, in the same measure:
        else the exact mean would tell the exact count.
        """
        if not self.tells_sums:
            hidden = self.leaves.hidden_count(self.key)
            return self.leaves.number(hidden or Cell(None))
        if self.leaves.profile.rule.is_small(math.ceil(amount)):
            return self.leaves.number(Cell(None, is_small=True))
        count = self.leaves.cells.of(self.key, kind)
        printed = self.leaves.cell(self.key, kind).printed or 0
        return Number(amount * printed / count if count else amount)

    def _rate(self, name: str) -> Rate:
        ratio, share = self.measure.ratios[name], self.figure.ratios[name]
        of, to = side(self.measure, ratio.of), side(self.measure, ratio.to)
        top = self._count(of) if of else self._sum(share.numerator, to or ROWS)
        whole = share.denominator * ratio.per
        below = self._count(to) if to else self._sum(whole, of or ROWS)
        rest = self._rest(name, whole - share.numerator)
        hidden = next((one for one in (top, below, rest) if one.is_hidden), None)
        divided = (
            replace(below, value=below.exact / ratio.per) if below.exact else below
        )
        if hidden is not None:
            return Rate(top, divided, hidden)
        if self._unfit(name) or not divided.exact or top.exact is None:
            return Rate(top, divided, Number(None))
        value = top.exact / divided.exact
        return Rate(top, divided, Number(value if of and to else _blunt(value)))

    def _rest(self, name: str, amount: Fraction) -> Number:
        """Return what a share leaves over, counted or added up."""
        ratio = self.measure.ratios[name]
        counts = side(self.measure, ratio.of) and side(self.measure, ratio.to)
        if counts or ratio.form != "share":
            return self._count(("rest", name))
        few = self.leaves.profile.rule.is_small(max(0, math.ceil(amount)), True)
        return self.leaves.number(Cell(None, is_small=True) if few else Cell(0))

    def _said(self, name: str) -> Number:
        """Return what is said of a spread: hidden with any count that it is of."""
        said, read = self.figure.statistics[name], self.measure.statistics[name].read
        if isinstance(read, UnitMean):
            return self._of_units(said)
        told = [("of", name), ("rest", name), *(("amount", n) for n in read.amounts)]
        for kind in told:
            cell = self.leaves.cell(self.key, kind)
            if cell.is_hidden:
                return self.leaves.number(cell)
        if said.value is None:
            return Number(None)
        if isinstance(read, Times):
            return self._of_curve(said, read)
        found = self._of_values(Fraction(said.value), read, read.values(said.pairs))
        return self.leaves.number(Cell(None)) if found is None else Number(found)

    def _of_values(
        self, exact: Fraction, read: Spread, values: list[Fraction]
    ) -> Fraction | None:
        """Return a mean or a middle of values as it may be shown, None where hidden."""
        profile = self.leaves.profile
        if isinstance(read, Mean):
            share = profile.largest_share
            return _blunt(exact) if magnitudes.may_add_up(values, share) else None
        behind = profile.spread.behind
        return magnitudes.middle(exact, values, profile.rule, behind=behind)

    def _of_curve(self, said: Said, read: Times) -> Number:
        """Return what is said of a curve, from the curve as it may be shown."""
        curve = blurred(said.curve, self.leaves.profile)
        if isinstance(read, Restricted | Naive):
            found = _blunt(said.value or 0) if curve.steps else None
        elif isinstance(read, StartedBy):
            left = curve.survival_at(read.day)
            found = None if left is None else _blunt(1 - left)
        else:
            found = None if curve.median is None else Fraction(curve.median)
        return self.leaves.number(Cell(None)) if found is None else Number(found)

    def _of_units(self, said: Said) -> Number:
        """Return a mean of units; hidden where a unit of them is, or they are few."""
        if said.value is None:
            return Number(None)
        asked = asked_of(self.figure)
        if said.rows < self.leaves.profile.below or asked in self.leaves.hidden_units:
            return self.leaves.number(Cell(None))
        return Number(_blunt(said.value))

    def _unfit(self, name: str) -> str:
        return self.figure.ratios[name].unfit

    def _reason(self, value: Number) -> str:
        if value.value is not None:
            return ""
        return self.figure.reason or EMPTY


def _value(
    amounts: Mapping[str, Number],
    ratios: Mapping[str, Rate],
    statistics: Mapping[str, Number],
) -> tuple[Fraction | None, Fraction | None, Number]:
    """Return numerator, denominator and value, as a figure has them."""
    for rate in ratios.values():
        return rate.numerator.exact, rate.denominator.exact, rate.value
    for number in statistics.values():
        return None, None, number
    amount = next(iter(amounts.values()))
    return amount.exact, None, amount


def _told(numbers: Mapping[str, Number]) -> dict[str, Fraction]:
    return {name: n.exact for name, n in numbers.items() if n.exact is not None}


def asked_of(figure: Figure) -> Asked:
    """Return what a figure answers, whichever group it is of."""
    return figure.measure, figure.version, figure.period.period


def blurred(curve: Curve, profile: Profile) -> Curve:
    """Return a curve as a profile shows it."""
    survival = profile.survival
    return curves.protect(
        curve, profile.rule, at_risk=survival.at_risk, events=survival.events
    )


def _blunt(value: Fraction | float) -> Fraction:
    """Return a value in three digits."""
    exact = Fraction(value)
    return Fraction(DIGITS.divide(Decimal(exact.numerator), Decimal(exact.denominator)))
