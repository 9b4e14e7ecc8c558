"""A proposed contract over past facts: a form, and what it would have paid."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import audit
from braid.access.policy import Actor, Information
from braid.facts import leaving
from braid.facts.presenters import as_of_text
from braid.funding.claims import tabs
from braid.funding.monitors.presenters import small_numbers_text
from braid.funding.simulating import presenters, queries
from braid.funding.simulating.forms import SimulationForm
from braid.web.pages import form_page
from braid.web.responses import mark_saved


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The units over whose past facts a contract can be tried."""
    actor = _actor(request)
    context = {
        "title": _("Try a contract"),
        "units": queries.units(actor),
        "tabs": tabs.of_room(actor, "funding:simulations"),
    }
    return render(request, "funding/simulating/home.html", context)


@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """Try one contract, or two beside each other, over past facts of a unit."""
    actor = _actor(request)
    known = queries.units(actor)
    of = next((one for one in known if unit in (one.slug, str(one.pk))), None)
    if of is None:
        raise Http404
    snapshots = queries.snapshots(actor, of)
    if not snapshots:
        context = {"title": _("Try a contract"), "unit": of}
        return render(request, "funding/simulating/empty.html", context)
    form = SimulationForm(
        request.POST or None,
        request.FILES or None,
        snapshots=[(str(one.pk), as_of_text(one.as_of)) for one in snapshots],
    )
    named = {str(one.pk): one for one in snapshots}

    def answer(given: dict[str, Any]) -> HttpResponse:
        return _answer(request, actor, of, named[given["snapshot"]], given)

    return form_page(
        request,
        form,
        lambda given: given,
        title=_("Try a contract"),
        lead=_(
            "What a contract would have paid for what happened. When rules change, "
            "people act otherwise: this is no forecast."
        ),
        to=answer,
        submit=_("Run it over these facts"),
    )


def _answer(
    request: HttpRequest, actor: Actor, of: Any, snapshot: Any, given: dict[str, Any]
) -> HttpResponse:
    found = queries.simulated(
        actor, of, snapshot, given["proposals"], given["group"] or "none"
    )
    audit.record(actor, "figures_opened", of, information=(Information.STATISTICAL,))
    inside = of.pk in actor.teams and not given["to_hand_over"]
    mark_saved(request)
    context = {
        "title": _("What the contract would have paid"),
        "unit": of,
        "as_of": as_of_text(snapshot.as_of),
        "small_numbers": small_numbers_text(inside=inside),
        "sheets": [
            presenters.sheet(one, given["group"], leaving.usual(inside=inside))
            for one in found
        ],
        "parity": presenters.parity_text(found, inside=inside),
    }
    return render(request, "funding/simulating/result.html", context)
