"""The page for management: one quarter of a unit on one sheet of paper, naming nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from braid.documents import making
from braid.facts import annotating
from braid.facts import presenters as figures
from braid.facts import queries as facts
from braid.integration import presenters, queries
from braid.integration.lenses import DRIFT, INTEGRATION
from braid.packs import measures
from braid.web.days import day_text

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.access.policy import Actor
    from braid.facts.models import Annotation
    from braid.facts.reading import Facts
    from braid.integration.queries import Board
    from braid.method.measures import Asked

TEMPLATE = "integration_quarter"
COLUMNS = 6  # teams that fit beside the unit
NOTES, LETTERS = 5, 280  # of the quarter's notes, and of each
Values = Mapping[str, Any]


def make(actor: Actor, unit: Team, quarter: str, day: date) -> bytes:
    """Return the page of a quarter as PDF. Raises Refused, and InputFault."""
    return making.render(
        TEMPLATE,
        "pdf",
        values(actor, unit, quarter, day),
        country=unit.organisation.country,
    )


def values(actor: Actor, unit: Team, quarter: str, day: date) -> Values:
    """Return the words of the page. Raises Refused, and InputFault for no quarter."""
    period = queries.quarter(quarter, day)
    # With all that the pages show, so that it hides what they hide.
    periods = tuple(dict.fromkeys((*queries.trend(day), period)))
    place = periods.index(period)
    with facts.shared_figures(actor, unit, day) as drawn:
        boards = [
            queries.board_of(unit, lens, drawn, periods, shows_small=False)
            for lens in (INTEGRATION, DRIFT)
        ]
        people = list(_people(drawn, unit, period))
        still_open, late = queries.decisions(drawn, period.last_day)
    shown = [p.measure for board in boards for p in board.practices]
    notes = annotating.beside(unit, [m.id for m in shown], quarter)
    return {
        "title": _("IPS in %(quarter)s: %(unit)s")
        % {"quarter": figures.quarter_text(period), "unit": unit.name},
        "lead": _lead(boards[0], period),
        "people": _("People"),
        "figures": people,
        "tables": [_table(board, place) for board in boards],
        "decisions": {
            "title": _("Decisions of the meetings"),
            "text": _decisions(still_open, late, period.last_day),
        },
        "notes": {
            "title": _("Notes of the quarter"),
            "points": list(_notes(notes)),
            "none": _("Nobody wrote a note beside a figure of this quarter."),
        },
        "definitions": {
            "title": _("What the figures are"),
            "points": list(_definitions([measures.get("quarters"), *shown])),
        },
        "foot": _foot(day),
        "language": get_language() or "en",
    }


def _lead(board: Board, period: Asked) -> str:
    bodies = dict.fromkeys(team.organisation.name for team in board.teams)
    days = figures.period_text(period)
    if not bodies:
        return days
    return _("What IPS does with %(bodies)s, %(days)s.") % {
        "bodies": ", ".join(bodies),
        "days": days,
    }


def _people(drawn: Facts, unit: Team, period: Asked) -> Iterator[Values]:
    """Yield people served, and of them those working, of the whole unit."""
    measure = measures.get("quarters")
    shown = queries.served(drawn, unit, measure, period)
    line = figures.figure_line(measure, shown)
    served = figures.number_or_mark(shown.amounts["served"])
    yield {"value": served, "means": _said(measure, "served"), "made_of": ""}
    yield {"value": line.value, "means": line.means, "made_of": line.made_of}


def _said(measure: measures.Measure, amount: str) -> str:
    language = get_language() or "en"
    names = measure.amounts[amount]
    return names.get(language, names["en"])


def _table(board: Board, place: int) -> Values:
    teams = board.teams[:COLUMNS]
    more = len(board.teams) - len(teams)
    return {
        "title": str(board.lens.title),
        "heading": str(board.lens.question),
        "columns": [_("Whole unit"), *(team.name for team in teams)],
        "rows": [
            {
                "label": practice.measure.name(get_language() or "en"),
                "cells": [
                    {"value": cell.value, "made_of": cell.made_of}
                    for cell in presenters.cells(practice, teams, place)
                ],
            }
            for practice in board.practices
        ],
        "more": ngettext(
            "%(n)s further team is on the page in Braid.",
            "%(n)s further teams are on the page in Braid.",
            more,
        )
        % {"n": more}
        if more
        else "",
    }


def _decisions(still_open: int, late: int, last_day: date) -> str:
    said = ngettext(
        "%(n)s decision that a meeting made was not carried out by %(day)s",
        "%(n)s decisions that meetings made were not carried out by %(day)s",
        still_open,
    ) % {"n": still_open, "day": day_text(last_day)}
    past = ngettext("%(n)s past its day.", "%(n)s past their day.", late) % {"n": late}
    return f"{said}; {past}"


def _notes(notes: Sequence[Annotation]) -> Iterator[str]:
    for note in notes[:NOTES]:
        name = measures.get(note.measure).name(get_language() or "en")
        words = Truncator(" ".join(note.text.split())).chars(LETTERS)
        yield f"{name}: {words}"
    more = len(notes) - NOTES
    if more > 0:
        yield ngettext(
            "%(n)s further note is on the page in Braid.",
            "%(n)s further notes are on the page in Braid.",
            more,
        ) % {"n": more}


def _definitions(shown: Sequence[measures.Measure]) -> Iterator[Values]:
    for measure in shown:
        language = get_language() or "en"
        text = measure.about.get(language, measure.about["en"])
        yield {"label": measure.name(language), "text": " ".join(text.split())}


def _foot(day: date) -> str:
    return _(
        "Drawn from the record on %(day)s; what is recorded later changes it. Where a "
        "definition says the last 90 days, the days of the quarter stand here. It names "
        "nobody. %(small_numbers)s"
    ) % {
        "day": day_text(day),
        "small_numbers": presenters.small_numbers_text(inside=False),
    }
