"""Figures: what a unit's record says of it, and a specialist's own week."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information, may
from braid.desk import measures
from braid.facts.presenters import as_of_text
from braid.kernel.dates import iso_week_start
from braid.web.presenters import Tab
from braid.work.rules import EMPLOYER_CONTACTS_A_WEEK


@require_GET
def unit_figures(request: HttpRequest) -> HttpResponse:
    """What a unit's record says of it; asked by a page, its headlines alone."""
    actor, unit, tabs = _overseen(request)
    day = timezone.localdate()
    audit.record(actor, "figures_opened", unit, information=(Information.STATISTICAL,))
    context: dict[str, Any] = {
        "title": _("Figures"),
        "unit": unit,
        "tabs": tabs,
        "as_of": as_of_text(day),
        "reads": may(actor, Action.RECORD, Information.ATTENDANCE),
    }
    if request.htmx:  # type: ignore[attr-defined]
        context["headlines"] = measures.headlines(actor, unit, day)
        return render(request, "desk/headlines.html", context)
    context["cards"] = measures.cards(actor, unit, day)
    return render(request, "desk/unit_figures.html", context)


@require_GET
def own_week(request: HttpRequest) -> HttpResponse:
    """What one specialist logged this week: the same measures, from Monday until now."""
    actor, day = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    context = {
        "title": _("Your week so far"),
        "week_number": day.isocalendar().week,
        "wanted_visits": EMPLOYER_CONTACTS_A_WEEK,
        "lines": measures.week(actor, iso_week_start(day), day),
    }
    name = "desk/week_fragment.html" if request.htmx else "desk/week.html"  # type: ignore[attr-defined]
    return render(request, name, context)


def _overseen(request: HttpRequest) -> tuple[Actor, Any, list[Tab]]:
    """Return who asks, the unit asked for, and tabs where there are several units."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.OVERSEE, Information.STATISTICAL)
    units = access.units(actor, Action.OVERSEE, Information.STATISTICAL)
    found = list(units.order_by("name"))
    slug = request.GET.get("unit", "")
    unit = next((one for one in found if slug in ("", one.slug)), None)
    if unit is None:
        raise Http404
    tabs = [
        Tab(one.name, f"?{_query(request, unit=one.slug)}", one == unit)
        for one in found
    ]
    return actor, unit, tabs if len(tabs) > 1 else []


def _query(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    for key, value in changes.items():
        query[key] = value
    return query.urlencode()
