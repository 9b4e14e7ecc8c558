"""Run measures over facts: one compiled query a word, sums in the engine, exact ratios.

What is asked is given as a table of periods, so the query of a measure is the same for
every day and every set of facts. It is compiled once, and kept for other processes.

Many figures of a unit cost one drawing of its facts and one statement a word. Ask each
measure once, for all periods together; the unit and its teams follow from the same:

    with queries.shared_figures(actor, unit, today) as facts:
        for measure in chosen:
            asked = measured(measure, facts, periods=[window, *quarters])
            whole, by_team = asked.figures(), asked.figures(["team_id"])

A group whose team is None holds the rows of nobody's team; `rows_behind` tells them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from braid.facts import statements
from braid.facts.columns import ASKED
from braid.facts.keeping import compiled, keep, kept_parts, packed, unpacked
from braid.facts.reading import Facts, asked_table, tables
from braid.kernel.errors import InputFault
from braid.method.measures import WORDS, Asked
from braid.packs.measures.figures import (
    Figure,
    Pair,
    Place,
    Sum,
    Tally,
    figures,
    pairs_of,
    sums,
)
from braid.packs.measures.periods import asked
from braid.packs.measures.schema import BASIS_COLUMN, UNIT, Measure, Use

if TYPE_CHECKING:
    import ibis

__all__ = ["Figure", "Measured", "compile_ahead", "measured", "rows_behind", "run"]

KEYS = ((UNIT,), (UNIT, "staff_id"))  # by which fidelity asks


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure asked of facts for some periods, at its finest grouping."""

    measure: Measure
    periods: Sequence[Asked]
    parts: Sequence[Mapping[Place, Tally]]
    snapshot: str | None

    def figures(
        self, by: Sequence[str] = (), within: Mapping[str, str | None] | None = None
    ) -> list[Figure]:
        """Return a figure a period, or one a period and group; `within` some values.

        Raises InputFault (`key_unknown`) where the measure is not grouped by a key.
        """
        for key in (*by, *(within or ())):
            must_group_by(self.measure, key)
        return figures(
            self.measure, self.parts, self.periods, by, within, self.snapshot
        )

    def sums(self, by: Sequence[str]) -> dict[Place, dict[str, Sum]]:
        """Return the sums of each group, and beside them what was left out by reason."""
        return sums(self.measure, self.parts, by)


def must_group_by(measure: Measure, key: str) -> None:
    """Raise InputFault (`key_unknown`) where a measure is not grouped by `key`."""
    if key not in measure.by:
        known = ", ".join(measure.by) or "nothing"
        raise InputFault(
            f"'{measure.id}' cannot be grouped by '{key}'. It can be grouped by {known}.",
            field="by",
            reason="key_unknown",
        )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked of a word, in values that a cache can hold."""

    word: str
    parameters: tuple[tuple[str, Any], ...]
    by: tuple[str, ...]
    amounts: tuple[str, ...]
    pairs: tuple[Pair, ...]

    @classmethod
    def of(cls, measure: Measure, use: Use) -> _Wanted:
        return cls(
            use.word,
            tuple(sorted(measure.parameters(use).items())),
            measure.by,
            measure.amounts_of(use),
            pairs_of(measure, use),
        )

    def rows(self) -> ibis.Table:
        ask: Callable[..., ibis.Table] = WORDS[self.word].ask
        return ask(tables(), asked_table(), **dict(self.parameters))

    def counted(self, rows: ibis.Table) -> Any:
        """Return the condition under which a row stands behind the figure."""
        return reduce(or_, (rows[name] != 0 for name in self.amounts))


def run(
    measure: Measure,
    facts: Facts,
    *,
    periods: Sequence[Asked] | None = None,
    by: Sequence[str] = (),
) -> list[Figure]:
    """Return the figures of a measure, by default for its own window as the facts end.

    Raises InputFault where a period ends after the facts, or a key is not known.
    """
    for key in by:
        must_group_by(measure, key)
    return measured(measure, facts, periods=periods, keys=by).figures(by)


def measured(
    measure: Measure,
    facts: Facts,
    *,
    periods: Sequence[Asked] | None = None,
    keys: Sequence[str] | None = None,
) -> Measured:
    """Ask the words of a measure once; figures by any of its keys follow from that.

    Only by `keys`, where they are given: of a nation that is far quicker than by all.
    """
    measure = measure if keys is None else measure.told_by(keys)
    periods = periods or periods_of(measure, facts)
    _must_be_known(periods, facts.as_of)
    table = asked_arrow(periods)
    parts = [_tallied(measure, use, facts, table) for use in measure.words]
    return Measured(measure, periods, parts, facts.snapshot)


def periods_of(
    measure: Measure,
    facts: Facts,
    as_of: date | None = None,
    unit: str | None = None,
) -> list[Asked]:
    """Return the periods of the measure's own window, which ends on `as_of`.

    Quarters run from the first day of the measure's basis, of one unit or of all.
    """
    as_of = as_of or facts.as_of
    days: list[date] = []
    if measure.window.quarters and measure.basis:
        sql = _first_days(BASIS_COLUMN[measure.basis], facts.dialect)
        first_days = facts.run_sql(sql)
        days = [row["day"] for row in first_days if unit in (None, row["unit_id"])]
    return asked(measure.window, as_of, min((*days, as_of)))


def rows_behind(
    measure: Measure,
    facts: Facts,
    *,
    periods: Sequence[Asked] | None = None,
    group: Mapping[str, str | None] | None = None,
) -> list[dict[str, Any]]:
    """Return the rows that add up to a figure, and those left out with their reason.

    Each names its word, its period, the ids of what it stands for and its amounts.
    """
    periods = periods or periods_of(measure, facts)
    _must_be_known(periods, facts.as_of)
    for key in group or ():
        must_group_by(measure, key)
    table, wanted = asked_arrow(periods), (group or {}).items()
    return [
        {"word": use.word, **row}
        for use in measure.words
        for row in facts.run_sql(
            _rows_sql(_Wanted.of(measure, use), facts.dialect, facts.keeps), table
        )
        if all(row[key] == value for key, value in wanted)
    ]


def compile_ahead(measure: Measure, dialect: str = "duckdb") -> int:
    """Compile what pages and reports ask of a measure; return how many statements.

    What was compiled before, by any process, is only read.
    """
    told = {each.by: each for each in (*map(measure.told_by, KEYS), measure)}
    found = {
        _sums_sql(_Wanted.of(each, use), dialect, keeps)
        for each in told.values()
        for use in each.words
        for keeps in {False, each is measure}
    }
    return len(found)


def asked_arrow(periods: Iterable[Asked]) -> pa.Table:
    """Return the periods as the table that words are asked for."""
    rows = [
        {
            "period": p.period,
            "first_day": p.first_day,
            "last_day": p.last_day,
            "as_of": p.as_of,
        }
        for p in periods
    ]
    return pa.Table.from_pylist(rows, schema=ASKED)


def _must_be_known(periods: Iterable[Asked], as_of: date) -> None:
    if any(period.as_of > as_of for period in periods):
        raise InputFault(
            f"The facts end on {as_of}, before the period asked for. Ask for an earlier "
            "day, or build the facts anew.",
            field="as_of",
            reason="after_the_facts",
        )


def _tallied(
    measure: Measure, use: Use, facts: Facts, periods: pa.Table
) -> dict[Place, Tally]:
    wanted = _Wanted.of(measure, use)
    reasons = tuple(WORDS[use.word].left_out)
    decimals = use.defined.decimals
    kinds = [[_as_it_is if n in decimals else int for n in p] for p in wanted.pairs]
    # Whole numbers stay as they are; the others are decimals.
    sums = [(n, f"sum_{n}", n in decimals) for n in wanted.amounts]
    left = [(reason, f"left_{reason}") for reason in reasons]
    found: dict[Place, Tally] = defaultdict(Tally)
    for row in facts.run_sql(_sums_sql(wanted, facts.dialect, facts.keeps), periods):
        tally = found[_place(row, wanted.by)]
        if (number := row["pair"]) is not None:
            one, other = kinds[number]
            met = tally.spread[wanted.pairs[number]]
            met[one(row["one"]), other(row["other"])] += row["rows"]
            continue
        tally.rows += row["rows"]
        for name, column, is_decimal in sums:
            amount = row[column]
            tally.sums[name] += Fraction(amount) if is_decimal else int(amount)
        for reason, column in left:
            if number := row[column]:
                tally.left_out[reason] += number
    return found


def _as_it_is(amount: Decimal) -> Decimal:
    return amount


def _place(row: Mapping[str, Any], by: Sequence[str]) -> Place:
    return row["period"], tuple([row[key] for key in by])


@cache
def _sums_sql(wanted: _Wanted, dialect: str, keeps: bool) -> str:
    told = f"sums {wanted} {dialect} {keeps}"
    return _kept(told, partial(_compiled_sums, wanted, dialect, keeps))


@cache
def _rows_sql(wanted: _Wanted, dialect: str, keeps: bool) -> str:
    told = f"rows {wanted} {dialect} {keeps}"
    return _kept(told, partial(_compiled_rows, wanted, dialect, keeps))


@cache
def _first_days(column: str, dialect: str) -> str:
    told = f"first days {column} {dialect}"
    return _kept(told, partial(_compiled_first_days, column, dialect))


def _kept(told: str, compiled: Callable[[], str]) -> str:
    return unpacked(statements.kept(told, lambda: packed(compiled())))


def _compiled_sums(wanted: _Wanted, dialect: str, keeps: bool) -> str:
    """Compile the sums of a word by period and keys, and beside them its pairs.

    A row either holds sums, or how often one of the pairs of amounts was met.
    """
    import ibis

    with kept_parts(keeps):
        rows = _tally_of(wanted) if keeps else wanted.rows()
    parts = [
        _sums(wanted, rows),
        *(_met(wanted, rows, n) for n in range(len(wanted.pairs))),
    ]
    return compiled(ibis.union(*parts) if len(parts) > 1 else parts[0], dialect)


MET = "met"
# Of these there are too many for other measures to be spared anything.
MANY = {"contact_id", "employer_contact_id"}


def _tally_of(wanted: _Wanted) -> ibis.Table:
    """Return how often rows of a word are alike but for their ids: `met`.

    It is kept for all measures of the word, each of which adds up what it asks for.
    """
    word, rows = WORDS[wanted.word], wanted.rows()
    if not MANY.isdisjoint(word.ids):
        return rows
    alike = dict.fromkeys(("period", "unit_id", *word.keys, *word.amounts, "left_out"))
    return keep(rows.group_by(*alike).agg(**{MET: rows.count()}), of_periods=True)


def _sums(wanted: _Wanted, rows: ibis.Table) -> ibis.Table:
    import ibis

    behind = rows.left_out.isnull() & wanted.counted(rows)
    sums = {f"sum_{name}": _times(rows, rows[name]).sum() for name in wanted.amounts}
    left_out = {
        f"left_{reason}": _times(rows, (rows.left_out == reason).cast("int64")).sum()
        for reason in WORDS[wanted.word].left_out
    }
    found = rows.group_by("period", *wanted.by).aggregate(
        rows=_times(rows, behind.cast("int64")).sum(), **sums, **left_out
    )
    kind = _kind(wanted)
    return found.mutate(
        pair=ibis.null("int64"), one=ibis.null(kind), other=ibis.null(kind)
    )


def _kind(wanted: _Wanted) -> str:
    """Return the type of the amounts of all pairs together."""
    names = {name for pair in wanted.pairs for name in pair}
    is_whole = names.isdisjoint(WORDS[wanted.word].decimals)
    return "int64" if is_whole else "decimal(18, 4)"


def _times(rows: ibis.Table, amount: Any) -> Any:
    """Return an amount as often as its row was met."""
    return amount * rows[MET] if MET in rows.columns else amount


def _met(wanted: _Wanted, rows: ibis.Table, number: int) -> ibis.Table:
    """Return how often the values of a pair of amounts were met together."""
    import ibis

    (one, other), kind = wanted.pairs[number], _kind(wanted)
    behind = rows.filter(rows.left_out.isnull() & wanted.counted(rows))
    found = behind.group_by(
        "period",
        *wanted.by,
        one=behind[one].cast(kind),
        other=behind[other].cast(kind),
    ).aggregate(rows=behind[MET].sum() if MET in behind.columns else behind.count())
    schema = _sums(wanted, rows).schema()
    missing = {n: ibis.null(t) for n, t in schema.items() if n not in found.columns}
    found = found.mutate(**{**missing, "pair": ibis.literal(number, "int64")})
    return found.select(schema.names)


def _compiled_rows(wanted: _Wanted, dialect: str, keeps: bool) -> str:
    with kept_parts(keeps):
        rows = wanted.rows()
    behind = rows.filter(rows.left_out.notnull() | wanted.counted(rows))
    others = set(WORDS[wanted.word].amounts) - {
        *wanted.amounts,
        *(name for pair in wanted.pairs for name in pair),
    }
    shown = [name for name in rows.columns if name not in others]
    return compiled(
        behind.select(shown).order_by([n for n in shown if n != "left_out"]), dialect
    )


def _compiled_first_days(column: str, dialect: str) -> str:
    episodes = tables()["episodes"]
    known = episodes.filter(episodes[column].notnull())
    first_days = known.group_by("unit_id").aggregate(day=known[column].min())
    return compiled(first_days, dialect)
