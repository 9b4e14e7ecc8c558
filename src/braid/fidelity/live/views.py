"""Live fidelity: a unit on any day, each item, its rows, and what depends on treatment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.facts.presenters import as_of_text
from braid.fidelity import reach
from braid.fidelity.live import asking, pages
from braid.fidelity.live.asking import Asked
from braid.fidelity.live.reading import quantity_of
from braid.kernel.errors import InputFault
from braid.method.scales import Item
from braid.web.pages import status_of
from braid.web.presenters import Action as Button
from braid.web.presenters import Tab

_STATISTICAL = (Information.STATISTICAL,)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.READ, Information.STATISTICAL)
    return actor


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where to go: the own unit at once, else the units whose figures one may read."""
    actor = _actor(request)
    units = asking.units(actor)
    if len(units) == 1:
        return _live(request, actor, units[0].slug)
    context = {"title": _("Fidelity"), "units": units}
    return render(request, "fidelity/live/home.html", context)


@require_GET
def live(request: HttpRequest, unit: str) -> HttpResponse:
    """Every item of a unit on a day, as the record shows it."""
    return _live(request, _actor(request), unit)


def _live(request: HttpRequest, actor: Actor, unit: str) -> HttpResponse:
    """The page of a unit; its figures come after it, or with it where that is asked."""
    asked = _asked(request, actor, unit)
    context = _frame(request, actor, asked, "live")
    if context["is_asked"]:
        audit.record(actor, "figures_opened", asked.of.unit, information=_STATISTICAL)
        context |= pages.figures(actor, asked)
    name = "figures" if request.htmx else "live"  # type: ignore[attr-defined]
    return render(
        request, f"fidelity/live/{name}.html", context, status=status_of(asked.form)
    )


@require_GET
def treatment(request: HttpRequest, unit: str) -> HttpResponse:
    """The items that treatment has a part in, and each treatment team; for both sides."""
    actor = _actor(request)
    asked = _asked(request, actor, unit)
    context = _frame(request, actor, asked, "treatment")
    if context["is_asked"]:
        audit.record(actor, "figures_opened", asked.of.unit, information=_STATISTICAL)
        context |= pages.treatment_figures(actor, asked)
    name = "treatment_figures" if request.htmx else "treatment"  # type: ignore[attr-defined]
    return render(
        request, f"fidelity/live/{name}.html", context, status=status_of(asked.form)
    )


@require_GET
def item(request: HttpRequest, unit: str, item: int) -> HttpResponse:
    """One item: its descriptions, its figures and rules, its trend."""
    actor = _actor(request)
    asked = _asked(request, actor, unit)
    of_scale = _item(asked, item)
    audit.record(actor, "figures_opened", asked.of.unit, information=_STATISTICAL)
    context = {
        **_frame(request, actor, asked, "item", item),
        "crumbs": [Button(_("Fidelity"), asked.address("live", figures="1"))],
        **pages.item_page(actor, asked, of_scale),
    }
    return render(
        request, "fidelity/live/item.html", context, status=status_of(asked.form)
    )


@require_GET
def rows(request: HttpRequest, unit: str, item: int, measure: str) -> HttpResponse:
    """The rows behind a figure of an item: people as far as one may read them."""
    actor = _actor(request)
    asked = _asked(request, actor, unit)
    of_scale = _item(asked, item)
    quantity = quantity_of(of_scale)
    if quantity is None or measure not in quantity.measures:
        raise Http404
    staff, page = request.GET.get("staff", ""), request.GET.get("page")
    met, context = pages.rows_page(actor, asked, of_scale, measure, staff, page)
    audit.record(actor, "figures_opened", asked.of.unit, information=_STATISTICAL)
    audit.record_list(actor, "figure_rows_opened", met, pages.TELLS)
    crumbs = [
        Button(_("Fidelity"), asked.address("live", figures="1")),
        Button(asked.words.items[item].title, asked.address("item", item)),
    ]
    return render(request, "fidelity/live/rows.html", {**context, "crumbs": crumbs})


def _asked(request: HttpRequest, actor: Actor, unit: str) -> Asked:
    of = asking.scope(actor, unit)
    return asking.asked(of, request.GET, timezone.localdate())


def _item(asked: Asked, no: int) -> Item:
    """Return an item of the scale, else answer 404."""
    try:
        return asked.scale.scale.item(no)
    except InputFault:
        raise Http404 from None


def _frame(
    request: HttpRequest, actor: Actor, asked: Asked, name: str, *more: object
) -> dict[str, Any]:
    """Return what the pages of a unit have around their figures."""
    unit = asked.of.unit
    pages_of = [
        Tab(label, asked.address(to), to == name)
        for to, label in (("live", _("Items")), ("treatment", _("What treatment does")))
    ]
    return {
        "title": _("Fidelity, %(unit)s") % {"unit": unit.name},
        "asked": asked,
        "unit": unit,
        "is_inside": asked.of.is_inside,
        "units": _units(actor, asked, name) if not more else [],
        "pages": [*pages_of, *_beside(actor, asked)],
        "as_of": as_of_text(asked.day),
        "unverified": "" if asked.scale.verified else asked.words.unverified,
        "later_url": asked.address(name, *more, figures="1"),
        "is_asked": bool(request.htmx) or "figures" in request.GET,  # type: ignore[attr-defined]
    }


def _beside(actor: Actor, asked: Asked) -> Iterator[Tab]:
    """Yield what else there is about the fidelity of a unit: plan, reviews, others."""
    slug = asked.of.unit.slug
    yield Tab(_("Action plan"), reverse("fidelity:actions", args=[slug]), False)
    yield Tab(_("Reviews"), reverse("fidelity:reviews", args=[slug]), False)
    if len(reach.units(actor)) > 1:
        yield Tab(_("Across units"), reverse("fidelity:across"), False)


def _units(actor: Actor, asked: Asked, name: str) -> list[Tab]:
    """Return the units that one may look at instead, as tabs."""
    tabs = [
        Tab(one.name, asking.address_of(name, one.slug), one == asked.of.unit)
        for one in asking.units(actor)
    ]
    return tabs if len(tabs) > 1 else []
