"""Measures written by hand: for DuckDB and PostgreSQL as SQL, for pandas as frames.

Three that items of fidelity rest on: time in the community, visits to employers, and
days to the first contact with one. Each comes to the numerator and the denominator of
its measure's first ratio, for all units together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

COLUMNS = {
    "staff_teams": ("staff_id", "team_id", "role", "first_day", "last_day"),
    "contacts": ("unit_id", "staff_id", "day", "minutes", "mode", "place", "attended"),
    "episodes": (
        *("episode_id", "unit_id", "person_key"),
        *("accepted_on", "entered_on", "exited_on"),
    ),
    "employer_contacts": (
        *("unit_id", "episode_id", "staff_id", "day", "made_by", "mode", "visit_no"),
    ),
}
OUTSIDE = ("community", "employer_site", "home", "job_centre")
BY_SPECIALIST = ("specialist", "both")
POSTS = """
    SELECT DISTINCT staff_id, team_id FROM staff_teams
    WHERE role = 'specialist' AND first_day <= DATE '{last}'
      AND (last_day IS NULL OR last_day >= DATE '{first}')
"""
# Grouped, as ours are: by unit and specialist.
COMMUNITY = """
    SELECT sum(community), sum(in_person) FROM (
        SELECT contacts.unit_id, contacts.staff_id,
               sum(CASE WHEN place IN ({outside}) THEN minutes ELSE 0 END) AS community,
               sum(minutes) AS in_person
        FROM contacts JOIN ({posts}) AS posts
          ON contacts.staff_id = posts.staff_id AND contacts.unit_id = posts.team_id
        WHERE attended AND mode = 'in_person'
          AND day BETWEEN DATE '{first}' AND DATE '{last}'
        GROUP BY 1, 2
    ) AS grouped
"""
VISITS = """
    SELECT sum(repeated), sum(number_known) FROM (
        SELECT made.unit_id, made.staff_id,
               sum(CASE WHEN visit_no > 1 THEN 1 ELSE 0 END) AS repeated,
               count(visit_no) AS number_known
        FROM employer_contacts AS made JOIN ({posts}) AS posts
          ON made.staff_id = posts.staff_id AND made.unit_id = posts.team_id
        WHERE made_by IN ({by_specialist}) AND mode = 'in_person'
          AND day BETWEEN DATE '{first}' AND DATE '{last}'
        GROUP BY 1, 2
    ) AS grouped
"""
RAPID = """
    SELECT sum(met_on - entered_on), count(*) FROM (
        SELECT own.episode_id, own.entered_on, min(made.day) AS met_on
        FROM episodes AS own
        JOIN episodes AS other ON own.person_key = other.person_key
        JOIN employer_contacts AS made
          ON made.episode_id = other.episode_id AND made.unit_id = own.unit_id
        WHERE own.accepted_on <= DATE '{last}' AND made.mode = 'in_person'
          AND own.entered_on BETWEEN DATE '{first}' AND DATE '{last}'
          AND made.day BETWEEN own.entered_on AND DATE '{last}'
          AND (own.exited_on IS NULL OR made.day < own.exited_on)
        GROUP BY own.episode_id, own.entered_on
    ) AS found
"""
Frames = Mapping[str, Any]
Found = tuple[int, int]


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


@dataclass(frozen=True, slots=True)
class Question:
    """A measure by hand: its SQL, and the same with frames, between two days."""

    sql: str
    of_frames: Callable[[Frames, str, str], Found]

    def filled(self, first: date, last: date) -> str:
        """Return the SQL for a period."""
        days = {"first": first, "last": last}
        return self.sql.format(
            posts=POSTS.format(**days),
            outside=_listed(OUTSIDE),
            by_specialist=_listed(BY_SPECIALIST),
            **days,
        )


def _by_staff(
    frames: Frames, rows: Any, first: str, last: str, names: list[str]
) -> Found:
    """Return the sums of two columns over rows of specialists in post."""
    posts = frames["staff_teams"]
    held = posts[
        (posts["role"] == "specialist")
        & (posts["first_day"] <= last)
        & (posts["last_day"].isna() | (posts["last_day"] >= first))
    ][["staff_id", "team_id"]].drop_duplicates()
    found = rows.merge(
        held, left_on=["staff_id", "unit_id"], right_on=["staff_id", "team_id"]
    )
    sums = found.groupby(["unit_id", "staff_id"], observed=True)[names].sum()
    one, other = (int(sums[name].sum()) for name in names)
    return one, other


def _community(frames: Frames, first: str, last: str) -> Found:
    contacts = frames["contacts"]
    kept = contacts[
        contacts["attended"].eq(True)
        & (contacts["mode"] == "in_person")
        & contacts["day"].between(first, last)
    ]
    outside = kept["minutes"].where(kept["place"].isin(OUTSIDE), 0)
    kept = kept.assign(community=outside)
    return _by_staff(frames, kept, first, last, ["community", "minutes"])


def _visits(frames: Frames, first: str, last: str) -> Found:
    made = frames["employer_contacts"]
    kept = made[
        made["made_by"].isin(BY_SPECIALIST)
        & (made["mode"] == "in_person")
        & made["day"].between(first, last)
    ]
    kept = kept.assign(repeated=kept["visit_no"] > 1, known=kept["visit_no"].notna())
    return _by_staff(frames, kept, first, last, ["repeated", "known"])


def _rapid(frames: Frames, first: str, last: str) -> Found:
    episodes, made = frames["episodes"], frames["employer_contacts"]
    own = episodes[
        episodes["entered_on"].between(first, last) & (episodes["accepted_on"] <= last)
    ]
    others = episodes[["person_key", "episode_id"]]
    sought = own.rename(columns={"episode_id": "own"}).merge(others, on="person_key")
    made = made[(made["mode"] == "in_person") & made["day"].between(first, last)]
    made = made[["episode_id", "unit_id", "day"]]
    found = sought.astype({"episode_id": str, "unit_id": str}).merge(
        made[made["episode_id"].isin(sought["episode_id"])].astype(
            {"episode_id": str, "unit_id": str}
        ),
        on=["episode_id", "unit_id"],
    )
    found = found[
        (found["day"] >= found["entered_on"])
        & (found["exited_on"].isna() | (found["day"] < found["exited_on"]))
    ]
    met = found.groupby("own", observed=True).agg(
        met_on=("day", "min"), entered_on=("entered_on", "first")
    )
    days = (met["met_on"] - met["entered_on"]).dt.days
    return int(days.sum()), len(met)


QUESTIONS: Mapping[str, Question] = {
    "item24_community": Question(COMMUNITY, _community),
    "item18_employer_visits": Question(VISITS, _visits),
    "item15_rapid_search": Question(RAPID, _rapid),
}
"""What is asked by hand, by the measure that it is."""


class Duck:
    """SQL by hand, over the files of the snapshot or over tables of DuckDB's own."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __call__(self, question: Question, first: date, last: date) -> Found:
        sql = question.filled(first, last)
        one, other = self._connection.execute(sql).fetchone()
        return int(one or 0), int(other or 0)

    @classmethod
    @contextmanager
    def over_files(cls, folder: Path) -> Iterator[Duck]:
        """Yield the way that reads the Parquet each time."""
        with _duckdb(folder, "VIEW", "*") as connection:
            yield cls(connection)

    @classmethod
    @contextmanager
    def over_tables(cls, folder: Path) -> Iterator[Duck]:
        """Yield the way that has what it needs in memory, as tables."""
        with _duckdb(folder, "TABLE") as connection:
            yield cls(connection)


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


CODES = {"mode", "place", "role", "made_by"}


class Pandas:
    """The same with data frames that are in memory; texts as categories."""

    def __init__(self, folder: Path) -> None:
        import pyarrow.parquet

        self._frames = {}
        for table, names in COLUMNS.items():
            texts = [n for n in names if n.endswith(("_id", "_key")) or n in CODES]
            read = pyarrow.parquet.read_table(
                folder / f"{table}.parquet", columns=list(names), read_dictionary=texts
            )
            self._frames[table] = read.to_pandas(
                date_as_object=False, self_destruct=True
            )

    def __call__(self, question: Question, first: date, last: date) -> Found:
        return question.of_frames(self._frames, str(first), str(last))


KINDS = {
    **dict.fromkeys(("day", "first_day", "last_day"), "date"),
    **dict.fromkeys(("accepted_on", "entered_on", "exited_on"), "date"),
    **dict.fromkeys(("minutes", "visit_no"), "integer"),
    "attended": "boolean",
}


class Postgres:
    """The same on a server that was filled once; its tables go with the connection."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address, self._folder = address, folder

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
        columns = ", ".join(f"{name} {KINDS.get(name, 'text')}" for name in names)
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

    def __call__(self, question: Question, first: date, last: date) -> Found:
        found = self._connection.execute(question.filled(first, last)).fetchone()
        one, other = found or (0, 0)
        return int(one or 0), int(other or 0)

    def __exit__(self, *_: object) -> None:
        for table in COLUMNS:
            self._connection.execute(f"DROP TABLE {table}")
        self._connection.close()
