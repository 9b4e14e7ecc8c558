"""How a plan stands, for pages of other rooms: a meeting's, and a list of things to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from braid.access.policy import Actor
from braid.fidelity import reach
from braid.fidelity.actions import presenters, reading
from braid.fidelity.choices import Progress
from braid.fidelity.next_reviews import next_reviews

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.fidelity.actions.presenters import Line


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """The open actions of a unit, the decisions without one, and where the plan is.

    `url` is empty for who sits at the table and may not open the page.
    """

    lines: tuple[Line, ...]
    decisions: tuple[Any, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Due:
    """Something about fidelity to do by a day: an own action, or a review to plan."""

    id: UUID
    text: str
    unit: str
    due_on: date
    url: str
    is_review: bool = False


def open_plan(actor: Actor, unit: Team, today: date) -> OpenPlan:
    """Return how the plan of a unit stands, as far as `actor` may read it."""
    actions = reading.of_unit(actor, unit)
    lines = presenters.lines(actions, today)
    looks = unit.pk in {one.pk for one in reach.units(actor)}
    return OpenPlan(
        tuple(line for line in lines if not line.is_closed),
        tuple(reading.decided(actor, unit, actions)),
        reverse("fidelity:actions", args=[unit.slug]) if looks else "",
    )


def own_actions(actor: Actor) -> Iterator[Due]:
    """Yield the open actions that `actor` has taken on."""
    if actor.id is None:  # the system owns nothing
        return
    rows = reading.visible(actor).prefetch_related(None).filter(owner_id=actor.id)
    for one in rows.filter(progress__in=(Progress.OPEN, Progress.UNDER_WAY)):
        address = reverse("fidelity:actions", args=[one.unit.slug])
        yield Due(one.pk, one.what, one.unit.name, one.due_on, address)


def reviews_to_plan(actor: Actor, today: date) -> Iterator[Due]:
    """Yield the next reviews that are near and that nobody has planned."""
    units = {one.pk: one for one in reach.overseen(actor)}
    for key, found in next_reviews(actor, units.values()).items():
        if found.due_on is not None and found.is_near(today):
            unit = units[key]
            address = reverse("fidelity:actions", args=[unit.slug])
            yield Due(key, "", unit.name, found.due_on, f"{address}#next-review", True)
