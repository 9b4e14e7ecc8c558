"""Claims of an agreement as sums: worked out in the database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractQuarter, ExtractYear

from braid.funding.choices import ClaimState
from braid.funding.models import Claim, ClaimEntry
from braid.funding.reconciling.rules import WAITING, Group, Waiting

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from braid.access.policy import Actor
    from braid.funding.models import Agreement

ZERO = Decimal("0.00")
MOST_SHOWN = 200


def sent(actor: Actor, agreement: Agreement) -> QuerySet[Any]:
    """Return the claims that were sent, each with the day and with what was paid."""
    entries = ClaimEntry.objects.visible_to(actor).filter(claim=OuterRef("pk"))
    first_sent = entries.filter(state=ClaimState.SUBMITTED).order_by("number")
    last_paid = entries.filter(state=ClaimState.PAID).order_by("-number")
    rows: QuerySet[Any] = (
        Claim.objects.visible_to(actor)
        .filter(agreement=agreement, amount__isnull=False)
        .annotate(
            sent_on=Subquery(first_sent.values("day")[:1]),
            paid=Coalesce(Subquery(last_paid.values("amount")[:1]), ZERO),
        )
        .filter(sent_on__isnull=False)
        .order_by()
    )
    return rows


def groups(actor: Actor, agreement: Agreement) -> list[Group]:
    """Return sent claims by quarter, kind and state, with their sums."""
    rows = (
        sent(actor, agreement)
        .annotate(year=ExtractYear("sent_on"), part=ExtractQuarter("sent_on"))
        .values("year", "part", "kind", "state")
        .annotate(count=Count("pk"), total=Sum("amount"), total_paid=Sum("paid"))
    )
    return [
        Group(
            quarter=f"{row['year']}Q{row['part']}",
            kind=row["kind"],
            state=row["state"],
            count=row["count"],
            amount=Decimal(row["total"]),
            paid=Decimal(row["total_paid"]),
        )
        for row in rows
    ]


def waiting(actor: Actor, agreement: Agreement) -> list[Waiting]:
    """Return the claims that wait for an answer, a payment or an agreement."""
    rows = sent(actor, agreement).filter(state__in=WAITING)
    return [
        Waiting(state=state, sent_on=day, amount=amount)
        for state, day, amount in rows.values_list("state", "sent_on", "amount")
    ]


@dataclass(frozen=True, slots=True)
class Odd:
    """Claims that were paid otherwise than claimed, as far as a page holds them."""

    claims: list[Any]
    count: int


def paid_otherwise(actor: Actor, agreement: Agreement) -> Odd:
    """Return the claims whose payment is not their amount, the newest first."""
    rows = (
        sent(actor, agreement)
        .filter(entries__state=ClaimState.PAID)
        .exclude(paid=F("amount"))
        .order_by("-number")
        .distinct()
    )
    found = list(rows[: MOST_SHOWN + 1])
    count = len(found) if len(found) <= MOST_SHOWN else rows.count()
    return Odd(found[:MOST_SHOWN], count)
