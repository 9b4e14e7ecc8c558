"""From figures to the lines of a report: which part of which figure stands where.

Nothing here knows facts or an engine: whoever composes hands in how a measure is asked.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, Protocol

from braid.kernel.errors import InputFault, PackFault
from braid.method.measures import Asked
from braid.packs.measures.figures import NO_ROWS, Figure
from braid.packs.measures.schema import Measure
from braid.packs.measures.statistics import UnitMean
from braid.packs.reports.periods import Span, year_start
from braid.packs.reports.schema import Line, Report

GROUP = "group"
Kind = Literal["amount", "ratio", "statistic"]
Key = tuple[str, tuple[tuple[str, str], ...]]


class Answered(Protocol):
    """A measure asked for some periods: figures of the whole, or by keys."""

    def figures(
        self, by: Sequence[str] = (), within: Mapping[str, str | None] | None = None
    ) -> list[Figure]:
        """Return a figure a period, or one a period and group."""
        ...


Ask = Callable[[Measure, Sequence[Asked]], Answered]
"""Ask a measure once for all the periods in which lines look at it."""


@dataclass(frozen=True, slots=True)
class Part:
    """The number of a figure that a line shows; of a statistic `n` is how many rows."""

    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | float | None
    reason: str
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a report answered: a figure of the whole, or of a group.

    `of` tells its measure, with the options as set, from all others.
    """

    section: str
    name: str
    line: Line
    measure: Measure
    figure: Figure
    of: Key

    @property
    def is_group(self) -> bool:
        """Say whether it is about a group, and not the whole."""
        return bool(self.figure.group)

    @property
    def shows(self) -> tuple[Kind, str]:
        """Return the kind and name of the part that the line shows."""
        line, measure = self.line, self.measure
        if line.amount is not None:
            return "amount", line.amount
        if line.ratio is not None:
            return "ratio", line.ratio
        if line.statistic is not None:
            return "statistic", line.statistic
        if measure.ratios:
            return "ratio", next(iter(measure.ratios))
        if measure.statistics:
            return "statistic", next(iter(measure.statistics))
        return "amount", next(iter(measure.amounts))

    @property
    def label(self) -> Mapping[str, str]:
        """Return what the line is called, by language."""
        kind, name = self.shows
        if self.line.label is not None:
            return self.line.label
        if kind == "amount":
            return self.measure.amounts[name]
        if kind == "ratio":
            return self.measure.ratios[name].means
        return self.measure.statistics[name].means

    @property
    def reasons(self) -> set[str]:
        """Return the reasons for which rows of the words behind the part are left out."""
        kind, name = self.shows
        read = {name}
        if kind == "ratio":
            read = {*self.measure.ratios[name].of, *self.measure.ratios[name].to}
        elif kind == "statistic":
            how = self.measure.statistics[name].read
            read = {*how.of, *how.to} if isinstance(how, UnitMean) else set(how.amounts)
        words = [use.defined for use in self.measure.words]
        behind = [word for word in words if read & set(word.amounts)] or words
        return {reason for word in behind for reason in word.left_out}

    @property
    def part(self) -> Part:
        """Return the number that the line shows, exactly."""
        kind, name = self.shows
        known_by = self.line.known_by
        if known_by is not None and not self.figure.amounts[known_by]:
            return Part(None, None, None, NO_ROWS)
        if kind == "amount":
            amount = self.figure.amounts[name]
            return Part(amount, None, amount, "")
        if kind == "ratio":
            share = self.figure.ratios[name]
            return Part(share.numerator, share.denominator, share.value, share.reason)
        said = self.figure.statistics[name]
        return Part(None, None, said.value, said.reason, said.rows)

    @property
    def key(self) -> tuple[Key, str, tuple[tuple[str, str | None], ...]]:
        """Return what tells the figure from all others of the report."""
        group = tuple(sorted(self.figure.group.items()))
        return self.of, self.figure.period.period, group


def key_of(measure: Measure) -> Key:
    """Return what tells a measure, with its options as set, from all others."""
    chosen = {name: str(value) for name, value in measure.chosen.items()}
    return measure.id, tuple(sorted(chosen.items()))


@dataclass(frozen=True, slots=True)
class _Placed:
    section: str
    name: str
    line: Line
    measure: Measure
    of: Key
    window: Asked


def compose(
    report: Report,
    period: Span,
    as_of: date,
    options: Mapping[str, str],
    measure_of: Callable[[str], Measure],
    ask: Ask,
    within: Mapping[str, str | None] | None = None,
) -> list[Answer]:
    """Return the lines of a report, each whole followed by its groups.

    Nothing is known after `as_of`; of a period that is not over then, the days up to
    it count. Raises: InputFault (`period_not_begun`), PackFault.
    """
    if period.first_day > as_of:
        raise InputFault(
            "The period begins after the last day of the facts. Ask for an earlier one.",
            field="period",
            reason="period_not_begun",
        )
    placed = [
        _placed(report, each, options, measure_of, period, as_of)
        for each in report.lines(options)
    ]
    wanted = _wanted(placed)
    asked = {key: ask(*wanted[key]) for key in wanted}
    return [answer for one in placed for answer in _answers(one, asked[one.of], within)]


def _placed(
    report: Report,
    each: tuple[str, str, Line],
    options: Mapping[str, str],
    measure_of: Callable[[str], Measure],
    period: Span,
    as_of: date,
) -> _Placed:
    section, name, line = each
    measure = _fitting(line, name, measure_of(line.measure))
    measure = measure.with_options(**line.options_of_measure(options))
    window = _window(report, line, measure, period, as_of)
    return _Placed(section, name, line, measure, key_of(measure), window)


def _wanted(placed: Sequence[_Placed]) -> dict[Key, tuple[Measure, list[Asked]]]:
    """Return each measure once, with all the days on which lines look at it."""
    found: dict[Key, tuple[Measure, list[Asked]]] = {}
    for one in placed:
        windows = found.setdefault(one.of, (one.measure, []))[1]
        if one.window not in windows:
            windows.append(one.window)
    return found


def _fitting(line: Line, name: str, measure: Measure) -> Measure:
    """Return the measure if the line's part and keys are its own. Raises PackFault."""
    for kind, part, known in (
        ("amount", line.amount, measure.amounts),
        ("amount", line.known_by, measure.amounts),
        ("ratio", line.ratio, measure.ratios),
        ("statistic", line.statistic, measure.statistics),
    ):
        if part is not None and part not in known:
            raise PackFault(
                f"The line '{name}' shows the {kind} '{part}' of '{measure.id}', which "
                f"has {', '.join(known) or 'none'}. Correct the line."
            )
    for key in line.by:
        if key not in measure.by:
            raise PackFault(
                f"The line '{name}' groups '{measure.id}' by '{key}'; it can be grouped "
                f"by {', '.join(measure.by) or 'nothing'}. Correct the line."
            )
    return measure


def _window(
    report: Report, line: Line, measure: Measure, period: Span, as_of: date
) -> Asked:
    """Return the days on which a line looks."""
    last_day = min(period.last_day, as_of)
    if line.window.trailing_days is not None:
        days = line.window.trailing_days
        first_day = last_day - timedelta(days - 1)
        return Asked(f"{period.id} -{days} days", first_day, last_day, as_of)
    if line.window.year_to_date:
        first_day = year_start(last_day, report.year_begins)
        return Asked(f"{period.id} year to date", first_day, last_day, as_of)
    if line.window.end or measure.window.is_one_day:
        return Asked(f"{period.id} end", last_day, last_day, as_of)
    return Asked(period.id, period.first_day, last_day, as_of)


def _answers(
    one: _Placed, answered: Answered, within: Mapping[str, str | None] | None
) -> Iterator[Answer]:
    def found(by: Sequence[str]) -> Iterator[Figure]:
        for figure in answered.figures(by, within):
            if figure.period.period == one.window.period:
                yield figure

    (whole,) = found(())
    yield Answer(one.section, one.name, one.line, one.measure, whole, one.of)
    for key in one.line.by:
        if key in (within or {}):
            continue
        if key == GROUP and one.measure.chosen.get(GROUP) == "none":
            continue
        for figure in found([key]):
            yield Answer(one.section, one.name, one.line, one.measure, figure, one.of)
