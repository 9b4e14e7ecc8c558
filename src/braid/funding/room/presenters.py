"""A funder's room in words: claims by state, and figures by quarter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from braid.facts import presenters as figures
from braid.funding.claims.presenters import sums
from braid.funding.room.queries import Agreed
from braid.funding.room.reading import Told
from braid.funding.showing import Table
from braid.web.pictures.lines import Line, Lines, Point
from braid.web.pictures.lines import draw as draw_lines


@dataclass(frozen=True, slots=True)
class AgreedCard:
    """An agreement in a funder's room."""

    title: str
    sub: str
    waits: str
    since: date | None
    sums: Table | None
    figures_url: str
    monitors_url: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A figure of a quarter."""

    name: str
    value: str
    made_of: str


@dataclass(frozen=True, slots=True)
class FigureCard:
    """A measure by quarter, the newest first, and as a line."""

    title: str
    means: str
    definition: str
    rows: tuple[QuarterRow, ...]
    picture: Lines | None


def cards(found: Iterable[Agreed]) -> list[AgreedCard]:
    """Return a card an agreement."""
    return [_card(one) for one in found]


def _card(one: Agreed) -> AgreedCard:
    agreement = one.agreement
    return AgreedCard(
        title=_("%(unit)s: %(contract)s")
        % {"unit": agreement.unit.name, "contract": agreement.title},
        sub=agreement.funder.name,
        waits=figures.number_text(one.waiting, 0) if one.waiting else "",
        since=one.waits_since,
        sums=sums(one.tallies, agreement.title),
        figures_url=reverse("funding:room_figures", args=[agreement.pk]),
        monitors_url=reverse("funding:monitored", args=[agreement.pk]),
        last_day=agreement.last_day,
    )


def figure_cards(found: Iterable[Told]) -> list[FigureCard]:
    """Return a card a measure."""
    return [_figure(one) for one in found]


def _figure(one: Told) -> FigureCard:
    rows, points = [], []
    for period, shown in zip(one.periods, one.shown, strict=True):
        line = figures.figure_line(one.measure, shown)
        value = shown.mark if shown.is_hidden else line.value
        rows.append(
            QuarterRow(
                figures.quarter_text(period),
                value,
                "" if shown.is_hidden else line.made_of,
            )
        )
        height = None if shown.value is None else float(shown.value)
        points.append(Point(period.period, height, "" if height is None else value))
    drawn = draw_lines([Line(_("Whole unit"), tuple(points))])
    newest = figures.figure_line(one.measure, one.shown[-1])
    return FigureCard(
        title=newest.label,
        means=newest.means,
        definition=newest.definition,
        rows=tuple(rows)[::-1],
        picture=None if drawn.is_empty else drawn,
    )
