"""Who sees what of one applicant: the policy, asked for everybody around.

Nothing here is written by hand: each member of a team around, of the unit, and each one
with emergency access is taken as the actor that they would be, and decided upon.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from braid.access import policy, secrets
from braid.access.models import (
    Block,
    BlockSetAside,
    BrokenGlass,
    Membership,
    Restriction,
)
from braid.access.policy import (
    ABOUT_A_PERSON,
    Action,
    Actor,
    Ground,
    Information,
    Purpose,
    Role,
)
from braid.access.queries import in_force
from braid.access.sight import Circumstances, Sight, sights


@dataclass(frozen=True, slots=True)
class Share:
    """Classes that somebody sees on one ground; by consent until a day, by an entry."""

    ground: Ground
    information: tuple[Information, ...]
    last_day: date | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """People of one role in one organisation who see the same for the same purposes."""

    organisation_id: UUID
    organisation: str
    teams: tuple[str, ...]
    role: Role
    names: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    shares: tuple[Share, ...]

    @property
    def information(self) -> frozenset[Information]:
        return frozenset(one for share in self.shares for one in share.information)

    @property
    def sees_whom(self) -> bool:
        """Say whether they know whom it is about; without, nothing reaches them."""
        return Information.IDENTITY in self.information

    def share_of(self, information: Information) -> Share | None:
        found = (one for one in self.shares if information in one.information)
        return next(found, None)


class _Alike(NamedTuple):
    """What people of one party have in common."""

    organisation_id: UUID
    organisation: str
    teams: tuple[str, ...]
    role: Role
    shares: tuple[Share, ...]


class _Held(NamedTuple):
    """A role that somebody has today."""

    user_id: UUID
    name: str
    role: str
    organisation_id: UUID
    organisation: str
    country: str
    team_id: UUID | None
    team: str | None


def parties(about: Circumstances, now: datetime) -> list[Party]:
    """Return everybody around an applicant with what they see: four queries.

    Who is blocked is not among them: to them the applicant does not exist.
    """
    today = timezone.localdate(now)
    opened = _opened(about.applicant, now)
    restricted = _restricted(about.applicant, today)
    hides = _hides(about.applicant, now)
    found: dict[_Alike, list[tuple[str, Purpose]]] = {}
    for person, held in _actors(about, opened, now):
        if hides(person):
            continue
        actor = replace(
            person, day=today, restricted=restricted, opened=opened[person.id]
        )
        teams = tuple(sorted({one.team for one in held if one.team}))
        for purpose in policy.PURPOSES[actor.role]:
            shares = shares_of(sights(replace(actor, purpose=purpose), about))
            alike = _Alike(
                actor.organisation, held[0].organisation, teams, actor.role, shares
            )
            found.setdefault(alike, []).append((actor.name, purpose))
    return _ordered(about, found)


def _ordered(
    about: Circumstances, found: Mapping[_Alike, list[tuple[str, Purpose]]]
) -> list[Party]:
    """Return the parties: who holds the record first, then those who see most."""
    listed = [
        Party(
            **alike._asdict(),
            names=tuple(sorted({name for name, _purpose in members})),
            purposes=tuple(dict.fromkeys(purpose for _name, purpose in members)),
        )
        for alike, members in found.items()
    ]
    return sorted(
        listed,
        key=lambda one: (
            Ground.OWN_CARE not in {share.ground for share in one.shares}
            or one.organisation_id != about.organisation,
            -len(one.information),
            one.organisation,
            one.teams,
            one.role,
        ),
    )


def shares_of(seen: Mapping[Information, Sight]) -> tuple[Share, ...]:
    """Return what is seen, put together by ground and agreement."""
    grouped: dict[tuple[Ground, date | None, int | None], list[Information]] = {}
    for information, sight in seen.items():
        if not sight.decision.allowed:
            continue
        agreed = sight.agreement
        key = (
            Ground(sight.decision.reason),
            agreed.last_day if agreed else None,
            agreed.number if agreed else None,
        )
        grouped.setdefault(key, []).append(information)
    return tuple(
        Share(ground, tuple(classes), last_day, number)
        for (ground, last_day, number), classes in grouped.items()
    )


def _actors(
    about: Circumstances, opened: Collection[UUID | None], now: datetime
) -> Iterator[tuple[Actor, list[_Held]]]:
    """Yield everybody around as the actor they are, with the posts that make it so."""
    teams = about.units | about.noting | about.around
    rows = (
        Membership.objects.filter(in_force(timezone.localdate(now)))
        .filter(Q(team_id__in=teams) | Q(user_id__in=opened))
        .filter(user__is_active=True)
        .order_by("user__name", "first_day", "pk")
        .values_list(
            "user_id",
            "user__name",
            "role",
            "organisation_id",
            "organisation__name",
            "organisation__country",
            "team_id",
            "team__name",
        )
    )
    grouped: dict[tuple[UUID, str, UUID], list[_Held]] = {}
    for row in map(_Held._make, rows):
        key = (row.user_id, row.role, row.organisation_id)
        grouped.setdefault(key, []).append(row)
    for held in grouped.values():
        first = held[0]
        actor = Actor(
            id=first.user_id,
            role=Role(first.role),
            organisation=first.organisation_id,
            teams=frozenset(one.team_id for one in held if one.team_id is not None),
            name=first.name,
            country=first.country,
        )
        yield actor, held


def _opened(applicant: UUID, now: datetime) -> Mapping[UUID | None, frozenset[UUID]]:
    """Return whom each person has opened by emergency access: the applicant, or nobody."""
    glasses = BrokenGlass.objects.filter(
        applicant_id=applicant, opened_at__lte=now, expires_at__gt=now
    )
    users = glasses.values_list("user_id", flat=True)
    return defaultdict(frozenset, {user: frozenset({applicant}) for user in users})


def _restricted(applicant: UUID, today: date) -> frozenset[UUID]:
    found = Restriction.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        applicant_id=applicant,
        lifted_at__isnull=True,
    )
    return frozenset(found.values_list("applicant_id", flat=True))


def _hides(applicant: UUID, now: datetime) -> Callable[[Actor], bool]:
    """Return what says whether a block hides the applicant from somebody."""
    aside = BlockSetAside.objects.filter(
        block=OuterRef("pk"), second_by__isnull=False, expires_at__gt=now
    )
    blocks = list(
        Block.objects.filter(
            ~Exists(aside), applicant_id=applicant, lifted_at__isnull=True
        ).values_list("user_id", "name_hash")
    )
    users = {user for user, _hash in blocks if user is not None}
    hashes = {name_hash for _user, name_hash in blocks if name_hash}

    def hides(person: Actor) -> bool:
        if person.id in users:
            return True
        return bool(hashes) and not hashes.isdisjoint(secrets.name_hashes(person.name))

    return hides


def readers_of(found: Iterable[Party], information: Information) -> list[Party]:
    """Return those who read one class, and know whom it is about."""
    return [one for one in found if one.sees_whom and information in one.information]


def unread_outside(
    found: Iterable[Party], about: Circumstances
) -> tuple[Information, ...]:
    """Return the classes that nobody outside the record's own unit sees."""
    seen = {
        information
        for one in found
        if one.sees_whom
        for share in one.shares
        if share.ground != Ground.OWN_CARE or one.organisation_id != about.organisation
        for information in share.information
    }
    return tuple(one for one in ABOUT_A_PERSON if one not in seen)


def never_reading() -> tuple[Role, ...]:
    """Return the roles that read nothing about a person, whatever is agreed."""
    return tuple(
        role
        for role, cells in policy.GRANTS.items()
        if not any(action == Action.READ for action, _information in cells)
    )
