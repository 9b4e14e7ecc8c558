"""Who can see what about me: the applicant's own page of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.desk.shared.who_sees import who_sees_page


@require_GET
def own_who_sees(request: HttpRequest) -> HttpResponse:
    """Who can see what about me, in plain words."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.ASK, Information.IDENTITY)
    if actor.own is None:
        raise Http404
    title = _("Who can see what about me")
    return who_sees_page(request, actor.own, "desk/own/who_sees.html", title)
