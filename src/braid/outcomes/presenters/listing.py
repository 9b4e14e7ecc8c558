"""The page of the rows behind a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from braid.facts import presenters as figures
from braid.facts.row_texts import kept_back_text, row_text
from braid.outcomes.behind import PARTS, Behind, Wanted
from braid.outcomes.presenters.cards import Asking, period_text
from braid.outcomes.presenters.words import made_of, means, said, value_name, value_text
from braid.web.presenters import Tab

if TYPE_CHECKING:
    from braid.outcomes.charts import Chart
    from braid.outcomes.scopes import Scope


def context(
    chart: Chart, of: Scope, asking: Asking, wanted: Wanted, found: Behind
) -> dict[str, Any]:
    """Return what the page of rows shows."""
    measure = chart.defined
    counted = {name: said(sentence) for name, sentence in measure.amounts.items()}
    lines = found.rows.page.object_list
    return {
        "scope": of,
        "value": value_text(chart, found.shown),
        "made_of": made_of(chart, found.shown),
        "means": means(chart),
        "definition": said(measure.about),
        "rules": figures.rules_text(measure),
        "period": period_text(found.period),
        "as_of": figures.as_of_text(found.period.as_of),
        "of_value": value_name(chart.group or chart.key, wanted.value)
        if wanted.value
        else "",
        "parts": _parts(chart, asking, wanted),
        "rows": [row_text(line, counted, links_people=of.is_inside) for line in lines],
        "page": found.rows.page,
        "kept_back": _kept_back(of, found.rows.people_kept_back),
    }


def _parts(chart: Chart, asking: Asking, wanted: Wanted) -> list[Tab]:
    """Return the sides of the ratio as tabs; nothing where it is no quotient."""
    if not chart.defined.ratios:
        return []
    labels = {"": _("All rows"), **dict(zip(PARTS, _sides(chart), strict=True))}
    return [
        Tab(
            label,
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
