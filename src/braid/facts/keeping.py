"""Parts of statements that an engine works out once: temporary tables by name.

Words name their parts while they are put together under `kept_parts`. A part is named
after what it says, so that a statement compiled by another process names the same. A
set of facts `Held` makes its table before the first statement that names it, and anew
when the days asked for are others.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from braid.method.measures.kept import keeping

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

NAMED = re.compile(r"\bkept_[0-9a-f]{16}\b")
MOST = 24  # tables at once
MISSING = object()
_parts: dict[str, Part] = {}
_names: dict[tuple[ibis.expr.operations.Node, bool], str] = {}
_naming = Lock()


def compiled(expression: ibis.Table, dialect: str = "duckdb") -> str:
    """Return the SQL of an expression; worth keeping, it takes longer than its run."""
    import ibis

    return str(ibis.to_sql(expression, dialect=dialect, pretty=False))


@dataclass(frozen=True, slots=True)
class Part:
    """The statement of a part; `of_periods` where it follows from the periods too."""

    sql: str
    of_periods: bool

    @property
    def name(self) -> str:
        """The name of its table, which is another for every other part."""
        told = f"{self.of_periods} {self.sql}"
        return f"kept_{hashlib.sha256(told.encode()).hexdigest()[:16]}"

    def key(self, asked: pa.Table | None) -> object:
        """Return what its rows follow from, beside the facts."""
        if asked is None:
            return None
        names = asked.column_names if self.of_periods else ["as_of"]
        return frozenset(tuple(row.values()) for row in asked.select(names).to_pylist())


def keep(expression: ibis.Table, of_periods: bool = False) -> ibis.Table:
    """Return the table that stands for a part."""
    import ibis

    told = expression.op(), of_periods
    with _naming:
        if told not in _names:
            part = Part(compiled(expression), of_periods)
            _parts[part.name] = part
            _names[told] = part.name
        return ibis.table(expression.schema(), name=_names[told])


@contextmanager
def kept_parts(wanted: bool) -> Iterator[None]:
    """Have the parts of words that are put together meanwhile kept, if `wanted`."""
    with keeping(keep if wanted else None):
        yield


def packed(sql: str) -> str:
    """Return a statement and all parts that it needs as one text."""
    parts: dict[str, Part] = {}
    texts = [sql]
    while texts:
        for name in sorted(set(NAMED.findall(texts.pop())) - parts.keys()):
            parts[name] = _parts[name]
            texts.append(parts[name].sql)
    told = [[part.sql, part.of_periods] for part in parts.values()]
    return json.dumps({"sql": sql, "parts": told})


def unpacked(text: str) -> str:
    """Return the statement of a text, and know the parts that it needs from now on."""
    found = json.loads(text)
    for told in found["parts"]:
        part = Part(*told)
        _parts[part.name] = part
    return str(found["sql"])


def whole(sql: str) -> str:
    """Return a statement with the statements of all parts that it needs."""
    if not NAMED.search(sql):
        return sql
    found = json.loads(packed(sql))
    return "\n".join([sql, *(of for of, _of_periods in found["parts"])])


class Held:
    """The parts that a set of facts holds as tables, those asked for last."""

    def __init__(self) -> None:
        self._keys: dict[str, object] = {}

    def before(
        self, sql: str, asked: pa.Table | None, wanted: frozenset[str] = frozenset()
    ) -> Iterator[str]:
        """Yield the statements to be run before this one; none ends what is `wanted`."""
        wanted |= set(NAMED.findall(sql))
        for name in sorted(set(NAMED.findall(sql))):
            part = _parts[name]
            key = part.key(asked)
            # What was asked for last stands last.
            had = self._keys.pop(name, MISSING)
            if had != key:
                yield from self.before(part.sql, asked, wanted)
                yield from self._without_oldest(wanted | set(NAMED.findall(part.sql)))
                yield f"CREATE OR REPLACE TEMP TABLE {name} AS {part.sql}"
            self._keys[name] = key

    def _without_oldest(self, wanted: frozenset[str]) -> Iterator[str]:
        """Yield the ends of tables, the oldest first, of those that nobody waits for."""
        spare = [name for name in self._keys if name not in wanted]
        for name in spare[: max(0, len(self._keys) - MOST + 1)]:
            del self._keys[name]
            yield f"DROP TABLE {name}"
