"""What is watched, in words: a card a figure, its groups as tables, its trend as a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.facts import leaving
from braid.facts import presenters as figures
from braid.funding.monitors import curves, words
from braid.funding.monitors.curves import CurvePart
from braid.funding.monitors.reading import Board, Raised, Watched, number_of
from braid.packs.jurisdictions import in_language
from braid.web.pictures.lines import Line, Lines, Point
from braid.web.pictures.lines import draw as draw_lines

if TYPE_CHECKING:
    from braid.facts.leaving import Shown
    from braid.funding.models import MonitorNote
    from braid.packs.measures import Measure


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A figure of one group; `flag` is the sentence that it raised, mostly empty."""

    name: str
    value: str
    made_of: str
    flag: str


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A figure by the values of one key."""

    title: str
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """When a figure is flagged, and where that was decided."""

    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Card:
    """One monitor as a page shows it."""

    name: str
    title: str
    number: str
    why: str
    value: str
    means: str
    made_of: str
    definition: str
    period: str
    left_out: tuple[str, ...]
    flags: tuple[str, ...]
    limits: tuple[Limit, ...]
    tables: tuple[GroupTable, ...]
    quarters: tuple[GroupRow, ...]
    picture: Lines | None
    curves: tuple[CurvePart, ...]
    note_url: str
    notes: tuple[MonitorNote, ...]


def cards(board: Board, notes: Sequence[MonitorNote]) -> list[Card]:
    """Return a card a monitor; those with a flag stand first, in their order."""
    found = [
        _card(one, board, tuple(n for n in notes if n.monitor == one.monitor.id))
        for one in board.watched
    ]
    return sorted(found, key=lambda card: not card.flags)


def _card(one: Watched, board: Board, notes: tuple[MonitorNote, ...]) -> Card:
    monitor, measure = one.monitor, one.monitor.defined
    shown = one.newest
    url = reverse("funding:monitor_note_new", args=[board.agreement.pk])
    return Card(
        name=monitor.id,
        title=said(monitor.title),
        number=monitor.number,
        why=said(monitor.why),
        value=_value(measure, shown, monitor.reads),
        means=_means(measure, monitor.reads),
        made_of=_made_of(measure, shown, monitor.reads),
        definition=said(measure.about),
        period=figures.period_text(one.periods[-1]),
        left_out=tuple(figures.left_out_texts(shown.figure.left_out)),
        flags=tuple(map(raised_text, one.raised)),
        limits=tuple(Limit(said(f.says), f.source) for f in monitor.flags),
        tables=tuple(_tables(one)),
        quarters=tuple(_quarters(one))[::-1],
        picture=_picture(one),
        curves=tuple(curves.parts(one.curves)),
        note_url=f"{url}?monitor={monitor.id}",
        notes=notes,
    )


@dataclass(frozen=True, slots=True)
class Exit:
    """An exit that whoever keeps the record opens."""

    name: str
    url: str
    milestone: str
    exited_on: date
    last_day: date


@dataclass(frozen=True, slots=True)
class ExitCard:
    """Exits shortly before a milestone was out of reach: how many, by milestone."""

    value: str
    rows: tuple[GroupRow, ...]
    exits: tuple[Exit, ...]


def exit_card(board: Board, names: Mapping[UUID, tuple[UUID, str]]) -> ExitCard:
    """Return the exits as they may be shown; people only to who may read their names."""
    shown = dict(board.exits_shown)
    return ExitCard(
        value=figures.number_or_mark(shown.pop("")),
        rows=tuple(
            GroupRow(
                words.value_name("milestone", name), figures.number_or_mark(n), "", ""
            )
            for name, n in sorted(shown.items())
        ),
        exits=tuple(
            Exit(
                names[UUID(one.episode)][1],
                reverse("desk:person", args=[names[UUID(one.episode)][0]]),
                words.value_name("milestone", one.milestone),
                one.exited_on,
                one.last_day,
            )
            for one in board.exits
            if UUID(one.episode) in names
        ),
    )


def said(names: Mapping[str, str]) -> str:
    """Return the sentence of a pack in the reader's language."""
    return in_language(names, get_language() or "en")


def raised_text(raised: Raised) -> str:
    """Return what a flag says, and of which group."""
    if not raised.key:
        return said(raised.flag.says)
    return _("%(key)s, %(value)s: %(says)s") % {
        "key": words.key_name(raised.key),
        "value": words.value_name(raised.key, raised.value),
        "says": said(raised.flag.says),
    }


def _tables(one: Watched) -> Iterator[GroupTable]:
    reads = one.monitor.by_key or one.monitor.reads
    for key, found in one.groups.items():
        named = {(r.key, r.value): said(r.flag.says) for r in one.raised}
        rows = [
            GroupRow(
                words.value_name(key, value),
                _value(one.monitor.defined, shown, reads),
                _made_of(one.monitor.defined, shown, reads),
                named.get((key, value), ""),
            )
            for value, shown in sorted(
                found.items(), key=lambda told: words.place_of(key, told[0])
            )
        ]
        if rows:
            yield GroupTable(words.key_name(key), tuple(rows))


def _quarters(one: Watched) -> Iterator[GroupRow]:
    for period, shown in zip(one.periods, one.whole, strict=True):
        if one.monitor.trend:
            measure, reads = one.monitor.defined, one.monitor.reads
            yield GroupRow(
                figures.quarter_text(period),
                _value(measure, shown, reads),
                _made_of(measure, shown, reads),
                "",
            )


def _picture(one: Watched) -> Lines | None:
    if not one.monitor.trend:
        return None
    points = []
    for period, shown in zip(one.periods, one.whole, strict=True):
        number = number_of(shown, one.monitor.reads)
        value = None if number.value is None else float(number.value)
        text = _value(one.monitor.defined, shown, one.monitor.reads)
        points.append(Point(period.period, value, text if value is not None else ""))
    drawn = draw_lines([Line(_("Whole unit"), tuple(points))])
    return None if drawn.is_empty else drawn


def _value(measure: Measure, shown: Shown, name: str) -> str:
    return figures.number_or_mark(number_of(shown, name), _form(measure, name))


def _form(measure: Measure, name: str) -> str:
    if name in measure.ratios:
        return str(measure.ratios[name].form)
    return str(measure.statistics[name].form) if name in measure.statistics else ""


def _means(measure: Measure, name: str) -> str:
    if name in measure.ratios:
        return said(measure.ratios[name].means)
    if name in measure.statistics:
        return said(measure.statistics[name].means)
    return said(measure.amounts[name])


def _made_of(measure: Measure, shown: Shown, name: str) -> str:
    """Return what a value is made of: two counts, or how many stand behind it."""
    if name in shown.ratios:
        rate = shown.ratios[name]
        of, to = rate.numerator.exact, rate.denominator.exact
        if rate.value.is_hidden or of is None or to is None or not to:
            return ""
        return figures.quotient_text(of, to, measure.ratios[name].form)
    behind = shown.figure.statistics.get(name)
    if behind is None or not behind.rows:
        return ""
    return _("of %(n)s") % {"n": figures.number_text(behind.rows, 0)}


def small_numbers_text(*, inside: bool) -> str:
    """Return what is done with small numbers; nothing for who belongs inside."""
    profile = leaving.usual(inside=inside)
    return "" if profile is None else profile.text(get_language() or "en")
