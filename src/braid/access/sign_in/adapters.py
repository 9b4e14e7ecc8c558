"""What allauth asks of the house: who may sign in, by what, and how it is kept."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import secrets, step_up
from braid.access.keyring import Use
from braid.access.sign_in import (
    connecting,
    factors,
    oidc,
    outgoing,
    providers,
    recorded,
    refusals,
)
from braid.access.sign_in.claims import Unfit, require_assurance

NAME = "Braid"


class AccountAdapter(DefaultAccountAdapter):
    """allauth's account pages, without the page that makes accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            recorded.stopped(request, credentials.get("email", ""))
            raise

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again unless the person proved a moment ago who they are."""
        return not step_up.is_fresh(context.request)

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, Any]]:
        """Offer the strongest: a second factor, else the password, or the provider."""
        if not user.is_authenticated:
            return []
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        has_factor = any(way["id"].startswith("mfa") for way in ways)
        bound = providers.replace_password(user.pk, timezone.localdate())
        if has_factor or bound:
            ways = [way for way in ways if way["id"] != "reauthenticate"]
        return [*ways, *_at_providers(user)]

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **named: Any
    ) -> HttpResponse:
        login = (named.get("signal_kwargs") or {}).get("sociallogin")
        if login is not None:
            remember(request, login)
        response: HttpResponse = super().post_login(request, user, **named)
        return response


def _at_providers(user: AbstractBaseUser) -> list[dict[str, Any]]:
    return [
        {
            "id": f"single_sign_on:{provider.slug}",
            "description": _("Sign in again with %(name)s") % {"name": provider.name},
            "url": reverse("access:sign_in_again", args=[provider.slug]),
        }
        for provider in providers.of_person(user.pk)
    ]


def remember(request: HttpRequest, login: SocialLogin) -> None:
    """Keep in the session what the provider vouched for."""
    if login.provider.app.settings["assurances"]:
        request.session[factors.ASSURED_KEY] = login.account.provider
    connecting.note_if_fresh(request, login, time.time())


class FactorAdapter(DefaultMFAAdapter):
    """allauth's second factors, with their secrets encrypted."""

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text, Use.SIGN_IN)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text, Use.SIGN_IN)

    def _get_site_name(self) -> str:
        return NAME

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = len(self._of(user, type)) + 1
        return _("Passkey %(number)s") % {"number": number}

    def _of(self, user: Any, kind: Any) -> list[Any]:
        from allauth.mfa.models import Authenticator

        return list(Authenticator.objects.filter(user_id=user.pk, type=kind))


class SessionsAdapter(DefaultUserSessionsAdapter):
    """allauth's list of sign-ins; each one that is ended there is recorded."""

    @transaction.atomic
    def end_sessions(self, sessions: list[UserSession]) -> None:
        super().end_sessions(sessions)
        for session in sessions:
            recorded.done(session.user, "session_ended")


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """allauth's single sign-on with the providers that organisations entered."""

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[SocialApp]:
        found = providers.active()
        if provider and provider != oidc.KIND:
            found = found.filter(slug=provider)
        if client_id:
            found = found.filter(client_id=client_id)
        return [oidc.app(one) for one in found]

    def get_provider(
        self, request: HttpRequest, provider: Any, client_id: Any = None
    ) -> oidc.Provider:
        app = self.get_app(request, provider=provider, client_id=client_id)
        return oidc.Provider(request, app=app)

    def list_providers(self, request: HttpRequest) -> list[oidc.Provider]:
        return [oidc.Provider(request, app=app) for app in self.list_apps(request)]

    def is_open_for_signup(
        self, request: HttpRequest, sociallogin: SocialLogin
    ) -> bool:
        return False

    def get_requests_session(self) -> outgoing.GuardedSession:
        return outgoing.GuardedSession()

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("access:security")

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Decide what a genuine sign-in leads to; a refusal is a page of its own."""
        app = sociallogin.provider.app
        try:
            identity = sociallogin.provider.identity(sociallogin.claims)
            require_assurance(identity, app.settings["assurances"])
            connecting.decide(request, sociallogin)
        except Unfit as unfit:
            page = refusals.page(request, unfit.reason, app.provider_id)
            raise ImmediateHttpResponse(page) from unfit

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        reason = "cancelled" if error == AuthError.CANCELLED else "failed"
        page = refusals.page(request, reason, provider.app.provider_id)
        raise ImmediateHttpResponse(page)
