"""The schema of the facts in Arrow's terms."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from braid.facts.schema import TABLES, Type

ARROW_TYPES: Mapping[Type, pa.DataType] = {
    "id": pa.string(),
    "code": pa.string(),
    "text": pa.string(),
    "day": pa.date32(),
    "number": pa.int64(),
    "amount": pa.decimal128(18, 4),
    "truth": pa.bool_(),
}
ASKED = pa.schema(
    [
        pa.field("period", pa.string(), nullable=False),
        pa.field("first_day", pa.date32(), nullable=False),
        pa.field("last_day", pa.date32(), nullable=False),
        pa.field("as_of", pa.date32(), nullable=False),
    ]
)
"""The periods that a word is asked for: both days inside, nothing known after `as_of`."""


@cache
def arrow_schema(table: str) -> pa.Schema:
    """Return the columns of a table of facts; only optional ones may be null."""
    return pa.schema(
        pa.field(column.name, ARROW_TYPES[column.type], nullable=column.optional)
        for column in TABLES[table].columns
    )


def empty(table: str) -> pa.Table:
    """Return a table of facts without a row."""
    return arrow_schema(table).empty_table()


def table_from_columns(table: str, columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    """Return a table of facts from its columns; optional ones left out are null.

    Raises KeyError where a column that must be there is not given.
    """
    schema = arrow_schema(table)
    length = len(next(iter(columns.values()), ()))
    arrays = [
        pa.nulls(length, field.type)
        if field.nullable and field.name not in columns
        else pa.array(columns[field.name], field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def table_from_rows(
    table: str, rows: Iterable[Sequence[Any]], columns: Sequence[str] | None = None
) -> pa.Table:
    """Return a table of facts from rows in the order of `columns`, else of the schema."""
    names = columns or TABLES[table].names
    turned = list(zip(*rows, strict=True)) or [()] * len(names)
    return table_from_columns(table, dict(zip(names, turned, strict=True)))


def table_from_dicts(table: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return a table of facts from mappings; an optional value left out is null."""
    names = TABLES[table].names
    return table_from_rows(table, [[row.get(name) for name in names] for row in rows])
