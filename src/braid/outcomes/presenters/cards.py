"""One card a chart: what was found, its picture, the table of the same values, its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.facts import presenters as figures
from braid.outcomes import periods as times
from braid.outcomes.presenters import findings, tables
from braid.outcomes.presenters.words import (
    means,
    number_of,
    period_name,
    said,
    upper,
)
from braid.web.charts.drawing import Drawing, draw

if TYPE_CHECKING:
    from braid.facts.models import Annotation
    from braid.method.measures import Asked
    from braid.outcomes.charts import Chart
    from braid.outcomes.presenters.grids import Grid, Told
    from braid.outcomes.reading import Reading
    from braid.web.charts.pictures import Picture


@dataclass(frozen=True, slots=True)
class Asking:
    """What a page was asked for, as addresses say it."""

    scope: str
    period: Asked
    unit: str = ""
    chosen: Mapping[str, str] | None = None

    def of_unit(self, slug: str) -> Asking:
        """Return the same asked of one unit."""
        return Asking(slug, self.period)

    def query(self, **more: str) -> str:
        """Return it as the query of an address."""
        asked = {"period": self.period.period, "unit": self.unit}
        named = {**(self.chosen or {}), **asked, **more}
        return urlencode({name: value for name, value in named.items() if value})

    def address(self, name: str, *rest: str, **more: str) -> str:
        """Return the address of a page about the same figures."""
        return f"{reverse(f'outcomes:{name}', args=[self.scope, *rest])}?{self.query(**more)}"


@dataclass(frozen=True, slots=True)
class File:
    """A file that a chart can be taken away as."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """What was written beside a figure of a quarter."""

    quarter: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Card:
    """A chart as a page or a file shows it. Without `picture` there is none to draw."""

    name: str
    measure: str
    title: str
    finding: str
    picture: Picture | None
    grid: Grid
    more: Grid | None
    is_open: bool
    definition: str
    rules: str
    benchmarks: tuple[str, ...]
    left_out: tuple[str, ...]
    source: str
    files: tuple[File, ...]
    notes: tuple[Note, ...] = ()
    kept_back: str = ""

    @property
    def drawing(self) -> Drawing | None:
        """Return the picture as a page shows it."""
        return draw(self.picture, self.finding) if self.picture else None


def card(
    chart: Chart,
    reading: Reading,
    asking: Asking,
    notes: Sequence[Annotation] = (),
) -> Card:
    """Return a chart of what was read, for what was asked."""
    if (
        asking.unit
        and chart.kind != "curve"
        and not reading.tells_quarters(asking.unit)
    ):
        chart = replace(chart, kind="plain", key="")
    told = TELLING[chart.kind](chart, reading, asking)
    finding = findings.sentence(chart, told)
    measure = chart.defined
    return Card(
        name=chart.name,
        measure=measure.id,
        title=str(chart.title),
        finding=finding,
        picture=told.picture,
        grid=told.grid,
        more=told.more,
        is_open=chart.kind == "curve",  # the ways to say a time, each with its name
        definition=said(measure.about),
        rules=figures.rules_text(measure),
        benchmarks=tuple(said(each.means) for each in measure.benchmarks),
        left_out=told.left_out,
        source=source_text(chart, told),
        files=_files(chart, asking) if told.picture else (),
        notes=tuple(_note(each) for each in notes if each.measure == measure.id),
        kept_back=kept_back(chart, reading, asking),
    )


def kept_back(chart: Chart, reading: Reading, asking: Asking) -> str:
    """Say how many numbers of a chart may not be told; nothing where all may."""
    told = [
        number_of(chart, shown)
        for at, shown in reading.shown.items()
        if (at.chart, at.unit) == (chart.name, asking.unit)
    ]
    hidden = sum(number is not None and number.is_hidden for number in told)
    if not hidden:
        return ""
    sentence = ngettext(
        "%(hidden)s of its %(all)s number is kept back.",
        "%(hidden)s of its %(all)s numbers are kept back.",
        len(told),
    )
    return sentence % {"hidden": hidden, "all": len(told)}


def _note(note: Annotation) -> Note:
    by = note.created_by.name if note.created_by else ""
    return Note(note.quarter, note.text, by)


def source_text(chart: Chart, told: Told) -> str:
    """Say of which days a chart is, until when is known, and from where it was read."""
    drawn = (
        _("from the frozen facts %(snapshot)s") % {"snapshot": told.snapshot[:12]}
        if told.snapshot
        else _("drawn from the record this moment")
    )
    parts = (
        upper(means(chart)),
        told.days,
        figures.as_of_text(told.as_of),
        drawn,
    )
    return " · ".join(part for part in parts if part)


def _files(chart: Chart, asking: Asking) -> tuple[File, ...]:
    return tuple(
        File(kind.upper(), asking.address("file", chart.name, kind))
        for kind in ("png", "svg", "csv")
    )


def _rows_url(chart: Chart, asking: Asking) -> Callable[[str, str], str]:
    """Return what gives the address of the rows behind a figure."""

    def url(period: str, value: str) -> str:
        of = replace_period(asking, period)
        return of.address("rows", chart.name, value=value)

    return url


def replace_period(asking: Asking, period: str) -> Asking:
    """Return what was asked for, of another period."""
    known = replace(asking.period, period=period)
    return replace(asking, period=known)


def _quarters(chart: Chart, reading: Reading, asking: Asking) -> Told:
    return tables.quarters(
        chart,
        [
            (one, reading.one(chart, one.period, asking.unit))
            for one in times.quarters(reading.periods)
        ],
        _rows_url(chart, asking),
    )


def _curve(chart: Chart, reading: Reading, asking: Asking) -> Told:
    period = reading.periods[0].period
    return tables.curve(
        chart,
        reading.curves.get((chart.name, asking.unit)),
        reading.one(chart, period, asking.unit),
        _rows_url(chart, asking),
    )


def _parts(chart: Chart, reading: Reading, asking: Asking) -> Told:
    period = _period(chart, reading, asking)
    return tables.parts(
        chart,
        reading.parts(chart, period, asking.unit),
        reading.one(chart, period, asking.unit),
        _rows_url(chart, asking),
    )


def _plain(chart: Chart, reading: Reading, asking: Asking) -> Told:
    period = _period(chart, reading, asking)
    return tables.plain(
        chart,
        reading.parts(chart, period, asking.unit),
        reading.one(chart, period, asking.unit),
        _rows_url(chart, asking),
    )


def _spread(chart: Chart, reading: Reading, asking: Asking) -> Told:
    period = _period(chart, reading, asking)
    return tables.spread(
        chart,
        reading.parts(chart, period, asking.unit),
        reading.one(chart, period, asking.unit),
        _rows_url(chart, asking),
    )


def _period(chart: Chart, reading: Reading, asking: Asking) -> str:
    """Return the period asked for; of a measure of one day, that day."""
    if chart.defined.window.is_one_day:
        return reading.periods[0].period
    return asking.period.period


TELLING: Mapping[str, Callable[[Chart, Reading, Asking], Told]] = {
    "quarters": _quarters,
    "curve": _curve,
    "parts": _parts,
    "plain": _plain,
    "spread": _spread,
}


def period_text(period: Asked) -> str:
    """Return a period with its days."""
    return f"{period_name(period)}, {figures.period_text(period)}"
