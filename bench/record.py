"""The record that is measured, in a folder of its own: an invented unit, or a region.

A region takes hours to write. An office is one whose record has a few people of each of
its forty units, and whose snapshot is that of the whole region: what is read from frozen
facts is as large as it is in a region.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from bench import machine

if TYPE_CHECKING:
    from braid.access.models import User

SIZES = ("unit", "office", "region")
UNITS, PEOPLE, FEW = 40, 500, 4  # of a region; and the people of an office's unit
SEED = 1
FRESH = timedelta(days=14)  # a kept record tells of its own day, and grows old
KEPT = machine.ROOT / "build" / "bench"
# What decides how a record comes out, besides its size and seed.
SOURCES = ("*/migrations/*.py", "site/demo/**/*.py", "site/demo/**/*.yaml")


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, for the JSON document."""

    size: str
    seed: int
    day: date
    episodes: int
    contacts: int


@contextmanager
def made(size: str) -> Iterator[Made]:
    """Set up Django on a record of this size: fresh for a unit, kept for a region."""
    if size == "unit":
        with tempfile.TemporaryDirectory(prefix="braid-bench-") as fresh:
            _set_up(Path(fresh))
            yield _make(size)
        return
    folder = KEPT / f"{size}-{SEED}-{_shape()}"
    found = _kept(folder)
    if found is None:
        for earlier in KEPT.glob(f"{size}-*"):
            rmtree(earlier)
    folder.mkdir(parents=True, exist_ok=True)
    _set_up(folder)
    if found is None:
        print(f"Making the {size}; it is kept for the next runs.", file=sys.stderr)
        found = _make(size)
        (folder / "made.json").write_text(json.dumps(asdict(found), default=str))
    yield found


def noon(day: date) -> datetime:
    """Return an instant of a day at which everybody's roles of that day hold."""
    return datetime.combine(day, time(12), UTC)


def member(key: str) -> User:
    """Return one of the cast of the invented region."""
    from braid.access.queries import user_by_email
    from braid.site.demo.fill import address

    found = user_by_email(address(key))
    if found is None:
        raise LookupError(f"The invented region has no '{key}'.")
    return found


def _set_up(folder: Path) -> None:
    os.environ["BRAID_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    for name in ("BRAID_DATABASE_URL", "BRAID_BASE_URL", "BRAID_SECRET_KEY"):
        os.environ.pop(name, None)
    import django

    django.setup()
    from braid.site import serving

    serving.prepare()
    serving.settle()


def _make(size: str) -> Made:
    """Fill the database that was set up; it is empty."""
    from django.utils import timezone

    from braid.site import serving
    from braid.site.demo import making
    from braid.site.demo.generated import SCALES, write_record

    if size == "unit":
        mark = making.made(size, SEED)
        day, filled = mark.day, mark.filled
    elif size == "office":
        day = timezone.localdate()
        filled = write_record(units=UNITS, people=FEW, seed=SEED, today=day)
        _freeze_region(day)
    else:
        day, scale = timezone.localdate(), SCALES[size]
        filled = write_record(
            units=scale.units, people=scale.people, seed=SEED, today=day
        )
    serving.look_at_the_tables()
    return Made(size, SEED, day, filled.episodes, filled.contacts)


def _freeze_region(day: date) -> None:
    """Make the facts of a region the snapshot of the units that there are."""
    from django.utils import timezone

    from braid.access.models import Team
    from braid.facts import parts, snapshots, tasks
    from braid.facts.models import Snapshot
    from braid.facts.schema import TABLES
    from braid.site.demo.generated import write_facts

    snapshot = Snapshot(as_of=day, made_at=timezone.now())
    with tempfile.TemporaryDirectory(prefix="braid-bench-") as fresh:
        folder = Path(fresh) / "facts"
        large = write_facts(folder, units=UNITS, people=PEOPLE, seed=SEED, today=day)
        own = Team.objects.filter(kind="ips_unit").values_list("pk", flat=True)
        called = dict(zip(large.units, sorted(map(str, own)), strict=True))
        made = snapshots.write(
            snapshot.folder,
            ((name, parts.batches(folder, name)) for name in TABLES),
            renaming=lambda ids: [called.get(one, one) for one in ids],
            snapshot=str(snapshot.pk),
            as_of=day,
            made_at=snapshot.made_at,
            units=list(large.units),
        ).manifest
    snapshot.units, snapshot.rows = sorted(made.units), dict(made.rows)
    snapshot.schema, snapshot.hash = made.schema, made.hash
    snapshot.save(force_insert=True)
    tasks.work_out(str(snapshot.pk))


def _kept(folder: Path) -> Made | None:
    """Return what a folder holds, where it was made to its end and lately."""
    try:
        found = json.loads((folder / "made.json").read_text())
    except (OSError, ValueError):
        return None
    known = Made(**found | {"day": date.fromisoformat(found["day"])})
    is_fresh = timedelta(0) <= date.today() - known.day <= FRESH
    return known if is_fresh else None


def _shape() -> str:
    """Return a short name for how records are made at present."""
    digest = hashlib.sha256()
    source = machine.ROOT / "src" / "braid"
    for pattern in SOURCES:
        for path in sorted(source.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
