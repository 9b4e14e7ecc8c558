"""Facts of a region or a nation, generated column by column; and a record of them.

Every unit is drawn by itself from the seed and its number, so that it is the same
however many others there are. NumPy and Arrow are loaded when something is generated.

For a bench or a test, in a process with Django and an empty database:

    from braid.site.demo.generated import write_record
    filled = write_record(units=3, seed=1)             # about 100 people a unit
    filled = write_record(units=40, people=500)        # what `--size region` writes

The record stands as on `today`; Ada Holm, Ben Lauritsen and Sam Kjær are of the first
unit (`ips-nord`), with the e-mail addresses of `fill.address`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from braid.site.demo.generated.scale import PEOPLE, SCALES, Scale

if TYPE_CHECKING:
    from pathlib import Path

    from braid.facts.manifest import Manifest
    from braid.site.demo.fill import Filled

Progress = Callable[[int, int], None]
"""Told after each unit how many of how many are done."""

__all__ = ["PEOPLE", "SCALES", "Scale", "write_facts", "write_record"]


def write_record(
    *,
    units: int,
    people: int = PEOPLE,
    seed: int = 1,
    today: date | None = None,
    token: str | None = None,
    progress: Progress | None = None,
) -> Filled:
    """Write the record of so many units, one transaction each; return how much it was.

    `people` is how many applicants a unit has in the mean. The database has no
    organisation yet. `token` is the secret of the demo's mark, drawn if not given.
    """
    from braid.site.demo.generated import record

    return record.write(Scale(units, people), seed, today, token, progress)


def write_facts(
    folder: Path,
    *,
    units: int,
    people: int = PEOPLE,
    seed: int = 1,
    today: date | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Write the facts of so many units to a new folder, unit by unit; needs no Django.

    The snapshot has the name of the folder.
    """
    from braid.site.demo.generated import frozen

    return frozen.write(folder, Scale(units, people), seed, today, progress)
