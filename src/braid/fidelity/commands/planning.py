"""The action plan of a unit: what is to be done about an item, and how it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information, decide
from braid.access.queries import require
from braid.fidelity.choices import Progress
from braid.fidelity.models import PlannedAction, ProgressNote, Review
from braid.kernel.errors import InputFault, Refused
from braid.packs import scales

if TYPE_CHECKING:
    from braid.access.models import Team, User

STATISTICAL = (Information.STATISTICAL,)
CLOSED = (Progress.DONE, Progress.DROPPED)


@dataclass(frozen=True, slots=True)
class Intent:
    """What will be done, by whom and when."""

    scale: str
    item: int
    target: int
    what: str
    due_on: date
    owner: User | None = None
    owner_words: str = ""
    look_again_on: date | None = None


@transaction.atomic
def add_action(
    *,
    actor: Actor,
    unit: Team,
    intent: Intent,
    review: Review | None = None,
    decision_id: UUID | None = None,
) -> PlannedAction:
    """Add an action to the plan of a unit. Raises Refused, and InputFault.

    `review` is the one whose recommendation it follows; `decision_id` the decision of a
    meeting that it carries out, which has one action at most.
    """
    require(actor, Action.OVERSEE, unit.subject(Information.STATISTICAL))
    _must_fit(intent)
    carried_out = PlannedAction.objects.system("a decision has one action")
    if decision_id and carried_out.filter(decision_id=decision_id).exists():
        raise InputFault(
            _("This decision is in the plan already. Open its action there."),
            field="what",
            reason="decision_planned",
        )
    made = PlannedAction.objects.create(
        unit=unit,
        review=review,
        decision_id=decision_id,
        created_by_id=actor.id,
        **_values(intent),
    )
    audit.record(actor, "action_planned", made, information=STATISTICAL)
    return made


def change_action(
    *, actor: Actor, action: PlannedAction, intent: Intent, row_version: int
) -> None:
    """Change what an action says. Raises Refused, InputFault, and Stale."""
    require(actor, Action.OVERSEE, action.unit.subject(Information.STATISTICAL))
    _must_fit(intent)
    edit(
        actor,
        action,
        action="action_changed",
        expected_version=row_version,
        **_values(intent),
    )


def _values(intent: Intent) -> dict[str, Any]:
    return {
        "scale": intent.scale,
        "item": intent.item,
        "target": intent.target,
        "what": intent.what.strip(),
        "owner": intent.owner,
        "owner_words": intent.owner_words.strip(),
        "due_on": intent.due_on,
        "look_again_on": intent.look_again_on,
    }


def _must_fit(intent: Intent) -> None:
    """Raise InputFault for an item or a target that the scale does not have."""
    scale = scales.load().get(intent.scale)
    if scale is None or intent.item not in {item.no for item in scale.items}:
        raise InputFault(
            _("The scale has no such item. Choose one of its items."),
            field="item",
            reason="item_unknown",
        )
    if not scale.lowest < intent.target <= scale.highest:
        raise InputFault(
            _("A target is a whole score from %(low)s to %(high)s. Choose one of them.")
            % {"low": scale.lowest + 1, "high": scale.highest},
            field="target",
            reason="target_out_of_range",
        )
    if not intent.what.strip():
        raise InputFault(
            _("Nothing was written. Say what will be done."),
            field="what",
            reason="no_text",
        )
    if intent.owner is None and not intent.owner_words.strip():
        raise InputFault(
            _("Nobody is named. Say who will do it."), field="owner", reason="no_owner"
        )


def may_note(actor: Actor, action: PlannedAction) -> bool:
    """Say whether `actor` says how an action goes; its owner does while they read it."""
    beside, own = action.unit.subject(Information.STATISTICAL), action.subject()
    return decide(actor, Action.OVERSEE, beside).allowed or (
        decide(actor, Action.READ, beside).allowed
        and decide(actor, Action.TAKE_PART, own).allowed
    )


@transaction.atomic
def note_progress(
    *,
    actor: Actor,
    action: PlannedAction,
    progress: str,
    text: str,
    today: date,
    row_version: int,
) -> ProgressNote:
    """Say how an action goes: who looks after the unit, and who took the action on.

    Raises Refused, and Stale.
    """
    if not may_note(actor, action):
        raise Refused("no_ground")
    progress = Progress(progress)
    edit(
        actor,
        action,
        action="action_progress",
        expected_version=row_version,
        progress=progress,
        closed_on=today if progress in CLOSED else None,
    )
    return ProgressNote.objects.create(
        action=action,
        day=today,
        progress=progress,
        text=text.strip(),
        created_by_id=actor.id,
    )
