"""Rules that were wrong, or that changed: who was told by them, and is told again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from braid.access.changes import edit
from braid.access.policy import Actor
from braid.benefits import rules, working_out
from braid.benefits.choices import Trigger
from braid.benefits.commands.counselling import make_due
from braid.benefits.commands.permission import require_counsellor
from braid.benefits.models import Calculation


@dataclass(frozen=True, slots=True)
class Recalled:
    """A scenario page whose person is to be contacted: ids, no names."""

    calculation_id: UUID
    episode_id: UUID
    counselling_id: UUID
    handed_over_on: date | None


@transaction.atomic
def recall(
    *, actor: Actor, calculations: Iterable[Calculation], words: str, day: date
) -> list[Recalled]:
    """Recall these scenario pages: each is marked, and each person is to be contacted."""
    found = []
    for row in calculations:
        _require(actor, row)
        edit(
            actor,
            row,
            action="scenarios_recalled",
            recalled_on=row.recalled_on or day,
            recall_words=words,
        )
        due = make_due(actor, row.episode_id, Trigger.RULES, None, day)
        found.append(Recalled(row.pk, row.episode_id, due.pk, row.delivered_on))
    return found


@transaction.atomic
def rules_changed(
    *, actor: Actor, calculations: Iterable[Calculation], day: date
) -> list[Recalled]:
    """Make counselling due where the rules of today alter a confirmed result.

    Only by more than the rules tell people about.
    """
    found = []
    for row in calculations:
        if row.confirmed_at is None or row.recalled_on is not None or not row.result:
            continue
        _require(actor, row)
        try:
            anew = working_out.answer(row.inputs, version=None)
        except working_out.Unavailable:
            continue
        if rules.alters(row.result, anew, working_out.notify_delta(row)):
            due = make_due(actor, row.episode_id, Trigger.RULES, None, day)
            found.append(Recalled(row.pk, row.episode_id, due.pk, row.delivered_on))
    return found


def _require(actor: Actor, row: Calculation) -> None:
    """The operator's task acts for every unit; a person must counsel there."""
    if not actor.system:
        require_counsellor(actor, row.subject())
