"""Many rows at once: one prepared statement, and no instance of a model for each.

For the bulk commands of the rooms; what they call for is checked there. A row made one
by one costs about five times as much.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain, islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils import timezone

BATCH = 10_000
KEPT = 50_000  # values of a column whose stored form is remembered
_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField)


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    **same: Any,
) -> None:
    """Insert rows whose values stand in the order of `columns`.

    `same` are values that all rows share; what neither names takes the default of its
    field, the present moment where the field asks for it. As with `bulk_create`, the
    database checks, not the model.
    """
    database = connections[DEFAULT_DB_ALIAS]
    named = {name: place for place, name in enumerate(columns)}
    fields = model._meta.local_concrete_fields
    making = [
        _value(field, named, same, partial(field.get_db_prep_save, connection=database))
        for field in fields
    ]
    quote = database.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608
    stored = ([make(row) for make in making] for row in rows)
    with database.cursor() as cursor:
        for batch in _batches(stored):
            cursor.executemany(statement, batch)


def _batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    for first in rows:
        yield list(chain([first], islice(rows, BATCH - 1)))


def _value(
    field: models.Field[Any, Any],
    named: dict[str, int],
    same: dict[str, Any],
    store: Callable[[Any], Any],
) -> Callable[[Sequence[Any]], Any]:
    """Return what makes the stored value of a field from a row."""
    place = named.get(field.attname)
    if place is not None and isinstance(field, _AS_THEY_ARE):
        return lambda row: row[place]
    if place is None:
        if field.attname not in same and field.primary_key:
            return lambda row: store(field.get_default())
        stored = store(_constant(field, same))
        return lambda row: stored
    if not field.primary_key:
        store = lru_cache(maxsize=KEPT)(store)
    return lambda row: store(row[place])


def _constant(field: models.Field[Any, Any], same: dict[str, Any]) -> Any:
    if field.attname in same:
        return same[field.attname]
    if getattr(field, "auto_now_add", False):
        return timezone.now()
    return field.get_default()
