"""Run measures over facts: one compiled query a word, sums in the engine, exact ratios.

What is asked is given as a table of periods, so the query of a measure is the same for
every day and every set of facts, and is compiled once a process.

Many figures of a unit cost one drawing of its facts and one statement a word. Ask each
measure once, for all periods together; the unit and its teams follow from the same:

    with queries.shared_figures(actor, unit, today) as facts:
        for measure in chosen:
            asked = measured(measure, facts, periods=[window, *quarters])
            whole, by_team = asked.figures(), asked.figures(["team_id"])

A group whose team is None holds the rows of nobody's team; `rows_behind` tells them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, reduce
from operator import or_
from typing import Any

import ibis
import pyarrow as pa

from braid.facts.columns import ASKED
from braid.facts.reading import Facts, asked_table, compiled, tables
from braid.kernel.errors import InputFault
from braid.method.measures import WORDS, Asked
from braid.packs.measures.figures import Figure, Place, Tally, figures, statistics_of
from braid.packs.measures.periods import asked
from braid.packs.measures.schema import BASIS_COLUMN, Measure, Use

__all__ = ["Figure", "Measured", "measured", "rows_behind", "run"]


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
    spread: tuple[str, ...]

    @classmethod
    def of(cls, measure: Measure, use: Use) -> "_Wanted":
        return cls(
            use.word,
            tuple(sorted(measure.parameters(use).items())),
            measure.by,
            measure.amounts_of(use),
            tuple(
                sorted(
                    {name for p in statistics_of(measure, use).values() for name in p}
                )
            ),
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
    return measured(measure, facts, periods=periods).figures(by)


def measured(
    measure: Measure, facts: Facts, *, periods: Sequence[Asked] | None = None
) -> Measured:
    """Ask the words of a measure once; figures by any of its keys follow from that."""
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
        first_days = facts.run_sql(_first_days(BASIS_COLUMN[measure.basis]))
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
        for row in facts.run_sql(_rows_sql(_Wanted.of(measure, use)), table)
        if all(row[key] == value for key, value in wanted)
    ]


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
    pairs = statistics_of(measure, use).items()
    reasons = tuple(WORDS[use.word].left_out)
    found: dict[Place, Tally] = defaultdict(Tally)
    for row in facts.run_sql(_sums_sql(wanted), periods):
        tally = found[_place(row, wanted.by)]
        tally.rows += row["rows"]
        for name in wanted.amounts:
            tally.sums[name] += Fraction(row[f"sum_{name}"])
        for reason in reasons:
            tally.left_out[reason] += row[f"left_{reason}"] or 0
        for key, (one, other) in pairs:
            tally.spread[key, row[f"at_{one}"], row[f"at_{other}"]] += row["rows"]
    return found


def _place(row: Mapping[str, Any], by: Sequence[str]) -> Place:
    return row["period"], tuple(row[key] for key in by)


@cache
def _sums_sql(wanted: _Wanted) -> str:
    """Compile the sums of a word by period, keys and what its statistics look at."""
    rows = wanted.rows()
    behind = rows.left_out.isnull() & wanted.counted(rows)
    keys = {name: rows[name] for name in ("period", *wanted.by)}
    spread = {f"at_{name}": rows[name] for name in wanted.spread}
    sums = {f"sum_{name}": rows[name].sum() for name in wanted.amounts}
    left_out = {
        f"left_{reason}": (rows.left_out == reason).cast("int64").sum()
        for reason in WORDS[wanted.word].left_out
    }
    return compiled(
        rows.group_by(**keys, **spread).aggregate(
            rows=behind.cast("int64").sum(), **sums, **left_out
        )
    )


@cache
def _rows_sql(wanted: _Wanted) -> str:
    rows = wanted.rows()
    behind = rows.filter(rows.left_out.notnull() | wanted.counted(rows))
    others = set(WORDS[wanted.word].amounts) - set(wanted.amounts)
    shown = [name for name in rows.columns if name not in others]
    return compiled(
        behind.select(shown).order_by([n for n in shown if n != "left_out"])
    )


@cache
def _first_days(column: str) -> str:
    episodes = tables()["episodes"]
    known = episodes.filter(episodes[column].notnull())
    return compiled(known.group_by("unit_id").aggregate(day=known[column].min()))
