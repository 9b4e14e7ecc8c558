"""A talk in passing between two sides about somebody, noted in ten seconds."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.choices import Sector
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.people import beginning
from braid.people.queries import EpisodeRef
from braid.work.choices import InitiatedBy, Mode, Place
from braid.work.models import Contact

# Whose side somebody stands on, and on whose initiative the talk then was.
BEGAN = {
    Sector.IPS_PROVIDER: InitiatedBy.SPECIALIST,
    Sector.MENTAL_HEALTH: InitiatedBy.CLINICIAN,
    Sector.EMPLOYMENT: InitiatedBy.CASEWORKER,
}
WHERE = {
    Sector.MENTAL_HEALTH: Place.TREATMENT_OFFICE,
    Sector.EMPLOYMENT: Place.JOB_CENTRE,
}


@transaction.atomic
def note_talk(
    *,
    actor: Actor,
    episode: EpisodeRef,
    day: date,
    text: str,
    own: Sector,
    other: Sector,
    staff_id: UUID | None = None,
) -> Contact:
    """Note what the unit and another side said to each other about somebody.

    `own` is the side that writes, `other` the one it talked with; one of them is the
    unit. `staff_id` is the member of the unit who took part, where known. Both sides
    read it, as they read of contacts. Raises Refused, InputFault.
    """
    contact = Contact(
        episode_id=episode.id,
        day=day,
        staff_id=staff_id,
        mode=Mode.IN_PERSON,
        place=WHERE[own if own in WHERE else other],
        attended=True,
        with_applicant=False,
        with_clinician=Sector.MENTAL_HEALTH in (own, other) or None,
        with_caseworker=Sector.EMPLOYMENT in (own, other) or None,
        initiated_by=BEGAN[own],
        shared_note=text.strip(),
        created_by_id=actor.id,
    )
    subject = contact.subject(Information.ATTENDANCE, actor.day)
    ground = require(actor, Action.TAKE_PART, subject)
    if not contact.shared_note:
        raise InputFault(_("Write a few words."), field="text")
    beginning.must_not_precede(day, beginning.of_person(episode))
    contact.save(force_insert=True)
    audit.record(
        actor,
        "corridor_note_written",
        contact,
        applicant=episode.applicant_id,
        holder=episode.organisation_id,
        information=(Information.ATTENDANCE,),
        ground=ground,
    )
    return contact
