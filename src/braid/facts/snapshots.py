"""Facts frozen in a folder: a Parquet file a table, and a manifest.

The folder is made beside its place and moved there whole, so that nobody meets half a
set. Nothing in it is written again.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet

from braid.facts import columns, derived, foreign, hashing
from braid.facts.manifest import Manifest
from braid.facts.schema import TABLES

Renaming = Callable[[Sequence[str]], Sequence[str]]
"""New ids for ids, one for one and in their order."""


def write(
    folder: Path,
    stream: Iterable[tuple[str, Iterator[pa.RecordBatch]]],
    *,
    snapshot: str,
    as_of: date,
    made_at: datetime,
    units: Collection[str],
    renaming: Renaming | None = None,
) -> Manifest:
    """Write a set of facts to `folder`, which is not there yet or is empty.

    With `renaming` every id is replaced, in the manifest too.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        rows = {
            name: _write_table(draft, name, batches, renaming)
            for name, batches in stream
        }
        named = sorted(renaming(sorted(units)) if renaming else units)
        made = Manifest(
            snapshot=snapshot,
            made_at=made_at,
            as_of=as_of,
            units=tuple(named),
            rows={name: rows.get(name, 0) for name in TABLES},
            hash=hashing.folder_hash(draft),
        )
        made.write(draft)
        write_derived(draft)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft)
        raise
    return made


def _write_table(
    folder: Path,
    name: str,
    batches: Iterator[pa.RecordBatch],
    renaming: Renaming | None,
) -> int:
    rows = 0
    path = folder / f"{name}.parquet"
    schema = columns.arrow_schema(name)
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as file:
        for batch in batches:
            file.write_batch(_renamed(name, batch, renaming) if renaming else batch)
            rows += batch.num_rows
    return rows


def _renamed(name: str, batch: pa.RecordBatch, renaming: Renaming) -> pa.RecordBatch:
    arrays = []
    for column in TABLES[name].columns:
        array = batch[column.name]
        if column.type == "id":
            coded = array.dictionary_encode()
            new = pa.array(renaming(coded.dictionary.to_pylist()), pa.string())
            array = new.take(coded.indices)
        arrays.append(array)
    return pa.record_batch(arrays, schema=batch.schema)


def write_derived(folder: Path) -> None:
    """Write what follows from the facts in a folder. Raises OSError if it is not whole."""
    facts, faults = foreign.open_folder(folder)
    if facts is None or faults:
        raise OSError(f"What was written to '{folder.name}' cannot be read again.")
    with facts:
        derived.write(folder, facts)
