"""Queries that every page asks: their SQL is written once and kept, never an answer.

Django writes the SQL of a queryset anew each time, which takes several times as long as
the database needs to answer it.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from braid.access.scopes import ScopedQuerySet

KEPT = 256  # statements of one query, each for other arguments
P = ParamSpec("P")
Row = tuple[Any, ...]


def prepared(build: Callable[P, QuerySet[Any, Any]]) -> Callable[P, list[Row]]:
    """Turn a function that returns a `values_list` query into one that reads its rows.

    The query must follow from the arguments alone. They are what its SQL is kept by, so
    what one actor may see is never asked for another.
    """
    written = lru_cache(KEPT)(lambda *args, **named: _Statement(build(*args, **named)))

    @wraps(build)
    def rows(*args: P.args, **named: P.kwargs) -> list[Row]:
        return written(*args, **named).rows()  # type: ignore[arg-type]

    return rows


class _Statement:
    """The SQL of a query with its values, and how its columns become Python's."""

    def __init__(self, query: QuerySet[Any, Any]) -> None:
        if isinstance(query, ScopedQuerySet):
            query.refuse_unscoped()
        compiler = query.query.get_compiler(query.db)
        try:
            self._sql, self._values = compiler.as_sql()
        except EmptyResultSet:
            self._sql, self._values = "", ()
        columns = [column for column, *_ in compiler.select or ()]
        self._width, self._converters = len(columns), compiler.get_converters(columns)

    def rows(self) -> list[Row]:
        if not self._sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self._sql, self._values)
            columns = list(zip(*cursor.fetchall(), strict=True))
        if not columns:
            return []
        for place, (converters, column) in self._converters.items():
            for convert in converters:
                columns[place] = tuple(
                    convert(value, column, connection) for value in columns[place]
                )
        # What a query is only ordered by may stand behind its columns.
        return list(zip(*columns[: self._width], strict=True))
