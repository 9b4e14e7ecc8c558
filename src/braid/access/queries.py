"""Reading who is who. Each function that shows people of a team takes the actor first."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from braid.access import policy, secrets
from braid.access.choices import RoleChoice, TeamKind
from braid.access.models import (
    Membership,
    Organisation,
    Team,
    User,
)
from braid.access.policy import Action, Actor, Information, Purpose, Role
from braid.access.prepared import prepared
from braid.access.scopes import reach
from braid.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Place:
    """One role that a person can act in: the actor, and the words for the header.

    `asked` are the findings for which somebody waits for the person's reason.
    """

    membership_id: UUID
    actor: Actor
    team: str
    organisation: str
    role: str
    asked: frozenset[UUID] = frozenset()


def lasts(today: date) -> Q:
    """Return the condition that a membership has not ended before or within `today`."""
    through = Q(last_day=today, ended_at__isnull=True)
    return Q(last_day__isnull=True) | Q(last_day__gt=today) | through


def in_force(today: date) -> Q:
    """Return the condition that a membership holds on `today`."""
    return Q(first_day__lte=today) & lasts(today)


class _Held(NamedTuple):
    """A membership in force, with what the header says of it."""

    id: UUID
    role: str
    organisation_id: UUID
    organisation: str
    country: str
    team_id: UUID | None
    team: str


def places(user: User, now: datetime, purpose: str = "") -> list[Place]:
    """Return the roles `user` may act in today, one a role and organisation.

    Memberships of one role in several teams of one organisation are one place. Those in
    a team come first: who signs in meets people before the office. The account of an
    applicant is a place of its own. `purpose` is the one chosen at sign-in; a role that
    does not have it works at its first.
    """
    today = timezone.localdate(now)
    stands = standing(user, now)
    rows = stands.held
    grouped: dict[tuple[str, UUID], list[_Held]] = {}
    for row in sorted(rows, key=lambda row: row.team_id is None):
        grouped.setdefault((row.role, row.organisation_id), []).append(row)
    found = [_place(user, held) for held in grouped.values()]
    if stands.account is not None:
        found.append(_own_place(user, stands.account))
    return [_on(place, today, purpose, stands) for place in found]


def acting(
    user_id: UUID, role: str, organisation_id: UUID, now: datetime, purpose: str = ""
) -> Actor | None:
    """Return somebody as they may act now: a role that ended meanwhile ends the work."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    for place in places(user, now, purpose) if user is not None else ():
        actor = place.actor
        if (actor.role.value, actor.organisation) == (role, organisation_id):
            return actor
    return None


def renewed(actor: Actor, now: datetime) -> Actor | None:
    """Return the actor of long work as they may act now, for its next part."""
    if actor.id is None:
        return actor
    return acting(
        actor.id, actor.role.value, actor.organisation, now, actor.works_at.value
    )


class _Own(NamedTuple):
    """The account of an applicant, and the organisation that holds the record."""

    applicant_id: UUID
    organisation_id: UUID
    organisation: str
    country: str


class Standing(NamedTuple):
    """The roles that somebody has at an instant, and what stands before applicants."""

    held: tuple[_Held, ...]
    hidden: frozenset[UUID]
    restricted: frozenset[UUID]
    opened: frozenset[UUID]
    asked: frozenset[UUID]
    account: _Own | None


_STANDING = """
WITH hidden (id) AS (
SELECT applicant_id FROM access_block b
 WHERE lifted_at IS NULL AND (user_id = %s OR name_hash IN ({names}))
   AND NOT EXISTS (SELECT 1 FROM access_blocksetaside s
                    WHERE s.block_id = b.id AND s.second_by_id IS NOT NULL
                      AND s.expires_at > %s)
)
SELECT 'held', m.id, m.role, m.organisation_id, o.name, o.country, m.team_id, t.name,
       m.first_day
  FROM access_membership m
  JOIN access_organisation o ON o.id = m.organisation_id
  LEFT JOIN access_team t ON t.id = m.team_id
 WHERE m.user_id = %s AND m.first_day <= %s
   AND (m.last_day IS NULL OR m.last_day > %s
        OR (m.last_day = %s AND m.ended_at IS NULL))
UNION ALL
SELECT 'account', a.applicant_id, NULL, o.id, o.name, o.country, NULL, NULL, NULL
  FROM access_applicantaccount a JOIN access_organisation o ON o.id = a.organisation_id
 WHERE a.user_id = %s
UNION ALL
SELECT 'hidden', id, {nothing} FROM hidden
UNION ALL
SELECT 'restricted', applicant_id, {nothing} FROM access_restriction
 WHERE lifted_at IS NULL AND (ends_on IS NULL OR ends_on >= %s)
UNION ALL
SELECT 'opened', applicant_id, {nothing} FROM access_brokenglass
 WHERE user_id = %s AND opened_at <= %s AND expires_at > %s
UNION ALL
SELECT 'asked', id, {nothing} FROM access_finding WHERE user_id = %s AND state = 'asked'
   AND (applicant_id IS NULL OR applicant_id NOT IN (SELECT id FROM hidden))
"""
_NOTHING = ", ".join(["NULL"] * 7)


def standing(user: User, now: datetime) -> Standing:
    """Return the roles of `user`, who has blocked them, whose record is restricted, ….

    One statement, asked on every request: nothing of it is kept until the next.
    """
    key = User._meta.pk.get_db_prep_value(user.pk, connection)
    at = connection.ops.adapt_datetimefield_value(now)
    today = connection.ops.adapt_datefield_value(timezone.localdate(now))
    names = secrets.name_hashes(user.name)  # one for each key of the ring
    statement = _STANDING.format(names=", ".join(["%s"] * len(names)), nothing=_NOTHING)
    mine = [key, today, today, today, key]
    given = [key, *names, at, *mine, today, key, at, at, key]
    by: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        for kind, *row in cursor.fetchall():
            by[kind].append(tuple(row))
    keys = {kind: frozenset(_uuid(row[0]) for row in rows) for kind, rows in by.items()}
    return Standing(
        held=_held(by["held"]),
        hidden=keys.get("hidden", frozenset()),
        restricted=keys.get("restricted", frozenset()),
        opened=keys.get("opened", frozenset()),
        asked=keys.get("asked", frozenset()),
        account=next((_own(row) for row in by["account"]), None),
    )


def _uuid(value: Any) -> UUID:
    """Return a key as the database gives it: SQLite keeps it as text."""
    return value if isinstance(value, UUID) else UUID(value)


def _held(rows: list[tuple[Any, ...]]) -> tuple[_Held, ...]:
    """Return memberships, the longest held first."""
    rows.sort(key=lambda row: (str(row[7]), _uuid(row[0])))
    return tuple(
        _Held(_uuid(key), role, _uuid(org), name, country, team and _uuid(team), words)
        for key, role, org, name, country, team, words, _first_day in rows
    )


def _own(row: tuple[Any, ...]) -> _Own:
    key, _role, organisation, name, country, *_rest = row
    return _Own(_uuid(key), _uuid(organisation), name, country)


def _on(place: Place, today: date, purpose: str, stands: Standing) -> Place:
    role = place.actor.role
    chosen = purpose if purpose in policy.PURPOSES[role] else policy.PURPOSES[role][0]
    actor = replace(
        place.actor,
        day=today,
        purpose=Purpose(chosen),
        hidden=stands.hidden,
        restricted=stands.restricted,
        opened=stands.opened,
    )
    return replace(place, actor=actor, asked=stands.asked)


def _own_place(user: User, account: _Own) -> Place:
    return Place(
        membership_id=account.applicant_id,
        actor=Actor(
            id=user.pk,
            role=Role.APPLICANT,
            organisation=account.organisation_id,
            name=user.name,
            country=account.country,
            own=account.applicant_id,
        ),
        team="",
        organisation=account.organisation,
        role=str(RoleChoice.APPLICANT.label),
    )


def _place(user: User, held: Sequence[_Held]) -> Place:
    first = held[0]
    return Place(
        membership_id=first.id,
        actor=Actor(
            id=user.pk,
            role=Role(first.role),
            organisation=first.organisation_id,
            teams=frozenset(one.team_id for one in held if one.team_id is not None),
            name=user.name,
            country=first.country,
        ),
        team=", ".join(one.team for one in held if one.team_id is not None),
        organisation=first.organisation,
        role=str(RoleChoice(first.role).label),
    )


def system_actor(unit: Team, task: str) -> Actor:
    """Return the audited actor of a named task that works for one unit."""
    return Actor(
        id=None,
        role=Role.SUPERVISOR,
        organisation=unit.organisation_id,
        teams=frozenset({unit.pk}),
        country=unit.organisation.country,
        system=task,
    )


def installation_actor(task: str) -> Actor | None:
    """Return the audited actor of a named task that works for every unit of all.

    None while there is no unit.
    """
    every = Team.objects.filter(kind=TeamKind.IPS_UNIT).select_related("organisation")
    found = list(every.order_by("pk"))
    if not found:
        return None
    return replace(
        system_actor(found[0], task), teams=frozenset(unit.pk for unit in found)
    )


def require(actor: Actor, action: Action, subject: policy.Subject) -> str:
    """Return the ground on which the act is allowed, or raise Refused."""
    decision = policy.decide(actor, action, subject)
    if not decision.allowed:
        raise Refused(decision.reason)
    return decision.reason


def require_anywhere(
    actor: Actor, action: Action, information: Information | None = None
) -> None:
    """Raise Refused unless the actor's role may do this somewhere."""
    if not policy.may(actor, action, information):
        raise Refused("not_granted")


def specialists_in_post(actor: Actor, today: date) -> list[Membership]:
    """Return the specialists' memberships of the actor's units, by name, with FTE."""
    return list(
        Membership.objects.filter(
            in_force(today), team_id__in=actor.teams, role=Role.SPECIALIST
        )
        .select_related("user")
        .order_by("user__name")
    )


def ever_in_post(unit_id: UUID) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Return those who were ever specialists of a unit, and its supervisors."""
    roles = (Role.SPECIALIST, Role.SUPERVISOR)
    rows = Membership.objects.filter(team_id=unit_id, role__in=roles)
    held = list(rows.values_list("user_id", "role"))
    specialists, leaders = (
        frozenset(user for user, role in held if role == one) for one in roles
    )
    return specialists, leaders


def first_post_on(unit_id: UUID) -> date | None:
    """Return the day from which somebody first worked in a unit."""
    posts = Membership.objects.filter(team_id=unit_id)
    first: date | None = posts.aggregate(day=Min("first_day"))["day"]
    return first


def units(
    actor: Actor, action: Action, information: Information | None = None
) -> QuerySet[Team]:
    """Return the IPS units in which `actor` may do `action`."""
    found = reach(actor, action, information)
    return Team.objects.filter(
        Q(pk__in=found.teams) | Q(organisation_id__in=found.organisations),
        kind=TeamKind.IPS_UNIT,
    ).select_related("organisation")


def funders(today: date | None = None) -> QuerySet[Team]:
    """Return the teams in which somebody is a funder today, by organisation and name."""
    held = Membership.objects.filter(
        in_force(today or timezone.localdate()), role=Role.FUNDER
    )
    return (
        Team.objects.filter(pk__in=held.values("team_id"))
        .select_related("organisation")
        .order_by("organisation__name", "name")
    )


def units_at_table(
    actor: Actor, action: Action, information: Information | None = None
) -> QuerySet[Team]:
    """Return the IPS units in which, or in a team linked to which, `actor` may do this."""
    found = reach(actor, action, information)
    own = Q(pk__in=found.teams) | Q(organisation_id__in=found.organisations)
    beside = Q(links__team_id__in=found.teams) | Q(
        links__team__organisation_id__in=found.organisations
    )
    units = Team.objects.filter(own | beside, kind=TeamKind.IPS_UNIT)
    return units.select_related("organisation").distinct().order_by("name")


def teams_beside(unit: Team, *kinds: TeamKind) -> QuerySet[Team]:
    """Return the teams that a unit works with, of some kinds or of all, by name."""
    found = Team.objects.filter(units__unit=unit).select_related("organisation")
    return (found.filter(kind__in=kinds) if kinds else found).order_by("name")


def linked_teams(
    actor: Actor, kind: TeamKind = TeamKind.TREATMENT_TEAM
) -> QuerySet[Team]:
    """Return the teams that the actor's units work with."""
    return Team.objects.filter(units__unit_id__in=actor.teams, kind=kind).distinct()


@prepared
def linked_team_names(actor: Actor) -> QuerySet[Any, Any]:
    """Return (id, name) of the treatment teams that the actor's units work with."""
    return linked_teams(actor).values_list("pk", "name")


def staff_of(unit_ids: frozenset[UUID], today: date, *roles: Role) -> QuerySet[User]:
    """Return those who hold one of `roles` (default specialist or supervisor) today."""
    wanted = roles or (Role.SPECIALIST, Role.SUPERVISOR)
    return User.objects.filter(
        pk__in=Membership.objects.filter(
            in_force(today), team_id__in=unit_ids, role__in=wanted
        ).values("user_id")
    )


def worked_in(teams: frozenset[UUID], users: Collection[UUID]) -> frozenset[UUID]:
    """Return those of `users` who work or once worked in one of `teams`."""
    posts = Membership.objects.filter(team_id__in=teams, user_id__in=users)
    return frozenset(posts.values_list("user_id", flat=True))


def teams_named(keys: Collection[UUID]) -> QuerySet[Team]:
    """Return these teams with their organisations; names of teams are no secret."""
    found = Team.objects.filter(pk__in=keys).select_related("organisation")
    return found.order_by("organisation__name", "name")


def names_of(users: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of people who work with Braid; names of staff are no secret."""
    return dict(User.objects.filter(pk__in=users).values_list("pk", "name"))


@prepared
def staff_names(unit_ids: frozenset[UUID], today: date) -> QuerySet[Any, Any]:
    """Return (id, name) of the specialists and supervisors of today, for choosing one."""
    return staff_of(unit_ids, today).values_list("pk", "name")


def clinicians_of(actor: Actor, today: date) -> QuerySet[User]:
    """Return the clinicians of the treatment teams that the actor's units work with."""
    return _in_linked_teams(actor, today, TeamKind.TREATMENT_TEAM, Role.CLINICIAN)


def caseworkers_of(actor: Actor, today: date) -> QuerySet[User]:
    """Return the caseworkers of the job centres that the actor's units work with."""
    return _in_linked_teams(actor, today, TeamKind.JOB_CENTRE, Role.CASEWORKER)


def _in_linked_teams(
    actor: Actor, today: date, kind: TeamKind, role: Role
) -> QuerySet[User]:
    teams = linked_teams(actor, kind).values("pk")
    posts = Membership.objects.filter(in_force(today), team_id__in=teams, role=role)
    return User.objects.filter(pk__in=posts.values("user_id"))


def is_empty_installation() -> bool:
    """Say whether nobody has set Braid up yet."""
    return not Organisation.objects.exists()


def unit_by_slug(slug: str) -> Team | None:
    """Return an IPS unit by its short name, for the shell."""
    found: Any = Team.objects.filter(slug=slug, kind=TeamKind.IPS_UNIT)
    unit: Team | None = found.select_related("organisation").first()
    return unit


def user_by_email(email: str) -> User | None:
    """Return the person with this e-mail address, whatever its case."""
    return User.objects.filter(email__iexact=email).first()
