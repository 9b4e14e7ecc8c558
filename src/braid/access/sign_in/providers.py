"""Sign-in providers of organisations: which there are, who is connected, their keys."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from allauth.socialaccount.internal.flows import connect
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.text import slugify

from braid.access import audit, secrets
from braid.access.keyring import Use
from braid.access.models import Membership, SignInProvider
from braid.access.policy import Action, Actor, Role
from braid.access.queries import in_force, require
from braid.access.sign_in.claims import Identity
from braid.access.sign_in.queries import organisations_of


def active() -> QuerySet[SignInProvider]:
    """Return the providers in use."""
    return SignInProvider.objects.filter(is_active=True).select_related("organisation")


def of_organisation(organisation: UUID) -> QuerySet[SignInProvider]:
    """Return the providers of an organisation, those switched off too."""
    return SignInProvider.objects.filter(organisation_id=organisation)


def by_slug(slug: str) -> SignInProvider | None:
    """Return a provider in use by its short name."""
    return active().filter(slug=slug).first()


def of_person(user_id: UUID) -> list[SignInProvider]:
    """Return the providers in use to which somebody is connected."""
    slugs = SocialAccount.objects.filter(user_id=user_id).values("provider")
    return list(active().filter(slug__in=slugs))


def open_to(user_id: UUID, today: date) -> QuerySet[SignInProvider]:
    """Return the providers in use of the organisations in which somebody works."""
    return active().filter(organisation_id__in=organisations_of(user_id, today))


def disconnect(request: HttpRequest, slug: str) -> bool:
    """Take the person who asks off a provider; say whether there was a connection.

    Raises ValidationError where it is the only way in.
    """
    account = SocialAccount.objects.filter(
        user_id=request.user.pk, provider=slug
    ).first()
    if account is not None:
        connect.validate_disconnect(request, account)
        connect.disconnect(request, account)
    return account is not None


def account_key(identity: Identity) -> str:
    """Return the key of a person at a provider: issuer and subject, never an e-mail.

    A provider that is given another issuer therefore knows nobody any more.
    """
    pair = json.dumps([identity.issuer, identity.subject])
    return hashlib.sha256(pair.encode()).hexdigest()


def replace_password(user_id: UUID, today: date) -> bool:
    """Say whether an organisation has this person sign in at its provider only.

    Its data stewards may still come in by password, so that a wrong setting locks
    nobody out for good.
    """
    held = Membership.objects.filter(in_force(today), user_id=user_id)
    steward = held.filter(
        role=Role.STEWARD.value, organisation_id=OuterRef("organisation_id")
    )
    bound = held.filter(
        ~Exists(steward),
        organisation__sign_in_providers__is_active=True,
        organisation__sign_in_providers__replaces_passwords=True,
    )
    return bound.exists()


def _free_slug(name: str) -> str:
    base = slugify(name)[:32] or "provider"
    slug, number = base, 2
    while SignInProvider.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def save(
    *,
    actor: Actor,
    provider: SignInProvider | None,
    shared_secret: str,
    **given: Any,
) -> SignInProvider:
    """Make or change a provider of the actor's organisation.

    An empty secret leaves the one that is kept; it is encrypted and never shown.
    """
    kept = provider or SignInProvider(
        organisation_id=actor.organisation, slug=_free_slug(given["name"])
    )
    require(actor, Action.MANAGE_MEMBERS, kept.organisation.subject())
    for name, value in given.items():
        setattr(kept, name, value)
    if shared_secret:
        kept.client_secret_encrypted = secrets.encrypt(shared_secret, Use.SIGN_IN)
    action = "provider_changed" if provider else "provider_added"
    kept.save()
    audit.record(actor, action, kept)
    return kept


def shared_secret(provider: SignInProvider) -> str:
    """Return the secret that a provider knows this installation by."""
    stored = provider.client_secret_encrypted
    return secrets.decrypt(stored, Use.SIGN_IN) if stored else ""


def proposals(provider: SignInProvider, today: date) -> Sequence[tuple[str, list[str]]]:
    """Return (name, roles) that the provider names for people who do not have them."""
    accounts = SocialAccount.objects.filter(provider=provider.slug)
    found = []
    for account in accounts.select_related("user").order_by("user__name"):
        roles = set(account.extra_data.get("roles", ())) & {role.value for role in Role}
        held = Membership.objects.filter(in_force(today), user=account.user)
        missing = roles - set(held.values_list("role", flat=True))
        if missing:
            found.append((account.user.name, sorted(missing)))
    return found
