"""Whom a page is for, and the entry that it was read: benefits are always recorded."""

from uuid import UUID

from django.http import HttpRequest

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Ground, Information

SHOWN = (Information.IDENTITY, Information.BENEFITS)


def staff(request: HttpRequest) -> Actor:
    """Return the actor of a page for those who keep records of benefits."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.RECORD, Information.BENEFITS)
    return actor


def counsellor(request: HttpRequest) -> Actor:
    """Return the actor of a page for counsellors; others are refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.CONFIRM, Information.BENEFITS)
    return actor


def applicant(request: HttpRequest) -> Actor:
    """Return the actor of a page of the applicant's own; others are refused."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    access.require_anywhere(actor, Action.ASK, Information.IDENTITY)
    return actor


def anybody(request: HttpRequest) -> Actor:
    """Return the actor of a page that staff and the person share."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    action = Action.CO_WRITE if actor.own else Action.RECORD
    access.require_anywhere(actor, action, Information.BENEFITS)
    return actor


def opened(actor: Actor, page: str, applicant_id: UUID) -> None:
    """Record that somebody read benefits of one person."""
    own = actor.own == applicant_id
    audit.record(
        actor,
        page,
        applicant=applicant_id,
        information=SHOWN,
        ground=Ground.OWN_RECORD if own else Ground.OWN_CARE,
    )
