"""What every page of the work room begins with."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.people import queries as people
from braid.web.responses import go

if TYPE_CHECKING:
    from braid.access.models import Team

PAGE = {"per_page": 50}


def actor_of_unit(request: HttpRequest) -> Actor:
    """Return the actor of a page of the unit; who keeps no record of it is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    return actor


def unit_of(actor: Actor) -> "Team":
    """Return the unit that the actor works in, else answer 404."""
    unit: Team | None = people.units_of(actor).first()
    if unit is None:
        raise Http404
    return unit


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Go to where the act was made from, or `otherwise`."""
    asked: Any = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return go(request, asked if is_ours else otherwise)
