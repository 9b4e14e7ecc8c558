"""What a genuine single sign-on leads to: somebody known, an invitation, or nothing."""

import time
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.models import SocialLogin
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from braid.access import commands
from braid.access.models import Invitation
from braid.access.sign_in import providers, queries
from braid.access.sign_in.claims import Unfit, is_just_now
from braid.access.step_up import SINGLE_SIGN_ON

FRESH = 300  # seconds
STEP_UP, INVITATION = "step_up", "invitation"
AGAIN = {"prompt": "login", "max_age": "0"}  # what asks a provider to ask the person


def decide(request: HttpRequest, login: SocialLogin) -> None:
    """Connect, or let in, or raise Unfit with the reason why not."""
    asked = login.state.get("data") or {}
    if asked.get(STEP_UP):
        _confirm(request, login)
    elif login.state.get("process") == "connect":
        _may_connect(request, login)
    elif not login.is_existing and asked.get(INVITATION):
        _accept(login, UUID(asked[INVITATION]))
    elif not login.is_existing:
        raise Unfit("unknown")


def note_if_fresh(request: HttpRequest, login: SocialLogin, now: float) -> bool:
    """Note in the session that the provider asked the person just now, if it did."""
    is_fresh = is_just_now(login.claims, now, FRESH)
    if is_fresh:
        provider = login.account.provider
        record_authentication(request, login.user, SINGLE_SIGN_ON, provider=provider)
    return is_fresh


def _confirm(request: HttpRequest, login: SocialLogin) -> None:
    if login.user is None or login.user.pk != request.user.pk:
        raise Unfit("other_person")
    if not note_if_fresh(request, login, time.time()):
        raise Unfit("not_fresh")


def _may_connect(request: HttpRequest, login: SocialLogin) -> None:
    """Let somebody who is signed in connect a provider of their own organisation."""
    if not request.user.is_authenticated:
        raise Unfit("unknown")
    provider = providers.by_slug(login.account.provider)
    own = queries.organisations_of(request.user.pk, timezone.localdate())
    if provider is None or provider.organisation_id not in own:
        raise Unfit("other_organisation")
    if login.is_existing and login.user.pk != request.user.pk:
        raise Unfit("taken")


@transaction.atomic
def _accept(login: SocialLogin, key: UUID) -> None:
    """Connect the sign-in to whom an invitation is for; the invitation is used up."""
    now = timezone.now()
    invitation = (
        Invitation.objects.select_for_update()
        .filter(pk=key, accepted_at__isnull=True, expires_at__gt=now)
        .first()
    )
    provider = providers.by_slug(login.account.provider)
    if invitation is None or provider is None:
        raise Unfit("unknown")
    own = queries.organisations_of(invitation.user_id, timezone.localdate(now))
    if provider.organisation_id not in own or not invitation.user.is_active:
        raise Unfit("other_organisation")
    account: Any = login.account
    account.user = login.user = invitation.user
    account.save()
    commands.close_invitation(invitation=invitation, now=now)
