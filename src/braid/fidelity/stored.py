"""Live items of every unit of a snapshot, worked out once and kept beside its files.

A frozen set never changes, so what follows from it does not either, as long as scale,
measures and method are the same. The file says what it follows from; where that is
another now, or the file is damaged, the items are worked out anew. Whoever calls has
asked before whether somebody may read them.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from braid.facts import manifest, statements
from braid.kernel import private_files
from braid.packs import measures, scales

if TYPE_CHECKING:
    from braid.facts.models import Snapshot
    from braid.facts.reading import Facts

FOLDER = "derived"
SOURCES = (
    *statements.SOURCES,
    "fidelity/live/reading.py",
    "fidelity/quantities/*.py",
    "packs/measures/*.py",
    "packs/scales/*.py",
)
USUAL = "ips-25"  # what is kept ready
Bounds = tuple[tuple[int, int], ...]


def bounds_of(
    folder: Path, scale: str, version: str, drawn: Callable[[], Facts]
) -> Mapping[str, Bounds]:
    """Return floor and ceiling of each item of a scale, by unit, on the facts' last day.

    `drawn` opens the facts in `folder`, and is asked only where nothing is kept.
    """
    path = folder / FOLDER / f"live-{scale}-{version}.json"
    key = _key(folder, scale, version)
    found = _read(path, key)
    if found is None:
        with drawn() as facts:
            found = _worked_out(facts, scale, version)
        if key is not None:
            told = json.dumps({"key": key, "units": found}, separators=(",", ":"))
            with suppress(OSError):  # a full disk keeps nobody from an answer
                private_files.replace(path, told.encode())
    return found


def keep(snapshot: Snapshot) -> None:
    """Keep the items of the usual scale ready, so that no page waits for them."""
    from braid.facts import queries

    pack = scales.pack(USUAL)
    bounds_of(snapshot.folder, pack.id, pack.version, lambda: queries.opened(snapshot))


def _worked_out(facts: Facts, scale: str, version: str) -> dict[str, Bounds]:
    from braid.fidelity.live import live

    with _no_collecting():
        found = live(facts, scales.get(scale, version), days=[facts.as_of])
    return {
        unit: tuple((one.scored.floor, one.scored.ceiling) for one in row.items)
        for (unit, _day), row in found.items()
    }


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Do without the search for cycles: among a million new values it finds none.

    It goes through all of them again and again, which is half of the work in Python.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _key(folder: Path, scale: str, version: str) -> str | None:
    """Return what the items follow from; None where that cannot be told."""
    with suppress(manifest.NoManifest):
        stated, method = manifest.read(folder), _method(scale, version)
        if stated is not None and method is not None:
            return f"{stated.hash} {stated.as_of} {method}"
    return None


@cache
def _method(scale: str, version: str) -> str | None:
    from braid.fidelity.live import measures_of

    pack, known = scales.pack(scale, version), measures.load()
    source = statements.key_of(*SOURCES)
    parts = [pack, *(known[name] for name in measures_of(pack.scale))]
    told = "\n".join(part.model_dump_json() for part in parts)
    data = hashlib.sha256(told.encode()).hexdigest()
    return f"{source} {data}" if source else None


def _read(path: Path, key: str | None) -> dict[str, Bounds] | None:
    """Return what is kept; None where there is nothing, or of something else."""
    try:
        told: Mapping[str, Any] = json.loads(path.read_bytes())
        if key is None or told["key"] != key:
            return None
        return {
            unit: tuple((int(low), int(high)) for low, high in bounds)
            for unit, bounds in told["units"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
