"""Reading past facts for a simulation: a unit's own snapshots, never another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from braid.access.policy import Action, Actor
from braid.access.queries import require_anywhere
from braid.facts import queries as facts
from braid.funding.simulating import past

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.models import Snapshot
    from braid.funding.simulating.summing import Simulated
    from braid.method.contracts.case import Case
    from braid.method.contracts.shape import Bindings, Contract

MOST = 20_000
"""So many episodes are simulated while somebody waits; more are for the console."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A contract to try, and what is filled into it."""

    contract: Contract
    bindings: Bindings | None = None


def units(actor: Actor) -> list[Team]:
    """Return the units whose past facts `actor` may read as a whole, by name."""
    require_anywhere(actor, Action.SEE_AMOUNTS)
    return list(facts.overseen(actor).select_related("organisation").order_by("name"))


def snapshots(actor: Actor, unit: Team) -> list[Snapshot]:
    """Return the snapshots that hold a unit, the newest first."""
    return [one for one in facts.snapshots(actor) if str(unit.pk) in one.units]


def simulated(
    actor: Actor,
    unit: Team,
    snapshot: Snapshot,
    proposals: list[Proposal],
    group: str = "none",
) -> list[Simulated]:
    """Return what each contract would have paid for a unit. Raises Refused, FactsFaults.

    InputFault where there are more episodes than a page waits for.
    """
    require_anywhere(actor, Action.SEE_AMOUNTS)
    with facts.snapshot_facts(actor, snapshot) as drawn:
        return over_facts(drawn, [str(unit.pk)], proposals, group, most=MOST)


def over_facts(
    drawn: Any,
    unit_ids: list[str] | None,
    proposals: list[Proposal],
    group: str = "none",
    *,
    as_of: date | None = None,
    most: int | None = None,
    sensitivity: bool = True,
) -> list[Simulated]:
    """Return what each contract would have paid for units, None for all of them.

    As known on `as_of`, or on the last day of the facts.
    """
    from braid.funding.simulating.reading import must_fit, rows_of
    from braid.funding.simulating.summing import simulate

    tables = rows_of(drawn, unit_ids)
    must_fit(len(tables["episodes"]), most)
    day = drawn.as_of if as_of is None else min(as_of, drawn.as_of)
    first = past.first_day(tables, day)
    return [
        simulate(
            past.over(one.contract, first, day),
            _cases(one.contract, tables),
            day,
            bindings=one.bindings,
            group_of=_group_of(tables, group),
            sensitivity=sensitivity,
        )
        for one in proposals
    ]


def _cases(contract: Contract, tables: Any) -> list[Case]:
    from braid.method.contracts.running import cases

    return list(cases(contract, tables))


def _group_of(tables: Any, group: str) -> Callable[[str], str]:
    from braid.method.measures.reference.equity import Groups

    groups = Groups(tables, group)
    return lambda episode: groups.of(episode) or ""
