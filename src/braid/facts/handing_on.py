"""Facts of a unit as one file to take along: tables, their schema, and the manifest.

Pseudonyms stand for the ids; no name was ever in it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from braid.access.policy import Actor
from braid.facts import commands, frictionless

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.frictionless import Form

FORMS: tuple[Form, ...] = ("csv", "parquet")


def packed(*, actor: Actor, unit: Team, form: Form, today: date) -> IO[bytes]:
    """Return a zip of the facts of a unit as they stand now. Raises Refused.

    The file has no name in the file system; it is gone when it is closed.
    """
    with TemporaryDirectory(prefix="braid-facts-") as place:
        folder = Path(place) / "facts"
        commands.build(actor=actor, unit=unit, out=folder, today=today)
        if form == "csv":
            _as_csv(folder)
        frictionless.write(folder, form)
        return _zipped(folder)


def _as_csv(folder: Path) -> None:
    """Write each table as CSV in place of its Parquet."""
    import pyarrow.csv

    from braid.facts import columns, parts
    from braid.facts.schema import TABLES

    for name in TABLES:
        target, schema = folder / f"{name}.csv", columns.arrow_schema(name)
        with pyarrow.csv.CSVWriter(target, schema) as file:
            for batch in parts.batches(folder, name):
                file.write_batch(batch)
        for path in parts.files(folder, name):
            path.unlink()


def _zipped(folder: Path) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    with ZipFile(file, "w") as archive:
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            is_packed = path.suffix == ".parquet"
            kind = ZIP_STORED if is_packed else ZIP_DEFLATED
            archive.write(path, path.name, compress_type=kind)
    file.seek(0)
    return file
