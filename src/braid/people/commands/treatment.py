"""Treatment notes: a team's own record about somebody, sealed with that person's key."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit, subject_keys
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Ground, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault, Refused
from braid.people.models import Applicant, TreatmentNote
from braid.people.sections import opened

REASON = "the note of a team, decided upon by the command"


@transaction.atomic
def add_treatment_note(
    *, actor: Actor, applicant_id: UUID, team_id: UUID, day: date, text: str
) -> TreatmentNote:
    """Write a note of one of the actor's teams about somebody whom they know.

    Raises Refused, also where the name is known by emergency access alone: a note makes
    its team one that knows the person for good.
    """
    applicant = Applicant.objects.system(REASON).filter(pk=applicant_id).first()
    if applicant is None:
        raise Refused("no_ground")
    known = applicant.subject(Information.IDENTITY, actor.day)
    if require(actor, Action.READ, known) == Ground.BROKEN_GLASS:
        raise Refused("no_ground")
    note = TreatmentNote(
        applicant=applicant,
        team_id=team_id,
        day=day,
        sealed_text=_sealed(applicant_id, text),
        author_id=actor.id,
        created_by_id=actor.id,
    )
    require(actor, Action.RECORD, note.subject())
    note.save()
    _record(actor, "treatment_note_written", note)
    return note


def change_treatment_note(
    *,
    actor: Actor,
    note: TreatmentNote,
    row_version: int,
    day: date,
    text: str,
) -> bool:
    """Correct a note that the actor wrote. Raises Refused or Stale.

    The change log says that the text changed, never what it was.
    """
    require(actor, Action.RECORD, note.subject())
    if note.author_id != actor.id:
        raise Refused("not_granted")
    values: dict[str, Any] = {"day": day}
    if text != opened(note.applicant_id, note.sealed_text):
        values["sealed_text"] = _sealed(note.applicant_id, text)
    return edit(
        actor,
        note,
        action="treatment_note_changed",
        expected_version=row_version,
        applicant=note.applicant_id,
        **values,
    )


@transaction.atomic
def take_back_treatment_note(*, actor: Actor, key: UUID, today: date) -> None:
    """Undo a note that the actor wrote today."""
    written = TreatmentNote.objects.visible_to(actor, Action.RECORD)
    note = written.filter(pk=key, author_id=actor.id).first()
    if note is None or timezone.localdate(note.created_at) < today:
        raise InputFault(_("Only a note that you wrote today can be taken back."))
    _record(actor, "treatment_note_taken_back", note)
    note.delete()


def _sealed(applicant_id: UUID, text: str) -> bytes:
    return subject_keys.seal(applicant_id, text.encode())


def _record(actor: Actor, action: str, note: TreatmentNote) -> None:
    audit.record(
        actor,
        action,
        note,
        applicant=note.applicant_id,
        information=(Information.TREATMENT,),
        ground=Ground.OWN_CARE,
    )
