"""What a build can go on from: the newest snapshot of the same units, and what it saw.

It holds on for as long as the record is watched without a gap and is drawn in the same
way; else the next build begins afresh, as the first did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

import braid
from braid.facts import dependence, erasing, journal, registry, watching
from braid.facts.journal import Position
from braid.facts.models import Snapshot
from braid.facts.schema import TABLES, VERSION
from braid.packs import jurisdictions

if TYPE_CHECKING:
    from braid.facts.hashing import Sums

LASTS = timedelta(days=35)  # after which what was noted since is let go


@dataclass(frozen=True, slots=True)
class Moment:
    """What stands at the moment at which the record is drawn.

    `erased` are those of whom nothing can be in it any more.
    """

    seen: Position | None
    drawn_by: str
    snapshots: frozenset[UUID]
    erased: frozenset[UUID]


def moment() -> Moment:
    """Return where the journal stands; to be asked in the moment of drawing."""
    return Moment(
        seen=journal.position() if watching.is_complete() else None,
        drawn_by=drawn_by(),
        snapshots=frozenset(Snapshot.objects.values_list("pk", flat=True)),
        erased=erasing.erased(),
    )


def base_of(units: list[str], now: Moment, at: datetime) -> Snapshot | None:
    """Return the snapshot that a build of these units can go on from, if there is one."""
    if now.seen is None:
        return None
    known = Snapshot.objects.exclude(hash="")
    for snapshot in known.filter(footing__isnull=False):
        found: Any = snapshot.footing
        is_fit = (
            snapshot.units == units
            and found["drawn_by"] == now.drawn_by
            and at - snapshot.made_at <= LASTS
            and snapshot.folder.is_dir()
        )
        if is_fit:
            return snapshot
    return None


def give(snapshot: Snapshot, now: Moment, sums: Mapping[str, Sums]) -> None:
    """Let later builds go on from a snapshot that is about to be saved.

    Not where another build ended or somebody was erased meanwhile: what was noted has
    been let go then.
    """
    others = Snapshot.objects.exclude(pk__in=now.snapshots)
    if now.seen is None or others.exists() or erasing.erased_since(now.erased):
        return
    snapshot.footing = {
        "drawn_by": now.drawn_by,
        "seen": now.seen,
        "sums": {name: list(found) for name, found in sums.items()},
    }


def let_go(snapshot: Snapshot) -> None:
    """Take their footing from snapshots that this one follows or that are too old.

    What all that remain have seen is forgotten.
    """
    remaining: list[Position] = []
    for other in Snapshot.objects.filter(footing__isnull=False):
        is_followed = other.pk != snapshot.pk and other.units == snapshot.units
        if is_followed or snapshot.made_at - other.made_at > LASTS:
            other.footing = None
            other.save(update_fields=["footing"])
        else:
            found: Any = other.footing
            remaining.append(found["seen"])
    journal.forget(remaining)


def drawn_by() -> str:
    """Return a digest of how the record is drawn at present."""
    digest = sha256(f"{VERSION} {braid.__version__}".encode())
    for name, pack in sorted(jurisdictions.load().items()):
        digest.update(f"{name} {pack.table_switches}".encode())
    for name, table in TABLES.items():
        digest.update(repr(table).encode())
        for rows in registry.queries(name, dependence.ANY_UNITS):
            digest.update(repr(rows.query.sql_with_params()).encode())
    return digest.hexdigest()
