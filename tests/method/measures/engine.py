"""Ask a word both ways: in plain Python, and of DuckDB. The rows must be the same."""

from collections import Counter
from functools import cache

import pyarrow as pa

from braid.facts.columns import ASKED, table_from_dicts
from braid.facts.reading import Facts, asked_table, compiled, tables
from braid.method.measures import get


@cache
def _sql(word, parameters):
    return compiled(get(word).ask(tables(), asked_table(), **dict(parameters)))


def loaded(facts, as_of):
    """Return plain rows as facts that can be asked."""
    arrow = {name: table_from_dicts(name, rows) for name, rows in facts.items()}
    return Facts.of(arrow, as_of=as_of)


def asked_table_of(asked):
    """Return the periods as the table that words join with."""
    names = ASKED.names
    return pa.Table.from_pylist(
        [{name: getattr(each, name) for name in names} for each in asked], schema=ASKED
    )


def by_engine(word, held, asked, **parameters):
    """Return the rows of a word from DuckDB."""
    sql = _sql(word, tuple(sorted(parameters.items())))
    return held.run_sql(sql, asked_table_of(asked))


def as_multiset(rows):
    """Return rows so that they can be compared whatever their order."""
    # As a plain dict: two Counters are compared entry by entry in Python.
    return dict(Counter(map(tuple, map(dict.items, rows))))


def rows_of(word, facts, *asked, **parameters):
    """Return the rows of a word, having seen that both ways give the same ones."""
    plain = get(word).reference(facts, asked, **parameters)
    with loaded(facts, max(each.as_of for each in asked)) as held:
        assert as_multiset(by_engine(word, held, asked, **parameters)) == as_multiset(
            plain
        )
    return plain


def sums(word, facts, *asked, **parameters):
    """Return the sums of all amounts that are not 0, and how many rows are left out."""
    rows = rows_of(word, facts, *asked, **parameters)
    found = {
        name: total
        for name in get(word).amounts
        if (total := sum(row[name] for row in rows))
    }
    return found | Counter(row["left_out"] for row in rows if row["left_out"])
