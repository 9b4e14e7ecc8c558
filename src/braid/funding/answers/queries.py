"""Claims as a funder's answer file meets them, and the files that were taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max, Q

from braid.funding import queries
from braid.funding.answers.rules import Held
from braid.funding.choices import ClaimState
from braid.funding.models import AnswerFile, Claim

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from braid.access.policy import Actor
    from braid.funding.models import Agreement


def files(actor: Actor, agreement: Agreement) -> QuerySet[AnswerFile]:
    """Return the files of answers that were taken in, the latest first."""
    rows: QuerySet[AnswerFile] = (
        AnswerFile.objects.visible_to(actor)
        .filter(agreement=agreement)
        .select_related("written_by")
    )
    return rows


def named(
    actor: Actor, agreement: Agreement, names: Collection[str]
) -> dict[str, Claim]:
    """Return the claims that a file names, by number or by event key."""
    numbers = [int(name) for name in names if name.isdigit() and len(name) < 10]
    rows = queries.claims(actor, agreement).filter(
        Q(number__in=numbers) | Q(event_key__in=list(names), is_live=True)
    )
    found: dict[str, Claim] = {}
    for row in rows.annotate(
        sent_on=Max("entries__day", filter=Q(entries__state=ClaimState.SUBMITTED))
    ):
        for name in (str(row.number), row.event_key):
            if name in names:
                found[name] = row
    return found


def held(rows: dict[str, Claim]) -> dict[str, Held]:
    """Return how claims stand, as the rules of an answer file ask."""
    undecided = queries.undecided(list(rows.values()))
    return {
        name: Held(
            state=row.state,
            amount=row.amount,
            currency=row.currency,
            sent_on=row.sent_on,  # type: ignore[attr-defined]
            undecided=row.pk in undecided,
        )
        for name, row in rows.items()
        if row.amount is not None
    }
