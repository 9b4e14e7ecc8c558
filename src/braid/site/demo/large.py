"""Making what is too large for one transaction: a region, and the facts of a nation."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from braid.access import audit
from braid.access.queries import installation_actor
from braid.facts import manifest, tasks
from braid.facts.manifest import Manifest
from braid.facts.models import Snapshot
from braid.site.demo import mark as marks
from braid.site.demo.fill import Filled
from braid.site.demo.generated import (
    SCALES,
    Progress,
    Scale,
    write_facts,
    write_record,
)
from braid.site.demo.keys import TASK
from braid.site.demo.mark import Mark

REGION, NATION = "region", "nation"
NOTHING = Filled(episodes=0, contacts=0, jobs=0, seconds=0.0)


def make_region(seed: int, scale: Scale = SCALES[REGION]) -> Mark:
    """Write record and facts of a region into the empty database, unit by unit.

    The mark says that it is not finished until it is: a demo that was interrupted
    cannot be gone on with, and can be taken away.
    """
    began, today = time.perf_counter(), timezone.localdate()
    mark = Mark(REGION, seed, today, marks.new_token(), NOTHING, finished=False)
    marks.write(mark)
    with _progress("record", scale.units) as told:
        filled = write_record(
            units=scale.units,
            people=scale.people,
            seed=seed,
            today=today,
            token=mark.token,
            progress=told,
        )
    _freeze(scale, seed, today)
    seconds = round(time.perf_counter() - began, 2)
    mark = replace(mark, filled=replace(filled, seconds=seconds), finished=True)
    marks.write(mark)
    return mark


def _freeze(scale: Scale, seed: int, today: date) -> None:
    """Write the facts that the record was written from, as its first snapshot."""
    snapshot = Snapshot(as_of=today, made_at=timezone.now())
    made = _written(snapshot.folder, "facts", scale, seed, today)
    snapshot.units, snapshot.rows = list(made.units), dict(made.rows)
    snapshot.schema, snapshot.hash = made.schema, made.hash
    actor = installation_actor(TASK)
    with transaction.atomic():
        snapshot.save(force_insert=True)
        if actor is not None:
            audit.record(actor, "facts_built", snapshot, count=len(made.units))
    tasks.work_out(str(snapshot.pk))


def make_nation(
    seed: int, *, reset: bool = False, scale: Scale = SCALES[NATION]
) -> Filled:
    """Write the facts of a nation beside no record; what is there for today is kept."""
    began, today = time.perf_counter(), timezone.localdate()
    folder = nation_folder(seed, today)
    if reset and folder.exists():
        shutil.rmtree(folder)
    made = manifest.read(folder) if folder.exists() else None
    if made is None:
        made = _written(folder, "facts", scale, seed, today)
    return Filled(
        episodes=made.rows["episodes"],
        contacts=made.rows["contacts"],
        jobs=made.rows["jobs"],
        seconds=round(time.perf_counter() - began, 2),
    )


def nation_folder(seed: int, today: date) -> Path:
    """Return where the facts of a nation lie."""
    return Path(settings.BRAID_DATA) / "facts" / f"{NATION}-{seed}-{today}"


def _written(
    folder: Path, label: str, scale: Scale, seed: int, today: date
) -> Manifest:
    with _progress(label, scale.units) as told:
        return write_facts(
            folder,
            units=scale.units,
            people=scale.people,
            seed=seed,
            today=today,
            progress=told,
        )


@contextmanager
def _progress(label: str, units: int) -> Iterator[Progress]:
    """Show on stderr how many units are done; no bar where nobody watches."""
    with click.progressbar(length=units, label=label, file=sys.stderr) as bar:
        yield lambda done, of: bar.update(1)


def take_away_facts() -> None:
    """Delete the snapshots of this database; their rows go with it."""
    if Snapshot._meta.db_table in connection.introspection.table_names():
        for snapshot in Snapshot.objects.iterator():
            shutil.rmtree(snapshot.folder, ignore_errors=True)
