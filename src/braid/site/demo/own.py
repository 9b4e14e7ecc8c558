"""The account of the applicant whose page can be tried."""

import secrets
from datetime import datetime

from braid.access import accounts
from braid.access.policy import Actor, Subject


def open_account(
    *, actor: Actor, subject: Subject, name: str, email: str, now: datetime
) -> None:
    """Invite an applicant and open the account; nobody knows its password."""
    code = accounts.invite(actor=actor, subject=subject, now=now)
    invitation = accounts.invitation(now, code=code)
    if invitation is not None:
        accounts.open_account(
            invitation=invitation,
            name=name,
            email=email,
            password=secrets.token_urlsafe(32),
            now=now,
        )
