"""Freezing facts: as a snapshot of this installation, or as a set to hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit, secrets
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require, require_anywhere
from braid.facts.models import Snapshot
from braid.facts.queries import overseen
from braid.facts.schema import TABLES
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.manifest import Manifest
    from braid.facts.snapshots import Written


Progress = Callable[[int, int], None]
Drawn = tuple[str, Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Built:
    """A set of facts that was written, and where.

    `drawn` is how many rows were put anew, by table; the rest was kept from `base`.
    """

    manifest: Manifest
    folder: Path
    drawn: Mapping[str, int]
    base: Snapshot | None = None

    @property
    def kept(self) -> int:
        """How many rows stand as they stood in the base."""
        return sum(self.manifest.rows.values()) - sum(self.drawn.values())


def build(
    *,
    actor: Actor,
    unit: Team | None = None,
    out: Path | None = None,
    today: date,
    afresh: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Freeze the facts of a unit, or of all that `actor` oversees, as of `today`.

    What changed since the last snapshot of the same units is drawn, or all of it where
    there is none, or `afresh`. A set written to `out` is to be handed on: keyed
    pseudonyms stand for the ids, and it is no snapshot of the installation. `progress`
    is told of each table that is drawn whole. Raises Refused, or InputFault where `out`
    holds something already.
    """
    require_anywhere(actor, Action.OVERSEE, Information.STATISTICAL)
    if unit is not None:
        require(actor, Action.OVERSEE, unit.subject(Information.STATISTICAL))
    kept = list(overseen(actor)) if unit is None else [unit]
    snapshot = Snapshot(
        as_of=today,
        made_at=timezone.now(),
        made_by_id=actor.id,
        units=sorted(str(unit.pk) for unit in kept),
    )
    if out is not None:
        return _handed_on(actor, snapshot, kept, out, progress)
    return _frozen(actor, snapshot, kept, progress, afresh=afresh)


def _handed_on(
    actor: Actor,
    snapshot: Snapshot,
    units: list[Team],
    out: Path,
    progress: Progress | None,
) -> Built:
    from braid.facts import erasing, extraction, rewriting, snapshots

    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputFault(
            _("That folder is not empty. Name one that is not there yet."),
            field="out",
            reason="folder_not_empty",
        )
    with extraction.one_moment():
        before = erasing.erased()
        stream = _counted(extraction.stream([unit.pk for unit in units]), progress)
        made = snapshots.write(
            out, stream, renaming=secrets.pseudonyms, **_stated(snapshot)
        )
    found = made.manifest
    for person in secrets.pseudonyms(sorted(map(str, erasing.erased_since(before)))):
        found = rewriting.without(out, person, timezone.now()) or found
    audit.record(actor, "facts_handed_on", snapshot, count=len(units))
    return Built(found, out, made.drawn)


def _frozen(
    actor: Actor,
    snapshot: Snapshot,
    units: list[Team],
    progress: Progress | None,
    *,
    afresh: bool,
) -> Built:
    from braid.facts import erasing, extraction, footing, leftovers

    leftovers.sweep(snapshot.made_at)
    keys = [unit.pk for unit in units]
    with extraction.one_moment():
        now = footing.moment()
        base = (
            None if afresh else footing.base_of(snapshot.units, now, snapshot.made_at)
        )
        made = _written(snapshot, keys, base, progress)
    with transaction.atomic():
        # First the log, whose lock lets builds end one after another.
        audit.record(actor, "facts_built", snapshot, count=len(units))
        snapshot.schema = made.manifest.schema
        snapshot.rows = dict(made.manifest.rows)
        snapshot.hash = made.manifest.hash
        footing.give(snapshot, now, made.sums)
        erasing.take_out(snapshot, erasing.erased_since(now.erased))
        snapshot.hash = ""  # nobody reads it without
        snapshot.save(force_insert=True)
        footing.let_go(snapshot)
    # Whose erasure was decided since, and looked for snapshots before this was one.
    if erasing.take_out(snapshot, erasing.erased_since(now.erased)):
        snapshot.hash = ""
        snapshot.save(update_fields=["footing"])
    return Built(_opened(snapshot), snapshot.folder, made.drawn, base)


def _opened(snapshot: Snapshot) -> Manifest:
    """Let a snapshot be read from now on; return its manifest.

    An erasure that found it meanwhile has rewritten it, and leaves the hash to this.
    """
    from braid.facts import manifest

    while True:
        found = manifest.read(snapshot.folder)
        if found is None:
            raise OSError(f"'{snapshot.folder.name}' has no manifest any more.")
        if found.hash == snapshot.hash:
            return found
        snapshot.rows, snapshot.hash = dict(found.rows), found.hash
        snapshot.save(update_fields=["rows", "hash"])


def _written(
    snapshot: Snapshot,
    units: list[UUID],
    base: Snapshot | None,
    progress: Progress | None,
) -> Written:
    from braid.facts import extraction, journal, renewing, snapshots
    from braid.facts.hashing import Sums

    if base is None or base.footing is None:
        stream = _counted(extraction.stream(units), progress)
        return snapshots.write(snapshot.folder, stream, **_stated(snapshot))
    stood = {name: Sums(*found) for name, found in base.footing["sums"].items()}
    return renewing.write(
        snapshot.folder,
        renewing.Base(base.folder, base.as_of, stood),
        journal.touched_since(base.footing["seen"]),
        keys=units,
        **_stated(snapshot),
    )


def _stated(snapshot: Snapshot) -> dict[str, Any]:
    """Return what the manifest says of a snapshot besides what is found in it."""
    return {
        "snapshot": str(snapshot.pk),
        "as_of": snapshot.as_of,
        "made_at": snapshot.made_at,
        "units": snapshot.units,
    }


def _counted(stream: Iterable[Drawn], progress: Progress | None) -> Iterator[Drawn]:
    for done, table in enumerate(stream):
        if progress is not None:
            progress(done, len(TABLES))
        yield table
