"""Facts frozen in a folder: a Parquet file a table, and a manifest.

The folder is made beside its place and moved there whole, so that nobody meets half a
set. Nothing in it is written again.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pyarrow as pa

from braid.facts import columns, derived, foreign, hashing, parts
from braid.facts.hashing import Sums
from braid.facts.manifest import Manifest
from braid.facts.schema import TABLES

Renaming = Callable[[Sequence[str]], Sequence[str]]
"""New ids for ids, one for one and in their order."""


@dataclass(frozen=True, slots=True)
class Written:
    """A set that was written, with the sums that its hash is made of.

    `drawn` is how many rows of a table are not those of an earlier set.
    """

    manifest: Manifest
    sums: Mapping[str, Sums]
    drawn: Mapping[str, int]


@contextmanager
def draft_of(folder: Path) -> Iterator[Path]:
    """Give a folder to write into, which becomes `folder` when it is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield draft
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft)
        raise


def write(
    folder: Path,
    stream: Iterable[tuple[str, Iterator[pa.RecordBatch]]],
    *,
    renaming: Renaming | None = None,
    **stated: Any,
) -> Written:
    """Write a set of facts to `folder`, which is not there yet or is empty.

    `stated` is what its manifest says besides what is found out here. With `renaming`
    every id is replaced, in the manifest too, and each table is a single file.
    """
    with draft_of(folder) as draft:
        sums = {
            name: _write_table(draft, name, batches, renaming)
            for name, batches in stream
        }
        if renaming:
            stated["units"] = renaming(sorted(stated["units"]))
        made = manifest_of(sums, **stated)
        made.write(draft)
        write_derived(draft)
    return Written(made, sums, made.rows)


def manifest_of(sums: Mapping[str, Sums], **stated: Any) -> Manifest:
    """Return the manifest of tables with these sums; a table not named is empty."""
    units = tuple(sorted(stated.pop("units")))
    rows = {name: sums[name].rows if name in sums else 0 for name in TABLES}
    return Manifest(units=units, rows=rows, hash=hashing.digest(sums), **stated)


def _write_table(
    folder: Path,
    name: str,
    batches: Iterator[pa.RecordBatch],
    renaming: Renaming | None,
) -> Sums:
    schema = columns.arrow_schema(name)
    if renaming:
        batches = (_renamed(name, batch, renaming) for batch in batches)
    found = Sums()

    def summed() -> Iterator[pa.Table]:
        nonlocal found
        for piece in parts.gathered(batches, schema):
            found = found.plus(hashing.sums_of(name, [piece]))
            yield piece

    lay = parts.lay_in_one if renaming else parts.lay
    lay(folder, name, summed(), schema)
    return found


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
