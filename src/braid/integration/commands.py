"""Writing notes beside the figures of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit, changes
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.integration import lenses, queries
from braid.integration.models import Annotation
from braid.kernel.dates import quarter_period
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.access.models import Team

LONGEST = 20_000


def _text(text: str) -> str:
    kept = text.strip()
    if not 0 < len(kept) <= LONGEST:
        raise InputFault(
            _("A note has words, and at most 20,000 characters. Change its length."),
            field="text",
        )
    return kept


@transaction.atomic
def annotate(
    *, actor: Actor, unit: Team, measure: str, quarter: str, text: str
) -> Annotation:
    """Set a note beside a figure of a quarter. Raises Refused, and InputFault."""
    ground = require(actor, Action.TAKE_PART, queries.seat(unit))
    if lenses.of(measure) is None:
        raise InputFault(
            _("There is no figure of that name. Choose one that is listed."),
            field="measure",
        )
    quarter_period(quarter)
    note = Annotation.objects.create(
        unit=unit,
        measure=measure,
        quarter=quarter,
        text=_text(text),
        created_by_id=actor.id,
    )
    audit.record(actor, "annotation_written", note, ground=ground)
    return note


@transaction.atomic
def reword(*, actor: Actor, note: Annotation, text: str, expected_version: int) -> bool:
    """Change the words of a note. Raises Refused, InputFault, and Stale."""
    require(actor, Action.TAKE_PART, queries.seat(note.unit))
    return changes.edit(
        actor,
        note,
        action="annotation_changed",
        expected_version=expected_version,
        text=_text(text),
    )


@transaction.atomic
def remove(*, actor: Actor, note: Annotation) -> None:
    """Take a note away. Raises Refused."""
    ground = require(actor, Action.TAKE_PART, queries.seat(note.unit))
    audit.record(actor, "annotation_removed", note, ground=ground)
    note.delete()
