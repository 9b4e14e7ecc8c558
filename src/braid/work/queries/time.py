"""Working time: a week as it was written, as it is proposed, and the unit's totals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Sum

from braid.access.policy import Action, Actor, Information
from braid.work import time_rules
from braid.work.choices import (
    Activity,
    AppointmentState,
    AppointmentWith,
    Mode,
    Place,
)
from braid.work.models import Appointment, Contact, EmployerContact, TimeEntry
from braid.work.time_rules import EMPLOYER_CONTACT_MINUTES, Done, Minutes, Where

SIX_DAYS = timedelta(days=6)
MEETING_PLACES = {
    AppointmentWith.CLINIC: Place.TREATMENT_OFFICE,
    AppointmentWith.JOB_CENTRE: Place.JOB_CENTRE,
}


def written_week(actor: Actor, unit_id: UUID, monday: date) -> list[TimeEntry]:
    """Return the actor's own entries of a week in a unit."""
    rows = TimeEntry.objects.visible_to(actor, Action.RECORD, Information.ATTENDANCE)
    return list(
        rows.filter(
            unit_id=unit_id, staff_id=actor.id, day__range=(monday, monday + SIX_DAYS)
        )
    )


def as_minutes(rows: Iterable[TimeEntry]) -> Minutes:
    """Return entries as minutes by day, activity and place."""
    return {(row.day, Where(row.activity, row.place)): row.minutes for row in rows}


def proposed_week(actor: Actor, unit_id: UUID, monday: date) -> Minutes:
    """Return the actor's week as it follows from what was logged: three queries."""
    week = {"staff_id": actor.id, "day__range": (monday, monday + SIX_DAYS)}
    contacts = (
        Contact.objects.visible_to(actor, Action.RECORD)
        .filter(episode__unit_id=unit_id, **week)
        .values_list("day", "place", "minutes")
    )
    visits = (
        EmployerContact.objects.visible_to(actor, Action.RECORD)
        .filter(unit_id=unit_id, **week)
        .values_list("day", "mode", "appointment__minutes")
    )
    meetings = (
        Appointment.objects.visible_to(actor, Action.RECORD)
        .filter(
            unit_id=unit_id,
            state=AppointmentState.KEPT,
            contact__isnull=True,
            employer_contact__isnull=True,
            **week,
        )
        .values_list("day", "with_whom", "place", "minutes")
    )
    work = Activity.EMPLOYMENT
    done = [Done(day, Where(work, place), minutes) for day, place, minutes in contacts]
    done += [
        Done(day, Where(work, _visited(mode)), minutes or EMPLOYER_CONTACT_MINUTES)
        for day, mode, minutes in visits
    ]
    done += [
        Done(
            day,
            Where(Activity.MEETING, place or MEETING_PLACES.get(with_whom, "")),
            minutes,
        )
        for day, with_whom, place, minutes in meetings
    ]
    return time_rules.propose(done)


def _visited(mode: str) -> str:
    return Place.EMPLOYER_SITE if mode == Mode.IN_PERSON else Place.REMOTE


@dataclass(frozen=True, slots=True)
class StaffTime:
    """Somebody's working time of a period, in minutes by activity and by place."""

    staff_id: UUID
    name: str
    activities: dict[str, int]
    places: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.activities.values())


def time_totals(actor: Actor, first: date, last: date, *, own: bool) -> list[StaffTime]:
    """Return working time by member of staff: one's own, or those whom one oversees."""
    if own:
        rows = TimeEntry.objects.visible_to(
            actor, Action.RECORD, Information.ATTENDANCE
        ).filter(staff_id=actor.id)
    else:
        rows = TimeEntry.objects.visible_to(
            actor, Action.OVERSEE, Information.STATISTICAL
        )
    summed = (
        rows.filter(day__range=(first, last))
        .values_list("staff_id", "staff__name", "activity", "place")
        .annotate(minutes=Sum("minutes"))
        .order_by("staff__name", "staff_id")
    )
    found: dict[UUID, StaffTime] = {}
    for staff_id, name, activity, place, minutes in summed:
        one = found.setdefault(staff_id, StaffTime(staff_id, name, {}, {}))
        one.activities[activity] = one.activities.get(activity, 0) + minutes
        one.places[place] = one.places.get(place, 0) + minutes
    return list(found.values())
