"""A marker in every text that any table can hold about Pat, found by walking them all."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from braid.access import declared, secrets, subject_keys
from braid.access.models import BrokenGlass
from braid.access.rights import relations
from tests.cast import World
from tests.factories import FACTORIES

SHORTEST = 6  # letters of a marker; a shorter column holds a code, not words
WITH_OWN_KEY = {"sealed_text", "sealed_answer"}
SEALED = WITH_OWN_KEY | {"value_encrypted"}


class Planted:
    """What was planted: each marker with where it stands."""

    def __init__(self) -> None:
        self.where: dict[str, str] = {}
        self._numbers = count(100)

    def marker(self, model: type[models.Model], name: str) -> str:
        made = f"Zq{next(self._numbers)}x"
        self.where[made] = f"{model._meta.label_lower}.{name}"
        return made

    def lost_from(self, text: str) -> list[str]:
        return [place for marker, place in self.where.items() if marker not in text]

    def found_in(self, data: bytes) -> list[str]:
        return [
            place for marker, place in self.where.items() if marker.encode() in data
        ]


def text_columns(model: type[models.Model]) -> Iterator[Any]:
    """Yield the columns of a table that hold words, not codes and not technical keys."""
    technical = declared.of(model).technical
    for one in model._meta.concrete_fields:
        if one.name in technical or one.choices or one.related_model is not None:
            continue
        is_text = isinstance(one, models.CharField | models.TextField)
        is_short = (one.max_length or SHORTEST) < SHORTEST
        if (
            (is_text and not is_short)
            or one.name in SEALED
            or isinstance(one, models.JSONField)
        ):
            yield one


def plant(world: World) -> Planted:
    """Put a row about Pat into every table about applicants, with markers in its texts."""
    planted, made = Planted(), {}
    for model in _parents_first():
        values = {
            one.name: _value(planted, model, one, world) for one in text_columns(model)
        }
        there = relations.rows(model, world.pat.pk)
        known = there.first()
        if known is not None and not issubclass(model, _append_only()):
            QuerySet(model).filter(pk=known.pk).update(**values)
            made[model] = known
        else:
            made[model] = FACTORIES[model](**_about(model, made, world), **values)
    # What an applicant is not told of is not in a copy either.
    BrokenGlass.objects.filter(told_at=None).update(told_at=timezone.now())
    return planted


def _append_only() -> type[models.Model]:
    from braid.access.models import AppendOnlyModel

    return AppendOnlyModel


def _parents_first() -> list[type[models.Model]]:
    return [
        model
        for model in reversed(relations.for_good())
        if not model._meta.auto_created
    ]


def _value(planted: Planted, model: Any, one: Any, world: World) -> Any:
    marker = planted.marker(model, one.name)
    if one.name in WITH_OWN_KEY:
        return subject_keys.seal(world.pat.pk, marker.encode())
    if one.name == "value_encrypted":
        return secrets.encrypt(marker)
    return [marker] if isinstance(one, models.JSONField) else marker


def _about(model: Any, made: dict[Any, Any], world: World) -> dict[str, Any]:
    """Return what ties a row of a table to Pat."""
    tied: dict[str, Any] = {}
    for path in relations.paths()[model]:
        first, _dots, _rest = path.partition("__")
        field = next(
            one
            for one in model._meta.concrete_fields
            if first in (one.name, one.attname)
        )
        if field.related_model is None:
            tied[field.name] = world.pat.pk
        else:
            tied[field.name] = made[field.related_model]
    return tied
