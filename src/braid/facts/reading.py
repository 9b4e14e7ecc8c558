"""A set of facts that can be asked. Imports no Django: a notebook may use it.

A set belongs to one thread, and gives back what answered about it when it is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import pyarrow as pa

from braid.facts import columns
from braid.facts.engine import Engine, Own, for_tables
from braid.facts.faults import FactsFaults, Violation
from braid.facts.keeping import Held, compiled
from braid.facts.schema import TABLES, Type

if TYPE_CHECKING:
    import ibis

T = TypeVar("T")
IBIS_TYPES: Mapping[Type, str] = {
    "id": "string",
    "code": "string",
    "text": "string",
    "day": "date",
    "number": "int64",
    "amount": "decimal(18, 4)",
    "truth": "boolean",
}


@cache
def tables() -> Mapping[str, ibis.Table]:
    """Return the tables of the facts as Ibis tables bound to no engine."""
    import ibis

    return MappingProxyType(
        {
            name: ibis.table({c.name: IBIS_TYPES[c.type] for c in table.columns}, name)
            for name, table in TABLES.items()
        }
    )


@cache
def asked_table() -> ibis.Table:
    """Return the table of the periods asked for, bound to no engine."""
    import ibis

    days = dict.fromkeys(("first_day", "last_day", "as_of"), "date")
    return ibis.table({"period": "string", **days}, "asked")


class Facts:
    """A set of facts as they were known on `as_of`."""

    def __init__(
        self,
        engine: Engine,
        *,
        as_of: date,
        snapshot: str | None = None,
    ) -> None:
        self._engine = engine
        self._is_closed = False
        # What many words share is worth keeping where facts are many.
        self._held = Held() if isinstance(engine, Own) else None
        self.as_of = as_of
        self.snapshot = snapshot

    @classmethod
    def of(
        cls,
        tables: Mapping[str, pa.Table],
        *,
        as_of: date,
        snapshot: str | None = None,
    ) -> Self:
        """Return the facts in `tables`; those not given are empty.

        Raises FactsFaults where a table is none of the schema, or not as it is there.
        """
        faults = [fault for name in tables for fault in _misfit(name, tables[name])]
        if faults:
            raise FactsFaults(faults)
        return cls(for_tables(tables), as_of=as_of, snapshot=snapshot)

    @classmethod
    def read(cls, folder: Path | str, *, as_of: date | None = None) -> Facts:
        """Return the facts in a folder of `<table>.parquet` or `<table>.csv`.

        `as_of` may be left out where a manifest.json says it. A missing table is empty,
        a missing optional column null. Raises FactsFaults with all that is wrong.
        """
        from braid.facts import foreign

        return foreign.read(folder, as_of=as_of)

    @property
    def dialect(self) -> str:
        """The SQL that `run_sql` takes: `duckdb`, or that of another engine."""
        return self._engine.dialect

    @property
    def keeps(self) -> bool:
        """Say whether `run_sql` takes statements that name parts; see `keeping`."""
        return self._held is not None

    @property
    def tables(self) -> Mapping[str, ibis.Table]:
        """The tables as words are given them: by name, bound to no engine."""
        return tables()

    @property
    def units(self) -> list[str]:
        """The ids of the IPS units that these facts are about, in order."""
        found = self.run_sql(
            "SELECT unit_id FROM episodes UNION "
            "SELECT team_id FROM teams WHERE kind = 'ips_unit' ORDER BY 1"
        )
        return [row["unit_id"] for row in found]

    def table(self, name: str) -> pa.Table:
        """Return one table."""
        return self._engine.table(name).cast(columns.arrow_schema(name))

    def derived(self, name: str) -> pa.Table:
        """Return `work_spells` or `job_weeks`, which follow from the tables."""
        from braid.facts import derived

        return derived.table(self, name)

    def rows(
        self, expression: ibis.Table, asked: pa.Table | None = None
    ) -> list[dict[str, Any]]:
        """Return the rows of an expression over `tables`, for the periods `asked`."""
        return self.run_sql(compiled(expression, self.dialect), asked)

    def run_sql(self, sql: str, asked: pa.Table | None = None) -> list[dict[str, Any]]:
        """Return the rows of an expression that was compiled before, for `dialect`."""
        for statement in self._held.before(sql, asked) if self._held else ():
            self._engine.rows(statement, asked)
        return self._engine.rows(sql, asked)

    def remembered(self, what: Hashable, work: Callable[[], T]) -> T:
        """Return what `work` comes to; facts that are fresh may know it, see `fresh`."""
        return work()

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _misfit(name: str, table: pa.Table) -> list[Violation]:
    if name not in TABLES:
        known = ", ".join(TABLES)
        sentence = f"There is no table '{name}' in the facts. Known are {known}."
        return [Violation(name, "", "unknown_table", "error", sentence)]
    wanted = columns.arrow_schema(name)
    if table.schema.equals(wanted):
        return []
    sentence = (
        f"The columns of '{name}' are {_shown(table.schema)}. "
        f"Expected {_shown(wanted)}."
    )
    return [Violation(name, "", "wrong_columns", "error", sentence)]


def _shown(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {field.type}" for field in schema)
