"""Letting go what its time is over for, by the rules of each organisation's country.

A rule says which kind, how long after its end, and what then (`packs`, jurisdictions).
A preview counts by rule and names nobody; a run does the same in the same order and the
audit keeps the numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit, request_rules
from braid.access.models import (
    ApplicantInvitation,
    Block,
    BlockSetAside,
    BrokenGlass,
    Finding,
    Notice,
    Organisation,
    Restriction,
    SubjectRequest,
)
from braid.access.policy import Actor, Role
from braid.access.rights import erasing, processing, restricting
from braid.access.rights.registry import Keeper, keepers, register_keeper
from braid.access.rights.relations import Model
from braid.kernel.dates import add_months
from braid.packs import jurisdictions
from braid.packs.jurisdictions import Retention

TASK = "retention"
ERASE, RESTRICT, KEEP = "erase", "restrict", "keep"
RECORD = "record"


@dataclass(frozen=True, slots=True)
class Due:
    """What one rule would do now in one organisation: to how many, and by which keeper."""

    organisation: Organisation
    rule: Retention
    keeper: Keeper
    keys: tuple[UUID, ...]

    @property
    def count(self) -> int:
        return len(self.keys)


def preview(now: datetime, organisation_id: UUID | None = None) -> list[Due]:
    """Return what is due by each rule, those with nothing due included."""
    every = Organisation.objects.order_by("name")
    if organisation_id is not None:
        every = every.filter(pk=organisation_id)
    return [due for one in every for due in _due_in(one, timezone.localdate(now))]


def counted(organisation_id: UUID, now: datetime) -> list[tuple[str, str, int]]:
    """Return each rule in words with its source and how many are due; nobody is named."""
    told: dict[tuple[str, str], int] = {}
    for due in preview(now, organisation_id):
        pack = jurisdictions.of_country(due.organisation.country)
        line = (processing.rule_in_words(due.rule, pack), due.rule.source)
        told[line] = told.get(line, 0) + due.count
    return [(words, source, count) for (words, source), count in told.items()]


def kept_for_good(organisation_id: UUID) -> list[tuple[str, str]]:
    """Return what no rule of an organisation removes, in words, with the source."""
    organisation = Organisation.objects.get(pk=organisation_id)
    pack = jurisdictions.of_country(organisation.country)
    return [
        (processing.rule_in_words(rule, pack), rule.source)
        for rule in pack.retention
        if rule.then == KEEP
    ]


def _due_in(organisation: Organisation, today: date) -> Iterator[Due]:
    for rule in jurisdictions.of_country(organisation.country).retention:
        if rule.then == KEEP:
            continue
        before = add_months(today, -rule.months)
        for keeper in keepers.get(rule.kind, ()):
            keys = keeper.due(organisation.pk, before)
            if keeper.remove is None:
                keys = _not_kept_otherwise(keys, rule.then, today)
            yield Due(organisation, rule, keeper, tuple(keys))


def _not_kept_otherwise(keys: list[UUID], then: str, today: date) -> list[UUID]:
    """Leave out records that are closed already, or must be kept as somebody asked."""
    closed = Restriction.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), lifted_at__isnull=True
    )
    if then == ERASE:
        closed = closed.filter(set_by__isnull=False)
    left_alone = set(closed.values_list("applicant_id", flat=True))
    return [key for key in keys if key not in left_alone]


def run(
    now: datetime, organisation_id: UUID | None = None, *, by_itself: bool = False
) -> list[Due]:
    """Do what is due, rule by rule; return what was done.

    Everything that is erased goes before anything is closed, so that nobody is closed
    who is erased the same day. What runs `by_itself` leaves records alone until
    somebody of the country has reviewed the rule: a default of the house erases nobody.
    """
    found = [
        due
        for due in preview(now, organisation_id)
        if not by_itself or due.rule.kind != RECORD or due.rule.reviewed
    ]
    erased = [due for due in found if due.rule.then == ERASE]
    for due in erased:
        _do(due, now)
    gone = {key for due in erased for key in due.keys}
    closing = [
        replace(due, keys=tuple(key for key in due.keys if key not in gone))
        for due in found
        if due.rule.then == RESTRICT
    ]
    for due in closing:
        _do(due, now)
    if any(due.count for due in erased):
        erasing.tidy()
    return [*erased, *closing]


def _do(due: Due, now: datetime) -> None:
    if not due.keys:
        return
    actor = task_actor(due.organisation)
    if due.keeper.remove is not None:
        due.keeper.remove(list(due.keys))
    for key in due.keys if due.keeper.remove is None else ():
        if due.rule.then == ERASE:
            erasing.erase(
                actor=actor,
                applicant_id=key,
                reason=erasing.Reason.RETENTION,
                now=now,
            )
        else:
            restricting.restrict(
                actor=actor,
                applicant_id=key,
                reason=_("The time to use this record is over."),
                now=now,
            )
    with transaction.atomic():
        action = f"retention_{due.rule.kind}_{due.rule.then}"
        audit.record(actor, action, count=due.count)


def task_actor(organisation: Organisation) -> Actor:
    """Return the audited actor of the daily run for one organisation."""
    return Actor(
        id=None,
        role=Role.STEWARD,
        organisation=organisation.pk,
        country=organisation.country,
        system=TASK,
    )


# What access keeps itself: the rows of a table that came to their end at an instant.


def _rows_due(
    model: Model, at: str, only: Q, owner: str, organisation_id: UUID, before: date
) -> list[UUID]:
    rows: QuerySet[Any] = QuerySet(model).filter(only, **{f"{at}__lt": before})
    return list(rows.filter(**{owner: organisation_id}).values_list("pk", flat=True))


def _rows_gone(model: Model, keys: list[UUID]) -> int:
    rows: QuerySet[Any] = QuerySet(model).filter(pk__in=keys)
    return rows.delete()[0]


def _keep(
    kind: str,
    model: Model,
    at: str,
    owner: str = "organisation_id",
    only: Q | None = None,
) -> None:
    register_keeper(
        kind,
        Keeper(
            partial(_rows_due, model, at, only or Q(), owner),
            partial(_rows_gone, model),
        ),
    )


def register_own() -> None:
    """Say of the tables of access when their rows come to an end; the site calls it."""
    _keep("account_invitation", ApplicantInvitation, "expires_at__date")
    _keep("notice", Notice, "seen_at__date")
    over = ~Q(state__in=request_rules.OPEN)
    _keep("request", SubjectRequest, "due_on", only=over)
    _keep("block", Block, "lifted_at__date")
    _keep("emergency", BrokenGlass, "reviewed_at__date", "holder_id")
    _keep("emergency", BlockSetAside, "expires_at__date", "block__organisation_id")
    _keep("review", Finding, "closed_at__date")
