"""The Parquet files of a table in a folder: one file, or a folder of parts.

A part holds some hundred thousand rows in the order of their days, or of their units
where they have none, in groups that say of which days they are: who asks about some
weeks reads the groups of these. Once written it is never written again: a set made from
another one links the parts that it shares with it.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

SUFFIX = ".parquet"
PIECE = 100_000  # rows
PART = 250_000  # rows that a part has at least, if it is not the only or the last one
ORDER = ("day", "unit_id")
GROUP = 25_000  # rows of a group; of a full part each covers a tenth of all days
PACKED = "zstd"


def files(folder: Path, name: str) -> list[Path]:
    """Return the files of a table in their order; none where it is not there."""
    return of(folder / f"{name}{SUFFIX}")


def of(place: Path) -> list[Path]:
    """Return the files of a table from where it lies; none where it is not there."""
    if place.is_dir():
        return sorted(place.glob(f"*{SUFFIX}"))
    return [place] if place.exists() else []


def rows_of(file: Path) -> int:
    """Return how many rows a file has, which its end says."""
    return int(pyarrow.parquet.read_metadata(file).num_rows)


def are_exact(place: Path, schema: pa.Schema) -> bool:
    """Say whether the files of a table have just these columns of just these types."""
    found = of(place)
    try:
        given = [pyarrow.parquet.read_schema(file) for file in found]
    except (pa.ArrowInvalid, OSError):
        return False
    return bool(found) and all(
        each.names == schema.names and each.types == schema.types for each in given
    )


def batches(folder: Path, name: str) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table in pieces that fit in memory."""
    for path in files(folder, name):
        with pyarrow.parquet.ParquetFile(path) as file:
            yield from file.iter_batches(PIECE)


def read(folder: Path, name: str) -> pa.Table:
    """Return a table of few rows. Raises ValueError where it is not there."""
    return pa.concat_tables(
        [pyarrow.parquet.read_table(file) for file in files(folder, name)]
    )


def gathered(
    batches: Iterable[pa.RecordBatch], schema: pa.Schema
) -> Iterator[pa.Table]:
    """Yield the rows of batches in parts, each in its order."""
    kept: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        kept.append(batch)
        rows += batch.num_rows
        if rows >= PART:
            yield in_order(pa.Table.from_batches(kept, schema))
            kept, rows = [], 0
    if rows:
        yield in_order(pa.Table.from_batches(kept, schema))


def exchanged(
    files: Iterable[Path], owners: pa.Array, come: pa.Table
) -> Iterator[Path | pa.Table]:
    """Yield what makes a table of its files, without some owners and with rows that come.

    Whom a row belongs to is its first column. Files that lose a row are written anew,
    and with them the rows that come and every file that is no full part.
    """
    loose = []
    for file in files:
        first = pyarrow.parquet.read_table(file, columns=come.column_names[:1])
        stays = pc.invert(pc.is_in(first.column(0), owners))
        if first.num_rows >= PART and pc.all(stays).as_py():
            yield file
        else:
            rows = pyarrow.parquet.read_table(file)
            loose.append(rows.filter(stays).cast(come.schema))
    yield from gathered(pa.concat_tables([*loose, come]).to_batches(), come.schema)


def in_order(rows: pa.Table) -> pa.Table:
    """Return the rows of a part by their days, or units; as they are without either."""
    key = next((name for name in ORDER if name in rows.column_names), None)
    return rows if key is None else rows.sort_by(key)


def lay(
    folder: Path, name: str, pieces: Iterable[Path | pa.Table], schema: pa.Schema
) -> None:
    """Lay a table into a folder: files are linked there, and rows written."""
    place, only = folder / f"{name}{SUFFIX}", folder / f".{name}{SUFFIX}"
    place.mkdir()
    number = 0
    for number, piece in enumerate(pieces, start=1):
        target = place / f"{number:04}{SUFFIX}"
        if isinstance(piece, Path):
            link(piece, target)
        else:
            pyarrow.parquet.write_table(piece, target, GROUP, compression=PACKED)
    if number > 1:
        return
    if number == 1:
        target.rename(only)
    else:
        pyarrow.parquet.write_table(schema.empty_table(), only, compression=PACKED)
    place.rmdir()
    only.rename(place)


def lay_in_one(
    folder: Path, name: str, pieces: Iterable[pa.Table], schema: pa.Schema
) -> None:
    """Lay a table into a folder as a single file, however long it is."""
    path = folder / f"{name}{SUFFIX}"
    with pyarrow.parquet.ParquetWriter(path, schema, compression=PACKED) as file:
        for piece in pieces:
            file.write_table(piece, GROUP)


def link(file: Path, target: Path) -> None:
    """Let a file stand in a second place, as a copy where that cannot be one file."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copy2(file, target)
