"""Facts drawn fresh from the record, each table by the room that owns it.

A room gives a query; the database does the work. The rows come as plain texts and
numbers, and Arrow turns whole columns at once: nothing is done in Python for a row.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from braid.facts import columns, registry
from braid.facts.schema import TABLES, Column, Type

BATCH = 50_000
CASTS: Mapping[Type, str] = {
    "id": "CAST({0} AS TEXT)",
    "code": "NULLIF(CAST({0} AS TEXT), '')",  # the record keeps an unknown word empty
    "text": "NULLIF(CAST({0} AS TEXT), '')",
    "day": "CAST({0} AS TEXT)",
    "number": "CAST({0} AS BIGINT)",
    "amount": "CAST({0} AS TEXT)",
    "truth": "CAST({0} AS INTEGER)",
}
ARRIVES_AS = {"number": pa.int64(), "truth": pa.int64()}
# Of which days of the facts the calendar is asked: those on which something happened.
TOLD_BY = {
    "episodes": ("referred_on", "accepted_on", "exited_on"),
    "contacts": ("day",),
}
# A reader that sees one moment and blocks nobody.
BEGIN = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


def extract(
    units: Collection[UUID] | None, without: Collection[UUID] = ()
) -> dict[str, pa.Table]:
    """Return the facts of some units, or of all, as the record stands this moment.

    The caller has asked the policy; `without` are the applicants who do not exist for
    whoever asks. Of organisations, teams and staff only those are in it that some other
    row names.
    """
    with one_moment():
        return gathered(stream(units, without))


def gathered(
    stream: Iterable[tuple[str, Iterator[pa.RecordBatch]]],
) -> dict[str, pa.Table]:
    """Return the tables that a stream brings."""
    return {
        name: pa.Table.from_batches(batches, columns.arrow_schema(name))
        for name, batches in stream
    }


def stream(
    units: Collection[UUID] | None, without: Collection[UUID] = ()
) -> Iterator[tuple[str, Iterator[pa.RecordBatch]]]:
    """Yield each table with its batches; what names others comes before them.

    What is made from what the others tell comes last; a table's batches are to be read
    before the next one is asked for.
    """
    named = Named(units)
    told = registry.Told()
    for name in reversed(tuple(TABLES)):
        if registry.maker(name) is None:
            batches = drawn_of(name, registry.queries(name, units), without)
            kept = batches if units is None else named.among(name, batches)
            yield name, _noting(told, name, kept)
    for name in TABLES:
        if make := registry.maker(name):
            yield name, iter(make(told))


def _noting(
    told: registry.Told, name: str, batches: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Pass batches on and note what they tell of."""
    for batch in batches:
        note(told, name, batch)
        yield batch


def note(told: registry.Told, name: str, rows: pa.RecordBatch | pa.Table) -> None:
    """Note the countries and years that rows of a table tell of."""
    if name == "organisations":
        told.countries.update(rows["country"].unique().to_pylist())
    for day in TOLD_BY.get(name, ()):
        told.years.update(years_of(rows[day]))


def years_of(days: pa.Array | pa.ChunkedArray) -> set[int]:
    """Return the years of days; of one that is not known there is none."""
    return set(pc.unique(pc.year(days)).drop_null().to_pylist())


@contextmanager
def one_moment() -> Iterator[None]:
    """Read what follows as of one moment, without holding up those who write."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def drawn_of(
    name: str,
    queries: Iterable[QuerySet[Any]],
    without: Collection[UUID] = (),
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table that queries give."""
    for rows in queries:
        yield from _drawn(name, rows, without)


def statement(name: str, query: str) -> str:
    """Return the SQL that draws a table by the SQL of a query of it."""
    table = TABLES[name]
    cells = ", ".join(
        CASTS[column.type].format(column.name) for column in table.columns
    )
    names = ", ".join(table.names)
    return f"WITH drawn ({names}) AS ({query}) SELECT {cells} FROM drawn"  # noqa: S608


def _drawn(
    name: str, rows: QuerySet[Any], without: Collection[UUID]
) -> Iterator[pa.RecordBatch]:
    about = getattr(rows.model, "applicant_path", "")
    if without and about:
        rows = rows.exclude(**{f"{about}__in": without})
    try:
        query, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    table = TABLES[name]
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement(name, query), parameters)
        while drawn := cursor.fetchmany(BATCH):
            arrays = [
                _column(column, values)
                for column, values in zip(
                    table.columns, zip(*drawn, strict=True), strict=True
                )
            ]
            yield pa.record_batch(arrays, schema=columns.arrow_schema(name))


def _column(column: Column, values: tuple[Any, ...]) -> pa.Array:
    array = pa.array(values, ARRIVES_AS.get(column.type, pa.string()))
    if column.type == "id":
        return _hyphened(array)
    return array.cast(columns.ARROW_TYPES[column.type])


def _hyphened(ids: pa.Array) -> pa.Array:
    """Return ids as Python writes them; SQLite keeps them without their hyphens."""
    return pc.replace_substring_regex(
        ids, "^(.{8})(.{4})(.{4})(.{4})(.{12})$", r"\1-\2-\3-\4-\5"
    )


class Named:
    """The organisations, teams and staff that rows met so far name."""

    def __init__(self, units: Collection[UUID] | None) -> None:
        self._ids: dict[str, set[str]] = {
            name: set()
            for name, table in TABLES.items()
            if len(table.key) == 1 and "unit_id" not in table.names
        }
        self._ids["teams"].update(str(unit) for unit in units or ())

    def among(
        self, name: str, batches: Iterator[pa.RecordBatch]
    ) -> Iterator[pa.RecordBatch]:
        """Yield the batches of a table, without rows that nobody names."""
        if name not in self._ids:
            for batch in batches:
                self.note(name, batch)
                yield batch
            return
        rows = list(batches)
        (key,) = TABLES[name].key
        before = -1
        kept = rows
        while len(self._ids[name]) > before:  # one may name another of the same table
            before = len(self._ids[name])
            wanted = pa.array(sorted(self._ids[name]), pa.string())
            kept = [batch.filter(pc.is_in(batch[key], wanted)) for batch in rows]
            for batch in kept:
                self.note(name, batch)
        yield from kept

    def note(self, name: str, batch: pa.RecordBatch) -> None:
        """Note whom the rows of a table name."""
        for column in TABLES[name].columns:
            if column.refers in self._ids:
                self.add(column.refers, batch[column.name].unique())

    def add(self, name: str, ids: pa.Array | pa.ChunkedArray) -> None:
        """Note that these of a table are named."""
        if name in self._ids:
            self._ids[name].update(ids.drop_null().to_pylist())
