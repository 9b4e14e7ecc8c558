"""OpenID Connect as allauth speaks it, and stricter: every identity token is checked.

allauth starts the sign-in (state, PKCE) and exchanges the code. Added here: a nonce, the
token's signature, its times and its issuer, which allauth would leave to the connection.
"""

import time
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
)
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string

from braid.access.models import SignInProvider
from braid.access.sign_in import outgoing, providers, refusals
from braid.access.sign_in.claims import Identity, Reading, Unfit, read

KIND = "openid_connect"
# Signatures by a key pair only: "none" and shared secrets are no proof.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
REQUIRED = ("iss", "sub", "aud", "exp", "iat")
CLOCKS_DIFFER = 60  # seconds
OLDEST = 600  # seconds since a token was issued


def app(provider: SignInProvider) -> SocialApp:
    """Return a provider as allauth knows one; it is never saved."""
    return SocialApp(
        provider=KIND,
        provider_id=provider.slug,
        name=provider.name[:40],
        client_id=provider.client_id,
        secret=providers.shared_secret(provider),
        settings={
            "server_url": provider.issuer,
            "issuer": provider.issuer,
            "scope": [
                "openid",
                *(word for word in provider.scopes if word != "openid"),
            ],
            "oauth_pkce_enabled": True,
            "fetch_userinfo": False,
            "claims": provider.claims,
            "assurances": provider.assurances,
        },
    )


class Adapter(OpenIDConnectOAuth2Adapter):
    """Asks the provider, and believes only what is signed, for us, and for this visit."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        issuer = self.get_provider().app.settings["issuer"]
        if config.get("issuer") != issuer:
            raise OAuth2Error("The provider names another issuer than was entered.")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            outgoing.refuse_address(str(config.get(name, "")))
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        path = reverse("access:sign_in_answer", args=[self.provider_id])
        return request.build_absolute_uri(path)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **named: Any
    ) -> SocialLogin:
        id_token = named["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("The provider sent no identity token.")
        claims = self._decode_id_token(app, id_token)
        return self.get_provider().sociallogin_from_response(request, claims)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                self._key(id_token),
                algorithms=list(ALGORITHMS),
                issuer=app.settings["issuer"],
                audience=app.client_id,
                leeway=CLOCKS_DIFFER,
                options={
                    "require": list(REQUIRED),
                    "verify_iat": True,
                    "enforce_minimum_key_length": True,  # RSA: 2,048 bits
                },
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise OAuth2Error("The identity token is not valid.") from error
        self._refuse_foreign(app, claims)
        return claims

    def _refuse_foreign(self, app: SocialApp, claims: Mapping[str, Any]) -> None:
        """Raise where a token was made for another visit, another client, or long ago."""
        if not self.nonce or not constant_time_compare(
            str(claims.get("nonce", "")), self.nonce
        ):
            raise OAuth2Error("The identity token was made for another sign-in.")
        audience = claims["aud"]
        is_shared = isinstance(audience, list) and len(audience) > 1
        if claims.get("azp", app.client_id if not is_shared else "") != app.client_id:
            raise OAuth2Error("The identity token was made for another client.")
        if time.time() - claims["iat"] > OLDEST:
            raise OAuth2Error("The identity token is too old.")

    def _key(self, id_token: str) -> Any:
        """Return the provider's key that a token names, or its only one."""
        named = jwt.get_unverified_header(id_token).get("kid")
        with outgoing.GuardedSession() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            kept = jwt.PyJWKSet.from_dict(answer.json()).keys
        fitting = [key for key in kept if named is None or key.key_id == named]
        if len(fitting) != 1:
            raise OAuth2Error("The provider has no such key.")
        return fitting[0]


class Provider(OpenIDConnectProvider):
    """A provider of an organisation, made from its settings."""

    oauth2_adapter_class = Adapter

    def get_login_url(self, request: HttpRequest, **named: Any) -> str:
        return reverse("access:sign_in_with", args=[self.app.provider_id])

    def get_callback_url(self) -> str:
        return reverse("access:sign_in_answer", args=[self.app.provider_id])

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **named: Any,
    ) -> HttpResponse:
        nonce = get_random_string(32)
        wanted = {**self.get_auth_params(), **(named.pop("auth_params", None) or {})}
        if self.app.settings["assurances"]:
            wanted["acr_values"] = " ".join(self.app.settings["assurances"])
        return super().redirect(
            request,
            process,
            next_url,
            data,
            auth_params={**wanted, "nonce": nonce},
            nonce=nonce,
            **named,
        )

    def identity(self, claims: Mapping[str, Any]) -> Identity:
        """Return who signed in. Raises Unfit."""
        return read(claims, Reading.of(self.app.settings["claims"]))

    def sociallogin_from_response(
        self, request: HttpRequest, response: dict[str, Any]
    ) -> SocialLogin:
        try:
            login = super().sociallogin_from_response(request, response)
        except Unfit as unfit:
            page = refusals.page(request, unfit.reason, self.app.provider_id)
            raise ImmediateHttpResponse(page) from unfit
        login.claims = response
        return login

    def extract_uid(self, data: dict[str, Any]) -> str:
        return providers.account_key(self.identity(data))

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep what the steward is shown, and nothing else of what was said."""
        identity = self.identity(data)
        return {"issuer": identity.issuer, "roles": list(identity.roles)}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


class Answer(OAuth2CallbackView):
    """The provider's answer to a sign-in."""

    def _get_state(
        self, request: HttpRequest, provider: Provider
    ) -> tuple[dict[str, Any] | None, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce", "")
        said = request.GET.get("iss")  # RFC 9207: who answers says so
        if said and said != provider.app.settings["issuer"]:
            return None, render_authentication_error(request, provider)
        return state, response
