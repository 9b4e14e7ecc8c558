"""What changed between two sets of facts, and why a figure moved.

Rows are told apart by the key of their table. Where nothing names a row, equal rows are
one another's: such a row came or went, it did not change.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from braid.facts import engine
from braid.facts.measuring import Figure, Measured, measured, rows_behind
from braid.facts.reading import Facts, tables
from braid.facts.schema import TABLES, Table
from braid.method.measures import Asked
from braid.packs.measures.schema import Measure

SHOWN = 200  # rows behind a figure whose reasons are looked up
IDS = 1_000  # of them, at most
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows of a table and a unit came, went and changed."""

    table: str
    unit: str | None
    came: int
    went: int
    changed: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A row of the facts that differs: `was` or `now` is None where it is not there."""

    table: str
    was: Row | None
    now: Row | None

    @property
    def columns(self) -> list[str]:
        """The columns that differ; none where the whole row came or went."""
        if self.was is None or self.now is None:
            return []
        return [name for name, value in self.was.items() if self.now[name] != value]


@dataclass(frozen=True, slots=True)
class Moved:
    """A row behind a figure that entered, left or changed, and the facts that did it."""

    was: Row | None
    now: Row | None
    reasons: list[Reason] = field(default_factory=list)

    @property
    def how(self) -> str:
        """Return `entered`, `left` or `changed`."""
        if self.was is None:
            return "entered"
        return "left" if self.now is None else "changed"


@dataclass(frozen=True, slots=True)
class Movement:
    """A measure over two sets: its figures in both, and the rows that make them differ."""

    before: list[Figure]
    after: list[Figure]
    rows: list[Moved]


def differences(one: Facts, other: Facts) -> list[Difference]:
    """Return how the rows of `other` differ from those of `one`, by table and unit."""
    return [
        found for table in TABLES.values() for found in _of_table(table, one, other)
    ]


def _digests(table: Table, side: str) -> str:
    """Return the SQL of what names each row, its unit, and a number for all it says."""
    unit = "unit_id" if "unit_id" in table.names else "CAST(NULL AS VARCHAR)"
    said = "hash(CAST(to_json(t) AS VARCHAR))"
    key = said if not table.key else f"hash({', '.join(table.key)})"
    return f"(SELECT {key} AS key, {unit} AS unit, {said} AS said FROM {side} AS t)"  # noqa: S608


_DIFFERENCES = """
WITH sides AS (
    SELECT key, unit, said, count(*) AS one, 0 AS other FROM {before} GROUP BY ALL
    UNION ALL
    SELECT key, unit, said, 0, count(*) FROM {after} GROUP BY ALL
), rows AS (
    SELECT key, unit, said, sum(one) AS one, sum(other) AS other
    FROM sides GROUP BY ALL HAVING sum(one) <> sum(other)
), keys AS (
    SELECT key, unit, sum(greatest(other - one, 0)) AS came,
        sum(greatest(one - other, 0)) AS went
    FROM rows GROUP BY ALL
)
SELECT unit, sum(came - least(came, went)), sum(went - least(came, went)),
    sum(least(came, went))
FROM keys GROUP BY unit ORDER BY unit NULLS FIRST
"""


def _of_table(table: Table, one: Facts, other: Facts) -> Iterator[Difference]:
    statement = _DIFFERENCES.format(
        before=_digests(table, "before"), after=_digests(table, "after")
    )
    with engine.connect() as connection:
        connection.register("before", one.table(table.name))
        connection.register("after", other.table(table.name))
        for unit, *counts in connection.execute(statement).fetchall():
            yield Difference(table.name, unit, *map(int, counts))


def movement(
    measure: Measure, one: Facts, other: Facts, periods: Sequence[Asked]
) -> Movement:
    """Return why a measure moved between two sets, for the same periods in both.

    Raises InputFault where a period ends after one of the sets.
    """
    before: Measured = measured(measure, one, periods=periods)
    after: Measured = measured(measure, other, periods=periods)
    rows = _moved(
        rows_behind(measure, one, periods=periods),
        rows_behind(measure, other, periods=periods),
    )
    reasons = _Reasons(one, other, _ids(rows[:SHOWN]))
    told = [Moved(row.was, row.now, reasons.about(row)) for row in rows[:SHOWN]]
    return Movement(before.figures(), after.figures(), told + rows[SHOWN:])


def _moved(before: Sequence[Row], after: Sequence[Row]) -> list[Moved]:
    """Pair the rows that stand for the same thing; equal rows did not move."""
    was, now = Counter(map(_frozen, before)), Counter(map(_frozen, after))
    left: dict[Any, list[Row]] = {}
    for row in (was - now).elements():
        left.setdefault(_named(dict(row)), []).append(dict(row))
    found = []
    for row in (now - was).elements():
        others = left.get(_named(dict(row)), [])
        found.append(Moved(others.pop(0) if others else None, dict(row)))
    gone = [Moved(row, None) for rows in left.values() for row in rows]
    return sorted(found + gone, key=lambda moved: repr(moved.was or moved.now))


def _frozen(row: Row) -> tuple[tuple[str, Any], ...]:
    return tuple(row.items())


def _named(row: Row) -> tuple[Any, ...]:
    """Return what a row behind a figure stands for: its word, period and own ids."""
    about = (value for name, value in row.items() if _is_own_id(name))
    return row["word"], row["period"], *about


def _is_own_id(name: str) -> bool:
    return name in OWN_IDS


# Ids that name one thing or person; those of units, teams and staff group many.
OWN_IDS = {
    column.name
    for table in TABLES.values()
    for column in table.columns
    if column.type == "id"
} - {"unit_id", "team_id", "org_id", "staff_id", "parent_id", "referred_by_staff"}


def _ids(rows: Sequence[Moved]) -> set[str]:
    found = {
        value
        for moved in rows
        for row in (moved.was, moved.now)
        for name, value in (row or {}).items()
        if _is_own_id(name) and value is not None
    }
    return set(sorted(found)[:IDS])


class _Reasons:
    """The rows of the facts that differ, by the ids that they name."""

    def __init__(self, one: Facts, other: Facts, ids: Collection[str]) -> None:
        self._by_id: dict[str, list[Reason]] = {}
        if not ids:
            return
        for table in TABLES.values():
            names = [c.name for c in table.columns if c.name in OWN_IDS]
            if names:
                self._note(table, names, _rows(table, names, one, other, ids), ids)

    def _note(
        self,
        table: Table,
        names: Sequence[str],
        rows: tuple[list[Row], list[Row]],
        ids: Collection[str],
    ) -> None:
        for reason in _paired(table, *rows):
            row = reason.now or reason.was or {}
            for each in {row[name] for name in names} & set(ids):
                self._by_id.setdefault(each, []).append(reason)

    def about(self, moved: Moved) -> list[Reason]:
        """Return the rows that differ and name what a row behind a figure stands for."""
        found: list[Reason] = []
        for each in sorted(_ids([moved])):
            found += [one for one in self._by_id.get(each, ()) if one not in found]
        return found


def _rows(
    table: Table,
    names: Sequence[str],
    one: Facts,
    other: Facts,
    ids: Collection[str],
) -> tuple[list[Row], list[Row]]:
    rows = tables()[table.name]
    wanted = rows.filter(reduce(or_, (rows[name].isin(list(ids)) for name in names)))
    return one.rows(wanted), other.rows(wanted)


def _paired(
    table: Table, before: Sequence[Row], after: Sequence[Row]
) -> Iterator[Reason]:
    was, now = Counter(map(_frozen, before)), Counter(map(_frozen, after))
    left: dict[Any, list[Row]] = {}
    for row in (was - now).elements():
        left.setdefault(_key(table, dict(row)), []).append(dict(row))
    for row in (now - was).elements():
        others = left.get(_key(table, dict(row)), []) if table.key else []
        yield Reason(table.name, others.pop(0) if others else None, dict(row))
    for gone in left.values():
        for each in gone:
            yield Reason(table.name, each, None)


def _key(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in table.key)
