"""Changing records that an earlier import made, field by field, in the change log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from braid.access.changes import edit
from braid.access.policy import Actor
from braid.access.queries import system_actor
from braid.exchange import linked
from braid.exchange.commands.differing import Difference, Planned
from braid.exchange.commands.wanted import ENTRY, IDENTIFIER, NOTE
from braid.exchange.comparing import Edit, Standing
from braid.people.commands import add_identifier

if TYPE_CHECKING:
    from braid.access.models import Team

ACTION = "import_updated"
AUTHORS: Mapping[str, tuple[str, ...]] = {
    ENTRY: ("recorded_by_id",),
    NOTE: ("author_id", "created_by_id"),
}
"""Where a part says who wrote it, where that is not `created_by` alone."""


def update(actor: Actor, unit: Team, difference: Difference[Planned]) -> int:
    """Make a record what the file says; return how many of its parts were removed."""
    standing, removed = difference.standing, 0
    for one in difference.edits:
        if one.does == "remove" and one.of is not None:
            linked.records(one.kind).filter(pk=one.of.key).delete()
            removed += 1
        elif one.does == "change" and one.of is not None:
            edit(
                actor,
                one.of.record,
                action=ACTION,
                applicant=standing.applicant,
                **one.after,
            )
        else:
            _make(actor, unit, standing, one)
    return removed


def _make(actor: Actor, unit: Team, standing: Standing, one: Edit) -> None:
    if one.kind == IDENTIFIER:
        # The unit's own act, whoever brings its files: a steward reads no person.
        by, owner = system_actor(unit, "import"), standing.record
        add_identifier(actor=by, applicant=owner, **one.after)
        return
    parts = linked.PARTS[standing.kind]
    owner_name = next(part.owner for part in parts if part.kind == one.kind)
    authors: dict[str, Any] = dict.fromkeys(
        AUTHORS.get(one.kind, ("created_by_id",)), actor.id
    )
    linked.model(one.kind).objects.create(
        **{f"{owner_name}_id": standing.key}, **authors, **one.after
    )
