"""Groups and areas of many people at once, for what was kept elsewhere before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from braid.access import audit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.access.rows import insert
from braid.people.choices import Characteristics
from braid.people.equity import GROUPS
from braid.people.models import Characteristic, Residence

if TYPE_CHECKING:
    from braid.access.models import Team


@dataclass(frozen=True, slots=True)
class NewCharacteristic:
    """What was told for one group. Raises KeyError for an unknown one."""

    episode_id: UUID
    key: str
    value: str

    @property
    def kind(self) -> str:
        return GROUPS[Characteristics(self.key)].kind.value


@dataclass(frozen=True, slots=True)
class NewResidence:
    """An area that somebody lived in, both days inside."""

    episode_id: UUID
    area: str
    first_day: date
    last_day: date | None = None


@transaction.atomic
def record_equity(
    *,
    actor: Actor,
    unit: Team,
    told: Sequence[NewCharacteristic],
    residences: Sequence[NewResidence] = (),
) -> None:
    """Record what people of a unit told. Raises Refused."""
    for kind in {row.kind for row in told}:
        require(actor, Action.RECORD, unit.subject(kind))
    written = (Characteristic, told, "kind"), (Residence, residences, "")
    for model, rows, also in written:
        names = [one.name for one in fields(rows[0])] if rows else []
        names += [also] if also else []
        if rows:
            insert(model, names, map(attrgetter(*names), rows), created_by_id=actor.id)
    audit.record(actor, "equity_recorded", unit, count=len(told) + len(residences))
