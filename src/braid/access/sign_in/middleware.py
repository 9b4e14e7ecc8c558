"""What stands between a sign-in and the pages: its time, and the second factor."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from braid.access import budgets, opening
from braid.access.sign_in import factors, sessions
from braid.web.responses import go

# The pages that set up a factor, what they need, and the way out.
SETTING_UP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "account_reauthenticate",
        "account_logout",
        "access:sign_in_again",
        "access:sign_in_answer",
        "set_language",
        "healthz",
        "readyz",
    }
)


class SessionLimits:
    """End a sign-in that nobody used for a while, or that has lasted a working day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            # The demo has no secrets, and nobody could sign in again by a password.
            lasts = settings.BRAID_DEMO_MARK.exists()
            if not lasts and sessions.is_over(request.session):
                logout(request)
                messages.info(
                    request, _("You were signed out, as nothing happened for a while.")
                )
            elif request.headers.get("X-Live") != "news":  # a page asks by itself
                sessions.note(request)
        return self.get_response(request)


class ReadBudget:
    """Stop who opens more people in an hour than anybody has a reason to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        actor = getattr(request, "actor", None)
        if actor is None or not opening.is_about_somebody(request):
            return None
        return budgets.check(request, lambda: opening.whose(request))


class SecondFactor:
    """Lead staff without a second factor to the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is not None and match.view_name in SETTING_UP:
            return None
        return (
            go(request, reverse("mfa_index")) if factors.is_missing(request) else None
        )
