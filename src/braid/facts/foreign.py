"""Facts in a folder: Parquet or CSV files named by their tables.

What can be read is read, and everything that is wrong with the rest is said: nobody
should have to mend a set of facts fault by fault. Values are never repeated in a
sentence, for a column in the wrong place may hold anything.
"""

from codecs import iterdecode
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from braid.facts import cells, checking, columns, manifest, parts
from braid.facts.engine import FEW, Own, connect_beside, for_tables, quoted
from braid.facts.faults import FactsFaults, Violation
from braid.facts.reading import Facts
from braid.facts.schema import TABLES, VERSION, Column, Table, Type

SUFFIXES = (".parquet", ".csv")
PIECE = 1024**2  # bytes
SHOWN = 100  # cells of one column; the rest is counted


def read(folder: Path | str, *, as_of: date | None = None) -> Facts:
    """Return the facts in a folder. Raises FactsFaults with all that is wrong."""
    facts, faults = open_folder(folder, as_of=as_of)
    if facts is not None:
        faults += checking.values(facts)
    if facts is not None and not faults:
        return facts
    if facts is not None:
        facts.close()
    raise FactsFaults(faults)


def open_folder(
    folder: Path | str, *, as_of: date | None = None
) -> tuple[Facts | None, list[Violation]]:
    """Return what can be read of the facts in a folder, and what cannot.

    None stands for facts of which nothing can be read, or of which no day is known.
    """
    place = Path(folder)
    if not place.is_dir():
        return None, [_fault("", "no_folder", f"There is no folder '{place.name}'.")]
    stated, faults = _manifest(place, as_of)
    files, misnamed = _files(place)
    faults += misnamed
    if not files:
        sentence = (
            "The folder holds no table of facts. Expected files such as "
            "episodes.parquet or episodes.csv."
        )
        return None, [*faults, _fault("", "no_table", sentence)]
    parquet = [path for path in files.values() if path.suffix.casefold() != ".csv"]
    connection = connect_beside(file for path in parquet for file in parts.of(path))
    later: dict[str, str] = {}
    for name, table in TABLES.items():
        path = files.get(name)
        if path is None:
            connection.register(name, columns.empty(name))
        elif stated and parts.are_exact(path, columns.arrow_schema(name)):
            later[name] = f"CREATE TEMP VIEW {name} AS FROM {_scan(path)}"
        elif path.suffix.casefold() == ".csv":
            faults += _open_csv(connection, table, path)
        else:
            faults += _open_parquet(connection, table, path)
    day = as_of or (stated.as_of if stated else None)
    if day is None:
        connection.close()
        return None, faults
    snapshot = stated.snapshot if stated else None
    return Facts(Own(connection, later), as_of=day, snapshot=snapshot), faults


def in_memory(folder: Path) -> Facts | None:
    """Return the facts of a frozen set of few rows, read whole; else None.

    An engine that stands ready has its statements planned: beside files each is planned
    anew, which takes many times as long as answering it.
    """
    stated, faults = _manifest(folder, None)
    if faults or stated is None or sum(stated.rows.values()) > FEW:
        return None
    for name in TABLES:
        place = folder / f"{name}{parts.SUFFIX}"
        if not parts.are_exact(place, columns.arrow_schema(name)):
            return None
    tables = {name: parts.read(folder, name) for name in TABLES}
    return Facts(for_tables(tables), as_of=stated.as_of, snapshot=stated.snapshot)


def _fault(table: str, rule: str, sentence: str, key: str = "") -> Violation:
    return Violation(table, key, rule, "error", sentence)


def _manifest(
    folder: Path, as_of: date | None
) -> tuple[manifest.Manifest | None, list[Violation]]:
    try:
        found = manifest.read(folder)
    except manifest.NoManifest as wrong:
        return None, [_fault("", "wrong_manifest", str(wrong))]
    if found is None and as_of is None:
        sentence = (
            "Nothing says of which day these facts are. Give the day, or put a "
            "manifest.json with as_of beside them."
        )
        return None, [_fault("", "no_day", sentence)]
    if found is not None and found.schema != VERSION:
        sentence = (
            f"These facts follow schema {found.schema}. This Braid reads {VERSION}."
        )
        return found, [_fault("", "other_schema", sentence)]
    return found, []


def _files(folder: Path) -> tuple[dict[str, Path], list[Violation]]:
    files: dict[str, Path] = {}
    faults = []
    for path in sorted(folder.iterdir()):
        name = path.stem.casefold()
        if path.suffix.casefold() not in SUFFIXES:
            continue
        if name not in TABLES:
            known = ", ".join(TABLES)
            sentence = f"'{path.name}' is no table of facts. Known are {known}."
            faults.append(_fault(path.stem, "unknown_table", sentence))
        elif name in files:
            sentence = (
                f"'{files[name].name}' and '{path.name}' are one table. "
                "Keep one of them."
            )
            faults.append(_fault(name, "table_twice", sentence))
        else:
            files[name] = path
    return files, faults


def _headings(table: Table, names: Sequence[str]) -> Iterator[Violation]:
    """Say what is wrong with the columns that a file has."""
    known = ", ".join(table.names)
    for name in dict.fromkeys(names):
        if name not in table.names:
            sentence = f"{table.name} has no column '{name}'. Known are {known}."
            yield _fault(table.name, "unknown_column", sentence, name)
        elif names.count(name) > 1:
            sentence = f"{table.name}.{name} is there more than once. Keep one of them."
            yield _fault(table.name, "column_twice", sentence, name)
    for column in table.columns:
        if not column.optional and column.name not in names:
            sentence = (
                f"{table.name} lacks the column '{column.name}', which must be there."
            )
            yield _fault(table.name, "missing_column", sentence, column.name)


def _open_csv(
    connection: duckdb.DuckDBPyConnection, table: Table, path: Path
) -> list[Violation]:
    faults: list[Violation] = []
    try:
        _must_be_utf8(path)
        given = _texts(table, path, faults)
    except (pa.ArrowInvalid, UnicodeDecodeError, OSError):
        sentence = (
            f"{path.name} cannot be read as CSV. Expected UTF-8 with commas and a "
            "heading of column names."
        )
        connection.register(table.name, columns.empty(table.name))
        return [*faults, _fault(table.name, "unreadable", sentence)]
    faults += _headings(table, given.column_names)
    arrays = []
    for column in table.columns:
        if given.column_names.count(column.name) != 1:
            arrays.append(pa.nulls(given.num_rows, columns.ARROW_TYPES[column.type]))
            continue
        values, wrong = cells.read(column, given[column.name])
        faults += _wrong_cells(table, column, wrong)
        arrays.append(values)
    # Nulls where none may be are told by `checking.values`, not refused by Arrow.
    connection.register(table.name, pa.table(arrays, names=list(table.names)))
    return faults


def _must_be_utf8(path: Path) -> None:
    """Raise UnicodeDecodeError; Arrow would rather print one than raise it."""
    with path.open("rb") as file:
        pieces = iter(partial(file.read, PIECE), b"")
        for _text in iterdecode(pieces, "utf-8"):
            pass


def _texts(table: Table, path: Path, faults: list[Violation]) -> pa.Table:
    """Return a CSV with every cell as a text; rows of another length are faults."""

    def skip(row: pyarrow.csv.InvalidRow) -> str:
        sentence = (
            f"{table.name}: a row has {row.actual_columns} cells. "
            f"Expected {row.expected_columns}, as in the heading."
        )
        key = f"line {row.number}" if row.number else ""
        faults.append(_fault(table.name, "wrong_row", sentence, key))
        return "skip"

    return pyarrow.csv.read_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(use_threads=False),
        parse_options=pyarrow.csv.ParseOptions(
            newlines_in_values=True, invalid_row_handler=skip
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(table.names, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _wrong_cells(
    table: Table, column: Column, rows: Sequence[int]
) -> Iterator[Violation]:
    expected = cells.EXPECTED[column.type]
    for row in rows[:SHOWN]:
        sentence = f"{table.name}.{column.name}, row {row}: expected {expected}."
        yield _fault(table.name, "wrong_type", sentence, f"row {row}")
    if len(rows) > SHOWN:
        sentence = (
            f"{table.name}.{column.name}: {len(rows) - SHOWN} further cells are not "
            f"{expected}."
        )
        yield _fault(table.name, "wrong_type", sentence, column.name)


def _open_parquet(
    connection: duckdb.DuckDBPyConnection, table: Table, path: Path
) -> list[Violation]:
    try:
        first, *_ = parts.of(path) or [path]
        given = pyarrow.parquet.read_schema(first)
        # The files are scanned when they are asked for: they need not fit in memory.
        connection.execute(f"CREATE TEMP VIEW given_{table.name} AS FROM {_scan(path)}")
    except (pa.ArrowInvalid, OSError, duckdb.Error):
        connection.register(table.name, columns.empty(table.name))
        sentence = f"{path.name} cannot be read as Parquet."
        return [_fault(table.name, "unreadable", sentence)]
    faults = list(_headings(table, given.names))
    chosen = []
    for column in table.columns:
        kept = "NULL"
        if given.names.count(column.name) == 1:
            kind = given.field(column.name).type
            misfits = _misfits(connection, table, column, kind)
            is_empty = bool(misfits) or pa.types.is_null(kind)
            kept = "NULL" if is_empty else _taken(column)
            faults += misfits
        chosen.append(f"CAST({kept} AS {SQL_TYPES[column.type]}) AS {column.name}")
    select = f"SELECT {', '.join(chosen)} FROM given_{table.name}"  # noqa: S608
    connection.execute(f"CREATE TEMP VIEW {table.name} AS {select}")
    return faults


def _scan(path: Path) -> str:
    """Return the SQL that reads a table from its files."""
    return f"read_parquet([{', '.join(quoted(file) for file in parts.of(path))}])"


def _taken(column: Column) -> str:
    """Return a column as it is taken: codes without line ends that they carry."""
    name = f'"{column.name}"'
    if not column.codes:
        return name
    return f"rtrim(CAST({name} AS VARCHAR), chr(13) || chr(10))"


def _misfits(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    column: Column,
    given: pa.DataType,
) -> list[Violation]:
    """Return why a column of Parquet cannot be one of the schema."""
    if not _fits(column.type, given):
        wanted = columns.ARROW_TYPES[column.type]
        sentence = f"{table.name}.{column.name} holds {given}. Expected {wanted}."
        return [_fault(table.name, "wrong_type", sentence, column.name)]
    if given == columns.ARROW_TYPES[column.type] or not _is_number(given):
        return []
    name, kind = column.name, SQL_TYPES[column.type]
    found = connection.execute(
        f"SELECT row FROM (SELECT {name}, row_number() OVER () AS row "  # noqa: S608
        f"FROM given_{table.name}) "
        f"WHERE {name} IS NOT NULL AND TRY_CAST({name} AS {kind}) IS NULL"
    )
    return list(_wrong_cells(table, column, [row for (row,) in found.fetchall()]))


def _is_number(given: pa.DataType) -> bool:
    return bool(pa.types.is_floating(given) or pa.types.is_integer(given))


SQL_TYPES: dict[Type, str] = {
    "id": "VARCHAR",
    "code": "VARCHAR",
    "text": "VARCHAR",
    "day": "DATE",
    "number": "BIGINT",
    "amount": "DECIMAL(18, 4)",
    "truth": "BOOLEAN",
}


def _fits(wanted: Type, given: pa.DataType) -> bool:
    """Say whether the values of a Parquet type can be those of the schema's type."""
    if pa.types.is_dictionary(given):
        given = given.value_type
    if pa.types.is_null(given):
        return True
    match wanted:
        case "day":
            return bool(pa.types.is_date(given))
        case "number":
            return bool(pa.types.is_integer(given))
        case "amount" if pa.types.is_decimal(given):
            return bool(given.scale <= 4 and given.precision - given.scale <= 14)
        case "amount":
            return bool(pa.types.is_integer(given) or pa.types.is_floating(given))
        case "truth":
            return bool(pa.types.is_boolean(given))
        case _:
            return bool(pa.types.is_string(given) or pa.types.is_large_string(given))
