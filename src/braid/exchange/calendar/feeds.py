"""Addresses of calendars: made, found by their secret, read, taken back."""

import secrets as chance
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from braid.access import audit, calendars, secrets
from braid.access import queries as access
from braid.access.choices import RoleChoice
from braid.access.policy import Action, Actor, Ground, Information, may
from braid.exchange.models import CalendarFeed
from braid.kernel.errors import InputFault, Refused

KIND = "calendar feed"
MOST = 10  # open addresses of one person; more are forgotten ones


@dataclass(frozen=True, slots=True)
class FeedLine:
    """An address in the list of one's own; the address itself is nowhere any more."""

    id: UUID
    label: str
    role: str
    organisation: str
    made_at: datetime
    fetched_at: datetime | None
    is_read: bool


def may_have(actor: Actor) -> bool:
    """Say whether anything of somebody's work or own record stands in a calendar."""
    return (
        actor.own is not None
        or may(actor, Action.RECORD, Information.ATTENDANCE)
        or may(actor, Action.TAKE_PART)
    )


def require(actor: Actor) -> UUID:
    """Return the key of the person. Raises Refused for who has no calendar here."""
    if actor.id is None or not may_have(actor):
        raise Refused("not_granted")
    return actor.id


def listed(actor: Actor, now: datetime) -> list[FeedLine]:
    """Return the open addresses of the person who acts, in all their roles.

    `is_read` says whether the role still stands, so that the address is answered.
    """
    rows = _open(require(actor)).select_related("organisation", "user")
    found = list(rows)
    places = access.places(found[0].user, now) if found else []
    standing = {(one.actor.role.value, one.actor.organisation) for one in places}
    return [
        FeedLine(
            feed.pk,
            feed.label,
            str(RoleChoice(feed.role).label),
            feed.organisation.name,
            feed.made_at,
            feed.fetched_at,
            (feed.role, feed.organisation_id) in standing,
        )
        for feed in found
    ]


def _open(user_id: UUID) -> QuerySet[CalendarFeed]:
    return CalendarFeed.objects.filter(user_id=user_id, ended_at__isnull=True)


@transaction.atomic
def make(
    *, actor: Actor, label: str, now: datetime, with_initials: bool = False
) -> str:
    """Make an address for the role that somebody acts in; return its secret, once.

    Raises Refused, InputFault.
    """
    user_id = require(actor)
    if _open(user_id).count() >= MOST:
        raise InputFault(
            _("You have %(count)d addresses already. Take one back first.")
            % {"count": MOST},
            field="label",
        )
    token = chance.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        user_id=user_id,
        role=actor.role.value,
        organisation_id=actor.organisation,
        label=label.strip(),
        with_initials=with_initials and may_show_initials(actor),
        token_hash=secrets.keyed_hash(KIND, token),
        made_at=now,
    )
    audit.record(actor, "calendar_feed_made", feed)
    return token


@transaction.atomic
def take_back(*, actor: Actor, key: UUID, now: datetime) -> None:
    """End one of one's own addresses; from then on it is answered as if it never was."""
    feed = _open(require(actor)).filter(pk=key).first()
    if feed is None:
        raise Http404
    feed.ended_at = now
    feed.save(update_fields=["ended_at"])
    audit.record(actor, "calendar_feed_taken_back", feed)


def may_show_initials(actor: Actor) -> bool:
    """Say whether initials of applicants may stand in somebody's calendar today."""
    return actor.own is None and calendars.may_show_initials(actor.organisation)


def behind(token: str) -> CalendarFeed | None:
    """Return the feed of a secret, unless it was taken back."""
    hashes = secrets.keyed_hashes(KIND, token)
    rows = CalendarFeed.objects.filter(token_hash__in=hashes, ended_at__isnull=True)
    return rows.select_related("user").first()


def reader(feed: CalendarFeed, now: datetime) -> Actor | None:
    """Return who reads a feed, as they may act now; None once the role has ended."""
    return access.acting(feed.user_id, feed.role, feed.organisation_id, now)


@transaction.atomic
def note_read(
    *,
    feed: CalendarFeed,
    actor: Actor,
    token: str,
    applicants: Collection[UUID],
    now: datetime,
) -> None:
    """Write down that a feed was read, and about how many people it said something.

    Its hash moves to the key of today: an address that is read outlives an old key.
    """
    feed.fetched_at = now
    feed.token_hash = secrets.keyed_hash(KIND, token)
    feed.save(update_fields=["fetched_at", "token_hash"])
    audit.record(
        actor,
        "calendar_feed_read",
        feed,
        applicant=actor.own,
        information=(Information.ATTENDANCE,),
        ground=Ground.OWN_CARE if actor.own is None else Ground.OWN_RECORD,
        count=None if actor.own is not None else len(set(applicants)),
    )
