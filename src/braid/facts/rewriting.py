"""Taking one person out of facts that were frozen. Imports no Django.

The files are made anew beside their place and take it over whole, with a manifest that
says so. What refers to a row that goes, goes with it.
"""

import shutil
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from braid.facts import columns, hashing, manifest, parts, snapshots
from braid.facts.manifest import Manifest
from braid.facts.schema import TABLES, Table

PERSON = "person_key"


def without(folder: Path, person: str, now: datetime) -> Manifest | None:
    """Take a person out of the facts in `folder`; None where they are not in them."""
    stated = manifest.read(folder)
    gone = _rows_gone(folder, person)
    if stated is None or not gone:
        return None
    draft = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        rows = {
            name: _copy(folder, draft, table, gone, person)
            for name, table in TABLES.items()
        }
        made = replace(
            stated,
            rows=rows,
            hash=hashing.folder_hash(draft),
            rewritten_at=now,
        )
        made.write(draft)
        snapshots.write_derived(draft)
        _take_over(draft, folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return made


def _take_over(draft: Path, folder: Path) -> None:
    before = folder.with_name(f".{folder.name}-before")
    folder.rename(before)
    draft.rename(folder)
    shutil.rmtree(before)


def _rows_gone(folder: Path, person: str) -> dict[str, set[str]]:
    """Return the keys of rows that go, by table: the person's and what refers to them."""
    gone: dict[str, set[str]] = {}
    for name, table in TABLES.items():
        is_named = PERSON in table.names or any(c.refers in gone for c in table.columns)
        if not is_named or len(table.key) != 1:
            continue
        (key,) = table.key
        found: set[str] = set()
        for batch in parts.batches(folder, name):
            going = batch.filter(_going(table, batch, gone, person))
            found.update(going[key].to_pylist())
        if found:
            gone[name] = found
    return gone


def _going(
    table: Table, batch: pa.RecordBatch, gone: dict[str, set[str]], person: str
) -> pa.Array:
    going = pa.array([False] * batch.num_rows)
    for column in table.columns:
        values: Collection[str] = gone.get(column.refers, ())
        if column.name == PERSON:
            values = (person,)
        if values:
            named = pc.is_in(batch[column.name], pa.array(sorted(values), pa.string()))
            going = pc.or_(going, named)
    return going


def _copy(
    folder: Path, draft: Path, table: Table, gone: dict[str, set[str]], person: str
) -> int:
    rows = 0
    schema = columns.arrow_schema(table.name)
    target = draft / f"{table.name}.parquet"
    with pyarrow.parquet.ParquetWriter(target, schema, compression="zstd") as file:
        for batch in parts.batches(folder, table.name):
            kept = batch.filter(pc.invert(_going(table, batch, gone, person)))
            file.write_batch(kept)
            rows += kept.num_rows
    return rows
