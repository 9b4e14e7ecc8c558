"""Notes beside the figures of a unit: who may write one, reading and writing them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from braid.access import audit, changes
from braid.access.policy import Action, Actor, Subject, decide
from braid.access.queries import require
from braid.facts.models import Annotation
from braid.kernel.dates import quarter_period
from braid.kernel.errors import InputFault
from braid.packs import measures
from braid.teamwork.queries.steering import steering_members

if TYPE_CHECKING:
    from braid.access.models import Team

LONGEST = 20_000


def seat(unit: Team) -> Subject:
    """Return what writing a note rests on: the unit's staff, and its steering group."""
    return Subject(
        None,
        unit.organisation_id,
        frozenset({unit.pk}),
        invited=steering_members(unit.pk),
    )


def may_annotate(actor: Actor, unit: Team) -> bool:
    """Say whether `actor` may write notes beside the figures of a unit."""
    return decide(actor, Action.TAKE_PART, seat(unit)).allowed


def beside(
    unit: Team, measure_ids: Sequence[str], quarter: str = ""
) -> list[Annotation]:
    """Return the notes of a unit that the policy opened, by quarter, with who wrote."""
    rows = Annotation.objects.system("beside figures that the policy opened")
    found = rows.filter(unit=unit, measure__in=measure_ids)
    if quarter:
        found = found.filter(quarter=quarter)
    notes: list[Any] = list(found.select_related("created_by"))
    return notes


def one(actor: Actor, key: UUID) -> Annotation:
    """Return a note that `actor` may change, else answer 404."""
    rows = Annotation.objects.system("opened by the policy, below")
    found: Annotation | None = (
        rows.filter(pk=key).select_related("unit__organisation").first()
    )
    if found is None or not may_annotate(actor, found.unit):
        raise Http404
    return found


@transaction.atomic
def annotate(
    *, actor: Actor, unit: Team, measure: str, quarter: str, text: str
) -> Annotation:
    """Set a note beside a figure of a quarter. Raises Refused, and InputFault."""
    ground = require(actor, Action.TAKE_PART, seat(unit))
    if measure not in measures.load():
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
    require(actor, Action.TAKE_PART, seat(note.unit))
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
    ground = require(actor, Action.TAKE_PART, seat(note.unit))
    audit.record(actor, "annotation_removed", note, ground=ground)
    note.delete()


def _text(text: str) -> str:
    kept = text.strip()
    if not 0 < len(kept) <= LONGEST:
        raise InputFault(
            _("A note has words, and at most 20,000 characters. Change its length."),
            field="text",
        )
    return kept
