"""Freezing facts: as a snapshot of this installation, or as a set to hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


Progress = Callable[[int, int], None]
Drawn = tuple[str, Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Built:
    """A set of facts that was written, and where."""

    manifest: Manifest
    folder: Path


def build(
    *,
    actor: Actor,
    unit: Team | None = None,
    out: Path | None = None,
    today: date,
    progress: Progress | None = None,
) -> Built:
    """Freeze the facts of a unit, or of all that `actor` oversees, as of `today`.

    A set written to `out` is to be handed on: keyed pseudonyms stand for the ids, and
    it is no snapshot of the installation. `progress` is told of each table that is
    written. Raises Refused, or InputFault where `out` holds something already.
    """
    require_anywhere(actor, Action.OVERSEE, Information.STATISTICAL)
    if unit is not None:
        require(actor, Action.OVERSEE, unit.subject(Information.STATISTICAL))
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputFault(
            _("That folder is not empty. Name one that is not there yet."),
            field="out",
            reason="folder_not_empty",
        )
    kept = list(overseen(actor)) if unit is None else [unit]
    snapshot = Snapshot(
        as_of=today, made_at=timezone.now(), made_by_id=actor.id, units=_keys(kept)
    )
    folder = out or snapshot.folder
    manifest = _write(snapshot, kept, folder, progress, is_handed_on=out is not None)
    with transaction.atomic():
        if out is None:
            snapshot.schema = manifest.schema
            snapshot.rows = dict(manifest.rows)
            snapshot.hash = manifest.hash
            snapshot.save(force_insert=True)
        action = "facts_built" if out is None else "facts_handed_on"
        audit.record(actor, action, snapshot, count=len(kept))
    return Built(manifest, folder)


def _keys(units: list[Team]) -> list[str]:
    return sorted(str(unit.pk) for unit in units)


def _write(
    snapshot: Snapshot,
    units: list[Team],
    folder: Path,
    progress: Progress | None,
    *,
    is_handed_on: bool,
) -> Manifest:
    from braid.facts import extraction, snapshots

    with extraction.one_moment():
        stream = extraction.stream([unit.pk for unit in units])
        return snapshots.write(
            folder,
            _counted(stream, progress) if progress else stream,
            snapshot=str(snapshot.pk),
            as_of=snapshot.as_of,
            made_at=snapshot.made_at,
            units=snapshot.units,
            renaming=secrets.pseudonyms if is_handed_on else None,
        )


def _counted(stream: Iterable[Drawn], progress: Progress) -> Iterator[Drawn]:
    for done, table in enumerate(stream):
        progress(done, len(TABLES))
        yield table
