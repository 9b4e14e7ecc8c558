"""Who looked at an applicant's record, for the applicant: straight from the audit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet

from braid.access import audit, untold
from braid.access.models import AuditEntry, Organisation, User
from braid.access.policy import Actor, Information, Role
from braid.kernel.errors import Refused

PAGE = 30
ATTEMPTS = ("absent", "blocked", "refused")


@dataclass(frozen=True, slots=True)
class Look:
    """One time that somebody opened, changed or tried to open the applicant's record.

    `who` is empty for the program itself and for somebody who has no account any more.
    `classes` is empty where nothing was shown, or something was written.
    """

    at: datetime
    who: str
    role: str
    organisation: str
    is_program: bool
    is_attempt: bool
    is_list: bool
    classes: tuple[Information, ...]
    ground: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Looks:
    """One page of what the log says, the newest first."""

    page: object
    looks: tuple[Look, ...]


def who_looked(actor: Actor, number: int | str = 1, size: int = PAGE) -> Looks:
    """Return a page of who opened or changed the actor's own record, and who tried.

    The actor's own visits are left out. So is emergency access of which telling the
    applicant would do harm, until they are told. Raises Refused for everybody else.
    """
    if actor.own is None:
        raise Refused("not_granted")
    page = Paginator(_entries(actor.own), size).get_page(number)
    audit.record(
        actor,
        "looked_opened",
        applicant=actor.own,
        ground="own_record",
        count=len(page),
    )
    return Looks(page, _looks(list(page)))


def _entries(applicant: UUID) -> QuerySet[AuditEntry]:
    entries: QuerySet[AuditEntry] = AuditEntry.objects.filter(applicant_key=applicant)
    entries = untold.keep_back(AuditEntry, entries, applicant)
    return entries.exclude(role=Role.APPLICANT).order_by("-at", "-pk")


def _looks(entries: list[AuditEntry]) -> tuple[Look, ...]:
    people: dict[UUID | None, str] = dict(
        User.objects.filter(pk__in={one.actor_id for one in entries}).values_list(
            "pk", "name"
        )
    )
    organisations: dict[UUID | None, str] = dict(
        Organisation.objects.filter(
            pk__in={one.organisation_id for one in entries}
        ).values_list("pk", "name")
    )
    return tuple(
        Look(
            at=one.at,
            who=people.get(one.actor_id, ""),
            role=one.role,
            organisation=organisations.get(one.organisation_id, ""),
            is_program=one.actor_id is None,
            is_attempt=one.outcome in ATTEMPTS,
            is_list=one.count is not None,
            classes=classes_of(one),
            ground=one.ground,
            purpose=one.purpose,
        )
        for one in entries
    )


def classes_of(entry: AuditEntry) -> tuple[Information, ...]:
    """Return the classes of information that an entry names, in the policy's order."""
    named = set(entry.information.split(","))
    return tuple(one for one in Information if one.value in named)
