"""Figures of a unit, drawn fresh from its record; their rows are with the outcomes.

The engine of the facts is loaded when a figure is asked for, never with a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.facts import presenters
from braid.facts import queries as facts
from braid.facts.presenters import FigureLine
from braid.packs import measures
from braid.packs.measures import Measure
from braid.packs.measures.periods import between
from braid.web.pictures.columns import Columns, Share
from braid.web.pictures.columns import draw as draw_columns

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.measuring import Measured
    from braid.facts.reading import Facts
    from braid.method.measures import Asked
    from braid.packs.measures.figures import Figure

HEADLINES = (
    "item01_caseload",
    "quarters",
    "item17_employer_contacts",
    "item24_community",
    "item15_rapid_search",
    "item21_competitive_permanent",
    "time_to_first_competitive_job",
)
"""What a unit sees of itself first, in this order."""
SHOWN = (*HEADLINES, "item04_top_two_teams", "current_competitive_hours")
WEEKLY = ("item17_employer_contacts", "item24_community")
STAFF = "staff_id"
QUARTERS_DRAWN = 12


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A figure of one group, a specialist or a quarter; `query` asks for its rows."""

    name: str
    line: FigureLine
    query: str


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """One measure of a unit: its figure, and that figure by specialist or by quarter."""

    line: FigureLine
    specialists: tuple[GroupLine, ...] = ()
    quarters: tuple[GroupLine, ...] = ()
    picture: Columns | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """What one specialist logged this week in one unit.

    `employers` None: not in post this week. `community` None: no contact face to face.
    """

    unit: str
    visits: str
    employers: FigureLine | None
    community: FigureLine | None


def headlines(actor: Actor, unit: Team, day: date) -> list[FigureLine]:
    """Return the figures that a unit sees first. Raises Refused."""
    with facts.unit_facts(actor, unit, day) as drawn:
        return [_latest(measures.get(name), drawn) for name in HEADLINES]


def cards(actor: Actor, unit: Team, day: date) -> list[MeasureCard]:
    """Return every figure of a unit, whole and by specialist. Raises Refused."""
    with facts.unit_facts(actor, unit, day) as drawn:
        names = _names(drawn)
        return [_card(measures.get(name), drawn, names) for name in SHOWN]


def week(actor: Actor, monday: date, day: date) -> list[Week]:
    """Return what a specialist logged from `monday` to `day`, a line a unit."""
    units = access.units(actor, Action.READ, Information.ATTENDANCE)
    return [_week(actor, unit, monday, day) for unit in units.order_by("name")]


def _week(actor: Actor, unit: Team, monday: date, day: date) -> Week:
    with facts.unit_facts(actor, unit, day) as drawn:
        visits, community = (
            _own(actor, drawn, measures.get(name), between(monday, day, day))
            for name in WEEKLY
        )
    return Week(
        unit.name,
        presenters.number_text(visits.amounts["contacts"], 0) if visits else "",
        presenters.figure_line(measures.get(WEEKLY[0]), visits) if visits else None,
        presenters.figure_line(measures.get(WEEKLY[1]), community)
        if community and community.denominator
        else None,
    )


def _own(actor: Actor, drawn: Facts, measure: Measure, period: Asked) -> Figure | None:
    """Return a specialist's own figure, None where there is none."""
    from braid.facts import measuring

    asked = measuring.measured(measure, drawn, periods=[period])
    figures = asked.figures((STAFF,))
    return next((f for f in figures if f.group[STAFF] == str(actor.id)), None)


def _latest(measure: Measure, drawn: Facts) -> FigureLine:
    from braid.facts import measuring

    return presenters.figure_line(measure, measuring.run(measure, drawn)[-1])


def _card(
    measure: Measure, drawn: Facts, names: Mapping[str | None, str]
) -> MeasureCard:
    from braid.facts import measuring

    asked = measuring.measured(measure, drawn)
    figures = asked.figures()
    quarters = tuple(
        GroupLine(
            presenters.quarter_text(figure.period),
            presenters.figure_line(measure, figure),
            f"period={figure.period.period}",
        )
        for figure in (figures if measure.window.quarters else ())
    )
    return MeasureCard(
        line=presenters.figure_line(measure, figures[-1]),
        specialists=tuple(_by_specialist(measure, asked, names)),
        quarters=quarters[::-1],
        picture=_picture(measure, figures) if quarters and _is_drawn(figures) else None,
    )


def _is_drawn(figures: Sequence[Figure]) -> bool:
    return any(figure.value is not None for figure in figures)


def _by_specialist(
    measure: Measure, asked: Measured, names: Mapping[str | None, str]
) -> Iterable[GroupLine]:
    """Return a line a specialist, by name; nobody is ranked."""
    if STAFF not in measure.by:
        return []
    lines = [
        GroupLine(
            names[staff], presenters.figure_line(measure, figure), f"value={staff}"
        )
        for figure in asked.figures((STAFF,))
        if (staff := figure.group[STAFF]) in names and figure.denominator
    ]
    return sorted(lines, key=lambda line: line.name)


def _picture(measure: Measure, figures: Sequence[Figure]) -> Columns:
    return draw_columns(
        [
            Share(
                figure.period.period,
                None if figure.value is None else float(figure.value),
                presenters.value_text(figure.value, "share"),
            )
            for figure in figures[-QUARTERS_DRAWN:]
        ]
    )


def _names(drawn: Facts) -> dict[str | None, str]:
    """Return what the people of the unit are called, by the facts' id of them."""
    ids = [UUID(key) for key in drawn.table("staff").column("staff_id").to_pylist()]
    return {str(key): name for key, name in access.names_of(ids).items()}
