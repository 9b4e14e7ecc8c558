"""What signing in has to know of people and organisations."""

from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet

from braid.access.models import (
    ApplicantAccount,
    Membership,
    Organisation,
    Team,
    User,
)
from braid.access.policy import Role
from braid.access.queries import in_force, lasts


def known_names(user_id: UUID | None) -> list[str]:
    """Return the names that colleagues would try: of organisations and teams.

    Those of the person; of all while nobody knows whose password it will be.
    """
    organisations = Organisation.objects.all()
    teams = Team.objects.all()
    if user_id is not None:
        organisations = organisations.filter(memberships__user_id=user_id)
        teams = teams.filter(memberships__user_id=user_id)
    return [
        name
        for rows in (organisations, teams)
        for name in rows.values_list("name", flat=True)
    ]


def works_only_in(user_id: UUID, organisation: UUID) -> bool:
    """Say whether no other organisation depends on how somebody signs in."""
    elsewhere = ~Q(organisation_id=organisation)
    memberships = Membership.objects.filter(elsewhere, user_id=user_id)
    accounts = ApplicantAccount.objects.filter(elsewhere, user_id=user_id)
    return not memberships.exists() and not accounts.exists()


def keeps_own_way(user: User, organisation: UUID) -> bool:
    """Say whether somebody signs in already and no single organisation may reset that.

    Otherwise a supervisor could give somebody of another organisation a role, invite
    them anew, and take over their account.
    """
    return signs_in(user) and not works_only_in(user.pk, organisation)


def signs_in(user: User) -> bool:
    """Say whether somebody has any way to sign in yet: no invitation is their first."""
    return (
        user.has_usable_password()
        or SocialAccount.objects.filter(user=user).exists()
        or Authenticator.objects.filter(user=user).exists()
    )


def has_a_place(user_id: UUID, today: date) -> bool:
    """Say whether somebody has any role today or later, or an applicant's account."""
    memberships = Membership.objects.filter(lasts(today), user_id=user_id)
    accounts = ApplicantAccount.objects.filter(user_id=user_id)
    return memberships.exists() or accounts.exists()


def members_of(organisation: UUID, today: date) -> QuerySet[Membership]:
    """Return the memberships of an organisation in force, with their people."""
    return Membership.objects.filter(
        in_force(today), organisation_id=organisation
    ).select_related("user")


def organisations_of(user_id: UUID, today: date) -> frozenset[UUID]:
    """Return the organisations in which somebody has a role or an account today."""
    memberships = Membership.objects.filter(in_force(today), user_id=user_id)
    accounts = ApplicantAccount.objects.filter(user_id=user_id)
    return frozenset(
        key
        for rows in (memberships, accounts)
        for key in rows.values_list("organisation_id", flat=True)
    )


def first_place(user_id: UUID, today: date) -> tuple[UUID, Role] | None:
    """Return the organisation and role that somebody has had longest of those of today.

    Both are asked for in any case, so that an account nobody has takes no less time.
    """
    membership = (
        Membership.objects.filter(in_force(today), user_id=user_id)
        .order_by("first_day", "pk")
        .values_list("organisation_id", "role")
        .first()
    )
    account = (
        ApplicantAccount.objects.filter(user_id=user_id)
        .values_list("organisation_id", flat=True)
        .first()
    )
    if membership is not None:
        return membership[0], Role(membership[1])
    return (account, Role.APPLICANT) if account is not None else None


def is_steward(user_id: UUID, organisation: UUID, today: date) -> bool:
    """Say whether somebody is data steward of an organisation today."""
    return Membership.objects.filter(
        in_force(today),
        user_id=user_id,
        organisation_id=organisation,
        role=Role.STEWARD.value,
    ).exists()
