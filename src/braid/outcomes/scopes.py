"""Whose figures a page shows: a unit, fresh and exact inside; or all that one oversees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext as _

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information, decide, may
from braid.facts import leaving
from braid.facts import queries as facts

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.models import Snapshot
    from braid.facts.reading import Facts

ALL = "all-units"
"""The address of all units that one oversees."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A unit, or with `unit` None all units that somebody oversees.

    Only inside a unit is everything exact. `snapshot` is what all units are read from.
    """

    unit: Team | None
    units: tuple[Team, ...]
    is_inside: bool
    snapshot: Snapshot | None = None

    @property
    def key(self) -> str:
        """Return what it is called in addresses."""
        return self.unit.slug if self.unit else ALL

    def known_on(self, today: date) -> date:
        """Return the day that its figures end on: of all units, of their snapshot."""
        if self.snapshot is not None:
            return self.snapshot.as_of
        return leaving.known_on(today, inside=self.is_inside)

    @property
    def countries(self) -> dict[str, frozenset[str]]:
        """Return the ids of the units by the country of their organisation."""
        found: dict[str, set[str]] = defaultdict(set)
        for unit in self.units:
            found[unit.organisation.country].add(str(unit.pk))
        return {country: frozenset(ids) for country, ids in sorted(found.items())}

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.unit.name if self.unit else _("All units")


def units(actor: Actor) -> list[Team]:
    """Return the units whose pages `actor` may open, by name."""
    if not may(actor, Action.READ, Information.STATISTICAL):
        return []
    return list(access.units_at_table(actor, Action.READ, Information.STATISTICAL))


def overseen(actor: Actor) -> list[Team]:
    """Return the units that `actor` may look at together: several, or from an office."""
    found = facts.overseen(actor).select_related("organisation").order_by("name")
    together = list(found)
    return together if len(together) > 1 or not units(actor) else []


def oversees(actor: Actor, unit: Team) -> bool:
    """Say whether `actor` looks after the figures of a unit."""
    subject = unit.subject(Information.STATISTICAL)
    return decide(actor, Action.OVERSEE, subject).allowed


def scope(actor: Actor, key: str) -> Scope:
    """Return whose figures are asked for, else answer 404."""
    if key == ALL and (together := overseen(actor)):
        snapshot = facts.latest_snapshot(actor)
        return Scope(None, tuple(together), is_inside=False, snapshot=snapshot)
    for unit in units(actor):
        if key in (unit.slug, str(unit.pk)):
            return Scope(unit, (unit,), is_inside=unit.pk in actor.teams)
    raise Http404


def must_look(actor: Actor) -> None:
    """Raise Refused unless `actor` reads figures of some unit, or oversees one."""
    if not may(actor, Action.OVERSEE, Information.STATISTICAL):
        access.require_anywhere(actor, Action.READ, Information.STATISTICAL)


@contextmanager
def opened(actor: Actor, of: Scope, day: date) -> Iterator[Facts]:
    """Open the facts of a scope: fresh of a unit, frozen of all. Raises Refused."""
    if of.unit is not None:
        drawn = facts.shared_figures(actor, of.unit, day)
    elif of.snapshot is not None:
        drawn = facts.snapshot_facts(actor, of.snapshot)
    else:
        raise Http404
    with drawn:
        yield drawn
