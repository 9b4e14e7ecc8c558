"""Reading an action plan: its actions, what waits for one, and what it is evidence of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from braid.access.policy import Action, Actor, may
from braid.facts import leaving
from braid.facts import queries as facts
from braid.fidelity import reach
from braid.fidelity.models import PlannedAction, ProgressNote
from braid.kernel.dates import add_months
from braid.method import gatherings as method
from braid.packs import scales
from braid.teamwork.queries import gatherings
from braid.teamwork.queries.gatherings import Series

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.fidelity.told import Told
    from braid.method.scales import Scored

MONTHS = 12  # back, of what the plan is evidence of
Asked = tuple[str, int]
"""A scale and one of its items."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation of the last review for which the plan has no action."""

    review_id: UUID
    scale: str
    item: int
    score: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a plan shows of item 11: how it was worked with, and who steered.

    `held` of `wanted` quarters had a steering meeting with management; None where the
    reader sits at no steering table.
    """

    since: date
    written: int
    noted: int
    held: int | None = None
    wanted: int | None = None


def visible(actor: Actor) -> QuerySet[PlannedAction]:
    """Return the actions that `actor` may read, with owner, review and notes."""
    reads = PlannedAction.objects.visible_to(actor)
    oversees = PlannedAction.objects.visible_to(actor, Action.OVERSEE)
    notes = ProgressNote.objects.system("notes of actions that were opened")
    found: QuerySet[PlannedAction] = (
        (reads | oversees)
        .select_related("unit__organisation", "owner", "review")
        .prefetch_related(Prefetch("notes", notes.select_related("created_by")))
    )
    return found


def of_unit(actor: Actor, unit: Team) -> list[PlannedAction]:
    """Return the plan of a unit, what is due first at the top."""
    return list(visible(actor).filter(unit=unit))


def noted(actor: Actor, unit: Team) -> frozenset[UUID]:
    """Return the actions of a plan of which `actor` may say how they go."""
    of_plan = PlannedAction.objects
    looks_after = of_plan.visible_to(actor, Action.OVERSEE)
    took_on = of_plan.visible_to(actor).filter(
        pk__in=of_plan.visible_to(actor, Action.TAKE_PART).values("pk")
    )
    found = (looks_after | took_on).filter(unit=unit)
    return frozenset(found.values_list("pk", flat=True))


def waiting(last: Told | None, actions: Iterable[PlannedAction]) -> list[Advice]:
    """Return what the last review recommends and nobody made an action of."""
    if last is None:
        return []
    taken = {one.item for one in actions if one.review_id == last.review.pk}
    return [
        Advice(last.review.pk, last.scale.id, item, last.scores.get(item), text)
        for item, text in sorted(last.advice.items())
        if item not in taken
    ]


def decided(actor: Actor, unit: Team, actions: Iterable[PlannedAction]) -> list[Any]:
    """Return what meetings decided to raise an item, and no action carries out yet."""
    if not may(actor, Action.TAKE_PART):
        return []
    taken = {one.decision_id for one in actions}
    found = gatherings.decisions_to_raise(actor, unit.pk)
    return [one for one in found if one.pk not in taken]


def evidence(
    actor: Actor, unit: Team, actions: Iterable[PlannedAction], today: date
) -> Evidence:
    """Return what the plan of the last year shows of executive support."""
    since = add_months(today, -MONTHS) + timedelta(1)
    kept = list(actions)
    written = sum(one.created_at.date() >= since for one in kept)
    noted = sum(note.day >= since for one in kept for note in one.notes.all())
    found = Evidence(since, written, noted)
    for group in gatherings.groups(actor) if may(actor, Action.TAKE_PART) else ():
        if (group.unit_id, group.kind) != (unit.pk, method.STEERING):
            continue
        series = Series(group.kind, unit.pk, group_id=group.pk)
        sittings = gatherings.sittings_of(actor, series, since, today)
        met = method.evidence(group.kind, sittings, today)
        if met is not None and met.held >= (found.held or 0):
            found = replace(found, held=met.held, wanted=met.wanted)
    return found


def scores_on(
    actor: Actor, unit: Team, asked: Iterable[Asked], today: date
) -> tuple[date, Mapping[Asked, Scored]]:
    """Return what the record says of some items now, and the day that is meant.

    Only the measures of these items are asked. Raises Refused.
    """
    by_scale: dict[str, set[int]] = {}
    for scale, item in asked:
        by_scale.setdefault(scale, set()).add(item)
    day = leaving.known_on(today, inside=unit.pk in actor.teams)
    found: dict[Asked, Scored] = {}
    if not by_scale:
        return day, found
    from braid.fidelity.live import live  # with it comes the engine of the facts

    opened = facts.unit_facts if reach.oversees(actor, unit) else facts.shared_figures
    with opened(actor, unit, day) as drawn:
        for name, items in by_scale.items():
            whole = scales.get(name)
            kept = tuple(item for item in whole.items if item.no in items)
            shown = live(
                drawn, replace(whole, items=kept), days=[day], units=[str(unit.pk)]
            )
            for one in shown[str(unit.pk), day].items:
                found[name, one.item.no] = one.scored
    return day, found
