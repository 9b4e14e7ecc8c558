"""Sharing of one person, for the staff who keep the record."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from braid.access import agreements
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.desk.documents import BODY
from braid.desk.sharing import pages
from braid.people import queries as people
from braid.web.body_limits import body_limit


def _side(request: HttpRequest, applicant_id: UUID) -> pages.Side:
    """Return the staff's side; who never records consent is refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.SHARE, Information.IDENTITY)
    if actor.own is not None:
        raise Http404  # the own account has pages of its own
    return pages.side(actor, people.applicant(actor, applicant_id))


def _entry(request: HttpRequest, entry_id: UUID) -> Any:
    """Return an entry; who never records consent is refused whether it is there or not."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.SHARE, Information.IDENTITY)
    return agreements.one(actor, entry_id)


@require_GET
def sharing(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """What is shared, with whom, what for and until when; and how it came about."""
    side = _side(request, applicant_id)
    context = pages.overview(request, side)
    return render(request, "desk/sharing/overview.html", context)


@require_http_methods(["GET", "POST"])
@body_limit(BODY)
def give(request: HttpRequest, applicant_id: UUID) -> HttpResponse:
    """Record a new agreement."""
    return pages.give(request, _side(request, applicant_id))


@require_GET
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The whole text of one entry."""
    found = _entry(request, entry_id)
    return pages.read(request, _side(request, found.applicant_id), found)


@require_http_methods(["GET", "POST"])
@body_limit(BODY)
def until(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Record another last day of an agreement."""
    found = _entry(request, entry_id)
    return pages.change_end(request, _side(request, found.applicant_id), found)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Record that an agreement ends, whole or in part."""
    found = _entry(request, entry_id)
    return pages.take_back(request, _side(request, found.applicant_id), found)
