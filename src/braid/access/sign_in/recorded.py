"""Signing in as the audit has it: who came in and how, what failed, what was changed.

What succeeds is the act of the person. What fails is not: nobody knows who tried, so the
program itself writes it, with the account that was tried as its subject. An address that
nobody has leaves an entry without any sign of it, after the same questions to the
database.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from braid.access import audit
from braid.access.models import User
from braid.access.policy import Actor, Role
from braid.access.sign_in import queries, sessions

TASK = "sign-in"
STOP = 300  # seconds in which one entry says that further tries are stopped
# What was proved, by the kind of factor or else by the method; others are "proved".
PROVED = {
    "password": "password_given",
    Authenticator.Type.TOTP: "app_code_given",
    Authenticator.Type.WEBAUTHN: "passkey_given",
    Authenticator.Type.RECOVERY_CODES: "recovery_code_used",
    "socialaccount": "provider_vouched",
    "single_sign_on": "provider_asked",
}


def done(user: Any, action: str) -> None:
    """Record what somebody did about their own sign-in."""
    organisation, role = _first_place(user.pk)
    actor = Actor(id=user.pk, role=role, organisation=organisation)
    audit.record(actor, action, user)


def refused(user_id: UUID | None, action: str) -> None:
    """Record what failed at an account, or at none that there is."""
    organisation, role = _first_place(user_id or audit.NOBODY)
    actor = Actor(id=None, role=role, organisation=organisation, system=TASK)
    subject = User(pk=user_id) if user_id else None
    audit.record(actor, action, subject, outcome="refused")


def refused_here(request: HttpRequest, action: str) -> None:
    """Record what failed where no account is known: once in a while from one place."""
    user_id = request.user.pk if request.user.is_authenticated else None
    if _is_first(user_id or get_adapter().get_client_ip(request), action):
        refused(user_id, action)


def stopped(request: HttpRequest, email: str) -> None:
    """Record that tries are stopped: once for an account, or else for a place."""
    user_id = _known(email)
    if _is_first(user_id or get_adapter().get_client_ip(request), "stopped"):
        refused(user_id, "sign_in_stopped")


def _is_first(whose: UUID | str, action: str) -> bool:
    """Say whether nothing was written of this lately: a flood fills no audit."""
    return cache.add(f"recorded:{action}:{whose}", True, STOP)


def _known(email: str) -> UUID | None:
    found = User.objects.filter(email__iexact=email).values_list("pk", flat=True)
    return found.first()


def _first_place(user_id: UUID) -> tuple[UUID, Role]:
    """Return whose audit it is. Who has no place is in that of no organisation."""
    found = queries.first_place(user_id, timezone.localdate())
    return found or (audit.NOBODY, Role.APPLICANT)


# ---- What allauth and Django tell -------------------------------------------------------


def _came_in(user: Any, **kwargs: Any) -> None:
    done(user, "signed_in")


def _went(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is not None:
        over = sessions.is_over(request.session)
        done(user, "sign_in_over" if over else "signed_out")


def _proved(user: Any, method: str, **kwargs: Any) -> None:
    done(user, PROVED.get(kwargs.get("type", method), "proved"))


def _failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    refused(_known(credentials.get("email", "")), "sign_in_failed")


def _factor_failed(user: Any, **kwargs: Any) -> None:
    refused(user.pk, "factor_failed")


def _as(action: str) -> Callable[..., None]:
    def told(user: Any, **kwargs: Any) -> None:
        done(user, action)

    return told


RECEIVERS = {
    "in": (account.user_logged_in, _came_in),
    "out": (auth.user_logged_out, _went),
    "proved": (account.authentication_step_completed, _proved),
    "failed": (auth.user_login_failed, _failed),
    "factor failed": (factors.authentication_failed, _factor_failed),
    "factor added": (factors.authenticator_added, _as("factor_added")),
    "factor removed": (factors.authenticator_removed, _as("factor_removed")),
    "codes renewed": (factors.authenticator_reset, _as("recovery_codes_renewed")),
    "password changed": (account.password_changed, _as("password_changed")),
    "password set": (account.password_set, _as("password_changed")),
    "password reset": (account.password_reset, _as("password_changed")),
}


def connect() -> None:
    """Have every one of these told; the access room does this once."""
    for name, (signal, receiver) in RECEIVERS.items():
        signal.connect(receiver, weak=False, dispatch_uid=f"braid.recorded.{name}")
