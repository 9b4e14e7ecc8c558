"""A table of values with the rows behind each, and all that a figure says in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from braid.facts import presenters as figures
from braid.outcomes.presenters.words import is_told, said, upper, written

if TYPE_CHECKING:
    from braid.facts.leaving import Shown
    from braid.outcomes.charts import Chart
    from braid.web.charts.pictures import Picture

Url = Callable[[str, str], str]
"""The address of the rows behind a figure of a period and a value; empty for none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table, and the address of the rows behind it."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what its columns are, and its rows, the first cell of which names it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a chart tells: its picture, the same in a table, and what to say of it."""

    picture: Picture | None
    grid: Grid
    as_of: date
    snapshot: str = ""
    days: str = ""
    more: Grid | None = None
    left_out: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


def all_of(rows: Sequence[tuple[Cell, ...]]) -> Grid:
    """Return the rows as a table; what numbers are made of, where one is made of some."""
    columns = (_("What"), _("Number"), _("Made of"))
    kept = 3 if any(row[2].text for row in rows) else 2
    return Grid(columns[:kept], tuple(row[:kept] for row in rows))


def all_told(chart: Chart, shown: Shown, url: Url) -> Grid:
    """Return every ratio, statistic and amount of a figure with what it means."""
    return all_of(all_rows(chart, shown, url))


def all_rows(
    chart: Chart, shown: Shown, url: Url, value: str = ""
) -> list[tuple[Cell, ...]]:
    """Return its rows; `value` is that of the chart's key, where it is told by one."""
    measure, period = chart.defined, shown.figure.period.period
    rows: list[tuple[Cell, ...]] = []
    prefix, link = f"{value}: " if value else "", url(period, value)

    def add(key: str, names: Mapping[str, str], text: str, of: str = "") -> None:
        if is_told(chart, key):
            cells = (Cell(upper(prefix + said(names))), Cell(text, link), Cell(of))
            rows.append(cells)

    for key, ratio in measure.ratios.items():
        rate = shown.ratios[key]
        parts = (rate.numerator.value, rate.denominator.value)
        of = "" if None in parts else figures.quotient_text(*parts, ratio.form)  # type: ignore[arg-type]
        add(
            key,
            ratio.means,
            rate.value.mark or written(rate.value.value, ratio.form),
            of,
        )
    for key, statistic in measure.statistics.items():
        number = shown.statistics[key]
        add(key, statistic.means, number.mark or written(number.value, statistic.form))
    for key, amount in measure.amounts.items():
        number = shown.amounts[key]
        add(key, amount, number.mark or written(number.value, "number"))
    return rows
