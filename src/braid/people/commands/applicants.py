"""Who the applicant is, in whose words, and what was written about them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit, secrets
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.people import rules
from braid.people.choices import NoteKind
from braid.people.models import Applicant, Episode, Identifier, Note


def change_applicant(
    *, actor: Actor, applicant: Applicant, row_version: int, **values: Any
) -> bool:
    """Change names, birth date or contact details. Raises Refused or Stale."""
    require(actor, Action.RECORD, applicant.subject(Information.CONTACT_DETAILS))
    return edit(
        actor,
        applicant,
        action="applicant_changed",
        expected_version=row_version,
        applicant=applicant.pk,
        **values,
    )


@transaction.atomic
def add_identifier(
    *, actor: Actor, applicant: Applicant, system: str, value: str
) -> Identifier:
    """Keep a number of the person: checked, encrypted, masked.

    Raises InputFault where the number cannot exist. An unusual one is taken.
    """
    require(actor, Action.RECORD, applicant.subject())
    checked = rules.check_number(system, value)
    if checked.state == "impossible":
        raise InputFault(
            _("This number cannot exist as it stands. Check it against the document."),
            field="value",
        )
    identifier = Identifier.objects.create(
        applicant=applicant,
        system=system,
        value_encrypted=secrets.encrypt(checked.normalised),
        value_hash=secrets.keyed_hash(system, checked.normalised),
        masked=checked.masked,
        created_by_id=actor.id,
    )
    audit.record(actor, "identifier_added", identifier, applicant=applicant.pk)
    return identifier


def set_goal(
    *, actor: Actor, episode: Episode, goal: str, seen_on: date, row_version: int
) -> bool:
    """Write down the applicant's own words about work. Raises Refused or Stale."""
    require(actor, Action.RECORD, episode.subject(Information.WORK_GOALS))
    return edit(
        actor,
        episode,
        action="goal_changed",
        expected_version=row_version,
        applicant=episode.applicant_id,
        goal=goal,
        goal_seen_on=seen_on,
    )


@transaction.atomic
def write_note(
    *, actor: Actor, episode: Episode, day: date, kind: NoteKind, text: str
) -> Note:
    """Write a note; its kind decides who may read it."""
    require(actor, Action.RECORD, episode.subject(Information(kind)))
    note = Note.objects.create(
        episode=episode,
        day=day,
        kind=kind,
        text=text,
        author_id=actor.id,
        created_by_id=actor.id,
    )
    audit.record(actor, "note_written", note, applicant=episode.applicant_id)
    return note


@transaction.atomic
def take_back_note(*, actor: Actor, key: UUID, today: date) -> None:
    """Undo a note that the actor wrote today."""
    note = (
        Note.objects.visible_to(actor)
        .select_related("episode")
        .filter(pk=key, author_id=actor.id)
        .first()
    )
    if note is None or timezone.localdate(note.created_at) < today:
        raise InputFault(_("Only a note that you wrote today can be taken back."))
    audit.record(actor, "note_taken_back", note, applicant=note.episode.applicant_id)
    note.delete()
