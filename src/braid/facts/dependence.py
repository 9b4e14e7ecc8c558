"""Which changes of the record reach which rows of the facts.

A row of the facts belongs to what its first column names. How a change reaches it is
read from the query that draws it: by the table that the query is of, and by those that
it joins. What it reads in another way, a room declares beside its query; a query that
reads more than is known of is drawn whole every time, which is slow and right.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from django.db.models import ForeignKey, Func, Model, QuerySet, UUIDField, Value
from django.db.models.expressions import Col
from django.db.models.sql.datastructures import Join

from braid.facts import registry
from braid.facts.schema import TABLES

Touched = Mapping[str, Collection[UUID]]
"""Values of columns of the record in rows that changed, by `table.column`."""

READ = re.compile(r'(?:FROM|JOIN) "(\w+)"')
ANY_UNITS = (UUID(int=0),)  # a query may join more where it is asked for units


class Among(Func):
    """What `__in` takes for any number of keys; a list has no more than some thousand."""

    template = "(SELECT value FROM json_each(%(expressions)s))"

    def __init__(self, keys: Collection[UUID], **extra: Any) -> None:
        named = json.dumps([key.hex for key in keys])
        super().__init__(Value(named), output_field=UUIDField(), **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        unpacked = (
            "(SELECT value::uuid FROM json_array_elements_text(%(expressions)s::json))"
        )
        return self.as_sql(compiler, connection, template=unpacked, **context)


@dataclass(frozen=True, slots=True)
class Link:
    """A column whose rows, when they change, reach those that `path` leads from.

    Without a path the column holds what rows of the facts belong to.
    """

    column: str
    path: str = ""


@cache
def is_whole(table: str) -> bool:
    """Say whether a table is drawn whole every time.

    Besides those that read more than is known of, these are the tables of no unit: of
    teams and staff only those are in the facts that other rows name.
    """
    if "unit_id" not in TABLES[table].names or registry.maker(table):
        return True
    return any(links(rows) is None for rows in registry.queries(table, ANY_UNITS))


@cache
def watched() -> Mapping[str, frozenset[str]]:
    """Return the columns of the record that must be noted, by their tables."""
    found: dict[str, set[str]] = {}
    for name in TABLES:
        if is_whole(name):
            continue
        for rows in registry.queries(name, ANY_UNITS):
            for link in links(rows) or ():
                table, column = link.column.split(".")
                found.setdefault(table, set()).add(column)
    return {table: frozenset(found[table]) for table in sorted(found)}


@cache
def hears(table: str) -> frozenset[str]:
    """Return the columns of the record whose rows reach a table, as `table.column`.

    Of a table that is drawn whole, the keys of all tables that it reads.
    """
    found: set[str] = set()
    for rows in registry.queries(table, ANY_UNITS):
        if not is_whole(table):
            found.update(link.column for link in links(rows) or ())
            continue
        sql, _parameters = rows.query.sql_with_params()
        read = {*READ.findall(sql), rows.model._meta.db_table}
        found.update(_column(model, "pk") for model in _models(read))
    return frozenset(found)


@cache
def noted() -> Mapping[str, frozenset[str]]:
    """Return the columns that triggers note: those of `watched`, and of tables whole."""
    found: dict[str, set[str]] = {}
    for name in TABLES:
        for heard in hears(name):
            table, column = heard.split(".")
            found.setdefault(table, set()).add(column)
    return {table: frozenset(found[table]) for table in sorted(found)}


def links(rows: QuerySet[Any]) -> tuple[Link, ...] | None:
    """Return how changes reach the rows of a query; None where not all ways are known."""
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, _parameters = compiler.as_sql()
    model = rows.model
    owner = _owner(compiler)
    if owner is None:
        return None
    found = {Link(f"{model._meta.db_table}.{owner.column}")}
    read = Counter(READ.findall(sql))
    read[model._meta.db_table] -= 1
    for joined, path in _joined(rows):
        found.add(Link(_column(joined, "pk"), path))
        read[joined._meta.db_table] -= 1
    declared = [
        (apps.get_model(label), field, path)
        for label, field, path in registry.also_read(model)
    ]
    known = {other._meta.db_table for other, _field, _path in declared}
    others = {table for table, times in read.items() if times > 0}
    if " OVER (" in sql:  # what a row says depends on rows beside it
        others.add(model._meta.db_table)
    if others - known:
        return None
    found |= {Link(_column(other, field), path) for other, field, path in declared}
    return tuple(sorted(found, key=lambda link: (link.path, link.column)))


def reached(rows: QuerySet[Any], touched: Touched) -> set[UUID]:
    """Return what the rows of a query belong to that changes may have reached.

    Asked of all rows of the record, for some may have left the units of the query.
    """
    found: set[Any] = set()
    everything = rows.model._base_manager.order_by()
    attribute = _owner(rows.query.get_compiler(DEFAULT_DB_ALIAS)).attname
    for link in links(rows) or ():
        keys = touched.get(link.column)
        if not keys:
            continue
        if not link.path:
            found.update(keys)
            continue
        met = everything.filter(**{f"{link.path}__in": Among(keys)})
        found.update(met.values_list(attribute, flat=True))
    found.discard(None)
    return found


def limited(rows: QuerySet[Any], owners: Collection[UUID]) -> QuerySet[Any]:
    """Return the rows of a query that belong to these."""
    selected: Any = rows.query.selected
    first = next(iter(selected))
    return rows.filter(**{f"{first}__in": Among(owners)})


def _owner(compiler: Any) -> Any:
    """Return the field of the first column, where it is one of the query's own table."""
    compiler.pre_sql_setup()
    first = compiler.select[0][0]
    own = compiler.query.get_initial_alias()
    return first.target if isinstance(first, Col) and first.alias == own else None


def _joined(rows: QuerySet[Any]) -> Iterator[tuple[type[Model], str]]:
    """Yield the models that a query joins by keys of its rows, with the way there."""
    query = rows.query
    paths = {query.get_initial_alias(): ""}
    join: Any
    for alias, join in query.alias_map.items():
        is_forward = isinstance(join, Join) and isinstance(join.join_field, ForeignKey)
        if not is_forward or join.parent_alias not in paths:
            continue
        before = paths[join.parent_alias]
        paths[alias] = f"{before}__{join.join_field.name}".removeprefix("__")
        if query.alias_refcount[alias]:
            yield join.join_field.related_model, paths[alias]


def _models(tables: Collection[str]) -> list[type[Model]]:
    found = {model._meta.db_table: model for model in apps.get_models()}
    return [found[table] for table in tables]


def _column(model: type[Model], field: str) -> str:
    named: Any = model._meta.pk if field == "pk" else model._meta.get_field(field)
    return f"{model._meta.db_table}.{named.column}"
