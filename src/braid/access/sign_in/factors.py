"""Second factors: who has one, who must have one, taking a lost one away."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from braid.access import audit, queries
from braid.access.models import Membership
from braid.access.policy import Action, Actor, Role
from braid.access.prepared import prepared
from braid.access.sign_in import restoring, sessions
from braid.access.sign_in.queries import works_only_in
from braid.kernel.errors import InputFault

REQUIRED = "required"
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
ASSURED_KEY = "assured_by"  # the provider whose assurance stands for a second factor


@prepared
def _own(user_id: UUID) -> QuerySet[Any, Any]:
    found = Authenticator.objects.filter(user_id=user_id, type__in=KINDS)
    return found.values_list("pk")[:1]


def has_one(user_id: UUID) -> bool:
    """Say whether somebody has set up an app or a passkey."""
    return bool(_own(user_id))


def who_have_one(users: Collection[UUID]) -> set[UUID]:
    """Return those of `users` who have set up an app or a passkey."""
    found = Authenticator.objects.filter(user_id__in=users, type__in=KINDS)
    return set(found.values_list("user_id", flat=True))


def is_missing(request: HttpRequest) -> bool:
    """Say whether the person must set up a second factor before anything else.

    Staff must, except in the demo, and where their organisation's provider vouches for
    as much. Applicants may.
    """
    if settings.BRAID_SECOND_FACTOR != REQUIRED or not request.user.is_authenticated:
        return False
    places = getattr(request, "places", ())
    if all(place.actor.role == Role.APPLICANT for place in places):
        return False
    if settings.BRAID_DEMO_MARK.exists() or ASSURED_KEY in request.session:
        return False
    return not has_one(request.user.pk)


@transaction.atomic
def take_away(*, actor: Actor, membership: Membership) -> None:
    """Take away every second factor of a member whose phone and codes are lost.

    All their sign-ins end, and the person is told. Raises InputFault where another
    organisation relies on them, or where the person has a role that is not the actor's.
    """
    subject = (membership.team or membership.organisation).subject()
    queries.require(actor, Action.MANAGE_MEMBERS, subject)
    user = membership.user
    if not works_only_in(user.pk, actor.organisation):
        raise InputFault(
            _(
                "This person works for another organisation too. Both stewards have to "
                "agree: ask whoever runs this installation."
            )
        )
    restoring.must_be_allowed(actor, user)
    Authenticator.objects.filter(user_id=user.pk).delete()
    sessions.end_all(user.pk)
    audit.record(actor, "factors_taken_away", membership)
    restoring.tell(user.email, restoring.told_of_factors())
