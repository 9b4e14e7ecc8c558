"""The applicant's own documents: those about me, and one more from me."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.desk.documents import (
    BODY,
    added,
    document_form,
    lines,
    read_by,
    record_opened,
)
from braid.documents import queries
from braid.people import own_queries
from braid.web.body_limits import body_limit
from braid.web.pages import status_of
from braid.web.responses import go


@require_http_methods(["GET", "POST"])
@body_limit(BODY)
def own_documents(request: HttpRequest) -> HttpResponse:
    """Documents about me and from me; I can open each and take back my own."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.ASK, Information.IDENTITY)
    person = own_queries.own_record(actor)
    episodes = own_queries.own_episodes(actor)
    form = document_form(request, actor) if episodes else None
    if form is not None and request.method == "POST":
        unit = episodes[0].unit
        if added(actor, person.pk, unit, form):
            messages.success(request, _("The document is kept."))
            return go(request, reverse("desk:own_documents"))
    shown = list(queries.documents_of(actor, person.pk))
    record_opened(actor, person, shown)
    context = {
        "title": _("My documents"),
        "lines": lines(actor, shown),
        "form": form,
        "later": read_by(actor, person.pk),
        "unit": episodes[0].unit.name if episodes else "",
        "current_year": timezone.localdate().year,
    }
    status = status_of(form) if form is not None else 200
    return render(request, "desk/own/documents.html", context, status=status)
