"""The pages behind a figure: its rows, or of several units what each counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from braid.access import queries as access
from braid.facts import presenters as figures
from braid.facts.row_texts import RowText, kept_back_text, row_text
from braid.outcomes.behind import PARTS, Behind, Together, Wanted
from braid.outcomes.periods import WEEK
from braid.outcomes.presenters.cards import Asking, period_text
from braid.outcomes.presenters.grids import Cell, Grid
from braid.outcomes.presenters.words import (
    heading,
    made_of,
    means,
    said,
    upper,
    value_name,
    value_text,
)
from braid.web.presenters import Tab
from braid.work import queries as work

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.facts.rows import RowLine
    from braid.method.measures import Asked
    from braid.outcomes.charts import Chart
    from braid.outcomes.scopes import Scope


def title(chart: Chart) -> str:
    """Return what a figure is called: the chart's own title, or its measure's."""
    return str(chart.title) or said(chart.defined.label)


def context(
    actor: Actor, chart: Chart, of: Scope, asking: Asking, wanted: Wanted, found: Behind
) -> dict[str, Any]:
    """Return what the page of rows shows."""
    return {
        **_head(chart, of, found, wanted),
        "parts": _parts(chart, asking, wanted),
        "rows": _rows(actor, chart, of, list(found.rows.page.object_list)),
        "page": found.rows.page,
        "kept_back": _kept_back(of, found.rows.people_kept_back),
    }


def counts(
    chart: Chart,
    of: Scope,
    asking: Asking,
    wanted: Wanted,
    found: Together,
    opens: Collection[UUID],
) -> dict[str, Any]:
    """Return what the page of several units shows; those that `opens` lead further."""
    rows = []
    for unit, shown in found.units:
        further = asking.of_unit(unit.slug) if unit.pk in opens else None
        url = further.address("rows", chart.name, value=wanted.value) if further else ""
        rows.append(
            (
                Cell(unit.name),
                Cell(value_text(chart, shown), url),
                Cell(made_of(chart, shown)),
            )
        )
    columns = (_("Unit"), heading(chart), _("Made of"))
    return {
        **_head(chart, of, found, wanted),
        "grid": Grid(columns, tuple(rows)),
        "is_kept_apart": bool(chart.group),
        "label": title(chart),
    }


def _head(
    chart: Chart, of: Scope, found: Behind | Together, wanted: Wanted
) -> dict[str, Any]:
    """Return the figure with all that must be said beside it."""
    measure = chart.defined
    return {
        "scope": of,
        "value": value_text(chart, found.shown),
        "made_of": made_of(chart, found.shown),
        "means": means(chart),
        "definition": said(measure.about),
        "rules": figures.rules_text(measure),
        "period": _period(chart, found.period),
        "as_of": figures.as_of_text(found.period.as_of),
        "of_value": _of_value(chart, wanted.value),
    }


def _period(chart: Chart, period: Asked) -> str:
    if not chart.is_count:
        return period_text(period)
    days = figures.period_text(period)
    if chart.defined.window.quarters and period.period != WEEK:
        return f"{figures.quarter_text(period)}, {days}"
    return days


def _of_value(chart: Chart, value: str) -> str:
    """Return what the rows are chosen by; a specialist by name."""
    if not value:
        return ""
    if chart.is_count:
        return access.names_of([UUID(value)]).get(UUID(value), "")
    return value_name(chart.group or chart.key, value)


def _rows(
    actor: Actor, chart: Chart, of: Scope, lines: Collection[RowLine]
) -> list[RowText]:
    """Return rows in words: inside with the employer, of counts with the specialist."""
    counted = {name: said(text) for name, text in chart.defined.amounts.items()}
    staff: Mapping[UUID, str] = {}
    employers: Mapping[UUID, str] = {}
    if chart.is_count:
        staff = access.names_of({UUID(line.staff) for line in lines if line.staff})
    if of.is_inside and any(line.employer for line in lines):
        employers = dict(work.employer_names(actor))
    return [
        row_text(
            line,
            counted,
            employers.get(UUID(line.employer), "") if line.employer else "",
            staff.get(UUID(line.staff), "") if line.staff else "",
            links_people=of.is_inside,
        )
        for line in lines
    ]


def _parts(chart: Chart, asking: Asking, wanted: Wanted) -> list[Tab]:
    """Return the sides of the ratio as tabs; nothing where it is no quotient."""
    if not chart.defined.ratios:
        return []
    labels = {"": _("All rows"), **dict(zip(PARTS, _sides(chart), strict=True))}
    return [
        Tab(
            upper(label),
            asking.address("rows", chart.name, value=wanted.value, part=part),
            part == wanted.part,
        )
        for part, label in labels.items()
    ]


def _sides(chart: Chart) -> tuple[str, str]:
    measure = chart.defined
    ratio = next(iter(measure.ratios.values()))
    told = (
        ", ".join(said(measure.amounts[n]) for n in side)
        for side in (ratio.of, ratio.to)
    )
    counted, among = told
    return counted, among


def _kept_back(of: Scope, number: int) -> str:
    """Say that people are counted who are not listed; outside the unit not how many."""
    if not of.is_inside:
        return _("The figure also counts people whose record you may not open.")
    return kept_back_text(number) if number else ""
