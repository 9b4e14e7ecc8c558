"""The caseload: who is on it, and the lines of its lists."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from braid.access.policy import Action, Actor
from braid.people.choices import EpisodeState
from braid.people.models import Episode

OPEN_STATES = (
    EpisodeState.REFERRED,
    EpisodeState.WAITING,
    EpisodeState.ACTIVE,
    EpisodeState.PAUSED,
    EpisodeState.STEPPED_DOWN,
)


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """One line a person: the episode with who has it and where treatment is.

    `also` is what a room above asked of the same episode, by the names it gave.
    """

    episode_id: UUID
    applicant_id: UUID
    name: str
    specialist_id: UUID | None
    specialist: str
    treatment_team_id: UUID | None
    treatment_team: str
    also: Mapping[str, Any]
    state: str
    referred_on: date | None
    accepted_on: date | None
    entered_on: date | None
    exited_on: date | None
    at_referral: str
    step_down_offered_on: date | None


_WHO = ("pk", "applicant_id", "applicant__given_name", "applicant__family_name")
_BY_NAME = ("applicant__given_name", "applicant__family_name", "pk")
_AROUND = (
    "held__specialist_id",
    "held__specialist__name",
    "treated__team_id",
    "treated__team__name",
)
_EPISODE = (
    "state",
    "referred_on",
    "accepted_on",
    "entered_on",
    "exited_on",
    "at_referral",
    "step_down_offered_on",
)
NOTHING: Mapping[str, Any] = MappingProxyType({})


def open_spells() -> dict[str, FilteredRelation]:
    """Return who has an episode and which team treats, as joins on what is open."""
    return {"held": open_spell("caseload"), "treated": open_spell("treatment")}


def open_spell(spells: str) -> FilteredRelation:
    """Return one kind of spell of an episode, as a join on what is open."""
    condition = Q(**{f"{spells}__last_day__isnull": True})
    return FilteredRelation(spells, condition=condition)


def episodes_on_caseload(
    actor: Actor,
    *,
    states: Collection[str] = OPEN_STATES,
    specialist_id: UUID | None = None,
    team_id: UUID | None = None,
    unassigned: bool = False,
) -> QuerySet[Any]:
    """Return the open episodes in `actor`'s own care, with holder and team, as a query.

    Whom others let the actor see is on no caseload.
    """
    rows: QuerySet[Any] = (
        Episode.objects.visible_to(actor, Action.RECORD)
        .filter(state__in=states)
        .alias(**open_spells())
    )
    if specialist_id is not None:
        rows = rows.filter(held__specialist_id=specialist_id)
    if unassigned:
        rows = rows.filter(held__specialist_id__isnull=True)
    if team_id is not None:
        rows = rows.filter(treated__team_id=team_id)
    return rows.order_by(*_BY_NAME)


def columns(rows: QuerySet[Any], also: Mapping[str, Any] = NOTHING) -> QuerySet[Any]:
    """Ask `episodes_on_caseload` for what lists show; `also` are expressions by name.

    They are asked of the rows themselves, found beforehand: a database that sorts works
    them out for every row of which it then keeps a page.
    """
    found = Episode.objects.filter(pk__in=rows.values("pk")).alias(**open_spells())
    return (
        found.system("rows that were found within a scope")
        .annotate(**also)
        .order_by(*_BY_NAME)
        .values_list(*_WHO, *_AROUND, *_EPISODE, *also)
    )


def caseload_rows(
    found: Iterable[tuple[Any, ...]], also: Iterable[str] = ()
) -> list[CaseloadRow]:
    """Return the lines of a list, read by `columns`."""
    names = tuple(also)
    return [_caseload_row(row, names) for row in found]


def _caseload_row(found: tuple[Any, ...], names: tuple[str, ...]) -> CaseloadRow:
    pk, applicant_id, given, family, held_by, specialist, team_id, team, *rest = found
    episode, also = rest[: len(_EPISODE)], rest[len(_EPISODE) :]
    return CaseloadRow(
        pk,
        applicant_id,
        f"{given} {family}".strip(),
        held_by,
        specialist or "",
        team_id,
        team or "",
        dict(zip(names, also, strict=True)),
        *episode,
    )


def row_of(episode: Any, also: Iterable[str] = ()) -> CaseloadRow:
    """Return an episode of `episodes_of` as the line of a list."""
    return CaseloadRow(
        episode_id=episode.pk,
        applicant_id=episode.applicant_id,
        name=episode.applicant.name,
        specialist_id=episode.specialist_id,
        specialist=episode.specialist_name or "",
        treatment_team_id=episode.team_id,
        treatment_team=episode.team_name or "",
        **{name: getattr(episode, name) for name in _EPISODE},
        also={name: getattr(episode, name) for name in also},
    )


class ToLogFor(NamedTuple):
    """Somebody in the list of a form of the Log."""

    episode_id: UUID
    name: str
    is_own: bool
    applicant_id: UUID


def people_to_log_for(actor: Actor, own_first: UUID | None) -> list[ToLogFor]:
    """Return those on the unit's caseload, own first."""
    rows = episodes_on_caseload(actor)
    listed = rows.values_list(
        "pk",
        "applicant__given_name",
        "applicant__family_name",
        "held__specialist_id",
        "applicant_id",
    )
    people = [
        ToLogFor(pk, f"{given} {family}", holder == own_first, applicant)
        for pk, given, family, holder, applicant in listed
    ]
    return sorted(people, key=lambda person: (not person.is_own, person.name))


def caseload_names(actor: Actor) -> list[str]:
    """Return the names of those on the unit's caseload, to notice one where none belongs."""
    rows = episodes_on_caseload(actor).order_by()
    names = rows.values_list("applicant__given_name", "applicant__family_name")
    return sorted({f"{given} {family}".strip() for given, family in names})
