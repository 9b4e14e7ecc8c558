"""How far the claims of agreements are: counts and money, no case among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from braid.access.policy import Actor
from braid.funding import queries
from braid.funding.choices import ClaimState
from braid.funding.models import Agreement, Claim, ClaimEntry
from braid.funding.queries import Tally

REASON = "counts of claims that the actor may see"


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement with how far its claims are.

    `waits_since` is the day on which the claim that has waited longest was sent.
    """

    agreement: Agreement
    tallies: tuple[Tally, ...] = ()
    waits_since: date | None = None
    latest: date | None = field(default=None)

    @property
    def waiting(self) -> int:
        """Return how many claims wait for an answer."""
        waits = (ClaimState.SUBMITTED,)
        return sum(one.count for one in self.tallies if one.state in waits)


def agreed(actor: Actor) -> list[Agreed]:
    """Return the agreements that `actor` may see: four queries, however many there are."""
    found = list(queries.agreements(actor))
    seen = Claim.objects.system(REASON).filter(
        pk__in=queries.claims(actor).order_by().values("pk"), is_live=True
    )
    states = queries.by_state(actor)
    waits = _waiting(seen)
    return [
        Agreed(one, tuple(states.get(one.pk, ())), waits.get(one.pk)) for one in found
    ]


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
