"""Generated facts in a folder, written unit by unit: memory does not grow with them.

The folder is that of a snapshot of `facts.snapshots`, which takes table by table what
a record gives; here every unit brings some rows of every table.
"""

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet

from braid.facts import columns, extraction, hashing, parts, registry
from braid.facts.manifest import Manifest
from braid.facts.schema import TABLES
from braid.site.demo.generated import Progress
from braid.site.demo.generated.calendar import calendar
from braid.site.demo.generated.scale import Scale
from braid.site.demo.generated.service import service
from braid.site.demo.generated.tables import tables
from braid.site.demo.generated.unit import draw


def write(
    folder: Path,
    scale: Scale,
    seed: int,
    today: date | None,
    progress: Progress | None = None,
) -> Manifest:
    """Write the facts of all units of a scale; see `generated.write_facts`."""
    day = today or date.today()
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        units = _in_order(scale, seed, day)
        rows = _write_tables(draft, scale, seed, day, units, progress)
        made = Manifest(
            snapshot=folder.name,
            made_at=datetime.now(UTC),
            as_of=day,
            units=tuple(units),
            rows=rows,
            hash=hashing.folder_hash(draft),
        )
        made.write(draft)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft)
        raise
    return made


def _in_order(scale: Scale, seed: int, today: date) -> dict[str, int]:
    """Return the numbers of the units by their ids, in the order of the ids.

    Sorted so, a reader who wants one unit skips the row groups of the others.
    """
    when = calendar(today)
    found = {
        str(service(seed, number, scale.people_of(number), when).teams[0]): number
        for number in range(scale.units)
    }
    return dict(sorted(found.items()))


def _write_tables(
    folder: Path,
    scale: Scale,
    seed: int,
    today: date,
    units: Mapping[str, int],
    progress: Progress | None,
) -> dict[str, int]:
    with ExitStack() as files:
        sinks = {name: files.enter_context(_Sink(folder, name)) for name in TABLES}
        told = registry.Told()
        for done, number in enumerate(units.values(), start=1):
            for name, table in tables(draw(scale, seed, number, today)).items():
                extraction.note(told, name, table)
                sinks[name].add(table)
            if progress is not None:
                progress(done, len(units))
        for name in TABLES:
            if make := registry.maker(name):
                sinks[name].add(pa.Table.from_batches(make(told)))
    return {name: sink.rows for name, sink in sinks.items()}


@dataclass(slots=True)
class _Sink:
    """A table on its way into its file, in pieces as long and ordered as parts are."""

    folder: Path
    name: str
    rows: int = 0
    _waiting: list[pa.Table] = field(default_factory=list)
    _number: int = 0
    _file: pyarrow.parquet.ParquetWriter | None = None

    def __enter__(self) -> "_Sink":
        schema, (first, *_) = columns.arrow_schema(self.name), TABLES[self.name].names
        own = TABLES[self.name].key == (first,)
        self._file = pyarrow.parquet.ParquetWriter(
            self.folder / f"{self.name}.parquet",
            schema,
            compression="zstd",
            # A row's own id never comes twice: a dictionary of them is in vain.
            use_dictionary=[name for name in schema.names if not own or name != first],
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._write()
        if self._file is not None:
            self._file.close()

    def add(self, table: pa.Table) -> None:
        """Keep rows until there are as many as a part has."""
        self._waiting.append(table)
        self._number += table.num_rows
        self.rows += table.num_rows
        if self._number >= parts.PART:
            self._write()

    def _write(self) -> None:
        if self._file is not None and self._waiting:
            rows = parts.in_order(pa.concat_tables(self._waiting))
            self._file.write_table(rows, parts.GROUP)
        self._waiting, self._number = [], 0
