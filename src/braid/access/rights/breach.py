"""What a breach touched, counted from the audit: for the report to the authority."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum

from braid.access import audit
from braid.access.choices import InformationChoice
from braid.access.models import AuditEntry, Membership, User
from braid.access.policy import Action, Actor, Information, Subject
from braid.access.queries import require

HOURS = 72  # GDPR, article 33


@dataclass(frozen=True, slots=True)
class Affected:
    """What chosen accounts opened or changed on chosen days.

    `people` and `records` were opened one by one. `lists` showed `on_lists` people,
    who may be counted more than once: the audit keeps their number, not who they were.
    """

    people: int
    records: int
    entries: int
    lists: int
    on_lists: int
    accounts: int
    information: tuple[str, ...]


def report_due(known_at: datetime) -> datetime:
    """Return the last instant for the report: 72 hours after it became known."""
    return known_at + timedelta(hours=HOURS)


def accounts(actor: Actor) -> QuerySet[User]:
    """Return the people of the actor's organisation, for choosing whose access it was."""
    require(actor, Action.REVIEW_ACCESS, Subject(None, actor.organisation))
    members = Membership.objects.filter(organisation_id=actor.organisation)
    return User.objects.filter(pk__in=members.values("user_id"))


@transaction.atomic
def measure(
    *, actor: Actor, first_day: date, last_day: date, users: Collection[UUID] = ()
) -> Affected:
    """Count what was touched on these days, by these accounts or by all. Raises Refused.

    That a report was made is audited; the report itself is kept nowhere.
    """
    require(actor, Action.REVIEW_ACCESS, Subject(None, actor.organisation))
    entries = AuditEntry.objects.filter(
        Q(organisation_id=actor.organisation) | Q(holder_id=actor.organisation),
        at__date__gte=first_day,
        at__date__lte=last_day,
    )
    if users:
        entries = entries.filter(actor_id__in=users)
    named = entries.filter(applicant_key__isnull=False)
    lists = entries.filter(~Q(digest=""), count__isnull=False)
    told = lists.aggregate(lists=Count("pk"), on_lists=Sum("count"))
    found = Affected(
        people=named.values("applicant_key").distinct().count(),
        records=named.exclude(record_key="").values("record_key").distinct().count(),
        entries=entries.count(),
        lists=told["lists"],
        on_lists=told["on_lists"] or 0,
        accounts=entries.exclude(actor_id=None).values("actor_id").distinct().count(),
        information=_classes(entries),
    )
    audit.record(actor, "breach_report_made", count=found.people)
    return found


def _classes(entries: QuerySet[AuditEntry]) -> tuple[str, ...]:
    said = entries.exclude(information="").values_list("information", flat=True)
    slugs = {slug for text in said.distinct() for slug in text.split(",")}
    return tuple(
        str(InformationChoice(one.value).label)
        for one in Information
        if one.value in slugs
    )
