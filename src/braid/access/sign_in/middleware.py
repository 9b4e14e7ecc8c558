"""What stands between a sign-in and the pages: its time, and the second factor."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from braid.access import budgets
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


# Pages of one record, which show whose it is.
RECORDS_OF_SOMEBODY = frozenset(
    {
        "work:job",
        "work:job_edit",
        "work:terms",
        "work:absence",
        "desk:contact",
        "desk:document",
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
            else:
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
        match = request.resolver_match
        actor = getattr(request, "actor", None)
        if actor is None or match is None or not _opens_somebody(match, kwargs):
            return None
        return budgets.check(request, kwargs.get("applicant_id"))


def _opens_somebody(match: ResolverMatch, kwargs: dict[str, Any]) -> bool:
    """Say whether an address is about one person: by its key, or a record of theirs."""
    if "applicant_id" in kwargs or "episode_id" in kwargs:
        return True
    return match.view_name in RECORDS_OF_SOMEBODY


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
