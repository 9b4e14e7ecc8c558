"""A set of facts made from an earlier one: what changed since is drawn anew.

The new set is what a build that draws everything would come to, row for row; the order
of rows and how they lie in parts may differ. Of each table the rows that changes may
have reached are drawn, and compared with those that stood there: parts in which nothing
differs are shared with the earlier set.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from braid.facts import (
    columns,
    dependence,
    deriving,
    extraction,
    hashing,
    parts,
    registry,
)
from braid.facts.dependence import Touched
from braid.facts.engine import connect_beside, quoted
from braid.facts.hashing import Sums
from braid.facts.schema import TABLES
from braid.facts.snapshots import Written, draft_of, manifest_of

MANY = 20_000  # owners, from which it may be quicker to draw a table whole
SHARE = 4  # the part of a table's rows, from which it is
DIFFERING = """
    SELECT DISTINCT {0} AS owner FROM (
        (SELECT * FROM stood EXCEPT ALL SELECT * FROM stands)
        UNION ALL
        (SELECT * FROM stands EXCEPT ALL SELECT * FROM stood)
    )
"""


@dataclass(frozen=True, slots=True)
class Base:
    """An earlier set of the same units, with the sums of its tables."""

    folder: Path
    as_of: date
    sums: Mapping[str, Sums]


def write(
    folder: Path,
    base: Base,
    touched: Touched,
    *,
    keys: Collection[UUID],
    **stated: Any,
) -> Written:
    """Write to `folder` the facts as they stand, by an earlier set of the same units.

    `touched` is all that changed since, `keys` are the units. `stated` is as for
    `snapshots.write`.
    """
    with draft_of(folder) as draft:
        renewal = _Renewal(base, draft, touched, keys)
        for name in TABLES:
            if not dependence.is_whole(name):
                renewal.renew(name)
        renewal.draw_the_rest()
        made = manifest_of(renewal.sums, **stated)
        made.write(draft)
        deriving.write(
            draft, base.folder, renewal.changed, as_of=made.as_of, was=base.as_of
        )
    return Written(made, renewal.sums, renewal.drawn)


class _Renewal:
    """One set that is being made from another."""

    def __init__(
        self, base: Base, draft: Path, touched: Touched, units: Collection[UUID]
    ) -> None:
        self._base, self._draft = base, draft
        self._touched, self._units = touched, units
        self._earlier = connect_beside(_all_files(base.folder))
        self.sums: dict[str, Sums] = {}
        self.drawn: dict[str, int] = {}  # rows that were put anew, by table
        self.changed: dict[str, pa.Array | None] = {}  # whose rows; None: anybody's

    def renew(self, name: str) -> None:
        """Draw the rows of a table that changes may have reached."""
        queries = registry.queries(name, self._units)
        owners: set[UUID] = set()
        for rows in queries:
            owners |= dependence.reached(rows, self._touched)
        before = self._base.sums[name]
        if len(owners) > max(MANY, before.rows // SHARE):
            self._put_whole(name, extraction.drawn_of(name, queries))
            return
        come, gone = self._differing(name, owners) if owners else (None, None)
        if come is None or gone is None:
            self._keep(name)
            return
        self.sums[name] = before.minus(hashing.sums_of(name, [gone])).plus(
            hashing.sums_of(name, [come])
        )
        self.drawn[name] = come.num_rows
        owner = TABLES[name].names[0]
        left = pc.unique(pa.concat_arrays([*gone[owner].chunks, *come[owner].chunks]))
        self.changed[name] = left
        pieces = parts.exchanged(parts.files(self._base.folder, name), left, come)
        parts.lay(self._draft, name, pieces, columns.arrow_schema(name))

    def draw_the_rest(self) -> None:
        """Draw the tables that are drawn whole; those that others name come last."""
        named = extraction.Named(self._units)
        told = registry.Told()
        self._hear(named, told)
        whole = [name for name in reversed(tuple(TABLES)) if name not in self.sums]
        for name in whole:
            if registry.maker(name) is None:
                queries = registry.queries(name, self._units)
                batches = list(named.among(name, extraction.drawn_of(name, queries)))
                for batch in batches:
                    extraction.note(told, name, batch)
                self._put_whole(name, batches)
        for name in whole:
            if make := registry.maker(name):
                self._put_whole(name, make(told))

    def _differing(
        self, name: str, owners: Collection[UUID]
    ) -> tuple[pa.Table, pa.Table] | tuple[None, None]:
        """Return the rows that come and those that go, of owners with any difference."""
        schema, first = columns.arrow_schema(name), TABLES[name].names[0]
        queries = [
            dependence.limited(rows, owners)
            for rows in registry.queries(name, self._units)
        ]
        stands = pa.Table.from_batches(extraction.drawn_of(name, queries), schema)
        asked = pa.table({"owner": pa.array(map(str, owners), pa.string())})
        ask = self._earlier
        ask.register("asked", asked)
        stood = _arrow(
            ask.sql(
                f"SELECT * FROM {_scan(parts.files(self._base.folder, name))} "  # noqa: S608
                f"WHERE {first} IN (SELECT owner FROM asked)"
            )
        ).cast(schema)
        ask.register("stood", stood)
        ask.register("stands", stands)
        owner = _arrow(ask.sql(DIFFERING.format(first)))["owner"].combine_chunks()
        if not len(owner):
            return None, None
        return (
            stands.filter(pc.is_in(stands[first], owner)),
            stood.filter(pc.is_in(stood[first], owner)),
        )

    def _keep(self, name: str) -> None:
        """Share a table with the earlier set."""
        self.sums[name] = self._base.sums[name]
        pieces = parts.files(self._base.folder, name)
        parts.lay(self._draft, name, pieces, columns.arrow_schema(name))

    def _put_whole(self, name: str, batches: Iterable[pa.RecordBatch]) -> None:
        """Put a table that was drawn whole, unless it is as it was."""
        schema = columns.arrow_schema(name)
        pieces = list(parts.gathered(batches, schema))
        found = hashing.sums_of(name, pieces)
        if found == self._base.sums[name]:
            self._keep(name)
            return
        self.sums[name] = found
        self.drawn[name] = found.rows
        self.changed[name] = None
        parts.lay(self._draft, name, pieces, schema)

    def _hear(self, named: extraction.Named, told: registry.Told) -> None:
        """Note what the tables written so far name and tell of."""
        ask = connect_beside(_all_files(self._draft))
        for name, sums in self.sums.items():
            if not sums.rows:
                continue
            scan = _scan(parts.files(self._draft, name))
            for column in TABLES[name].columns:
                if column.refers and column.name != "unit_id":
                    sql = f"SELECT DISTINCT {column.name} AS id FROM {scan}"  # noqa: S608
                    named.add(column.refers, _arrow(ask.sql(sql))["id"])
            for day in extraction.TOLD_BY.get(name, ()):
                sql = f"SELECT DISTINCT {day} FROM {scan}"  # noqa: S608
                told.years.update(extraction.years_of(_arrow(ask.sql(sql))[day]))


def _all_files(folder: Path) -> list[Path]:
    return [file for name in TABLES for file in parts.files(folder, name)]


def _scan(files: Iterable[Path]) -> str:
    return f"read_parquet([{', '.join(quoted(file) for file in files)}])"


def _arrow(relation: duckdb.DuckDBPyRelation) -> pa.Table:
    found: pa.Table = relation.to_arrow_table()
    return found
