"""Who may write what in this room, beyond the plain act of recording."""

from braid.access.policy import Action, Actor, Information, Subject, decide
from braid.access.queries import require

BENEFITS = Information.BENEFITS


def require_process(actor: Actor, subject: Subject) -> None:
    """Raise Refused unless the actor keeps the record, or it is their own."""
    if not decide(actor, Action.CO_WRITE, subject).allowed:
        require(actor, Action.RECORD, subject)


def require_counsellor(actor: Actor, subject: Subject) -> None:
    """Raise Refused unless the actor counsels here: others discuss, they do not advise."""
    require(actor, Action.CONFIRM, subject)


def require_whole(actor: Actor, subject: Subject) -> None:
    """Raise Refused unless the actor counsels here, or it is their own record."""
    if actor.own is not None and actor.own == subject.applicant:
        require(actor, Action.CO_WRITE, subject)
    else:
        require_counsellor(actor, subject)
