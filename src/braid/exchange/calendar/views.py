"""Pages of calendar feeds, and the feed itself, which needs no sign-in but its secret."""

import hashlib
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from braid.access.middleware import open_page
from braid.access.policy import Actor
from braid.exchange.calendar import feeds
from braid.exchange.calendar.events import window
from braid.exchange.calendar.forms import FeedForm
from braid.exchange.calendar.gathering import gathered
from braid.exchange.calendar.writing import calendar
from braid.web.pages import form_page

# Of ACCOUNT_RATE_LIMITS: secrets that nobody has, and one feed that is read and read.
UNKNOWN, READ = "calendar_unknown", "calendar_read"
RETRY = 3600  # seconds


def _actor(request: HttpRequest) -> Actor:
    """Return who asks. Raises Refused for who has no calendar."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    feeds.require(actor)
    return actor


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """One's own addresses: for which device, and when each was read last."""
    actor, now = _actor(request), timezone.now()
    context = {
        "title": _("Calendar"),
        "feeds": feeds.listed(actor, now),
        "is_own": actor.own is not None,
        "current_year": timezone.localdate(now).year,
    }
    return render(request, "exchange/calendar/feeds.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an address; it is shown in the answer and never again."""
    actor = _actor(request)

    def save(given: dict[str, Any]) -> str:
        return feeds.make(actor=actor, now=timezone.now(), **given)

    return form_page(
        request,
        FeedForm(
            request.POST or None, may_show_initials=feeds.may_show_initials(actor)
        ),
        save,
        title=_("A new address for a calendar"),
        submit=_("Make the address"),
        lead=_("Whoever has the address can read the calendar. It names nobody."),
        to=lambda token: _made(request, token),
    )


def _made(request: HttpRequest, token: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("exchange:feed", args=[token]))
    context = {
        "title": _("The address of your calendar"),
        "address": address,
        "subscribe": f"webcal://{address.partition('://')[2]}",
    }
    return render(request, "exchange/calendar/made.html", context)


@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an address back."""
    feeds.take_back(actor=_actor(request), key=key, now=timezone.now())
    messages.success(
        request, _("The address is taken back. Delete it from the device, too.")
    )
    return redirect("exchange:feeds")


@open_page
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out a calendar; unknown, taken back and of a role that ended are the same."""
    now = timezone.now()
    found = feeds.behind(token)
    actor = feeds.reader(found, now) if found is not None else None
    if found is None or actor is None:
        if _is_too_often(request, UNKNOWN):
            return _too_often()
        raise Http404
    if _is_too_often(request, READ, str(found.pk)):
        return _too_often()
    with translation.override(found.user.language or settings.LANGUAGE_CODE):
        today = timezone.localdate(now)
        initials = found.with_initials and feeds.may_show_initials(actor)
        read = gathered(actor, today, now, initials=initials)
        octets = calendar(
            read.events,
            name="Braid",
            site=urlsplit(settings.BRAID_ADDRESS).hostname or "braid",
            zone=ZoneInfo(settings.TIME_ZONE),
            days=_zone_days(today),
        )
    feeds.note_read(
        feed=found, actor=actor, token=token, applicants=read.applicants, now=now
    )
    return _answer(request, octets)


def _zone_days(today: date) -> tuple[date, date]:
    """Return whole years around the window, so that the zone stays the same for long."""
    first, last = window(today)
    return date(first.year, 1, 1), date(last.year + 1, 1, 1)


def _answer(request: HttpRequest, octets: bytes) -> HttpResponse:
    """Return the calendar, or that it has not changed since it was read last."""
    etag = quote_etag(hashlib.sha256(octets).hexdigest()[:32])
    response = HttpResponse(octets, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer.headers["Cache-Control"] = "private"
    return answer


def _is_too_often(request: HttpRequest, action: str, key: str | None = None) -> bool:
    # allauth's public function leaves GET uncounted, and a calendar is only ever read.
    return not ratelimit.consume(
        request, app="allauth.account", action=action, key=key, limit_get=True
    )


def _too_often() -> HttpResponse:
    response = HttpResponse(status=429)
    response.headers["Retry-After"] = str(RETRY)
    return response
