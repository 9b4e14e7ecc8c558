"""Tables of facts with rows laid over them, and a plan on its way over them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc

from braid.exchange.commands import values
from braid.exchange.commands.values import Ids
from braid.exchange.roster.plan import Plan
from braid.facts.columns import empty, table_from_columns
from braid.facts.numbering import numbered
from braid.facts.schema import TABLES, Column

Row = dict[str, Any]
VISITS = "employer_contacts"


class Overlay:
    """Present facts, less the rows that were taken out, and the rows laid over them.

    The first column of a table names the record that its rows are of.
    """

    def __init__(self, present: Mapping[str, pa.Table]) -> None:
        self._present = {name: present.get(name, empty(name)) for name in TABLES}
        self._laid: dict[str, list[Row]] = {name: [] for name in TABLES}

    def lay(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows; what they hold beside the columns of the table is left out."""
        self._laid[table].extend(rows)

    def present(self, table: str) -> list[Row]:
        """Return the rows that are there and were not taken out."""
        rows: list[Row] = self._present[table].to_pylist()
        return rows

    def take(self, table: str, records: Collection[object]) -> dict[str, list[Row]]:
        """Take the rows of these records out and return them, by record."""
        if not records:
            return {}
        rows, name = self._present[table], TABLES[table].names[0]
        keys = pa.array([str(record) for record in records], pa.string())
        is_taken = pc.is_in(rows[name], value_set=keys)
        self._present[table] = rows.filter(pc.invert(is_taken))
        found: dict[str, list[Row]] = {}
        for row in rows.filter(is_taken).to_pylist():
            found.setdefault(row[name], []).append(row)
        return found

    def tables(self) -> dict[str, pa.Table]:
        """Return every table as it stands, what was there first."""
        tables = {
            name: pa.concat_tables([rows, _table(name, self._laid[name])])
            for name, rows in self._present.items()
        }
        return tables | {VISITS: numbered(tables[VISITS])}


@dataclass(slots=True)
class Laying:
    """A plan on its way over the facts of a unit: what has an id by now."""

    plan: Plan
    over: Overlay
    unit: UUID
    organisation: UUID
    numbers: Iterator[int]
    ids: Ids
    names: dict[str, str] = field(default_factory=dict)

    def new_id(self) -> UUID:
        """Return an id for a record that is not made yet, the same at every planning."""
        return UUID(int=next(self.numbers))

    def rows(self, kind: str, does: str) -> list[Any]:
        return values.rows_that(self.plan, kind, does)


def told(table: str, new: object) -> Row:
    """Return what a new row of a room says in the columns of a table."""
    names = TABLES[table].names
    return {name: getattr(new, name) for name in names if hasattr(new, name)}


def _table(name: str, rows: list[Row]) -> pa.Table:
    columns = TABLES[name].columns
    return table_from_columns(
        name, {column.name: _values(column, rows) for column in columns}
    )


def _values(column: Column, rows: list[Row]) -> list[Any]:
    """Return a column as facts hold it: ids as text, nothing where a text is empty."""
    values = [row.get(column.name) for row in rows]
    if column.type == "id":
        return [str(value) if isinstance(value, UUID) else value for value in values]
    if column.type in ("code", "text"):
        return [value or None for value in values]
    return values
