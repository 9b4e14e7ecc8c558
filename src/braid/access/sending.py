"""A form that is sent twice saves once.

The key of the form is written in the transaction in which the form is saved: two
sendings at once meet at the table's own uniqueness, and the later one waits, changes
nothing and is answered as the first.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import drafts
from braid.access.models import SentForm
from braid.web.memory import KEY
from braid.web.responses import go, leads_to

KEPT = timedelta(days=2)  # longer than anybody stays signed in
LONGEST = 300


class SentOnceMiddleware:
    """Save what a form brings and its key together; the same key saves nothing again.

    It stands last, around the view alone: who it is and the token are known by then. A
    form that was not taken leaves no key behind, so that it can be mended and sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.form_key = None  # type: ignore[attr-defined]
        with ExitStack() as sending:
            request.sending = sending  # type: ignore[attr-defined]
            response = self.get_response(request)
            key: UUID | None = request.form_key  # type: ignore[attr-defined]
            if key is not None and not connection.needs_rollback:
                _settle(request, key, leads_to(request, response))
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        key = _key(request)
        if key is None:
            return None
        sending: ExitStack = request.sending  # type: ignore[attr-defined]
        sending.enter_context(transaction.atomic())
        try:
            with transaction.atomic():
                SentForm.objects.create(
                    pk=key,
                    user=request.user,  # type: ignore[misc]
                    saved_at=timezone.now(),
                )
        except IntegrityError:
            return _as_the_first_time(request, key)
        request.form_key = key  # type: ignore[attr-defined]
        return None


def _key(request: HttpRequest) -> UUID | None:
    """Return the key of the form that somebody signed in sends; None without one."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    if request.resolver_match is not None and drafts.is_own_address(request):
        return None
    try:
        return UUID(request.POST.get(KEY, ""))
    except ValueError:
        return None


def _settle(request: HttpRequest, key: UUID, where: str | None) -> None:
    """Keep where a saved form led, and forget what was typed; else forget the key."""
    sent = SentForm.objects.filter(pk=key)
    if where is None:
        sent.delete()
        return
    if where:
        sent.update(where=where[:LONGEST])
    drafts.forget(_user(request), drafts.address_of(request))


def _as_the_first_time(request: HttpRequest, key: UUID) -> HttpResponse:
    sent = SentForm.objects.filter(pk=key, user_id=_user(request)).first()
    if sent is None:  # somebody else's
        return render(request, "400.html", status=400)
    messages.info(request, _("This was saved already."))
    return go(request, sent.where or request.path)


def _user(request: HttpRequest) -> UUID:
    """Return the key of who is signed in; without one nothing is looked at here."""
    key: UUID = request.user.pk  # type: ignore[assignment]
    return key


def is_sent(key: UUID, user_id: UUID) -> bool:
    """Say whether a form was sent and saved."""
    return SentForm.objects.filter(pk=key, user_id=user_id).exists()


def forget_old(now: datetime) -> int:
    """Let go of the keys of forms that nobody can send again; return how many."""
    return SentForm.objects.filter(saved_at__lt=now - KEPT).delete()[0]
