"""Reading the figures of both sides, their rows' people, and the notes beside them.

The engine of the facts is loaded when a figure is asked for, never with a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information, Subject, decide
from braid.facts import queries as facts
from braid.integration import rules
from braid.integration.lenses import ABOUT_NOBODY, LENSES, Lens
from braid.integration.models import Annotation
from braid.method.measures import Asked
from braid.teamwork.queries.steering import steering_members

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.measuring import Measured
    from braid.facts.reading import Facts
    from braid.packs.measures import Measure
    from braid.packs.measures.figures import Figure

DAYS = 90  # of the figures that stand first
UNIT = "unit_id"
TEAMS = frozenset({lens.key for lens in LENSES} | {UNIT})


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and whether so few rows stand behind it that it is not shown."""

    figure: Figure
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Practice:
    """A measure of a unit in some periods: whole, by team, and by what else it knows.

    Cells stand in the order of `periods`. `groups` has a key of the measure, its values
    and their cells.
    """

    measure: Measure
    periods: tuple[Asked, ...]
    whole: tuple[Cell, ...]
    teams: Mapping[str, tuple[Cell, ...]]
    groups: Mapping[str, Mapping[str, tuple[Cell, ...]]]


@dataclass(frozen=True, slots=True)
class Board:
    """What a lens shows of a unit on a day."""

    unit: Team
    lens: Lens
    day: date
    teams: tuple[Team, ...]
    practices: tuple[Practice, ...]


def units(actor: Actor) -> list[Team]:
    """Return the units whose figures `actor` may read, of either side, by name."""
    found = access.units_at_table(actor, Action.READ, Information.STATISTICAL)
    return list(found)


def unit(actor: Actor, key: str) -> Team:
    """Return one of these units by its short name or its id, else answer 404."""
    found = access.units_at_table(actor, Action.READ, Information.STATISTICAL)
    asked = Q(slug=key)
    if _is_id(key):
        asked |= Q(pk=UUID(key))
    one: Team | None = found.filter(asked).first()
    if one is None:
        raise Http404
    return one


def _is_id(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def is_inside(actor: Actor, of_unit: Team) -> bool:
    """Say whether it is the actor's own unit; others are shown no small numbers."""
    return of_unit.pk in actor.teams


def last_days(day: date) -> Asked:
    """Return the 90 days that end on `day`."""
    first_day = date.fromordinal(day.toordinal() - DAYS + 1)
    return Asked(f"{DAYS}", first_day, day, day)


def quarter(name: str, day: date) -> Asked:
    """Return a quarter as far as it is over on `day`. Raises InputFault."""
    days = rules.until(name, day)
    return Asked(name, days.first_day, days.last_day or day, day)


def trend(day: date) -> tuple[Asked, ...]:
    """Return the periods of a page: the last 90 days, then the quarters to now."""
    return (last_days(day), *(quarter(name, day) for name in rules.quarters(day)))


def chosen(periods: Sequence[Asked], name: str) -> int:
    """Return the place of a period by its id, the first where it is none of them."""
    return next((n for n, one in enumerate(periods) if one.period == name), 0)


def board(
    actor: Actor, of_unit: Team, lens: Lens, day: date, periods: Sequence[Asked] = ()
) -> Board:
    """Return the figures of a lens, by default with their trend. Raises Refused."""
    with facts.shared_figures(actor, of_unit, day) as drawn:
        return board_of(
            of_unit,
            lens,
            drawn,
            periods or trend(day),
            shows_small=is_inside(actor, of_unit),
        )


def board_of(
    of_unit: Team,
    lens: Lens,
    drawn: Facts,
    periods: Sequence[Asked],
    *,
    shows_small: bool,
) -> Board:
    """Return the figures of a lens from facts that were drawn for whoever reads them."""
    teams = tuple(access.teams_beside(of_unit, lens.kind))
    practices = tuple(
        _practice(measure, lens, drawn, of_unit, teams, periods, shows_small)
        for measure in lens.measures()
    )
    return Board(of_unit, lens, drawn.as_of, teams, practices)


def practice(
    actor: Actor, of_unit: Team, lens: Lens, measure: Measure, drawn: Facts
) -> tuple[Practice, tuple[Team, ...]]:
    """Return one measure with its trend, and the teams that it is shown for."""
    teams = tuple(access.teams_beside(of_unit, lens.kind))
    inside = is_inside(actor, of_unit)
    found = _practice(measure, lens, drawn, of_unit, teams, trend(drawn.as_of), inside)
    return found, teams


def _practice(
    measure: Measure,
    lens: Lens,
    drawn: Facts,
    of_unit: Team,
    teams: Sequence[Team],
    periods: Sequence[Asked],
    shows_small: bool,
) -> Practice:
    from braid.facts import measuring

    asked = measuring.measured(measure, drawn, periods=periods)
    own = {UNIT: str(of_unit.pk)} if UNIT in measure.by else {}
    whole = asked.figures((), own)
    by_team = {
        str(team.pk): asked.figures((), own | {lens.key: str(team.pk)})
        for team in (teams if lens.key in measure.by else ())
    }
    groups = {key: _groups(asked, key, own) for key in measure.by if key not in TEAMS}
    small = not shows_small and measure.id not in ABOUT_NOBODY
    away = _hidden(by_team, whole, _rows) if small else []
    is_away = [is_whole for _, is_whole in away] or [False] * len(whole)
    return Practice(
        measure,
        tuple(periods),
        tuple(map(Cell, whole, is_away)),
        _cells(by_team, away),
        {
            key: _cells(found, _hidden(found, whole, counted) if small else [])
            for key, found in groups.items()
        },
    )


def _groups(
    asked: Measured, key: str, own: Mapping[str, str]
) -> dict[str, list[Figure]]:
    """Return a figure a period for each value of a key that was met."""
    values = {figure.group[key] for figure in asked.figures((key,), own)}
    return {
        value or "": asked.figures((), {**own, key: value})
        for value in sorted(values, key=lambda value: value or "")
    }


Hidden = list[tuple[frozenset[str], bool]]


def _rows(figure: Figure) -> int:
    """Return how many rows stand behind the value of a figure."""
    return min((figure.rows, *(said.rows for said in figure.statistics.values())))


def counted(figure: Figure) -> int:
    """Return what a figure counts: of a group, which has nothing to be divided by."""
    return int(figure.numerator or 0)


def _hidden(
    by_group: Mapping[str, Sequence[Figure]],
    whole: Sequence[Figure],
    behind: Callable[[Figure], int],
) -> Hidden:
    """Return what is not shown, period by period."""
    return [
        rules.hidden({k: behind(found[n]) for k, found in by_group.items()}, behind(of))
        for n, of in enumerate(whole)
    ]


def _cells(
    by_group: Mapping[str, Sequence[Figure]], away: Hidden
) -> dict[str, tuple[Cell, ...]]:
    return {
        name: tuple(
            Cell(figure, bool(away) and name in away[n][0])
            for n, figure in enumerate(found)
        )
        for name, found in by_group.items()
    }


def served(drawn: Facts, of_unit: Team, measure: Measure, period: Asked) -> Figure:
    """Return a figure of the whole unit in one period."""
    from braid.facts import measuring

    asked = measuring.measured(measure, drawn, periods=[period])
    own = {UNIT: str(of_unit.pk)} if UNIT in measure.by else {}
    return asked.figures((), own)[0]


def decisions(drawn: Facts, last_day: date) -> tuple[int, int]:
    """Return how many decisions of meetings are open on a day, and how many late."""
    tasks = drawn.table("tasks").select(["meeting_id", "due_on", "done_on"])
    meetings = drawn.table("meetings").select(["meeting_id", "day"])
    return rules.open_decisions(tasks.to_pylist(), meetings.to_pylist(), last_day)


# ---- Notes beside the figures ------------------------------------------------------------


def seat(of_unit: Team) -> Subject:
    """Return what writing a note rests on: the unit's staff, and its steering group."""
    return Subject(
        None,
        of_unit.organisation_id,
        frozenset({of_unit.pk}),
        invited=steering_members(of_unit.pk),
    )


def may_annotate(actor: Actor, of_unit: Team) -> bool:
    """Say whether `actor` may write notes beside the figures of a unit."""
    return decide(actor, Action.TAKE_PART, seat(of_unit)).allowed


def notes_beside(
    of_unit: Team, measure_ids: Sequence[str], quarter: str = ""
) -> list[Annotation]:
    """Return the notes of a unit that the policy opened, by quarter, with who wrote."""
    rows = Annotation.objects.system("beside figures that the policy opened")
    found = rows.filter(unit=of_unit, measure__in=measure_ids)
    if quarter:
        found = found.filter(quarter=quarter)
    notes: list[Any] = list(found.select_related("created_by"))
    return notes


def annotation(actor: Actor, key: UUID) -> Annotation:
    """Return a note that `actor` may change, else answer 404."""
    rows = Annotation.objects.system("opened by the policy, below")
    found: Annotation | None = (
        rows.filter(pk=key).select_related("unit__organisation").first()
    )
    if found is None or not may_annotate(actor, found.unit):
        raise Http404
    return found
