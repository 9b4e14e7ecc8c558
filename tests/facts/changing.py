"""Random changes of the record, of whatever table the facts read, by whatever write."""

from datetime import date, timedelta
from random import Random

from django.apps import apps
from django.db import Error, models, transaction

from braid.facts import dependence, registry
from braid.facts.schema import TABLES
from braid.kernel.ids import new_id


def read_models():
    """Return the models whose tables any query of the facts reads."""
    named = {
        table
        for name in TABLES
        for rows in registry.queries(name, dependence.ANY_UNITS)
        for table in dependence.READ.findall(str(rows.query))
    }
    return [model for model in apps.get_models() if model._meta.db_table in named]


def change(dice: Random, where) -> str:
    """Change one row of a model, add a copy of it, or take it away; say what was done.

    What the database refuses is left, as it would be by the program.
    """
    rows = where._base_manager.order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return ""
    row = rows.get(pk=dice.choice(keys))
    way = dice.choice((_take_away, _copy, _edit, _edit, _edit))
    try:
        with transaction.atomic():
            said = way(dice, row)
    except Error:
        return ""
    return f"{where._meta.label} {said}"


def _take_away(_dice, row):
    row.delete()
    return "taken away"


def _copy(dice, row):
    row.pk = new_id() if isinstance(row._meta.pk, models.UUIDField) else None
    row._state.adding = True
    field, value = _other_value(dice, row)
    setattr(row, field.attname, value)
    type(row)._base_manager.bulk_create([row])
    return f"copied with another {field.name}"


def _edit(dice, row):
    field, value = _other_value(dice, row)
    type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: value})
    return f"has another {field.name}"


def _other_value(dice, row):
    fields = [
        field
        for field in row._meta.concrete_fields
        if not field.primary_key and isinstance(field, tuple(OTHERS))
    ]
    field = dice.choice(fields)
    other = next(OTHERS[kind] for kind in OTHERS if isinstance(field, kind))
    return field, other(dice, field, getattr(row, field.attname))


def _other_key(dice, field, _before):
    keys = list(field.related_model._base_manager.values_list("pk", flat=True))
    return dice.choice([*keys, *[None] * field.null])


def _other_day(dice, field, before):
    if field.null and dice.random() < 0.3:
        return None
    day = before or date(2026, 9, 1)
    return day + timedelta(dice.choice((-400, -30, -1, 1, 20)))


def _other_word(dice, field, before):
    words = [word for word, _name in field.flatchoices]
    return dice.choice(words or [before, f"{before}2"[: field.max_length]])


OTHERS = {
    models.ForeignKey: _other_key,
    models.DateTimeField: lambda _dice, _field, before: before,
    models.DateField: _other_day,
    models.BooleanField: lambda dice, field, _before: dice.choice(
        [True, False, *[None] * field.null]
    ),
    models.IntegerField: lambda dice, _field, before: (
        (before or 0) + dice.choice((1, 7))
    ),
    models.DecimalField: lambda dice, _field, before: (before or 0) + 1,
    models.CharField: _other_word,
}
