"""The figures of both sides in words, their trend as a picture, the notes beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.access.choices import RoleChoice, Sector
from braid.facts import leaving
from braid.facts import presenters as figures
from braid.facts.leaving import Shown
from braid.facts.presenters import FigureLine
from braid.facts.row_texts import RowText, row_text
from braid.integration import queries
from braid.integration.queries import DAYS, Board, Practice
from braid.people.choices import ExitReason, ReferralSource, RefusalReason
from braid.teamwork.choices import ProposalKind, ProposedBy
from braid.web.pictures.lines import Line, Lines, Point
from braid.web.pictures.lines import draw as draw_lines
from braid.work.choices import FoundBy, Placement

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.models import Annotation
    from braid.facts.rows import Rows
    from braid.method.measures import Asked


@dataclass(frozen=True, slots=True)
class CellText:
    """A figure as a table shows it: whose, its value, what it is made of, its rows."""

    name: str
    value: str
    made_of: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What was written beside a figure of a quarter."""

    key: UUID
    day: date
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A quarter of a figure: whole, by team, and the notes of that quarter."""

    name: str
    quarter: str
    cells: tuple[CellText, ...]
    notes: tuple[Note, ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A figure by what else is known of it, a line a value."""

    title: str
    cells: tuple[CellText, ...]


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """One measure: in the chosen period by team, its trend, and what is said of it."""

    line: FigureLine
    url: str
    cells: tuple[CellText, ...]
    quarters: tuple[QuarterLine, ...]
    picture: Lines | None
    groups: tuple[GroupTable, ...]

    @property
    def first_step(self) -> str:
        """Return what brings the first number."""
        return FIRST_STEPS[self.line.measure]()

    @property
    def is_hidden(self) -> bool:
        """Say whether there are quarters, but none of which anything is shown."""
        return any(quarter.is_hidden for quarter in self.quarters)

    @property
    def notes(self) -> int:
        return sum(len(quarter.notes) for quarter in self.quarters)


def cards(
    board: Board, notes: Sequence[Annotation], place: int = 0
) -> list[PracticeCard]:
    """Return a card a measure, for the period at `place`."""
    return [
        card(practice, board.unit, board.teams, notes, place)
        for practice in board.practices
    ]


def card(
    practice: Practice,
    unit: Team,
    teams: Sequence[Team],
    notes: Sequence[Annotation],
    place: int = 0,
    *,
    all_lines: bool = False,
) -> PracticeCard:
    """Return one measure of a unit; its picture has the unit's line, or the teams' too."""
    url = reverse("integration:measure", args=[unit.slug, practice.measure.id])
    own = [note for note in notes if note.measure == practice.measure.id]
    return PracticeCard(
        line=figures.figure_line(practice.measure, practice.whole[place]),
        url=url,
        cells=tuple(cells(practice, teams, place, url)),
        quarters=tuple(_quarters(practice, teams, own))[::-1],
        picture=_picture(practice, teams if all_lines else ()),
        groups=tuple(_groups(practice, place)),
    )


def cells(
    practice: Practice, teams: Sequence[Team], place: int, url: str = ""
) -> Iterator[CellText]:
    """Yield the figure of the whole unit, then those of its teams."""
    period = practice.periods[place].period
    asked = f"{url}?period={period}" if url else ""
    yield _cell(practice, practice.whole[place], _("Whole unit"), asked)
    for team in teams:
        found = practice.teams.get(str(team.pk))
        if found is None:
            yield CellText(team.name, figures.NOTHING, _("not counted by team"))
            continue
        of_team = f"{asked}&team={team.pk}" if asked else ""
        yield _cell(practice, found[place], team.name, of_team)


def _cell(practice: Practice, shown: Shown, name: str, url: str) -> CellText:
    if shown.is_hidden:
        return CellText(name, shown.mark, _("too few to be shown here"), url)
    line = figures.figure_line(practice.measure, shown)
    return CellText(name, line.value, line.made_of or _counted_in(shown), url)


def _counted_in(shown: Shown) -> str:
    """Say of a figure that is no quotient how many it is the middle of."""
    for said in shown.figure.statistics.values():
        return _("of %(n)s") % {"n": figures.number_text(said.rows, 0)}
    return ""


def _quarters(
    practice: Practice, teams: Sequence[Team], notes: Sequence[Annotation]
) -> Iterator[QuarterLine]:
    for place, period in _trend(practice):
        yield QuarterLine(
            figures.quarter_text(period),
            period.period,
            tuple(cells(practice, teams, place)),
            tuple(note_of(n) for n in notes if n.quarter == period.period),
            practice.whole[place].is_hidden,
        )


def note_of(note: Annotation) -> Note:
    """Return a note as it is shown."""
    by = note.created_by.name if note.created_by else ""
    return Note(note.pk, timezone.localdate(note.created_at), by, note.text)


def _trend(practice: Practice) -> list[tuple[int, Asked]]:
    """Return the quarters of a practice with their places."""
    return [
        (place, period)
        for place, period in enumerate(practice.periods)
        if "Q" in period.period
    ]


def _picture(practice: Practice, teams: Sequence[Team]) -> Lines | None:
    lines = [_line(practice, practice.whole, _("Whole unit"))]
    lines += [
        _line(practice, found, team.name)
        for team in teams
        if (found := practice.teams.get(str(team.pk)))
    ]
    drawn = draw_lines(lines)
    return None if drawn.is_empty else drawn


def _line(practice: Practice, found: Sequence[Shown], name: str) -> Line:
    return Line(name, tuple(_point(practice, found[n], p) for n, p in _trend(practice)))


def _point(practice: Practice, shown: Shown, period: Asked) -> Point:
    if shown.value is None:
        return Point(period.period, None, "")
    text = figures.figure_line(practice.measure, shown).value
    return Point(period.period, float(shown.value), text)


FIRST_STEPS: Mapping[str, Callable[[], str]] = {
    "int_meetings_held": lambda: _(
        "The first comes with a treatment-team meeting and who was there."
    ),
    "int_colocation_days": lambda: _(
        "The first comes with a contact or a meeting at the office of the team."
    ),
    "int_shared_discussed": lambda: _(
        "The first comes with somebody on the caseload whom a linked team treats."
    ),
    "int_questions_answered_by_health": lambda: _(
        "The first comes with a question that the unit or the job centre asks the team."
    ),
    "int_questions_answered_by_employment": lambda: _(
        "The first comes with a question that the team asks the unit or the job centre."
    ),
    "int_clinician_referrals": lambda: _(
        "The first comes with a referral and who made it."
    ),
    "int_clinician_contacts": lambda: _(
        "The first comes with a contact with a clinician and who began it."
    ),
    "int_plans_seen": lambda: _(
        "The first comes two weeks after a search plan was agreed."
    ),
    "int_joint_contacts": lambda: _(
        "The first comes with somebody on the caseload whom a linked team treats."
    ),
    "int_decisions_in_time": lambda: _(
        "The first comes with a decision of a meeting and the day by which."
    ),
    "drift_placements": lambda: _(
        "The first comes with a job or placement that begins."
    ),
    "drift_proposals": lambda: _("The first comes with somebody on the caseload."),
    "drift_days_to_employer": lambda: _(
        "The first comes with a meeting with an employer for somebody."
    ),
    "drift_pre_vocational": lambda: _("The first comes with somebody on the caseload."),
    "drift_refusals": lambda: _("The first comes with a referral."),
    "drift_early_endings": lambda: _(
        "The first comes with support that ended, and the reason."
    ),
}
"""What brings the first number of each measure."""
ROLES = {**dict(RoleChoice.choices), **dict(ProposedBy.choices)}
KEYS: Mapping[str, tuple[Callable[[], str], Mapping[str, Any]]] = {
    "kind": (lambda: _("What was proposed"), dict(ProposalKind.choices)),
    "by_role": (lambda: _("By whom"), ROLES),
    "placement": (lambda: _("Kind of job"), dict(Placement.choices)),
    "found_by": (lambda: _("Found by"), dict(FoundBy.choices)),
    "reason": (lambda: _("Reason"), dict(RefusalReason.choices)),
    "exit_reason": (lambda: _("Reason"), dict(ExitReason.choices)),
    "referral_source": (lambda: _("Who referred"), dict(ReferralSource.choices)),
    "sector": (lambda: _("Whose decision"), dict(Sector.choices)),
}
"""What the keys of the measures are called, and their values."""


def _groups(practice: Practice, place: int) -> Iterator[GroupTable]:
    """Yield what a figure counts by what else is known of it; a value nobody has not."""
    for key, found in practice.groups.items():
        title, labels = KEYS[key]
        lines = [
            _counted(of[place], str(labels.get(value, "")) or _("not known"))
            for value, of in found.items()
            if (number := queries.counted(of[place])).value or number.is_hidden
        ]
        if lines:
            yield GroupTable(title(), tuple(lines))


def _counted(shown: Shown, name: str) -> CellText:
    number = queries.counted(shown)
    said = _("too few to be shown here") if number.is_hidden else ""
    return CellText(name, figures.number_or_mark(number), said)


def small_numbers_text(*, inside: bool) -> str:
    """Return what is done with small numbers; nothing for who belongs inside."""
    profile = leaving.usual(inside=inside)
    return "" if profile is None else profile.text(get_language() or "en")


def period_name(period: Asked) -> str:
    """Return what a period of a page is called."""
    if "Q" in period.period:
        return figures.quarter_text(period)
    return _("Last %(days)s days") % {"days": DAYS}


def rows(
    found: Rows,
    means: Mapping[str, str],
    teams: Sequence[Team],
    *,
    links_people: bool,
) -> tuple[RowText, ...]:
    """Return the rows of a page in words; `means` says what each amount counts."""
    names = {str(team.pk): team.name for team in teams}
    return tuple(
        row_text(
            line,
            means,
            next((names[v] for v in line.group.values() if v in names), ""),
            links_people=links_people,
        )
        for line in found.page.object_list
    )
