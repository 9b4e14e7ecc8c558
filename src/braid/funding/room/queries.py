"""How far the claims of agreements are: counts and money, no case among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Sum

from braid.access.policy import Actor
from braid.funding import queries
from braid.funding.choices import ClaimState
from braid.funding.models import Agreement, Claim, ClaimEntry

REASON = "counts of claims that the actor may see"


@dataclass(frozen=True, slots=True)
class Standing:
    """So many claims in one state, with their money by currency."""

    state: str
    count: int
    money: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement with how far its claims are.

    `waits_since` is the day on which the claim that has waited longest was sent.
    """

    agreement: Agreement
    standings: tuple[Standing, ...] = ()
    waits_since: date | None = None
    latest: date | None = field(default=None)

    @property
    def waiting(self) -> int:
        """Return how many claims wait for an answer."""
        waits = (ClaimState.SUBMITTED,)
        return sum(one.count for one in self.standings if one.state in waits)


def agreed(actor: Actor) -> list[Agreed]:
    """Return the agreements that `actor` may see: four queries, however many there are."""
    found = list(queries.agreements(actor))
    seen = Claim.objects.system(REASON).filter(
        pk__in=queries.claims(actor).order_by().values("pk"), is_live=True
    )
    states = _states(seen)
    waits = _waiting(seen)
    return [
        Agreed(one, tuple(states.get(one.pk, ())), waits.get(one.pk)) for one in found
    ]


def _states(seen: Any) -> dict[UUID, list[Standing]]:
    rows = (
        seen.order_by()
        .values("agreement_id", "state", "currency")
        .annotate(count=Count("pk"), amount=Sum("amount"))
    )
    counts: dict[tuple[UUID, str], int] = defaultdict(int)
    money: dict[tuple[UUID, str], dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        key = row["agreement_id"], row["state"]
        counts[key] += row["count"]
        if row["amount"] is not None:
            money[key][row["currency"]] = row["amount"]
    found: dict[UUID, list[Standing]] = defaultdict(list)
    for state in ClaimState.values:
        for (agreement, of), count in counts.items():
            if of == state:
                found[agreement].append(Standing(of, count, money[agreement, of]))
    return found


def _waiting(seen: Any) -> dict[UUID, date]:
    """Return since when the claim that waits longest does, by agreement."""
    waits = seen.filter(state=ClaimState.SUBMITTED)
    rows = (
        ClaimEntry.objects.system(REASON)
        .filter(claim__in=waits.order_by().values("pk"), state=ClaimState.SUBMITTED)
        .order_by()
        .values("claim_id", "claim__agreement_id")
        .annotate(sent=Max("day"))
    )
    found: dict[UUID, date] = {}
    for row in rows:
        key, sent = row["claim__agreement_id"], row["sent"]
        if sent is not None:
            found[key] = min(found.get(key, sent), sent)
    return found
