"""The engine that answers about facts: DuckDB in memory, and connections to it.

It can reach neither files nor network. A connection belongs to one thread at a time,
and the tables registered with it are seen by it alone.

Planning a statement takes the engine three times as long as answering it when facts are
few. A `Stand` therefore keeps its connection with the statements planned: facts are put
on it, asked, and taken off again. Many facts are better scanned from a connection of
their own, where the engine knows how many they are.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from types import MappingProxyType
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from braid.facts import columns
from braid.facts.schema import TABLES

CONFIGURATION = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "python_enable_replacements": "false",
}
ASKED = "asked"
FEW = 100_000  # rows of all tables together that a stand is for
MEMORY = "3GB"  # of a connection beside files
# So many rows are gone through for each of many: sorting the many takes far longer.
PERIODS = 100
# Reads the files once for each of a dozen ranges of a key where they could be read once.
WORSE = "partitioned_execution"
KEPT = 8  # stands of a process, at most
PLANNED = 200  # statements of a stand, at most
_opening = Lock()


@cache
def _aside() -> str:
    """Return where the engine lays what memory does not hold: for this account alone.

    Left to itself it would be a folder beside whatever the process was started in.
    """
    folder = mkdtemp(prefix="braid-facts-")
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


def _configured(threads: int) -> dict[str, str | bool | int | float | list[str]]:
    return {
        **CONFIGURATION,
        "threads": str(threads),
        "temp_directory": _aside(),
    }


@cache
def _database(threads: int) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config=_configured(threads))


def connect(threads: int = 2) -> duckdb.DuckDBPyConnection:
    """Return a new connection of this process, without any table."""
    with _opening:
        return _database(threads).cursor()


def connect_beside(
    files: Iterable[Path], threads: int = 2
) -> duckdb.DuckDBPyConnection:
    """Return a connection of its own that reaches these files and nothing else.

    Parquet that the engine reads itself is scanned a column and a row group at a time:
    many times faster than through Arrow, and in little memory.
    """
    free = _configured(threads)
    del free["enable_external_access"]  # only once the paths are named
    connection = duckdb.connect(":memory:", config=free)
    paths = ", ".join(quoted(path) for path in files)
    connection.execute(
        f"SET allowed_paths = [{paths}]; SET enable_external_access = false; "
        f"SET nested_loop_join_threshold = {PERIODS}; SET memory_limit = '{MEMORY}'; "
        f"SET disabled_optimizers = '{WORSE}'; "
        # What a file says of itself is read once: nothing in a folder is written again.
        "SET parquet_metadata_cache = true; "
        "SET lock_configuration = true"
    )
    return connection


def quoted(path: Path) -> str:
    """Return a path as SQL has it."""
    return "'" + str(path.resolve()).replace("'", "''") + "'"


class Engine(Protocol):
    """What answers about one set of facts, until it is closed."""

    @property
    def dialect(self) -> str:
        """The SQL that it is spoken to in, by Ibis's name for it."""

    def rows(self, sql: str, asked: pa.Table | None) -> list[dict[str, Any]]:
        """Return the rows of a statement, asked for these periods."""

    def table(self, name: str) -> pa.Table:
        """Return one table."""

    def close(self) -> None:
        """Give back what it holds."""


def _rows_of(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Own:
    """A connection for one set of facts, closed with it.

    `later` are statements by the names of tables, each run when its table is first
    asked for: binding every file of a snapshot takes longer than most figures.
    """

    dialect = "duckdb"

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        later: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._connection = connection
        self._later = dict(later)

    def _bring(self, sql: str) -> None:
        """Bring the tables that a statement may name."""
        for name in [name for name in self._later if name in sql]:
            self._connection.execute(self._later.pop(name))

    def rows(self, sql: str, asked: pa.Table | None) -> list[dict[str, Any]]:
        """Return the rows of a statement."""
        self._bring(sql)
        if asked is not None:
            self._connection.register(ASKED, asked)
        return _rows_of(self._connection.execute(sql))

    def table(self, name: str) -> pa.Table:
        """Return one table."""
        self._bring(name)
        found: pa.Table = self._connection.sql(f'FROM "{name}"').to_arrow_table()
        return found

    def close(self) -> None:
        self._connection.close()


class _Holder:
    """A table that the engine reads anew for every statement."""

    def __init__(self, empty: pa.Table) -> None:
        self.empty = self.table = empty

    def __arrow_c_schema__(self) -> object:
        return self.table.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


class Stand:
    """A connection with planned statements, for one set of facts after another."""

    dialect = "duckdb"

    def __init__(self) -> None:
        # For few facts a second thread costs more than it brings.
        self._connection = connect(threads=1)
        self._holders = {name: _Holder(columns.empty(name)) for name in TABLES}
        self._holders[ASKED] = _Holder(columns.ASKED.empty_table())
        self._planned: dict[str, str] = {}
        for name, holder in self._holders.items():
            self._connection.register(name, holder)

    def put(self, tables: Mapping[str, pa.Table]) -> None:
        """Put facts on the stand."""
        for name, table in tables.items():
            self._holders[name].table = table

    def rows(self, sql: str, asked: pa.Table | None) -> list[dict[str, Any]]:
        """Return the rows of a statement."""
        if asked is not None:
            self._holders[ASKED].table = asked
        if sql not in self._planned:
            if len(self._planned) == PLANNED:
                return _rows_of(self._connection.execute(sql))
            name = f"planned_{len(self._planned)}"
            self._connection.execute(f"PREPARE {name} AS {sql}")
            self._planned[sql] = name
        return _rows_of(self._connection.execute(f"EXECUTE {self._planned[sql]}"))

    def table(self, name: str) -> pa.Table:
        """Return one table."""
        return self._holders[name].table

    def close(self) -> None:
        """Take the facts off and keep the stand for the next."""
        for holder in self._holders.values():
            holder.table = holder.empty
        with _opening:
            if len(_stands) < KEPT:
                _stands.append(self)
                return
        self._connection.close()


_stands: list[Stand] = []


@atexit.register
def _leave() -> None:
    """Let go of what is kept, which DuckDB would complain of as the process ends."""
    _stands.clear()
    _database.cache_clear()


def for_tables(tables: Mapping[str, pa.Table]) -> Own | Stand:
    """Return what answers about these tables; those not given are empty."""
    if sum(table.num_rows for table in tables.values()) <= FEW:
        with _opening:
            stand = _stands.pop() if _stands else None
        stand = stand or Stand()
        stand.put(tables)
        return stand
    connection = connect()
    for name in TABLES:
        rows = tables.get(name)
        connection.register(name, columns.empty(name) if rows is None else rows)
    return Own(connection)
