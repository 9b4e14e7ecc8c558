"""Letting somebody in who has just set a password, with all that a sign-in asks."""

from allauth.account.internal.flows.login import (
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from braid.access.models import SignInProvider, User
from braid.access.sign_in import providers


def with_new_password(
    request: HttpRequest, user: User, next_url: str | None = None
) -> HttpResponse:
    """Sign somebody in by the password that they set; a second factor is asked still."""
    record_authentication(request, user, method="password", email=user.email)
    answer: HttpResponse = perform_login(
        request, Login(user=user, email=user.email, redirect_url=next_url)
    )
    return answer


def providers_for(user: User) -> list[SignInProvider]:
    """Return the providers of the organisations in which somebody works."""
    return list(providers.open_to(user.pk, timezone.localdate()))


def is_by_provider_only(user: User) -> bool:
    """Say whether a password would not let this person in."""
    return providers.replace_password(user.pk, timezone.localdate())
