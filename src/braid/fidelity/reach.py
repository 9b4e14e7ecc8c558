"""Which units' fidelity somebody may look at: their own, those beside, those of an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from braid.access import policy
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information

if TYPE_CHECKING:
    from braid.access.models import Team

FIGURES = Information.STATISTICAL


def must_look(actor: Actor) -> None:
    """Raise Refused unless `actor` reads figures of some unit, or oversees one."""
    if not policy.may(actor, Action.OVERSEE, FIGURES):
        access.require_anywhere(actor, Action.READ, FIGURES)


def units(actor: Actor) -> list[Team]:
    """Return the units whose fidelity `actor` may look at, by name."""
    found: dict[object, Team] = {}
    if policy.may(actor, Action.READ, FIGURES):
        at_table = access.units_at_table(actor, Action.READ, FIGURES)
        found |= {one.pk: one for one in at_table}
    found |= {one.pk: one for one in overseen(actor)}
    return sorted(found.values(), key=lambda one: one.name)


def overseen(actor: Actor) -> list[Team]:
    """Return the units whose figures `actor` looks after, by name."""
    if not policy.may(actor, Action.OVERSEE, FIGURES):
        return []
    return list(access.units(actor, Action.OVERSEE, FIGURES).order_by("name"))


def unit(actor: Actor, key: str) -> Team:
    """Return one of these units by its short name or its id, else answer 404."""
    for one in units(actor):
        if key in (one.slug, str(one.pk)):
            return one
    raise Http404


def oversees(actor: Actor, of_unit: Team) -> bool:
    """Say whether `actor` looks after the figures of a unit, and so writes its plan."""
    return policy.decide(actor, Action.OVERSEE, of_unit.subject(FIGURES)).allowed
