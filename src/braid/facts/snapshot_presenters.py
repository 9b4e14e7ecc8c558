"""Snapshots, and what changed between two of them, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from braid.facts.models import Snapshot
from braid.facts.presenters import figure_line, left_out_texts, number_text
from braid.facts.rows import thing_of
from braid.facts.schema import TABLES
from braid.facts.schema_words import THINGS, column_word, value_word
from braid.packs.jurisdictions import in_language
from braid.web.days import clock_text, day_text

if TYPE_CHECKING:
    from braid.facts.comparing import Difference, Moved, Movement, Reason
    from braid.packs.measures import Measure

SHOWN = 200  # rows behind a figure
IDS = ("_id", "_key", "referred_by_staff")  # say nothing to a reader
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
    thing: str
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
            str(THINGS[one.table]),
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
        rows=[_moved(measure, one) for one in found.rows[:SHOWN]],
        more=max(0, len(found.rows) - SHOWN),
    )


def _moved(measure: Measure, one: Moved) -> MovedLine:
    return MovedLine(
        how=str(HOW[one.how]),
        said=_said(measure, one),
        because=[_because(reason) for reason in one.reasons],
    )


def _said(measure: Measure, one: Moved) -> str:
    """Return what a row is, in which period, and what it adds to the figure."""
    row = one.now or one.was or {}
    thing = str(THINGS[thing_of(row)]) if thing_of(row) else _("row")
    amounts = [
        text for name in measure.amounts if (text := _amount(measure, name, one))
    ]
    left_out = [
        _("left out: %(why)s") % {"why": why}
        for why in left_out_texts({row["left_out"]: 1} if row.get("left_out") else {})
    ]
    head = f"{thing[:1].upper()}{thing[1:]}"
    if measure.window.quarters:  # else there is one period, and the figure says it
        head = f"{head}, {row['period']}"
    return " · ".join((head, *amounts, *left_out))


def _amount(measure: Measure, name: str, one: Moved) -> str:
    """Return what a row counts for an amount; before and after where these differ."""
    was, now = ((row or {}).get(name) or 0 for row in (one.was, one.now))
    if not was and not now:
        return ""
    means = in_language(measure.amounts[name], get_language() or "en")
    said = {"means": means, "was": number_text(was, 2), "now": number_text(now, 2)}
    if one.how != "changed":
        said["now"] = said["now"] if now else said["was"]
        return _("%(means)s: %(now)s") % said
    if was == now:
        return _("%(means)s: %(now)s") % said
    return _("%(means)s: %(was)s before, %(now)s after") % said


def _because(reason: Reason) -> str:
    """Return which fact came, went or changed, and what of it."""
    thing = {"thing": str(THINGS[reason.table])}
    if reason.was is None or reason.now is None:
        said = _("%(thing)s came") if reason.was is None else _("%(thing)s went")
        return said % thing
    told = "; ".join(
        _("%(column)s from %(was)s to %(now)s")
        % {
            "column": column_word(name),
            "was": value_word(reason.was[name]),
            "now": value_word(reason.now[name]),
        }
        if not name.endswith(IDS)
        else column_word(name)
        for name in reason.columns
    )
    return _("%(thing)s changed: %(told)s") % {**thing, "told": told}
