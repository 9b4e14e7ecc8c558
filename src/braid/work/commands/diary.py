"""The diary: appointments are planned, changed, and become contacts with one tap."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault, Stale
from braid.people import queries as people
from braid.people.queries import EpisodeRef
from braid.work.choices import AppointmentState, AppointmentWith, Mode, Place
from braid.work.commands.contacts import log_contact, log_employer_contact
from braid.work.models import Application, Appointment, Contact, Employer

if TYPE_CHECKING:
    from braid.access.models import Team

# Who was there when an appointment was kept, by whom it was with.
COMPANY: dict[str, dict[str, bool]] = {
    AppointmentWith.APPLICANT: {"with_applicant": True},
    AppointmentWith.CLINIC: {"with_applicant": False, "with_clinician": True},
    AppointmentWith.JOB_CENTRE: {"with_applicant": False, "with_caseworker": True},
    AppointmentWith.OTHER: {"with_applicant": False},
}


@transaction.atomic
def plan_appointment(
    *,
    actor: Actor,
    unit: Team,
    with_whom: str,
    day: date,
    episode: EpisodeRef | None = None,
    employer: Employer | None = None,
    staff_id: UUID | None = None,
    **values: Any,
) -> Appointment:
    """Put an appointment into the diary of the actor, or of whom is named."""
    _require(actor, unit, episode)
    _say_with_whom(with_whom, episode is not None, employer is not None)
    made = Appointment.objects.create(
        unit=unit,
        staff_id=staff_id or actor.id,
        with_whom=with_whom,
        episode_id=episode.id if episode else None,
        employer=employer,
        day=day,
        created_by_id=actor.id,
        **values,
    )
    audit.record(
        actor,
        "appointment_planned",
        made,
        applicant=episode.applicant_id if episode else None,
    )
    return made


def _require(actor: Actor, unit: Team, episode: EpisodeRef | None) -> None:
    subject = (episode or unit).subject(Information.ATTENDANCE)
    require(actor, Action.RECORD, subject)


def _say_with_whom(with_whom: str, person: bool, employer: bool) -> None:
    if with_whom == AppointmentWith.APPLICANT and not person:
        raise InputFault(_("Choose whom you meet."), field="person")
    if with_whom == AppointmentWith.EMPLOYER and not employer:
        raise InputFault(_("Choose the employer whom you meet."), field="employer")


def change_appointment(
    *, actor: Actor, appointment: Appointment, row_version: int, **values: Any
) -> bool:
    """Change an appointment that is still planned. Raises Stale or InputFault."""
    require(actor, Action.RECORD, appointment.subject())
    _still_planned(appointment)
    _say_with_whom(
        values["with_whom"],
        values["episode_id"] is not None,
        values["employer"] is not None,
    )
    return edit(
        actor,
        appointment,
        action="appointment_changed",
        expected_version=row_version,
        **values,
    )


def _still_planned(appointment: Appointment) -> None:
    if appointment.state != AppointmentState.PLANNED:
        raise InputFault(
            _("This appointment is settled already. Undo that first to change it.")
        )


def cancel_appointment(*, actor: Actor, appointment: Appointment) -> None:
    """Call an appointment off; it can be taken back."""
    require(actor, Action.RECORD, appointment.subject())
    _still_planned(appointment)
    edit(
        actor,
        appointment,
        action="appointment_cancelled",
        state=AppointmentState.CANCELLED,
    )


@transaction.atomic
def keep_appointment(
    *, actor: Actor, appointment: Appointment, today: date, told: str = ""
) -> None:
    """Make the contact that the appointment was; raises InputFault for one to come.

    With an employer and for somebody, what was told must be agreed, as in the Log. What
    is about nobody and no employer leaves no contact, only the time that it took.
    """
    require(actor, Action.RECORD, appointment.subject())
    _has_come(appointment, today)
    made: dict[str, Any] = {}
    if appointment.with_whom == AppointmentWith.EMPLOYER:
        made["employer_contact"] = _employer_contact(actor, appointment, told)
    else:
        made["contact"] = _contact(actor, appointment, attended=True)
    edit(
        actor,
        appointment,
        action="appointment_kept",
        state=AppointmentState.KEPT,
        **made,
    )


@transaction.atomic
def miss_appointment(*, actor: Actor, appointment: Appointment, today: date) -> None:
    """Note that nobody came; with an applicant it is an attempt that is kept."""
    require(actor, Action.RECORD, appointment.subject())
    _has_come(appointment, today)
    made: dict[str, Any] = {}
    if appointment.with_whom == AppointmentWith.APPLICANT:
        made["contact"] = _contact(actor, appointment, attended=False)
    edit(
        actor,
        appointment,
        action="appointment_missed",
        state=AppointmentState.MISSED,
        **made,
    )


def _has_come(appointment: Appointment, today: date) -> None:
    _still_planned(appointment)
    if appointment.day > today:
        raise InputFault(
            _("This day is still to come. Say how it went when it has happened.")
        )


def _episode(actor: Actor, appointment: Appointment) -> EpisodeRef | None:
    key = appointment.episode_id
    return people.ref(people.episode(actor, key)) if key is not None else None


def _contact(
    actor: Actor, appointment: Appointment, *, attended: bool
) -> Contact | None:
    episode = _episode(actor, appointment)
    if episode is None:
        return None
    return log_contact(
        actor=actor,
        episode=episode,
        staff_id=appointment.staff_id,
        day=appointment.day,
        mode=appointment.mode,
        place=appointment.place,
        place_words=appointment.place_words,
        minutes=appointment.minutes if attended else 0,
        attended=attended,
        scheduled=True,
        note=appointment.topic,
        **COMPANY[appointment.with_whom],
    )


def _employer_contact(actor: Actor, appointment: Appointment, told: str) -> Any:
    """Log the visit. The topic stays in the diary: it may be about the applicant."""
    employer: Any = appointment.employer
    return log_employer_contact(
        actor=actor,
        unit=appointment.unit,
        employer=employer,
        episode=_episode(actor, appointment),
        staff_id=appointment.staff_id,
        day=appointment.day,
        mode=appointment.mode,
        told=told,
    )


@transaction.atomic
def reopen_appointment(*, actor: Actor, appointment: Appointment, today: date) -> None:
    """Undo how an appointment was settled; the contact made of it today goes with it.

    Raises Stale where the contact was edited since, InputFault where it is older.
    """
    require(actor, Action.RECORD, appointment.subject())
    made = appointment.contact or appointment.employer_contact
    edit(
        actor,
        appointment,
        action="appointment_reopened",
        state=AppointmentState.PLANNED,
        contact=None,
        employer_contact=None,
    )
    if made is None:
        return
    if made.row_version != 1:
        raise Stale(())
    if timezone.localdate(made.created_at) < today:
        raise InputFault(
            _("Only what you logged today can be undone. Correct the contact instead.")
        )
    audit.record(actor, "contact_taken_back", made, applicant=appointment.about)
    made.delete()


@transaction.atomic
def plan_interview(*, actor: Actor, application: Application) -> Appointment:
    """Put the interview of an application into the diary, once."""
    if application.interview_on is None or application.employer is None:
        raise InputFault(
            _("Note the employer and the day of the interview first."),
            field="interview_on",
        )
    episode = people.ref(people.episode(actor, application.episode_id))
    planned = Appointment.objects.visible_to(actor, Action.RECORD).filter(
        episode_id=episode.id,
        employer=application.employer,
        day=application.interview_on,
        state=AppointmentState.PLANNED,
    )
    found: Appointment | None = planned.first()
    return found or plan_appointment(
        actor=actor,
        unit=application.episode.unit,
        with_whom=AppointmentWith.EMPLOYER,
        episode=episode,
        employer=application.employer,
        day=application.interview_on,
        mode=Mode.IN_PERSON,
        place=Place.EMPLOYER_SITE,
        topic=_("Interview: %(title)s")
        % {"title": application.title or _("title not known")},
    )
