"""Reading the figures of both sides, their rows' people, and the notes beside them.

The engine of the facts is loaded when a figure is asked for, never with a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.facts import leaving
from braid.facts import queries as facts
from braid.facts.leaving import Number, Shown
from braid.integration import rules
from braid.integration.lenses import ABOUT_NOBODY, LENSES, Lens
from braid.method.measures import Asked

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.reading import Facts
    from braid.packs.measures import Measure
    from braid.packs.measures.figures import Figure

DAYS = 90  # of the figures that stand first
UNIT = "unit_id"
TEAMS = frozenset({lens.key for lens in LENSES} | {UNIT})


@dataclass(frozen=True, slots=True)
class Practice:
    """A measure of a unit in some periods: whole, by team, and by what else it knows.

    Figures stand in the order of `periods`, as they may be shown to the reader. `groups`
    has a key of the measure, its values and their figures.
    """

    measure: Measure
    periods: tuple[Asked, ...]
    whole: tuple[Shown, ...]
    teams: Mapping[str, tuple[Shown, ...]]
    groups: Mapping[str, Mapping[str, tuple[Shown, ...]]]


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


def known_on(actor: Actor, of_unit: Team, today: date) -> date:
    """Return the day that figures of a unit end on, for whoever reads them."""
    return leaving.known_on(today, inside=is_inside(actor, of_unit))


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
    found = _practices(
        lens.measures(), lens, drawn, of_unit, teams, periods, shows_small
    )
    return Board(of_unit, lens, drawn.as_of, teams, found)


def practice(
    actor: Actor, of_unit: Team, lens: Lens, measure: Measure, drawn: Facts
) -> tuple[Practice, tuple[Team, ...]]:
    """Return one measure with its trend, and the teams that it is shown for.

    To who is outside it is shown as the page of the whole lens shows it.
    """
    teams = tuple(access.teams_beside(of_unit, lens.kind))
    inside = is_inside(actor, of_unit)
    asked = [measure] if inside else lens.measures()
    found = _practices(asked, lens, drawn, of_unit, teams, trend(drawn.as_of), inside)
    return next(one for one in found if one.measure.id == measure.id), teams


class _Place(NamedTuple):
    """Where a figure stands: of a measure, a value of a key (none: whole), a period."""

    measure: str
    key: str
    value: str
    period: int


def _practices(
    measures: Sequence[Measure],
    lens: Lens,
    drawn: Facts,
    of_unit: Team,
    teams: Sequence[Team],
    periods: Sequence[Asked],
    shows_small: bool,
) -> tuple[Practice, ...]:
    """Return measures that are shown together: what hides one is known to all."""
    figures: dict[_Place, Figure] = {}
    for measure in measures:
        figures.update(_figures(measure, lens, drawn, of_unit, teams, periods))
    small = set() if shows_small else {m.id for m in measures} - ABOUT_NOBODY
    shown = leaving.protect(
        {place: figure for place, figure in figures.items() if place.measure in small},
        leaving.usual(inside=shows_small),
    )
    shown |= leaving.protect(
        {place: f for place, f in figures.items() if place.measure not in small}, None
    )
    return tuple(_practice(measure, lens, shown, periods) for measure in measures)


def _practice(
    measure: Measure,
    lens: Lens,
    shown: Mapping[_Place, Shown],
    periods: Sequence[Asked],
) -> Practice:
    by: dict[str, dict[str, tuple[Shown, ...]]] = {key: {} for key in measure.by}
    for place in shown:
        if place.measure == measure.id and place.period == 0:
            by.setdefault(place.key, {})[place.value] = tuple(
                shown[place._replace(period=n)] for n in range(len(periods))
            )
    groups = {key: found for key, found in by.items() if key not in {*TEAMS, ""}}
    teams = by.get(lens.key, {})
    return Practice(measure, tuple(periods), by[""][""], teams, groups)


def _figures(
    measure: Measure,
    lens: Lens,
    drawn: Facts,
    of_unit: Team,
    teams: Sequence[Team],
    periods: Sequence[Asked],
) -> Iterator[tuple[_Place, Figure]]:
    """Yield the figures of a unit: whole, by team, and by what else it knows."""
    from braid.facts import measuring

    asked = measuring.measured(measure, drawn, periods=periods)
    own = {UNIT: str(of_unit.pk)} if UNIT in measure.by else {}
    wanted: list[tuple[str, str | None]] = [
        *((lens.key, str(team.pk)) for team in teams if lens.key in measure.by),
        *(
            (key, figure.group[key])
            for key in measure.by
            if key not in TEAMS
            for figure in asked.figures((key,), own)
        ),
    ]
    for n, figure in enumerate(asked.figures((), own)):
        yield _Place(measure.id, "", "", n), replace(figure, group=own)
    for key, value in sorted(set(wanted), key=lambda one: (one[0], one[1] or "")):
        group = {**own, key: value}
        for n, figure in enumerate(asked.figures((), group)):
            place = _Place(measure.id, key, value or "", n)
            yield place, replace(figure, group=group)


def counted(shown: Shown) -> Number:
    """Return what a figure counts: of a group, which has nothing to be divided by."""
    for rate in shown.ratios.values():
        return rate.numerator
    return next(iter(shown.amounts.values()))


def served(drawn: Facts, of_unit: Team, measure: Measure, period: Asked) -> Shown:
    """Return a figure of the whole unit in one period, for who is outside it."""
    from braid.facts import measuring

    periods = (period, *(one for one in trend(drawn.as_of)[1:] if one != period))
    asked = measuring.measured(measure, drawn, periods=periods)
    own = {UNIT: str(of_unit.pk)} if UNIT in measure.by else {}
    figures = dict(enumerate(asked.figures((), own)))
    return leaving.protect(figures, leaving.profile_of(measure, inside=False))[0]


def decisions(drawn: Facts, last_day: date) -> tuple[int, int]:
    """Return how many decisions of meetings are open on a day, and how many late."""
    tasks = drawn.table("tasks").select(["meeting_id", "due_on", "done_on"])
    meetings = drawn.table("meetings").select(["meeting_id", "day"])
    return rules.open_decisions(tasks.to_pylist(), meetings.to_pylist(), last_day)
