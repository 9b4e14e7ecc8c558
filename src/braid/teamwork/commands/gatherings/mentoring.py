"""Field mentoring: what was seen with an employer, and the next skill."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Actor
from braid.kernel.errors import InputFault
from braid.teamwork.choices import MeetingKind
from braid.teamwork.commands.meetings import must_write, touched
from braid.teamwork.models import Meeting, Observation


@transaction.atomic
def note_observation(
    *,
    actor: Actor,
    meeting: Meeting,
    observation: Observation | None,
    row_version: int | None = None,
    **values: Any,
) -> None:
    """Write down what was seen in the field, or change it.

    `values` are fields of Observation. Raises Refused, InputFault, Stale.
    """
    must_write(actor, meeting)
    next_on = values.get("next_on")
    if next_on is not None and next_on <= meeting.day:
        raise InputFault(
            _("The next time comes after this one. Choose a later day."),
            field="next_on",
        )
    if meeting.kind != MeetingKind.FIELD_MENTORING:
        raise InputFault(_("This is not field mentoring."))
    touched(meeting)
    if observation is None:
        observation = Observation(meeting=meeting, created_by_id=actor.id, **values)
        observation.save(force_insert=True)
        audit.record(actor, "observation_noted", observation)
    else:
        edit(
            actor,
            observation,
            action="observation_changed",
            expected_version=row_version,
            **values,
        )
