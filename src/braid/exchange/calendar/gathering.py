"""What stands in somebody's calendar: read in their role, without a name in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access.policy import Action, Actor, Information, may
from braid.access.sector_words import said
from braid.exchange.calendar.events import KEPT_CANCELLED, Event, window
from braid.people.queries.offices import offices_of_caseload
from braid.teamwork.choices import MeetingKind
from braid.teamwork.queries import calendar as teamwork
from braid.work.choices import AppointmentWith
from braid.work.queries import calendar as work

WITH: Mapping[str, str | Promise] = {
    AppointmentWith.APPLICANT: gettext_lazy("Appointment with an applicant"),
    AppointmentWith.EMPLOYER: gettext_lazy("Appointment with an employer"),
    AppointmentWith.CLINIC: gettext_lazy("Appointment with a treatment team"),
    AppointmentWith.JOB_CENTRE: gettext_lazy("Appointment with a job centre"),
    AppointmentWith.OTHER: gettext_lazy("Appointment"),
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """The events of a calendar, and whom those of them that are about somebody are."""

    events: tuple[Event, ...]
    applicants: frozenset[UUID]


def gathered(
    actor: Actor, today: date, now: datetime, *, initials: bool = False
) -> Gathered:
    """Return somebody's calendar: so many queries, however much stands in it.

    `initials` adds those of the applicant to appointments; the organisation allows it.
    """
    first, last = window(today)
    planned = []
    if actor.own is not None or may(actor, Action.RECORD, Information.ATTENDANCE):
        planned = work.planned_between(
            actor, first, last, now - KEPT_CANCELLED, initials=initials
        )
    events = [_appointment(actor, one) for one in planned]
    if may(actor, Action.TAKE_PART):
        events += _together(actor, today, first, last)
    about = frozenset(one.applicant_id for one in planned if one.applicant_id)
    return Gathered(tuple(events), about)


def _appointment(actor: Actor, one: work.Planned) -> Event:
    # On the phone of an applicant others may look: it does not say what about.
    is_own = actor.own is not None
    words = _("Appointment") if is_own else str(WITH[one.with_whom])
    return Event(
        one.id,
        " · ".join(filter(None, (words, one.initials))),
        one.day,
        one.changed_at,
        one.version,
        one.begins_at,
        one.minutes,
        one.is_cancelled,
        "" if is_own else _page("work:appointment", one.id),
    )


def _together(actor: Actor, today: date, first: date, last: date) -> Iterator[Event]:
    offices: frozenset[UUID] = frozenset()
    if actor.id is not None and may(actor, Action.RECORD, Information.ATTENDANCE):
        offices = offices_of_caseload(actor, actor.id, today)
    for met in teamwork.meetings_between(actor, first, last, offices):
        yield Event(
            met.id,
            _meeting(actor, met),
            met.day,
            met.changed_at,
            met.version,
            met.begins_at,
            met.minutes,
        )
    for task in teamwork.tasks_between(actor, first, last):
        summary = _("A task or decision of yours is due")
        yield Event(task.id, summary, task.due_on, task.changed_at, task.version)
    for asked in teamwork.questions_between(actor, first, last):
        summary = _("A question waits for your answer")
        yield Event(asked.id, summary, asked.due_on, asked.changed_at, asked.version)


def _meeting(actor: Actor, met: teamwork.MeetingAhead) -> str:
    """Return what a meeting is called on the reader's side, and the team it is with."""
    words = str(MeetingKind(met.kind).label)
    if met.kind == MeetingKind.TREATMENT_TEAM:
        words = said("treatment_team_meeting", actor)
    return " · ".join(part for part in (capfirst(words), met.team) if part)


def _page(name: str, key: UUID) -> str:
    return f"{settings.BRAID_ADDRESS}{reverse(name, args=[key])}"
