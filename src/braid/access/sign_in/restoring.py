"""Restoring the sign-in of somebody who lost it: who may, and that the person is told.

An invitation sent again and factors taken away would otherwise be a way into the account
of a colleague who may see more.
"""

from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import appointing, queries
from braid.access.models import ApplicantAccount, Membership, User
from braid.access.policy import Action, Actor, Decision, Ground, Role, Subject, decide
from braid.access.sign_in.queries import signs_in
from braid.kernel.errors import InputFault


def must_be_allowed(actor: Actor, user: User) -> None:
    """Raise InputFault unless `actor` could give every role that the person has.

    Somebody with an applicant's account is left to the stewards: nobody in a unit comes
    into the account of an applicant.
    """
    if actor.system:
        return
    if user.pk == actor.id:
        raise InputFault(
            _(
                "Nobody restores their own sign-in here. Use a recovery code, or ask "
                "another data steward."
            )
        )
    if not _reaches_every_role(actor, user):
        raise InputFault(
            _(
                "This person has a role or an account that you do not manage. Their "
                "recovery codes let them in; or ask a data steward who manages all of it."
            )
        )


def _reaches_every_role(actor: Actor, user: User) -> bool:
    # Roles to come count as well: whoever takes the account over will have them.
    lasting = Membership.objects.filter(queries.lasts(actor.day), user=user)
    accounts = ApplicantAccount.objects.filter(user=user)
    return all(
        _restores(actor, held) for held in lasting.select_related("team")
    ) and all(_office(actor, account.organisation_id) for account in accounts)


def _restores(actor: Actor, held: Membership) -> bool:
    subject = (held.team or held.organisation).subject()
    decision = decide(actor, Action.MANAGE_MEMBERS, subject)
    return decision.allowed and appointing.restores(decision.reason, Role(held.role))


def _office(actor: Actor, organisation: object) -> bool:
    subject = Subject(None, organisation)  # type: ignore[arg-type]
    decision = decide(actor, Action.MANAGE_MEMBERS, subject)
    return decision == Decision(True, Ground.OFFICE)


def must_keep_address(actor: Actor, user: User, email: str) -> None:
    """Raise InputFault where only a steward gives somebody another e-mail address."""
    is_same = (user.email or "").casefold() == email.casefold()
    if is_same or actor.system or _office(actor, actor.organisation):
        return
    if signs_in(user):
        raise InputFault(
            _(
                "This person signs in with another address. Only a data steward changes "
                "it; or invite them at the address that they have."
            ),
            field="email",
        )


def told_of_invitation() -> str:
    """Return what somebody who signs in is told of being invited anew."""
    return _(
        "Somebody who manages members made a new invitation for you in Braid. With it a "
        "new password can be set. If you did not ask for it, tell a data steward of your "
        "organisation at once."
    )


def told_of_factors() -> str:
    """Return what somebody is told whose factors were taken away."""
    return _(
        "Somebody who manages members took away your second factors in Braid, and every "
        "sign-in of yours ended. If you did not ask for it, tell a data steward of your "
        "organisation at once."
    )


def tell(email: str | None, text: str) -> None:
    """Mail the person what was done, as soon as it is, where there is a mail server."""
    if not settings.BRAID_MAILS or not email:
        return
    subject = _("Your sign-in to Braid")
    transaction.on_commit(partial(send_mail, subject, text, None, [email]), robust=True)
