"""The applicant's own page of consents: say yes, say no, and change one's mind."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from braid.access import agreements, consent
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information, Purpose
from braid.desk.sharing import pages
from braid.kernel.errors import InputFault
from braid.people import own_queries


def _side(request: HttpRequest) -> pages.Side:
    """Return the applicant's side; who acts as anybody else is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.ASK, Information.IDENTITY)
    return pages.side(actor, own_queries.own_record(actor))


def _own(on: pages.Side, entry_id: UUID) -> Any:
    """Return an entry of the own ledger, else answer 404."""
    found = agreements.one(on.actor, entry_id)
    if found.applicant_id != on.actor.own:
        raise Http404
    return found


@require_GET
def consents(request: HttpRequest) -> HttpResponse:
    """What I share with whom, what I was asked for, and all that I ever said."""
    context = pages.overview(request, _side(request))
    return render(request, "desk/own/consents.html", context)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Say yes to something."""
    return pages.give(request, _side(request))


@require_GET
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The whole text of what I said yes to."""
    on = _side(request)
    return pages.read(request, on, _own(on, entry_id))


@require_http_methods(["GET", "POST"])
def until(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Let something end later, or earlier."""
    on = _side(request)
    return pages.change_end(request, on, _own(on, entry_id))


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Take something back, whole or in part."""
    on = _side(request)
    return pages.take_back(request, on, _own(on, entry_id))


@require_POST
def answer(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Answer what a caseworker asked for: yes, from today, or no."""
    on = _side(request)
    asked = _own(on, entry_id)
    says_yes = request.POST.get("answer") == "yes"
    act = consent.confirm if says_yes else consent.decline
    try:
        act(
            actor=on.actor,
            about=on.about(Purpose(asked.purpose), asked.receiver_id),
            number=asked.number,
            now=timezone.now(),
        )
    except InputFault as fault:
        messages.error(request, str(fault))
    else:
        messages.success(
            request,
            _("Agreed. It counts from now on.")
            if says_yes
            else _("You said no. Nothing is shared by it."),
        )
    return redirect("desk:own_consents")
