"""Looking through the log for one week: what `access/unusual.py` finds becomes findings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from braid.access import audit, policy, unusual
from braid.access.choices import FindingState
from braid.access.models import (
    ApplicantAccount,
    AuditEntry,
    Block,
    Finding,
    Membership,
    Organisation,
    User,
)
from braid.access.policy import Action, Actor, Information, Role
from braid.access.secrets import name_hashes
from braid.access.unusual import Access, Alert, Known, Person, Reader
from braid.kernel.dates import iso_week_start
from braid.method.likeness import fold

TASK = "review of accesses"
WEEK = timedelta(days=7)
ATTEMPTS = frozenset({"absent", "blocked", "refused"})


class Acquaintance(Protocol):
    """What the room that keeps the record knows of the people who were read about."""

    def people(self, keys: Collection[UUID]) -> Mapping[UUID, Person]:
        """Return the applicants of these keys that there are."""

    def surnames(self, organisation: UUID) -> Mapping[str, int]:
        """Return how many applicants of an organisation have each folded surname."""


_acquaintance: list[Acquaintance] = []


def hand_in(acquaintance: Acquaintance) -> None:
    """Take what the record knows; the site calls this once."""
    _acquaintance[:] = [acquaintance]


def last_week(today: date) -> date:
    """Return the Monday of the week before the one of `today`."""
    return iso_week_start(today) - WEEK


def look_through(week: date, now: datetime) -> dict[UUID, int]:
    """Make the findings of a week from its Monday; return their number by organisation.

    An access counts for who acted, and for who holds the record. Looking again adds what
    is new and leaves alone what somebody has taken up.
    """
    found = {}
    for organisation, accesses in _accesses(week).items():
        alerts = unusual.alerts(accesses, _known(organisation, accesses, week))
        found[organisation] = _keep(organisation, alerts, now)
    return found


def _accesses(week: date) -> dict[UUID, list[Access]]:
    """Return the entries of a week about one person each, by organisation."""
    zone = timezone.get_current_timezone()
    begin = datetime.combine(week, time.min, zone)
    rows = AuditEntry.objects.filter(
        at__gte=begin,
        at__lt=datetime.combine(week + WEEK, time.min, zone),
        applicant_key__isnull=False,
        actor_id__isnull=False,
        role__in=_readers(),
    ).order_by()
    columns = ("organisation_id", "holder_id", "actor_id", "applicant_key", "at")
    known = set(Organisation.objects.values_list("pk", flat=True))
    found: dict[UUID, list[Access]] = defaultdict(list)
    for acting, holder, user, applicant, at, ground, outcome in rows.values_list(
        *columns, "ground", "outcome"
    ).iterator(chunk_size=5000):
        access = Access(
            user,
            applicant,
            at.astimezone(zone),
            is_emergency=ground == policy.Ground.BROKEN_GLASS.value,
            came_through=outcome not in ATTEMPTS,
        )
        for organisation in {acting, holder} & known:
            found[organisation].append(access)
    return found


def _readers() -> list[str]:
    """Return the roles that read people; who reads their own record is not one."""
    named = (Action.READ, Information.IDENTITY)
    return [
        role.value
        for role in Role
        if role != Role.APPLICANT and policy.GRANTS[role].get(named)
    ]


def _known(organisation: UUID, accesses: Iterable[Access], week: date) -> Known:
    accesses = list(accesses)
    users = {access.user for access in accesses}
    own = dict(
        ApplicantAccount.objects.filter(user_id__in=users).values_list(
            "user_id", "applicant_id"
        )
    )
    room = _acquaintance[0]
    keys = {access.applicant for access in accesses} | set(own.values())
    return Known(
        readers=_all_readers(users, own),
        people=room.people(sorted(keys)),
        blocks=frozenset(_blocks(users, week)),
        common=unusual.common(room.surnames(organisation)),
    )


def _all_readers(
    users: Collection[UUID], own: Mapping[UUID, UUID]
) -> dict[UUID, Reader]:
    teams: dict[UUID, list[tuple[UUID, date, date | None]]] = defaultdict(list)
    leading = set()
    rows = Membership.objects.filter(user_id__in=users, team_id__isnull=False)
    for user, role, team, first, last in rows.order_by().values_list(
        "user_id", "role", "team_id", "first_day", "last_day"
    ):
        teams[user].append((team, first, last))
        if (Action.OVERSEE, Information.STATISTICAL) in policy.GRANTS[Role(role)]:
            leading.add(user)
    names = User.objects.filter(pk__in=users).values_list("pk", "name")
    return {
        user: Reader(
            surname=fold(name).rpartition(" ")[2],
            teams=tuple(teams[user]),
            leads=user in leading,
            own=own.get(user),
        )
        for user, name in names
    }


def _blocks(users: Collection[UUID], week: date) -> Iterator[tuple[UUID, UUID]]:
    """Yield whom an applicant had blocked in the week, by person or by name."""
    begin = datetime.combine(week, time.min, timezone.get_current_timezone())
    held = Block.objects.filter(
        Q(lifted_at__isnull=True) | Q(lifted_at__gt=begin), set_at__lt=begin + WEEK
    )
    named: dict[str, list[UUID]] = defaultdict(list)
    for user, name_hash, applicant in held.order_by().values_list(
        "user_id", "name_hash", "applicant_id"
    ):
        if user in users:
            yield user, applicant
        if name_hash:
            named[name_hash].append(applicant)
    if named:
        for user, name in User.objects.filter(pk__in=users).values_list("pk", "name"):
            for one in name_hashes(name):
                yield from ((user, applicant) for applicant in named.get(one, ()))


@transaction.atomic
def _keep(organisation: UUID, alerts: Collection[Alert], now: datetime) -> int:
    for alert in alerts:
        said: dict[str, Any] = {
            "rules": sorted(alert.signs),
            "accesses": alert.accesses,
        }
        finding, is_new = Finding.objects.get_or_create(
            organisation_id=organisation,
            user_id=alert.user,
            applicant_id=alert.applicant,
            day=alert.day,
            defaults={**said, "found_at": now},
        )
        if not is_new and finding.state == FindingState.OPEN:
            Finding.objects.filter(pk=finding.pk).update(**said)
    actor = Actor(id=None, role=Role.STEWARD, organisation=organisation, system=TASK)
    audit.record(actor, "accesses_looked_through", count=len(alerts))
    return len(alerts)
