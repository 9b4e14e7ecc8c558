"""Snapshots, and what changed between two of them, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from braid.facts.models import Snapshot
from braid.facts.presenters import figure_line
from braid.facts.schema import TABLES
from braid.packs.jurisdictions import in_language
from braid.web.days import clock_text, day_text

if TYPE_CHECKING:
    from braid.facts.comparing import Difference, Moved, Movement
    from braid.packs.measures import Measure

SHOWN = 200  # rows behind a figure
HOW = {
    "entered": gettext_lazy("came in"),
    "left": gettext_lazy("left"),
    "changed": gettext_lazy("changed"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A snapshot as the list shows it."""

    url: str
    as_of: date
    made_at: datetime
    by: str
    units: int
    rows: int
    hash: str


@dataclass(frozen=True, slots=True)
class Changed:
    """How the rows of a table and a unit differ."""

    table: str
    unit: str
    came: int
    went: int
    changed: int


@dataclass(frozen=True, slots=True)
class MovedLine:
    """A row behind a figure that moved, and the facts that moved it."""

    how: str
    said: str
    because: list[str]


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """A figure before and after, with the rows that make the difference."""

    label: str
    about: str
    values: list[tuple[str, str, str]]
    rows: list[MovedLine]
    more: int


def line(snapshot: Snapshot) -> Line:
    """Return a snapshot as the list shows it."""
    return Line(
        url=reverse("facts:snapshot", args=[snapshot.pk]),
        as_of=snapshot.as_of,
        made_at=snapshot.made_at,
        by=snapshot.made_by.name if snapshot.made_by else _("a task"),
        units=len(snapshot.units),
        rows=sum(snapshot.rows.values()),
        hash=snapshot.hash[:12],
    )


def name(snapshot: Snapshot) -> str:
    """Return the name of a snapshot where one is chosen."""
    made = timezone.localtime(snapshot.made_at)
    return _("%(day)s, made at %(time)s") % {
        "day": day_text(snapshot.as_of),
        "time": clock_text(made.time()),
    }


def rows(snapshot: Snapshot) -> list[tuple[str, int]]:
    """Return how many rows each table has, in the order of the schema."""
    return [(table, snapshot.rows.get(table, 0)) for table in TABLES]


def differences(found: Iterable[Difference], names: Mapping[str, str]) -> list[Changed]:
    """Return what changed, with the units by name."""
    return [
        Changed(
            one.table,
            names.get(one.unit or "", "–"),
            one.came,
            one.went,
            one.changed,
        )
        for one in found
    ]


def movement(measure: Measure | None, found: Movement | None) -> MovedFigure | None:
    """Return why a figure moved, in words; None where nobody asked."""
    if measure is None or found is None:
        return None
    language = get_language() or "en"
    return MovedFigure(
        label=measure.name(language),
        about=in_language(measure.about, language),
        values=[
            (
                was.period.period,
                figure_line(measure, was).value,
                figure_line(measure, now).value,
            )
            for was, now in zip(found.before, found.after, strict=True)
        ],
        rows=[_moved(one) for one in found.rows[:SHOWN]],
        more=max(0, len(found.rows) - SHOWN),
    )


def _moved(one: Moved) -> MovedLine:
    row = one.now or one.was or {}
    return MovedLine(
        how=str(HOW[one.how]),
        said=_said(row),
        because=[_because(reason) for reason in one.reasons],
    )


def _said(row: Mapping[str, Any]) -> str:
    """Return what a row says besides ids, which say nothing to a reader."""
    shown: Sequence[str] = [
        f"{name} {localize(value)}"
        for name, value in row.items()
        if value is not None and not name.endswith(("_id", "_key"))
    ]
    return ", ".join(shown)


def _because(reason: Any) -> str:
    if reason.was is None:
        return _("a row of %(table)s came") % {"table": reason.table}
    if reason.now is None:
        return _("a row of %(table)s went") % {"table": reason.table}
    return _("a row of %(table)s changed: %(columns)s") % {
        "table": reason.table,
        "columns": ", ".join(reason.columns),
    }
