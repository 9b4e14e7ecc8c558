"""The applicant's account: invited by a code, opened by who knows the date of birth, ended.

Access knows an applicant by key only. Whether a date of birth is right is for the room
that keeps the record; here stand the code, the tries and the account.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from braid.access import audit, queries
from braid.access.choices import DigestEvery
from braid.access.models import ApplicantAccount, ApplicantInvitation, User
from braid.access.policy import Action, Actor, Role, Subject
from braid.access.sign_in import sessions
from braid.kernel.errors import Broken, InputFault

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another
LENGTH, GROUP = 12, 4
DAYS = 14
TRIES = 3


def new_code() -> str:
    """Return a code to read out and to type: ABCD-EFGH-JKLM, 60 bits."""
    letters = [secrets.choice(LETTERS) for _place in range(LENGTH)]
    groups = ("".join(letters[at : at + GROUP]) for at in range(0, LENGTH, GROUP))
    return "-".join(groups)


def code_hash(code: str) -> str:
    """Return the hash of a code, however it was typed: case and marks do not matter."""
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(typed.encode()).hexdigest()


@transaction.atomic
def invite(*, actor: Actor, subject: Subject, now: datetime) -> str:
    """Return the code by which the applicant opens an account, once.

    Only its hash is kept. An earlier open invitation of the same person ends. Raises
    Refused, or InputFault where there is an account already.
    """
    queries.require(actor, Action.INVITE, subject)
    applicant = _applicant_of(subject)
    if account_of(applicant) is not None:
        raise InputFault(
            _("This person has an account already. End it before you invite them anew.")
        )
    _open_for(applicant).delete()
    code = new_code()
    invitation = ApplicantInvitation.objects.create(
        organisation_id=subject.organisation,
        applicant_id=applicant,
        code_hash=code_hash(code),
        invited_by_id=actor.id,
        invited_at=now,
        expires_at=now + timedelta(days=DAYS),
    )
    audit.record(actor, "applicant_invited", invitation, applicant=applicant)
    return code


def _applicant_of(subject: Subject) -> UUID:
    if subject.applicant is None:
        raise Broken("account-without-applicant")
    return subject.applicant


def account_of(applicant_id: UUID) -> ApplicantAccount | None:
    """Return the account of an applicant, with the person who signs in to it."""
    found = ApplicantAccount.objects.filter(applicant_id=applicant_id)
    return found.select_related("user").first()


def invitation_of(applicant_id: UUID, now: datetime) -> ApplicantInvitation | None:
    """Return the invitation of an applicant that can still be accepted."""
    return _open_for(applicant_id).filter(expires_at__gt=now, misses__lt=TRIES).first()


def _open_for(applicant_id: UUID) -> QuerySet[ApplicantInvitation]:
    return ApplicantInvitation.objects.filter(
        applicant_id=applicant_id, accepted_at__isnull=True
    )


def invitation(
    now: datetime, *, code: str = "", key: UUID | None = None
) -> ApplicantInvitation | None:
    """Return the open invitation behind a code, or the one already confirmed.

    None where it is unknown, used, out of date or was missed three times: whoever asks
    cannot tell which.
    """
    found = ApplicantInvitation.objects.filter(
        accepted_at__isnull=True, expires_at__gt=now, misses__lt=TRIES
    )
    chosen = Q(code_hash=code_hash(code)) if key is None else Q(pk=key)
    return found.filter(chosen).first()


@transaction.atomic
def miss(*, invitation: ApplicantInvitation) -> None:
    """Count a wrong date of birth; the third ends the invitation."""
    same = ApplicantInvitation.objects.filter(pk=invitation.pk)
    same.update(misses=F("misses") + 1)
    actor = Actor(
        id=None,
        role=Role.APPLICANT,
        organisation=invitation.organisation_id,
        system="own-page-invitation",
    )
    audit.record(
        actor,
        "invitation_missed",
        invitation,
        applicant=invitation.applicant_id,
        outcome="refused",
    )


@transaction.atomic
def open_account(
    *,
    invitation: ApplicantInvitation,
    name: str,
    email: str,
    password: str,
    now: datetime,
) -> User:
    """Make the person who signs in and connect them with their record.

    Raises InputFault where the address is somebody's already: whoever signs in with it
    connects that sign-in instead.
    """
    if queries.user_by_email(email) is not None:
        raise InputFault(
            _(
                "This address cannot be used. If you sign in here with it already, "
                "sign in first and then open your invitation again."
            ),
            field="email",
        )
    # Nobody gets mail about their own support without having asked for it.
    user = User(name=name, email=email, digest_every=DigestEvery.NEVER)
    user.set_password(password)
    user.save()
    connect(invitation=invitation, user=user, now=now)
    return user


@transaction.atomic
def connect(*, invitation: ApplicantInvitation, user: User, now: datetime) -> None:
    """Give somebody who signs in their own record too; they choose whom to be.

    Nobody opens the page to which they invited: that is for the applicant alone.
    """
    if ApplicantAccount.objects.filter(user=user).exists():
        raise InputFault(
            _("Your sign-in is connected with a page already. Sign out first.")
        )
    if invitation.invited_by_id == user.pk:
        raise InputFault(
            _("You wrote this invitation. Only the person invited can open the page.")
        )
    used = ApplicantInvitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True
    ).update(accepted_at=now)
    if not used or account_of(invitation.applicant_id) is not None:
        raise InputFault(_("This invitation was used already. Sign in instead."))
    account = ApplicantAccount.objects.create(
        user=user,
        applicant_id=invitation.applicant_id,
        organisation_id=invitation.organisation_id,
        made_at=now,
    )
    actor = Actor(
        id=user.pk,
        role=Role.APPLICANT,
        organisation=invitation.organisation_id,
        own=invitation.applicant_id,
    )
    audit.record(
        actor, "applicant_account_opened", account, applicant=invitation.applicant_id
    )


@transaction.atomic
def end_account(*, actor: Actor, subject: Subject) -> None:
    """End the account: by the applicant, or by the unit; the record stays as it is.

    Who signs in for nothing else cannot sign in any more, and their address is free.
    An invitation that is still open ends too.
    """
    queries.require(actor, Action.SHARE, subject)
    applicant = _applicant_of(subject)
    _open_for(applicant).delete()
    account = account_of(applicant)
    if account is None:
        return
    audit.record(actor, "applicant_account_ended", account, applicant=applicant)
    user = account.user
    account.delete()
    if not user.memberships.exists():
        sessions.end_all(user.pk)
        for model in (EmailAddress, Authenticator, SocialAccount):
            model.objects.filter(user=user).delete()
        user.is_active, user.email = False, None
        user.set_unusable_password()
        user.save(update_fields=["is_active", "email", "password"])
