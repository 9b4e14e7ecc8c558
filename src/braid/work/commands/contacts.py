"""Logging what was done: contacts with applicants and with employers."""

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
from braid.access.records import Record
from braid.kernel.errors import InputFault, Stale
from braid.people.queries import EpisodeRef
from braid.work.models import Contact, Employer, EmployerContact, Job

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
    """Log a contact with an employer, for one person or for nobody in particular."""
    require(actor, Action.KEEP_EMPLOYERS, unit.subject())
    if episode is not None:
        require(actor, Action.RECORD, episode.subject(Information.WORK_GOALS))
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
    return contact


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
    if row.row_version != 1:
        raise Stale(())
    audit.record(actor, f"{kind}_taken_back", row)
    row.delete()
