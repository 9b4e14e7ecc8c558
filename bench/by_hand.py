"""One measure written by hand, time in the community: for DuckDB, pandas, PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

COLUMNS = {
    "staff_teams": ("staff_id", "team_id", "role", "first_day", "last_day"),
    "contacts": ("unit_id", "staff_id", "day", "minutes", "mode", "place", "attended"),
}
OUTSIDE = ("community", "employer_site", "home", "job_centre")
# Grouped, as ours is: by unit and specialist.
SQL = """
    SELECT sum(community) AS community, sum(in_person) AS in_person FROM (
        SELECT contacts.unit_id, contacts.staff_id,
               sum(CASE WHEN place IN ({outside}) THEN minutes ELSE 0 END) AS community,
               sum(minutes) AS in_person
        FROM contacts JOIN (
            SELECT DISTINCT staff_id, team_id FROM staff_teams
            WHERE role = 'specialist' AND first_day <= DATE '{last}'
              AND (last_day IS NULL OR last_day >= DATE '{first}')
        ) AS posts
          ON contacts.staff_id = posts.staff_id AND contacts.unit_id = posts.team_id
        WHERE attended AND mode = 'in_person'
          AND day BETWEEN DATE '{first}' AND DATE '{last}'
        GROUP BY 1, 2
    ) AS grouped
"""


def _sql(first: date, last: date) -> str:
    outside = ", ".join(f"'{code}'" for code in OUTSIDE)
    return SQL.format(outside=outside, first=first, last=last)


class Duck:
    """SQL by hand, over the files of the snapshot or over tables of DuckDB's own."""

    def __init__(self, connection: Any, first: date, last: date) -> None:
        self._connection, self._sql = connection, _sql(first, last)

    def __call__(self) -> tuple[int, int]:
        found = self._connection.execute(self._sql).fetchone()
        return int(found[0] or 0), int(found[1] or 0)

    @classmethod
    @contextmanager
    def over_files(cls, folder: Path, first: date, last: date) -> Iterator[Duck]:
        """Yield the way that reads the Parquet each time."""
        with _duckdb(folder, "VIEW", "*") as connection:
            yield cls(connection, first, last)

    @classmethod
    @contextmanager
    def over_tables(cls, folder: Path, first: date, last: date) -> Iterator[Duck]:
        """Yield the way that has what it needs in memory, as tables."""
        with _duckdb(folder, "TABLE") as connection:
            yield cls(connection, first, last)


@contextmanager
def _duckdb(folder: Path, kind: str, columns: str = "") -> Iterator[Any]:
    import duckdb

    with duckdb.connect(":memory:", config={"threads": "2"}) as connection:
        for table, names in COLUMNS.items():
            connection.execute(
                f"CREATE {kind} {table} AS SELECT {columns or ', '.join(names)} "
                f"FROM read_parquet('{folder / table}.parquet')"
            )
        yield connection


class Pandas:
    """The same with data frames that are in memory; texts as categories."""

    def __init__(self, folder: Path, first: date, last: date) -> None:
        import pyarrow.parquet

        frames = {}
        for table, names in COLUMNS.items():
            texts = [n for n in names if n.endswith("_id") or n in ("mode", "place")]
            read = pyarrow.parquet.read_table(
                folder / f"{table}.parquet", columns=list(names), read_dictionary=texts
            )
            frames[table] = read.to_pandas(date_as_object=False, self_destruct=True)
        self._frames = frames
        self._first, self._last = str(first), str(last)

    def __call__(self) -> tuple[int, int]:
        posts, contacts = self._frames["staff_teams"], self._frames["contacts"]
        held = posts[
            (posts["role"] == "specialist")
            & (posts["first_day"] <= self._last)
            & (posts["last_day"].isna() | (posts["last_day"] >= self._first))
        ][["staff_id", "team_id"]].drop_duplicates()
        kept = contacts[
            contacts["attended"].eq(True)
            & (contacts["mode"] == "in_person")
            & contacts["day"].between(self._first, self._last)
        ]
        found = kept.merge(
            held, left_on=["staff_id", "unit_id"], right_on=["staff_id", "team_id"]
        )
        found["community"] = found["minutes"].where(found["place"].isin(OUTSIDE), 0)
        sums = found.groupby(["unit_id", "staff_id"], observed=True)[
            ["community", "minutes"]
        ].sum()
        return int(sums["community"].sum()), int(sums["minutes"].sum())


class Postgres:
    """The same on a server that was filled once; its tables go with the connection."""

    def __init__(self, address: str, folder: Path, first: date, last: date) -> None:
        self._address, self._folder = address, folder
        self._sql = _sql(first, last)

    def __enter__(self) -> Postgres:
        import psycopg

        self._connection = psycopg.connect(self._address, autocommit=True)
        for table in COLUMNS:
            self._fill(table)
        return self

    def _fill(self, table: str) -> None:
        import pyarrow.csv
        import pyarrow.parquet

        names = COLUMNS[table]
        kinds = {"day": "date", "first_day": "date", "last_day": "date"}
        kinds |= {"minutes": "integer", "attended": "boolean"}
        columns = ", ".join(f"{name} {kinds.get(name, 'text')}" for name in names)
        self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        self._connection.execute(f"CREATE UNLOGGED TABLE {table} ({columns})")
        sql = f"COPY {table} FROM STDIN (FORMAT csv)"
        with (
            pyarrow.parquet.ParquetFile(self._folder / f"{table}.parquet") as file,
            self._connection.cursor() as cursor,
            cursor.copy(sql) as copy,
        ):
            options = pyarrow.csv.WriteOptions(include_header=False)
            for batch in file.iter_batches(500_000, columns=list(names)):
                sink = pyarrow.BufferOutputStream()
                pyarrow.csv.write_csv(batch, sink, options)
                copy.write(sink.getvalue().to_pybytes())
        self._connection.execute(f"ANALYZE {table}")

    def __call__(self) -> tuple[int, int]:
        found = self._connection.execute(self._sql).fetchone()
        return int(found[0] or 0), int(found[1] or 0)

    def __exit__(self, *_: object) -> None:
        for table in COLUMNS:
            self._connection.execute(f"DROP TABLE {table}")
        self._connection.close()
