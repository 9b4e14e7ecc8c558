"""Puts the actor on every request; a page without one must be marked as open."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from braid.access import audit, queries, secrets

ViewFunction = Callable[..., HttpResponse]
SESSION_KEY = "place"
PURPOSE_KEY = "purpose"


def open_page(view: ViewFunction) -> ViewFunction:
    """Mark a view as one that needs no actor: sign-in, first run, health checks."""
    view.needs_no_actor = True  # type: ignore[attr-defined]
    return view


def _is_open(view: ViewFunction) -> bool:
    if getattr(view, "needs_no_actor", False):
        return True
    # allauth's own pages decide for themselves who may open them.
    return view.__module__.startswith(("allauth.", "django.views.static"))


def _where(request: HttpRequest) -> audit.Where:
    """Return what audit entries say of this request and of the device that asks."""
    session_key = request.session.session_key
    device = secrets.keyed_hash("device", session_key)[:16] if session_key else ""
    return audit.Where(uuid4().hex, device)


class ActorMiddleware:
    """Find out in which role the signed-in person acts, on every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        request.place = None  # type: ignore[attr-defined]
        token = audit.where.set(_where(request))
        noting = audit.written.set(audit.Written())
        try:
            return self.get_response(request)
        finally:
            audit.written.reset(noting)
            audit.where.reset(token)

    def process_view(
        self, request: HttpRequest, view: ViewFunction, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        self._set_actor(request)
        if _is_open(view) or request.actor is not None:  # type: ignore[attr-defined]
            return None
        if request.user.is_authenticated:
            return redirect("access:no_place")
        if queries.is_empty_installation():
            return redirect("access:first_run")
        next_page = request.get_full_path()
        return redirect(
            f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': next_page})}"
        )

    def _set_actor(self, request: HttpRequest) -> None:
        user = request.user
        if not user.is_authenticated:
            return
        purpose = request.session.get(PURPOSE_KEY, "")
        places = queries.places(user, timezone.now(), purpose)
        chosen = request.session.get(SESSION_KEY)
        place = next((p for p in places if str(p.membership_id) == chosen), None)
        request.places = places  # type: ignore[attr-defined]
        request.place = place or (places[0] if places else None)  # type: ignore[attr-defined]
        request.actor = request.place.actor if request.place else None  # type: ignore[attr-defined]


class LanguageMiddleware:
    """Use the language that the signed-in person chose, before any other sign of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "")
        if chosen:
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
