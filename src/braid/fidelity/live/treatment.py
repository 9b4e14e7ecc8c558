"""What depends on treatment: the items, and what each treatment team does for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.access import queries as access
from braid.access.choices import TeamKind
from braid.facts import leaving
from braid.facts.leaving_figures import Number
from braid.fidelity.live.reading import UNIT, period_of
from braid.packs import measures

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.leaving import Shown
    from braid.facts.reading import Facts
    from braid.fidelity.live.asking import Asked
    from braid.packs.measures.figures import Figure

    ByTeam = Mapping[str, Figure]

TEAM = "team_id"
ITEMS: Mapping[str, str | Promise] = {
    "team_assignment": _("Which specialist belongs to which team is agreed together."),
    "team_contact": _(
        "The team meets with the specialist each week, decides with them, and talks "
        "about work for people not yet referred."
    ),
    "integration": _("The specialist belongs to the team and is at its meetings."),
    "supervisor_role": _(
        "One part of five: the supervisor is at each team's meetings."
    ),
    "zero_exclusion": _("Clinicians encourage work, refer, and hold nobody back."),
    "agency_focus": _("Treatment asks about work at intake and at each review."),
    "executive_support": _("The leaders of treatment know, meet and take part."),
    "individualised_support": _(
        "The team helps people in work, beside the specialist."
    ),
    "time_unlimited_support": _("Somebody of the team goes on when IPS steps down."),
    "outreach": _("Others of the team try as well, and visit with the specialist."),
}
"""The items that treatment has a part in, by their key, and which part that is."""


@dataclass(frozen=True, slots=True)
class Column:
    """A figure of each team: a part of a whole, or with `whole` empty a number of people.

    What is counted of people is protected outside the unit; meetings are about nobody.
    """

    measure: str
    title: str | Promise
    part: str
    whole: str = ""


MEETINGS = Column(
    "item05_team_meetings",
    _("Meetings with the specialist"),
    *("with_specialist", "team_meetings"),
)
VISITS = Column(
    "item08_team_visits",
    _("Quarters with a visit by the supervisor"),
    *("quarters_visited", "team_quarters"),
)
PEOPLE = Column(
    "item04_top_two_teams", _("People of the team on the caseload"), "caseload"
)
COLUMNS = (MEETINGS, VISITS, PEOPLE)


@dataclass(frozen=True, slots=True)
class OfTeam:
    """What one treatment team and the unit do, in the order of the columns.

    Each is a part and its whole; the whole is None of a number of people, and both are
    where nothing is recorded.
    """

    team: Team
    found: tuple[tuple[Number | None, Number | None], ...]


def teams(
    asked: Asked, columns: Sequence[Column], figures: Mapping[str, ByTeam]
) -> list[OfTeam]:
    """Return what each treatment team and the unit do, by the name of the team.

    `figures` are those of the columns' measures.
    """
    known = list(access.teams_beside(asked.of.unit, TeamKind.TREATMENT_TEAM))
    shown = {
        column.measure: _shown(asked, column, figures[column.measure])
        for column in columns
    }
    return [
        OfTeam(
            team,
            tuple(
                _amounts(shown[column.measure].get(str(team.pk)), column)
                for column in columns
            ),
        )
        for team in known
    ]


def by_team(drawn: Facts, asked: Asked, column: Column) -> ByTeam:
    """Return the figure of a measure for each team; under no name that of all."""
    from braid.facts.measuring import measured

    measure = measures.load()[column.measure]
    period = period_of(measure, asked.day)
    found = measured(measure, drawn, periods=[period], keys=[UNIT, TEAM])
    whole: dict[str, Figure] = {"": found.figures()[0]}
    return whole | {
        str(figure.group[TEAM]): figure
        for figure in found.figures([TEAM])
        if figure.group[TEAM] is not None
    }


def _shown(asked: Asked, column: Column, figures: ByTeam) -> Mapping[str, Shown]:
    """Return figures of teams, protected where they are told outside the unit."""
    is_about_people = not column.whole
    profile = leaving.usual(inside=asked.of.is_inside or not is_about_people)
    return leaving.protect(figures, profile)


def _amounts(
    shown: Shown | None, column: Column
) -> tuple[Number | None, Number | None]:
    if shown is None:
        return None, None
    whole = shown.amounts[column.whole] if column.whole else None
    return shown.amounts[column.part], whole
