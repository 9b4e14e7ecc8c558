"""Who does a colleague's work for some days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.teamwork.commands.meetings import touched
from braid.teamwork.models import Cover, Meeting

if TYPE_CHECKING:
    from braid.access.models import Team


@transaction.atomic
def add_cover(
    *,
    actor: Actor,
    unit: Team,
    staff_id: UUID,
    covered_by_id: UUID,
    first_day: date,
    last_day: date,
    words: str = "",
    meeting: Meeting | None = None,
) -> Cover:
    """Write down who stands in for whom, of the unit. Raises Refused, InputFault."""
    cover = Cover(
        unit=unit,
        staff_id=staff_id,
        covered_by_id=covered_by_id,
        first_day=first_day,
        last_day=last_day,
        words=words.strip(),
        meeting=meeting,
        created_by_id=actor.id,
    )
    require(actor, Action.TAKE_PART, cover.subject())
    if staff_id == covered_by_id:
        raise InputFault(_("Choose somebody else to stand in."), field="covered_by")
    if last_day < first_day:
        raise InputFault(
            _("The last day comes before the first one."), field="last_day"
        )
    known = {key for key, _name in access.staff_names(frozenset({unit.pk}), actor.day)}
    for name, key in (("staff", staff_id), ("covered_by", covered_by_id)):
        if key not in known:
            raise InputFault(
                _("Nobody of that name works in the unit now. Choose again."),
                field=name,
            )
    if meeting is not None:
        touched(meeting)
    cover.save(force_insert=True)
    audit.record(actor, "cover_added", cover)
    return cover


@transaction.atomic
def take_cover_back(*, actor: Actor, cover: Cover) -> None:
    """Take a cover away that is not needed after all. Raises Refused."""
    require(actor, Action.TAKE_PART, cover.subject())
    if cover.meeting is not None:
        touched(cover.meeting)
    audit.record(actor, "cover_taken_back", cover)
    cover.delete()
