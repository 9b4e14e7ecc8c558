"""One timeline that many rooms write to, read by one query.

Each room gives its parts: rows that the policy has filtered, in one shape. The database
puts them together and keeps the latest; only those become moments.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject

from braid.kernel.moments import Moment, Strand


class Row(NamedTuple):
    """One thing that happened, in the shape that every part has."""

    source: str
    key: UUID
    day: date
    by: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """What one table gives to a timeline, and how a row of it becomes a moment."""

    source: str
    rows: QuerySet[Any]
    moment: Callable[[Row], Moment]


def part(
    rows: QuerySet[Any],
    moment: Callable[[Row], Moment],
    *,
    before: date | None = None,
    key: str = "pk",
    day: str = "day",
    by: str = "",
    values: Mapping[str, Any],
) -> Part:
    """Return a part of a timeline: rows with a `day`, those before a day where one is.

    `by` is the path to the name of who did it; `values` name what the moment tells.
    """
    if before is not None:
        rows = rows.filter(**{f"{day}__lt": before})
    source = f"{rows.model._meta.label_lower} {day}"
    who = Coalesce(F(by), Value("")) if by else Value("", output_field=CharField())
    shaped = (
        rows.order_by()
        .annotate(
            told_source=Value(source, output_field=CharField()),
            told_key=F(key),
            told_on=F(day),
            told_by=who,
            told_values=JSONObject(**values),
        )
        .values_list("told_source", "told_key", "told_on", "told_by", "told_values")
    )
    return Part(source, shaped, moment)


def told_as(title: str, strand: Strand) -> Callable[[Row], Moment]:
    """Return how a row becomes a moment that one sentence tells."""

    def moment(row: Row) -> Moment:
        return Moment(
            day=row.day,
            kind=title,
            strand=strand,
            record_kind=row.source.split()[0],
            record_id=row.key,
            title=title,
            values=row.values,
            by=row.by,
        )

    return moment


def moments(parts: Sequence[Part], limit: int) -> list[Moment]:
    """Return the latest moments of all parts, the latest first: one query."""
    first, *others = (part.rows for part in parts)
    together = first.union(*others, all=True)
    of = {part.source: part.moment for part in parts}
    found = (Row(*row) for row in together.order_by("-told_on")[:limit])
    return [of[row.source](row) for row in found]
