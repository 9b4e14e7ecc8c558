"""Whom somebody may ask, and what each side may read of the person it is about."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from braid.access import policy, sides
from braid.access import queries as access
from braid.access.choices import Sector
from braid.access.policy import Action, Actor, Information, Subject
from braid.access.sides import Member
from braid.access.sight import Circumstances, cares_for_people
from braid.kernel.errors import Refused
from braid.people import queries as people
from braid.people import sight
from braid.people.queries import EpisodeRef
from braid.people.queries.refs import latest_ref
from braid.people.sight import Known
from braid.teamwork.choices import QuestionKind

KINDS = tuple(Information(kind) for kind in QuestionKind.values)
CLASSES = (Information.IDENTITY, *KINDS)


@dataclass(frozen=True, slots=True)
class Receiver:
    """A side in one team that can be asked, and what it may read of the person.

    `never` are the classes that its role never reads, whatever is agreed.
    """

    sector: str
    team_id: UUID
    team: str
    unit_id: UUID
    members: tuple[Member, ...] = ()
    reads: frozenset[Information] = frozenset()
    never: frozenset[Information] = frozenset()

    @property
    def key(self) -> str:
        return f"{self.sector}:{self.team_id}"

    @property
    def is_clinic(self) -> bool:
        return self.sector == Sector.MENTAL_HEALTH


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, about whom or nobody, and whom they can ask."""

    sector: str
    team_id: UUID
    receivers: tuple[Receiver, ...]
    person: Known | None = None
    episode: EpisodeRef | None = None
    reads: frozenset[Information] = frozenset()
    is_restricted: bool = False

    def receiver(self, key: str) -> Receiver | None:
        return next((one for one in self.receivers if one.key == key), None)


def asking(actor: Actor, applicant_id: UUID | None, today: date) -> Asking:
    """Return whom `actor` can ask about an applicant, or in general.

    Answers 404 where the applicant is not known to the actor. Raises Refused.
    """
    sector = sides.side_of(actor)
    if applicant_id is None:
        return _in_general(actor, sector, today)
    person = sight.known(actor, applicant_id)
    episode = latest_ref(actor, applicant_id, Action.READ, Information.IDENTITY)
    about = sight.circumstances([person], today)[applicant_id]
    own = _own_team(actor, about, episode)
    around = access.teams_named(about.around | {episode.unit_id})
    found = _receivers(around, sector, own, episode.unit_id, today, applicant_id)
    clinics = frozenset({own} if sector == Sector.MENTAL_HEALTH else ())
    teams = {team.pk: team for team in around}
    return Asking(
        sector,
        own,
        tuple(
            _reading(one, teams[one.team_id], about, clinics, actor.restricted)
            for one in found
        ),
        person,
        episode,
        reads_of(actor, about, clinics),
        applicant_id in actor.restricted,
    )


def _own_team(actor: Actor, about: Circumstances, episode: EpisodeRef) -> UUID:
    """Return the actor's team that works with the person. Raises Refused without one."""
    if episode.unit_id in actor.teams:
        return episode.unit_id
    found = sorted(actor.teams & about.around)
    if not found:
        raise Refused("no_ground")
    return found[0]


def _in_general(actor: Actor, sector: str, today: date) -> Asking:
    found: list[Receiver] = []
    own = None
    for unit in sides.units_beside(actor):
        beside = [unit, *access.teams_beside(unit)]
        ours = [team.pk for team in beside if team.pk in actor.teams]
        own = own or (ours[0] if ours else None)
        if ours:
            found += _receivers(beside, sector, ours[0], unit.pk, today)
    return Asking(sector, own or min(actor.teams), tuple(found))


def _receivers(
    teams: Iterable[Any],
    sector: str,
    own: UUID,
    unit_id: UUID,
    today: date,
    applicant_id: UUID | None = None,
) -> list[Receiver]:
    """Return who can be asked in these teams: the unit asks the others, and they it."""
    listed = list(teams)
    working = sides.members([team.pk for team in listed], today, applicant_id)
    found = []
    for team in listed:
        here = [one for one in working if one.team_id == team.pk]
        of_team = sides.SIDE_OF_TEAM.get(team.kind)
        counsels = any(one.sector == Sector.OTHER for one in here)
        for side in filter(None, (of_team, Sector.OTHER if counsels else None)):
            is_unit = side == Sector.IPS_PROVIDER
            if (sector == Sector.IPS_PROVIDER) == is_unit:
                continue
            if is_unit and team.pk != unit_id:
                continue
            members = tuple(one for one in here if one.sector == side)
            found.append(Receiver(side, team.pk, team.name, unit_id, members))
    return sorted(found, key=lambda one: (one.sector != Sector.MENTAL_HEALTH, one.team))


def _reading(
    one: Receiver,
    team: Any,
    about: Circumstances,
    clinics: frozenset[UUID],
    restricted: frozenset[UUID],
) -> Receiver:
    actor = sides.speaker(team, one.sector, about.day, restricted)
    own = clinics | ({team.pk} if one.is_clinic else set())
    return replace(
        one,
        reads=reads_of(actor, about, own),
        never=frozenset(
            kind for kind in KINDS if not policy.may(actor, Action.TAKE_PART, kind)
        ),
    )


def reads_of(
    actor: Actor, about: Circumstances, clinics: frozenset[UUID]
) -> frozenset[Information]:
    """Return the classes of questions that an actor may read of a person.

    `clinics` are the treatment teams that ask or are asked: treatment is their own care.
    """
    found = {
        kind
        for kind in KINDS
        if policy.decide(
            actor, Action.TAKE_PART, _subject(about, kind, clinics)
        ).allowed
    }
    known = about.subject(Information.IDENTITY)
    if policy.decide(actor, Action.READ, known).allowed:
        found.add(Information.IDENTITY)
    return frozenset(found)


def _subject(
    about: Circumstances, kind: Information, clinics: frozenset[UUID]
) -> Subject:
    subject = about.subject(kind)
    if kind == Information.TREATMENT:
        return replace(subject, care=clinics)
    return subject


def known_names(actor: Actor) -> list[str]:
    """Return the names of those whom `actor` works with, to notice one in a text."""
    if cares_for_people(actor):
        return people.caseload_names(actor)
    rows = sight.known_from_outside(actor)
    return [f"{given} {family}".strip() for _key, given, family, *_rest in rows]


def may_side_read(
    question: Any, sector: str, team_id: UUID | None, today: date
) -> bool:
    """Say whether one side of a question may read it today, and know whom it is about."""
    team = access.teams_named([team_id] if team_id else []).first()
    if team is None or sector not in sides.SPEAKER:
        return False
    if question.about is None:
        return True
    person = Known(question.about, "", "", None, question.unit.organisation_id, "")
    about = sight.circumstances([person], today)[person.id]
    closed = sides.restricted(person.id, today)
    actor = sides.speaker(team, sector, today, closed)
    reads = reads_of(actor, about, question.clinics)
    return {Information.IDENTITY, Information(question.kind)} <= reads
