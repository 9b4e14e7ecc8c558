"""Invoices that somebody may see, and what is ready to be invoiced."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from braid.funding.choices import ClaimState
from braid.funding.invoices.document import Claimed
from braid.funding.invoices.parts import WHOLE, of_payer
from braid.funding.models import (
    Agreement,
    Binding,
    Claim,
    ClaimPart,
    Invoice,
    InvoicedClaim,
    Party,
)
from braid.method.contracts.shape import Contract, Open
from braid.packs import contracts

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from braid.access.policy import Actor

READY = (
    ClaimState.RELEASED,
    ClaimState.SUBMITTED,
    ClaimState.QUERIED,
    ClaimState.ACCEPTED,
    ClaimState.PAID,
)
"""States in which a claim may be invoiced: released by a second person, and it holds."""
PROVIDER = "provider"


def agreement(actor: Actor, key: UUID) -> Agreement | None:
    """Return an agreement that somebody may see."""
    rows = Agreement.objects.visible_to(actor).select_related(
        "unit__organisation", "funder__organisation"
    )
    found: Agreement | None = rows.filter(pk=key).first()
    return found


def invoices(actor: Actor, agreement: Agreement) -> QuerySet[Invoice]:
    """Return the invoices of an agreement, the newest first."""
    rows: QuerySet[Invoice] = (
        Invoice.objects.visible_to(actor)
        .filter(agreement=agreement)
        .select_related("credits", "credited_by")
        .annotate(claims_count=Count("claims"))
    )
    return rows


def invoice(actor: Actor, key: UUID) -> Invoice | None:
    """Return an invoice that somebody may see."""
    rows = Invoice.objects.visible_to(actor).select_related(
        "agreement__unit__organisation",
        "agreement__funder__organisation",
        "credits",
        "credited_by",
    )
    found: Invoice | None = rows.filter(pk=key).first()
    return found


def parties(actor: Actor, agreement: Agreement) -> dict[str, Party]:
    """Return who stands on invoices of an agreement, by slot."""
    rows = Party.objects.visible_to(actor).filter(agreement=agreement)
    return {row.slot: row for row in rows}


def payers(actor: Actor, agreement: Agreement) -> list[str]:
    """Return who pays claims of an agreement, as its contract names them."""
    claims = Claim.objects.visible_to(actor).filter(agreement=agreement)
    named = ClaimPart.objects.visible_to(actor).filter(claim__agreement=agreement)
    split = named.filter(claim=OuterRef("pk"))
    found = set(named.values_list("payer", flat=True).distinct())
    if not found or claims.filter(~Exists(split)).exists():
        found.add(WHOLE)
    return sorted(found)


def ready(actor: Actor, agreement: Agreement, payer: str) -> list[Claim]:
    """Return the claims that may be put on an invoice to a payer, by the day reached."""
    parts = ClaimPart.objects.visible_to(actor).filter(claim=OuterRef("pk"))
    owes = Q(Exists(parts.filter(payer=payer)))
    if payer == WHOLE:
        owes |= Q(~Exists(parts))
    rows = (
        Claim.objects.visible_to(actor)
        .filter(agreement=agreement, state__in=READY, amount__isnull=False)
        .exclude(amount=0)
        .annotate(
            invoiced_times=_times(actor, payer, is_taken_back=False),
            taken_back_times=_times(actor, payer, is_taken_back=True),
        )
        .filter(owes, invoiced_times=F("taken_back_times"))
        .prefetch_related(
            Prefetch("parts", queryset=ClaimPart.objects.visible_to(actor))
        )
    )
    return list(rows.order_by("reached_on", "number"))


def _times(actor: Actor, payer: str, *, is_taken_back: bool) -> Coalesce:
    """Count how often a claim was invoiced to a payer, or taken back."""
    rows = InvoicedClaim.objects.visible_to(actor).filter(
        claim=OuterRef("pk"), payer=payer, is_taken_back=is_taken_back
    )
    counted = rows.order_by().values("claim").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def claimed(
    actor: Actor, agreement: Agreement, payer: str, claims: Iterable[Claim]
) -> list[Claimed]:
    """Return claims as an invoice to a payer needs them."""
    rates = _Rates(actor, agreement)
    found = []
    for claim in claims:
        net = claim.net if claim.net is not None else claim.amount
        vat = claim.vat if claim.vat is not None else Decimal("0.00")
        parts = [(part.payer, part.amount) for part in claim.parts.all()]
        owed = of_payer(net or Decimal("0.00"), vat, parts, payer)
        if owed is None:
            continue
        found.append(
            Claimed(
                claim=str(claim.number),
                case=claim.case,
                milestone=claim.milestone,
                title=_title(claim.milestone),
                clause=claim.clause if claim.clause != claim.milestone else "",
                reached_on=claim.reached_on,
                net=owed[0],
                vat=owed[1],
                vat_percent=rates.of(claim.version),
            )
        )
    return found


def _title(milestone: str) -> str:
    """Return a milestone as a line says it: its id is the word that both parties know."""
    return milestone.replace("_", " ").replace("-", " ").capitalize()


class _Rates:
    """The VAT of each version of a contract; None where it has none."""

    def __init__(self, actor: Actor, agreement: Agreement) -> None:
        self._actor, self._agreement = actor, agreement
        self._known: dict[int, Decimal | None] = {}

    def of(self, version: int) -> Decimal | None:
        if version not in self._known:
            self._known[version] = self._found(version)
        return self._known[version]

    def _found(self, version: int) -> Decimal | None:
        contract: Contract = contracts.get(self._agreement.contract, version)
        said = contract.vat_percent
        if contract.vat == "none" or said is None:
            return None
        if not isinstance(said, Open):
            return said
        rows = Binding.objects.visible_to(self._actor).filter(
            agreement=self._agreement, version=version, parameter=said.parameter
        )
        bound = rows.order_by("-written_at").values_list("value", flat=True).first()
        return None if bound is None else Decimal(str(bound))


def invoiced_of(actor: Actor, claims: Iterable[UUID]) -> dict[UUID, list[Invoice]]:
    """Return the invoices that claims stand on, by claim, the newest first."""
    rows = (
        InvoicedClaim.objects.visible_to(actor)
        .filter(claim__in=list(claims))
        .select_related("invoice")
        .order_by("-invoice__year", "-invoice__sequence")
    )
    found: dict[UUID, list[Invoice]] = {}
    for row in rows:
        found.setdefault(row.claim_id, []).append(row.invoice)
    return found


def numbers_missing(seller: UUID, year: int) -> list[int]:
    """Return the numbers that a seller's invoices of a year leave out: always none."""
    taken = set(
        Invoice.objects.system("numbers of a seller's invoices")
        .filter(Q(seller=seller), year=year)
        .values_list("sequence", flat=True)
    )
    return sorted(set(range(1, max(taken, default=0) + 1)) - taken)
