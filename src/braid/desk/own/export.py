"""Take my data with me: everything about me, as files."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import ABOUT_A_PERSON, Action, Actor, Information
from braid.access.rights import exporting
from braid.access.step_up import fresh_factor


@require_http_methods(["GET", "POST"])
@fresh_factor  # type: ignore[arg-type]  # a file is streamed
def own_export(request: HttpRequest) -> HttpResponseBase:
    """Say what is in the copy; on request hand it out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.ASK, Information.IDENTITY)
    if actor.own is None:
        raise Http404
    if request.method == "GET":
        return _page(request)
    made = exporting.gather(actor.own, timezone.now())
    audit.record(
        actor,
        "own_export",
        applicant=actor.own,
        information=ABOUT_A_PERSON,
        count=sum(made.counts.values()),
    )
    return FileResponse(made.as_file(), as_attachment=True, filename="my-data.zip")


def _page(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Take my data with me")}
    return render(request, "desk/own/export.html", context)
