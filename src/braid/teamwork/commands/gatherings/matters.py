"""Matters for the agenda of a meeting: raised by anybody at the table, taken up, settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.teamwork.commands.meetings import must_write, touched
from braid.teamwork.models import Group, Matter, Meeting

if TYPE_CHECKING:
    from braid.access.models import Team


@transaction.atomic
def raise_matter(
    *,
    actor: Actor,
    unit: Team,
    kind: str,
    text: str,
    group: Group | None = None,
    team: Team | None = None,
) -> Matter:
    """Put something on the agenda of a kind of meeting. It names nobody. Raises Refused."""
    matter = Matter(
        unit=unit,
        kind=kind,
        group=group,
        team=team,
        text=text.strip(),
        created_by_id=actor.id,
    )
    require(actor, Action.TAKE_PART, matter.subject())
    matter.save(force_insert=True)
    audit.record(actor, "matter_raised", matter)
    return matter


@transaction.atomic
def take_up(
    *,
    actor: Actor,
    matter: Matter,
    meeting: Meeting,
    answer: str,
    is_settled: bool,
    row_version: int | None = None,
) -> bool:
    """Say what came of a matter at a meeting; one that is not settled stays open.

    Raises Refused, InputFault, Stale.
    """
    must_write(actor, meeting)
    require(actor, Action.TAKE_PART, matter.subject())
    if is_settled and not answer.strip():
        raise InputFault(_("Say in a few words what came of it."), field="answer")
    touched(meeting)
    return edit(
        actor,
        matter,
        action="matter_taken_up",
        expected_version=row_version,
        meeting=meeting,
        answer=answer.strip(),
        settled_on=min(meeting.day, actor.day) if is_settled else None,
    )
