"""The Parquet files of a table in a folder: one file, or a folder of parts."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

SUFFIX = ".parquet"
PIECE = 100_000  # rows


def files(folder: Path, name: str) -> list[Path]:
    """Return the files of a table in their order; none where it is not there."""
    return of(folder / f"{name}{SUFFIX}")


def of(place: Path) -> list[Path]:
    """Return the files of a table from where it lies; none where it is not there."""
    if place.is_dir():
        return sorted(place.glob(f"*{SUFFIX}"))
    return [place] if place.exists() else []


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
