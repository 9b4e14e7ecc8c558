"""Logging what was done: contacts with applicants and with employers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.access.records import Record
from braid.kernel.errors import InputFault, Stale
from braid.method.disclosure import APPROACH, Limit
from braid.people.queries import EpisodeRef
from braid.work import after
from braid.work.after import Happened, What
from braid.work.choices import AppointmentState, Decision, MadeBy, Outcome
from braid.work.models import (
    Absence,
    Appointment,
    Contact,
    Employer,
    EmployerContact,
    Evidence,
    Job,
    JobEndReview,
    JobProblem,
    JobSupportPlan,
    Support,
)
from braid.work.queries.disclosure import agreed_for

if TYPE_CHECKING:
    from braid.access.models import Team


@transaction.atomic
def log_contact(
    *, actor: Actor, episode: EpisodeRef, staff_id: UUID | None = None, **values: Any
) -> Contact:
    """Log a contact with an applicant, by the actor unless somebody else is named."""
    require(actor, Action.RECORD, episode.subject(Information.ATTENDANCE))
    contact = Contact.objects.create(
        episode_id=episode.id,
        staff_id=staff_id or actor.id,
        created_by_id=actor.id,
        **values,
    )
    audit.record(actor, "contact_logged", contact, applicant=episode.applicant_id)
    return contact


def change_contact(
    *, actor: Actor, contact: Contact, row_version: int, **values: Any
) -> bool:
    """Correct a contact. Raises Refused or Stale."""
    require(actor, Action.RECORD, contact.subject())
    return edit(
        actor,
        contact,
        action="contact_changed",
        expected_version=row_version,
        applicant=contact.episode.applicant_id,
        **values,
    )


@transaction.atomic
def log_employer_contact(
    *,
    actor: Actor,
    unit: Team,
    employer: Employer,
    episode: EpisodeRef | None = None,
    staff_id: UUID | None = None,
    **values: Any,
) -> EmployerContact:
    """Log a contact with an employer, for one person or for nobody in particular.

    Raises InputFault where the specialist spoke for somebody beyond what that person
    agreed to; what the applicant did alone is theirs.
    """
    require(actor, Action.KEEP_EMPLOYERS, unit.subject())
    if episode is not None:
        require(actor, Action.RECORD, episode.subject(Information.WORK_GOALS))
        if values.get("made_by", MadeBy.SPECIALIST) in SPEAKS_FOR:
            limit = agreed_for(actor, episode.id, employer.pk, values["day"])
            must_allow(limit, values.get("told", ""))
    contact = EmployerContact.objects.create(
        unit=unit,
        employer=employer,
        episode_id=episode.id if episode else None,
        staff_id=staff_id or actor.id,
        created_by_id=actor.id,
        **values,
    )
    audit.record(
        actor,
        "employer_contact_logged",
        contact,
        applicant=episode.applicant_id if episode else None,
    )
    if episode is not None and contact.outcome == Outcome.OFFER:
        offered = Happened(What.OFFERED, contact.day, episode.id, episode.applicant_id)
        after.tell(actor, offered)
    return contact


def set_fits_plan(
    *, actor: Actor, contact: EmployerContact, fits_plan: bool | None
) -> bool:
    """Note whether a contact fitted the plan of its day, as a person decided."""
    require(actor, Action.RECORD, contact.subject())
    return edit(
        actor,
        contact,
        action="employer_contact_changed",
        applicant=contact.about,
        fits_plan=fits_plan,
    )


SPEAKS_FOR = (MadeBy.SPECIALIST, MadeBy.BOTH)


def must_allow(limit: Limit, told: str) -> None:
    """Raise InputFault where a contact goes beyond what was agreed for the employer."""
    if limit.allows(told):
        return
    if limit.reaches(APPROACH):
        raise InputFault(
            _(
                "Agreed is: %(agreed)s. Log what was told within it, or talk about it "
                "again first."
            )
            % {"agreed": Decision(limit.decision).label},
            field="told",
            reason="too_much_told",
        )
    raise InputFault(MISSING[limit.reason], field="person", reason=limit.reason)


# By the reason of a limit that lets nobody speak for the person.
MISSING: Mapping[str, Promise] = {
    "none": gettext_lazy(
        "It is not decided yet what this employer may know. Talk about it first, or "
        "log the contact for nobody in particular."
    ),
    "revoked": gettext_lazy(
        "What this employer may know was taken back. Talk about it again first, or log "
        "the contact for nobody in particular."
    ),
    "own": gettext_lazy(
        "It was decided that nobody speaks with this employer in the person's name. "
        "Log the contact for nobody in particular."
    ),
    "general": gettext_lazy(
        "It was decided that nobody speaks with employers in the person's name. Log "
        "the contact for nobody in particular."
    ),
}


OF_UNDONE = "what hangs on a record that its maker undoes"
UNDOABLE: dict[str, type[Record]] = {
    "contact": Contact,
    "employer_contact": EmployerContact,
    "job": Job,
}


@transaction.atomic
def take_back(*, actor: Actor, kind: str, key: UUID, today: date) -> None:
    """Undo what the actor logged today, unless it was edited since.

    Raises InputFault for anything else: a record of another day is corrected, not undone.
    """
    model = UNDOABLE[kind]
    queryset: Any = model._default_manager
    row = queryset.visible_to(actor).filter(pk=key, created_by_id=actor.id).first()
    if row is None or timezone.localdate(row.created_at) < today:
        raise InputFault(
            _(
                "Only what you logged today can be undone. Open the entry and correct it."
            )
        )
    if row.row_version != 1 or (isinstance(row, Job) and _is_written_about(row)):
        raise Stale(())
    if isinstance(row, Job):
        about = row.episode.applicant_id
        undone = Happened(What.UNDONE, today, row.episode_id, about, row.pk)
        after.tell(actor, undone)
    else:
        _plan_again(actor, row)
    audit.record(actor, f"{kind}_taken_back", row)
    row.delete()


def _is_written_about(job: Job) -> bool:
    """Say whether somebody has written about a job since it was recorded."""
    rows = (Absence, Evidence, JobEndReview, JobProblem, JobSupportPlan, Support)
    written: list[Any] = [model._default_manager.filter(job=job) for model in rows]
    return any(found.system(OF_UNDONE).exists() for found in written)


def _plan_again(actor: Actor, contact: Contact | EmployerContact) -> None:
    """Let the appointment of which a contact was made be one that is planned again."""
    of = "contact" if isinstance(contact, Contact) else "employer_contact"
    made = Appointment.objects.filter(**{of: contact}).system(OF_UNDONE).first()
    if made is not None:
        values: dict[str, Any] = {of: None, "state": AppointmentState.PLANNED}
        edit(actor, made, action="appointment_reopened", **values)
