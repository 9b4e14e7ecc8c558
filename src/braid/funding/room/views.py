"""A funder's room: what waits for an answer, and what the unit achieves; no person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.facts.presenters import as_of_text
from braid.funding.claims import tabs
from braid.funding.monitors import queries as agreements
from braid.funding.monitors.presenters import small_numbers_text
from braid.funding.monitors.reading import is_inside, known_on
from braid.funding.room import presenters, queries, reading


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.SEE_AMOUNTS)
    return actor


@require_GET
def room(request: HttpRequest) -> HttpResponse:
    """The agreements, how far their claims are, and what waits."""
    actor = _actor(request)
    context = {
        "title": _("Funding at a glance"),
        "tabs": tabs.of_room(actor, "funding:room"),
        "cards": presenters.cards(queries.agreed(actor)),
        "as_of": as_of_text(timezone.localdate()),
    }
    return render(request, "funding/room/room.html", context)


@require_GET
def figures(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the unit of an agreement achieves, quarter by quarter."""
    actor = _actor(request)
    of = agreements.agreement(actor, key)
    day = known_on(actor, of, timezone.localdate())
    audit.record(actor, "figures_opened", of, information=(Information.STATISTICAL,))
    context = {
        "title": of.unit.name,
        "agreement": of,
        "as_of": as_of_text(day),
        "cards": presenters.figure_cards(reading.told(actor, of, day)),
        "small_numbers": small_numbers_text(inside=is_inside(actor, of)),
    }
    name = "figures" if request.htmx else "figures_page"  # type: ignore[attr-defined]
    return render(request, f"funding/room/{name}.html", context)
