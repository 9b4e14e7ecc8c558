"""The facts of a unit as the record stands this moment, without drawing it all again.

A process keeps the tables of the units that it was asked about last. Of what was noted
since, only the rows that it may have reached are drawn, as a build by changes does; the
tables are then those of a fresh extraction, row for row, whatever their order. What was
worked out of tables that are as they were is not worked out again.
"""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sized
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc

from braid.facts import (
    columns,
    dependence,
    engine,
    extraction,
    journal,
    keeping,
    marks,
    registry,
)
from braid.facts.journal import Position
from braid.facts.marks import Following, Mark, Tokens
from braid.facts.reading import Facts
from braid.facts.schema import TABLES
from braid.kernel.ids import new_id

T = TypeVar("T")
Tables = Mapping[str, pa.Table]
Told = tuple[frozenset[str], frozenset[int]]
"""The countries and years that tables tell of."""

ROOM = 128 * 2**20  # bytes of tables that a process keeps
IDLE = 60 * 60  # seconds after which what nobody asks for is let go
WORTH = 30_000  # rows and figures that a process keeps of what was worked out
LARGE = 1_000  # of them at once are too many to be kept
MANY = 2_000  # owners, from which a table is drawn whole
BEHIND = 1_000  # lines, after which others are told that nothing changed in them
WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Kept:
    """The tables of a unit, with their tokens and what they tell of to a calendar.

    `mark` is None where no change is noted: they are for this once.
    """

    tables: Tables
    tokens: Tokens
    mark: Mark | None
    told: Told

    @property
    def size(self) -> int:
        """How many bytes its rows take."""
        return sum(table.nbytes for table in self.tables.values())

    def called(self, mark: Mark) -> Kept:
        """Return the same tables with the tokens of another mark."""
        return Kept(self.tables, mark.tokens, mark, self.told)


_units: OrderedDict[UUID, tuple[Kept, float]] = OrderedDict()
_guard = Lock()


def of_unit(unit: UUID, as_of: date) -> Fresh:
    """Return the facts of a unit; the caller has asked the policy, and closes them."""
    return Fresh(unit, drawn(unit), as_of)


def drawn(unit: UUID) -> Kept:
    """Return the tables of a unit as the record stands this moment."""
    if not marks.may_be_kept():
        with extraction.one_moment():
            return _afresh(unit, None)
    elsewhere = marks.known(unit)
    before, _used_at = _units.get(unit, (None, 0.0))
    with extraction.one_moment():
        if not marks.is_followed():
            return _afresh(unit, None)
        is_as_before = before and before.mark and marks.holds(before.mark)
        found = before if before and is_as_before else _anew(unit, before)
        if elsewhere is not None and marks.holds(elsewhere):
            # Another process drew the same and has given it its tokens.
            found = found.called(elsewhere)
    if found.mark is not None and _is_news(found.mark, elsewhere):
        marks.put(unit, found.mark)
    _hold(unit, found)
    return found


def _is_news(mark: Mark, elsewhere: Mark | None) -> bool:
    return (
        elsewhere is None
        or (elsewhere.drawn_by, elsewhere.tokens) != (mark.drawn_by, mark.tokens)
        or mark.seen["last"] - elsewhere.seen["last"] > BEHIND
    )


def _hold(unit: UUID, found: Kept) -> None:
    """Keep tables for the next who asks, and let go of what has waited longest."""
    now = time.monotonic()
    with _guard:
        _units[unit] = found, now
        _units.move_to_end(unit)
        for key in [key for key, (_, at) in _units.items() if now - at > IDLE]:
            del _units[key]
        while len(_units) > 1 and sum(one.size for one, _ in _units.values()) > ROOM:
            _units.popitem(last=False)


def forget() -> None:
    """Let go of everything that this process keeps."""
    with _guard:
        _units.clear()
    _results.clear()


# ---- Drawing -------------------------------------------------------------------------------


def _anew(unit: UUID, before: Kept | None) -> Kept:
    """Return the tables at this moment, by those of before where that can be."""
    seen = journal.last_position()
    if (
        before is None
        or before.mark is None
        or before.mark.drawn_by != marks.drawn_by()
        or journal.is_let_go(before.mark.seen)
    ):
        return _afresh(unit, seen)
    return _renewed(unit, before, journal.touched_since(before.mark.seen), seen)


def _afresh(unit: UUID, seen: Position | None) -> Kept:
    """Draw everything; without `seen` it is for this once."""
    tables = extraction.gathered(extraction.stream([unit]))
    tokens = {name: _token() for name in TABLES}
    told = _told(tables)
    return Kept(tables, tokens, _mark(seen, tokens), told)


def _mark(seen: Position | None, tokens: Tokens) -> Mark | None:
    return Mark(seen, marks.drawn_by(), tokens) if seen is not None else None


def _token() -> str:
    return new_id().hex


def _renewed(
    unit: UUID, before: Kept, touched: dependence.Touched, seen: Position
) -> Kept:
    tables, tokens = dict(before.tables), dict(before.tokens)
    reached = [name for name in TABLES if not touched.keys().isdisjoint(
        dependence.hears(name))]  # fmt: skip
    is_other = False
    for name in reached:
        if not dependence.is_whole(name):
            found = _changed(unit, name, tables[name], touched)
            if found is not None:
                tables[name], tokens[name] = found, _token()
                is_other = True
    told = before.told
    if is_other or any(dependence.is_whole(name) for name in reached):
        told = _draw_whole(unit, tables, tokens, before.told)
    return Kept(tables, tokens, _mark(seen, tokens), told)


def _changed(
    unit: UUID, name: str, stood: pa.Table, touched: dependence.Touched
) -> pa.Table | None:
    """Return a table with the rows that changes reached; None where it is as it was."""
    queries = registry.queries(name, [unit])
    owners: set[UUID] = set()
    for rows in queries:
        owners |= dependence.reached(rows, touched)
    if not owners:
        return None
    schema = columns.arrow_schema(name)
    if len(owners) > MANY:
        return pa.Table.from_batches(extraction.drawn_of(name, queries), schema)
    limited = [dependence.limited(rows, owners) for rows in queries]
    stands = pa.Table.from_batches(extraction.drawn_of(name, limited), schema)
    is_theirs = pc.is_in(stood.column(0), pa.array(map(str, owners), pa.string()))
    if _in_order(stood.filter(is_theirs)) == _in_order(stands):
        return None
    kept = stood.filter(pc.invert(is_theirs))
    return pa.concat_tables([kept, stands]).combine_chunks()


def _in_order(rows: pa.Table) -> list[str]:
    return sorted(map(repr, rows.to_pylist()))


def _draw_whole(
    unit: UUID,
    tables: dict[str, pa.Table],
    tokens: dict[str, str],
    told_before: Told,
) -> Told:
    """Draw the tables that are drawn whole, by what the others name and tell."""
    named = extraction.Named([unit])
    for name, table in tables.items():
        if not dependence.is_whole(name):
            for batch in table.to_batches():
                named.note(name, batch)
    whole = [name for name in reversed(tuple(TABLES)) if dependence.is_whole(name)]
    for name in whole:
        if registry.maker(name) is None:
            drawn_whole = extraction.drawn_of(name, registry.queries(name, [unit]))
            batches = named.among(name, drawn_whole)
            _put(tables, tokens, name, batches)
    told = _told(tables)
    if told != told_before:
        for name in whole:
            if make := registry.maker(name):
                countries, years = told
                of_them = registry.Told(set(countries), set(years))
                _put(tables, tokens, name, make(of_them))
    return told


def _put(
    tables: dict[str, pa.Table],
    tokens: dict[str, str],
    name: str,
    batches: Iterable[pa.RecordBatch],
) -> None:
    """Put a table, unless it is as it was."""
    found = pa.Table.from_batches(batches, columns.arrow_schema(name))
    if not found.equals(tables[name]):
        tables[name], tokens[name] = found, _token()


def _told(tables: Tables) -> Told:
    """Return the countries and years that tables tell of."""
    told = registry.Told()
    for name, table in tables.items():
        extraction.note(told, name, table)
    return frozenset(told.countries), frozenset(told.years)


# ---- Reading -------------------------------------------------------------------------------


class _Results:
    """What was worked out, those asked for last."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, tuple[Following, int]] = OrderedDict()
        self._worth = 0

    def get(self, key: Hashable) -> Following | None:
        with _guard:
            if key not in self._found:
                return None
            self._found.move_to_end(key)
            return self._found[key][0]

    def put(self, key: Hashable, found: Following) -> None:
        worth = len(found.value) if isinstance(found.value, Sized) else 1
        with _guard:
            _, before = self._found.pop(key, (None, 0))
            self._worth -= before
            if worth > LARGE:
                return
            self._found[key] = found, worth
            self._worth += worth
            while self._worth > WORTH:
                _, (_, least) = self._found.popitem(last=False)
                self._worth -= least

    def clear(self) -> None:
        with _guard:
            self._found.clear()
            self._worth = 0


_results = _Results()


class Fresh(Facts):
    """The facts of a unit at a moment; what is asked of the same tables is kept."""

    def __init__(self, unit: UUID, kept: Kept, as_of: date) -> None:
        super().__init__(engine.for_tables(kept.tables), as_of=as_of)
        self._unit, self._tables = unit, kept.tables
        self.is_kept = kept.mark is not None
        self._reading: list[set[str]] = []
        self.tokens = kept.tokens

    def table(self, name: str) -> pa.Table:
        """Return one table."""
        self._note([name])
        return self._tables[name]

    def run_sql(self, sql: str, asked: pa.Table | None = None) -> list[dict[str, Any]]:
        """Return the rows of a statement; to be read, and not changed."""
        if self._reading:  # what is worked out of it is kept instead
            return self._run(sql, asked)
        days = () if asked is None else tuple(map(str, asked.to_pylist()))
        return self.remembered(("sql", sql, days), lambda: self._run(sql, asked))

    def _run(self, sql: str, asked: pa.Table | None) -> list[dict[str, Any]]:
        self._note(_tables_in(keeping.whole(sql)))
        return super().run_sql(sql, asked)

    def remembered(self, what: Hashable, work: Callable[[], T]) -> T:
        """Return what `work` comes to, kept for as long as what it reads stays."""
        if not self.is_kept:
            return work()
        found = _results.get((self._unit, what))
        if found is None or not found.stands(self.tokens):
            found = self.followed(work)
            _results.put((self._unit, what), found)
        self._note(found.read)
        value: T = found.value
        return value

    def followed(self, work: Callable[[], object]) -> Following:
        """Return what `work` comes to, and the tables that it follows from."""
        read: set[str] = set()
        self._reading.append(read)
        try:
            value = work()
        finally:
            self._reading.pop()
        self._note(read)
        return Following({name: self.tokens[name] for name in sorted(read)}, value)

    def _note(self, names: Iterable[str]) -> None:
        if self._reading:
            self._reading[-1].update(names)


@lru_cache(maxsize=2_000)
def _tables_in(sql: str) -> frozenset[str]:
    """Return the tables that a statement may read, rather too many than too few."""
    return frozenset(WORDS.findall(sql)) & TABLES.keys()
