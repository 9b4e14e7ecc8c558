"""How the records of a unit differ from what the rows of a plan say of them.

Read in bulk: what saving changes, and what the preview shows of it, is found here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import UUID

from braid.exchange import linked
from braid.exchange.choices import LinkKind
from braid.exchange.commands import wanted
from braid.exchange.commands.values import Ids
from braid.exchange.commands.wanted import RECORD_KIND
from braid.exchange.comparing import Edit, Standing, Wanted, compare
from braid.exchange.roster.plan import Plan, PlannedPerson, PlannedRow
from braid.exchange.roster.records import EpisodeRecord
from braid.people.rules import client_system

if TYPE_CHECKING:
    from braid.access.models import Team

Planned = PlannedPerson | PlannedRow
P = TypeVar("P", bound=Planned, covariant=True)


@dataclass(frozen=True, slots=True)
class Difference(Generic[P]):
    """A record, the person or row that tells of it, and what would make it so."""

    kind: str
    planned: P
    standing: Standing
    edits: tuple[Edit, ...]


def of_people(
    people: Iterable[PlannedPerson], unit: Team
) -> list[Difference[PlannedPerson]]:
    """Compare people; one whose row changes nothing may still get a client number."""
    system = client_system(unit.pk)

    def wants(person: PlannedPerson, standing: Standing) -> Wanted:
        as_it_is = person.does == "nothing"
        return wanted.person(person.record, standing, system, number_only=as_it_is)

    return _differences(LinkKind.PERSON, list(people), wants)


def of_rows(
    kind: str, rows: Iterable[PlannedRow], plan: Plan, ids: Ids
) -> list[Difference[PlannedRow]]:
    """Compare rows of one kind; each holds a record."""

    def wants(row: PlannedRow, standing: Standing) -> Wanted:
        return wanted_of(row, standing, plan, ids)

    return _differences(kind, list(rows), wants)


def wanted_of(row: PlannedRow, standing: Standing, plan: Plan, ids: Ids) -> Wanted:
    """Return what a row says of a record."""
    if isinstance(row.record, EpisodeRecord):
        return wanted.episode(row.record, standing, plan, ids)
    return wanted.log(row.kind, row.record, ids)


def _differences(
    kind: str, some: Sequence[P], wants: Callable[[P, Standing], Wanted]
) -> list[Difference[P]]:
    keys = {UUID(one.existing): one for one in some if one.existing is not None}
    standings = linked.standings(RECORD_KIND[kind], keys)
    return [
        Difference(kind, one, standing, compare(standing, wants(one, standing)))
        for key, one in keys.items()
        if (standing := standings.get(key)) is not None
    ]
