"""The steward's first page: what waits, each with its number and where it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from braid.access import queries as access
from braid.access import waiting
from braid.access.policy import Action, Actor
from braid.web.presenters import State


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of work that waits: where it is done, how much of it there is."""

    title: str
    sub: str
    url: str
    pill: str
    state: State


@dataclass(frozen=True, slots=True)
class Page:
    """A page to look something up: what it is called and where it stands."""

    title: str
    url: str
    icon: str


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What needs me? For the steward of an organisation."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.REVIEW_ACCESS)
    context = {
        "title": _("To do"),
        "sub": request.place.organisation,  # type: ignore[attr-defined]
        # What waits stands on top; what is done stays where one looks for it.
        "lines": sorted(
            _lines(actor, timezone.localdate()),
            key=lambda line: line.state is State.INFO,
        ),
        "pages": list(_pages()),
    }
    return render(request, "desk/stewardship/home.html", context)


def _lines(actor: Actor, today: date) -> Iterator[Waiting]:
    """Yield what waits; a kind of work without a page is left out."""
    counted = (
        (
            _("Emergency access to review"),
            _("Within 72 hours: was it right?"),
            "desk:glasses",
            waiting.glasses(actor),
        ),
        (
            _("Blocks to set aside"),
            _("A supervisor asks; a second person must agree."),
            "desk:set_asides",
            waiting.set_asides(actor),
        ),
        (
            _("Requests of applicants"),
            _("A copy, a correction, erasure, restriction: each has its day."),
            "desk:requests",
            waiting.requests(actor),
        ),
        (
            _("Unusual access"),
            _("What a rule found, until somebody closes it."),
            "desk:review",
            waiting.findings(actor),
        ),
    )
    for title, sub, name, number in counted:
        url = _url(name)
        if url:
            yield Waiting(title, sub, url, _pill(number), _state(number))
    url = _url("desk:review")
    if url and not waiting.is_last_week_signed(actor, today):
        yield Waiting(
            _("Last week is not signed off"),
            _("Somebody looks at who opened what, every week."),
            url,
            _("open"),
            State.SOON,
        )


def _pages() -> Iterator[Page]:
    """Yield the other pages of a steward."""
    for title, name, icon in (
        (_("Who may see what"), "desk:policy", "eye"),
        (_("What is kept, and how long"), "desk:retention", "clock-history"),
        (_("Register of processing"), "desk:register", "file-earmark-text"),
        (_("Report a breach"), "desk:breach", "exclamation-triangle"),
    ):
        url = _url(name)
        if url:
            yield Page(title, url, icon)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _pill(number: int) -> str:
    if not number:
        return _("nothing")
    return ngettext("%(number)s waits", "%(number)s wait", number) % {"number": number}


def _state(number: int) -> State:
    return State.DUE if number else State.INFO
