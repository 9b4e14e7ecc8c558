"""What the funding room gives to the facts: what funders did, and claims by payer."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, NullIf

from braid.funding.choices import ClaimState
from braid.funding.models import Case, ClaimEntry, ClaimPart, FunderEvent

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"


def funder_events(units: Units) -> QuerySet[Any]:
    """What funders decided or were sent about episodes."""
    rows = FunderEvent.objects.system(REASON).order_by()
    if units is not None:
        rows = rows.filter(episode__unit_id__in=units)
    found: QuerySet[Any] = rows.values_list(
        "episode_id", "episode__unit_id", "agreement__contract", "kind", "day"
    )
    return found


def claims(units: Units) -> QuerySet[Any]:
    """Claims with an amount, a row for each payer; their days are those of the last entry.

    A claim whose person's record has ended is in none of them, nor is an edition that a
    newer one took the place of.
    """
    rows = ClaimPart.objects.system(REASON).order_by()
    if units is not None:
        rows = rows.filter(claim__agreement__unit_id__in=units)
    case = Case.objects.system(REASON).filter(
        contract=OuterRef("claim__contract"), token=OuterRef("claim__case")
    )
    kept = rows.filter(
        Q(claim__is_live=True) | Q(claim__state=ClaimState.REJECTED)
    ).annotate(
        of_episode=Subquery(case.values("episode_id")[:1]),
        of_unit=Subquery(case.values("episode__unit_id")[:1]),
        submitted_on=_last("submitted"),
        decided_on=_last("accepted", "rejected"),
        paid_on=_last("paid"),
        why=Subquery(
            _entries().order_by("-number").values("reason")[:1],
            output_field=CharField(),
        ),
    )
    found: QuerySet[Any] = kept.filter(of_episode__isnull=False).values_list(
        "id",
        "of_unit",
        "of_episode",
        "claim__contract",
        Cast("claim__version", CharField()),
        "claim__milestone",
        "payer",
        "claim__reached_on",
        "submitted_on",
        "decided_on",
        "paid_on",
        "claim__state",
        NullIf("why", Value("")),
        "amount",
        F("claim__currency"),
    )
    return found


def _entries() -> QuerySet[Any]:
    rows: QuerySet[Any] = ClaimEntry.objects.system(REASON).filter(
        claim=OuterRef("claim_id")
    )
    return rows


def _last(*states: str) -> Subquery:
    """Return the day of the last entry of these states: none, where none followed."""
    rows = _entries().filter(state__in=states).order_by("-number")
    return Subquery(rows.values("day")[:1], output_field=DateField())


EXTRACTORS: Mapping[str, Callable[[Units], QuerySet[Any]]] = {
    "funder_events": funder_events,
    "claims": claims,
}
ALSO_READ: Mapping[type[Model], tuple[tuple[str, str, str], ...]] = {
    ClaimPart: (
        ("funding.ClaimEntry", "claim", "claim"),
        ("funding.Case", "token", "claim__case"),
    ),
}
