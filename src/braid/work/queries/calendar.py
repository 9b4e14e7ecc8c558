"""Appointments as a calendar outside the house shows them: when, and with what kind."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat, Left

from braid.access import changes
from braid.access.policy import Action, Actor
from braid.work.choices import AppointmentState, AppointmentWith
from braid.work.models import Appointment


@dataclass(frozen=True, slots=True)
class Planned:
    """An appointment without names, places and topics.

    `applicant_id` is for the log of who was read about; `initials` only where they were
    asked for.
    """

    id: UUID
    applicant_id: UUID | None
    with_whom: str
    day: date
    begins_at: time | None
    minutes: int | None
    is_cancelled: bool
    version: int
    changed_at: datetime
    initials: str = ""


# Letters are cut off in the database: the whole name is never asked for.
_LETTERS = Concat(
    Left("episode__applicant__given_name", 1),
    Left("episode__applicant__family_name", 1),
    output_field=CharField(),
)


def planned_between(
    actor: Actor,
    first: date,
    last: date,
    kept_since: datetime | None = None,
    *,
    initials: bool = False,
) -> list[Planned]:
    """Return somebody's own appointments of these days: one query.

    Of those called off, the ones of which that was said at `kept_since` or later, none
    without it. An applicant's own are those that the applicant comes to.
    """
    rows = _own(actor).filter(day__range=(first, last))
    rows = rows.annotate(letters=_LETTERS if initials else Value(""))
    listed = changes.with_last_changed(rows).values_list(
        "pk",
        "episode__applicant_id",
        "with_whom",
        "day",
        "begins_at",
        "minutes",
        "state",
        "row_version",
        "created_at",
        "changed_at",
        "letters",
    )
    found = (_planned(*row) for row in listed.order_by("day", "begins_at", "pk"))
    return [
        one
        for one in found
        if not one.is_cancelled or (kept_since and one.changed_at >= kept_since)
    ]


def _own(actor: Actor) -> QuerySet[Any, Any]:
    every = Appointment.objects
    if actor.own is None:
        mine: QuerySet[Any, Any] = every.visible_to(actor, Action.RECORD)
        return mine.filter(staff_id=actor.id)
    own: QuerySet[Any, Any] = every.visible_to(actor, Action.READ)
    return own.filter(
        episode__applicant_id=actor.own, with_whom=AppointmentWith.APPLICANT
    )


def _planned(
    key: UUID,
    applicant_id: UUID | None,
    with_whom: str,
    day: date,
    begins_at: time | None,
    minutes: int | None,
    state: str,
    version: int,
    created_at: datetime,
    changed_at: datetime | None,
    initials: str,
) -> Planned:
    is_cancelled = state == AppointmentState.CANCELLED
    last = changed_at or created_at
    return Planned(
        key,
        applicant_id,
        with_whom,
        day,
        begins_at,
        minutes,
        is_cancelled,
        version,
        last,
        initials.upper(),
    )
