"""Issuing invoices of released claims, and taking them back by a credit note."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.funding.invoices import document, queries
from braid.funding.invoices.document import OUTSIDE, Earlier, Frame, Tax
from braid.funding.invoices.queries import PROVIDER
from braid.funding.ledger.barring import barred_claims
from braid.funding.models import Agreement, Claim, Invoice, InvoicedClaim, Party
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.funding.invoices.document import Invoice as Paper

STATISTICAL = (Information.STATISTICAL,)
MOST_CLAIMS = 1_000
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What an invoice is to be: to which payer, for which claims, with what words.

    `untaxed` is the category of VAT where the contract has none, with its reason.
    """

    payer: str
    claims: frozenset[UUID]
    note: str = ""
    language: str = "en"
    untaxed: str = OUTSIDE
    untaxed_reason: str = ""


def preview(actor: Actor, agreement: Agreement, wish: Wish, day: date) -> Paper:
    """Return the invoice as it would be issued on a day, with its next number.

    Raises Refused, InputFault (`no_claims`, `no_party`, `claim_not_ready`,
    `too_many_claims`, `duplicate_funding`).
    """
    return _drawn(actor, agreement, wish, _chosen(actor, agreement, wish), day)


def issue(*, actor: Actor, agreement: Agreement, wish: Wish, day: date) -> Invoice:
    """Issue an invoice with the next number of its seller. Raises Refused, InputFault.

    Two that are issued at one moment ask for one number: the later one takes the next.
    """
    for attempt in range(ATTEMPTS):
        try:
            return _issue(actor, agreement, wish, day)
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("one of the attempts returned or raised")


@transaction.atomic
def _issue(actor: Actor, agreement: Agreement, wish: Wish, day: date) -> Invoice:
    claims = _chosen(actor, agreement, wish)
    paper = _drawn(actor, agreement, wish, claims, day)
    made = _kept(actor, agreement, wish.payer, paper)
    amounts = {line.claim: line.gross for line in paper.lines}
    sign = 1 if paper.kind == "invoice" else -1
    InvoicedClaim.objects.bulk_create(
        InvoicedClaim(
            invoice=made,
            claim=claim,
            payer=wish.payer,
            edition=claim.invoiced_times + 1,  # type: ignore[attr-defined]
            amount=sign * amounts[str(claim.number)],
            written_by_id=actor.id,
        )
        for claim in claims
    )
    audit.record(
        actor, "invoice_issued", made, information=STATISTICAL, count=len(claims)
    )
    return made


def take_back(*, actor: Actor, invoice: Invoice, note: str, day: date) -> Invoice:
    """Issue a credit note for the whole of an invoice; its claims may be invoiced anew.

    Raises Refused, InputFault (`no_words`, `taken_back`, `is_credit_note`).
    """
    for attempt in range(ATTEMPTS):
        try:
            return _take_back(actor, invoice, note, day)
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("one of the attempts returned or raised")


@transaction.atomic
def _take_back(actor: Actor, invoice: Invoice, note: str, day: date) -> Invoice:
    agreement = invoice.agreement
    require(actor, Action.CLAIM, agreement.subject())
    rows = Invoice.objects.system("an invoice that was opened")
    if rows.filter(credits=invoice).exists():
        raise InputFault(
            _("This invoice was taken back already. Open its credit note."),
            reason="taken_back",
        )
    if invoice.credits_id is not None:
        raise InputFault(
            _("A credit note is not taken back. Issue a new invoice of its claims."),
            reason="is_credit_note",
        )
    if not note.strip():
        raise InputFault(
            _("Say why the invoice is taken back. The payer reads it."),
            field="note",
            reason="no_words",
        )
    earlier = document.from_json(invoice.text)
    paper = document.credited(earlier, "", day, note.strip())
    made = _kept(actor, agreement, invoice.payer, paper, credits=invoice)
    lines = InvoicedClaim.objects.system("claims of an invoice that was opened")
    InvoicedClaim.objects.bulk_create(
        InvoicedClaim(
            invoice=made,
            claim_id=row.claim_id,
            payer=row.payer,
            edition=row.edition,
            is_taken_back=True,
            amount=-row.amount,
            written_by_id=actor.id,
        )
        for row in lines.filter(invoice=invoice)
    )
    audit.record(actor, "invoice_taken_back", made, information=STATISTICAL)
    return made


def _chosen(actor: Actor, agreement: Agreement, wish: Wish) -> list[Claim]:
    require(actor, Action.CLAIM, agreement.subject())
    if len(wish.claims) > MOST_CLAIMS:
        raise InputFault(
            _("An invoice holds up to 1,000 claims. Make several."),
            field="claims",
            reason="too_many_claims",
        )
    found = [
        claim
        for claim in queries.ready(actor, agreement, wish.payer)
        if claim.pk in wish.claims
    ]
    if len(found) != len(wish.claims):
        raise InputFault(
            _(
                "A claim can no longer be invoiced: it went on, or stands on another "
                "invoice. Look at the list again."
            ),
            field="claims",
            reason="claim_not_ready",
        )
    _must_be_undisputed(found)
    return found


def _must_be_undisputed(claims: Collection[Claim]) -> None:
    barred = barred_claims(claims)
    if barred:
        numbers = ", ".join(sorted(str(c.number) for c in claims if c.pk in barred))
        raise InputFault(
            _(
                "Claims that two would pay for wait for a steward: %(numbers)s. Leave "
                "them out."
            )
            % {"numbers": numbers},
            field="claims",
            reason="duplicate_funding",
        )


def _drawn(
    actor: Actor, agreement: Agreement, wish: Wish, claims: list[Claim], day: date
) -> Paper:
    named = queries.parties(actor, agreement)
    return document.drawn(
        Frame(
            number=_next(agreement, day)[1],
            issued_on=day,
            due_on=day + timedelta(days=agreement.payment_days),
            currency=_currency(claims),
            seller=_party(named, PROVIDER),
            buyer=_party(named, wish.payer),
            contract=agreement.contract,
            buyer_reference=agreement.buyer_reference,
            order_reference=agreement.order_reference,
            note=wish.note.strip(),
            language=wish.language,
            untaxed=_untaxed(wish),
        ),
        queries.claimed(actor, agreement, wish.payer, claims),
    )


def _untaxed(wish: Wish) -> Tax:
    reason = wish.untaxed_reason.strip() or _("Not subject to VAT")
    return Tax(category=wish.untaxed, reason=reason)


def _currency(claims: list[Claim]) -> str:
    found = {claim.currency for claim in claims}
    if len(found) > 1:
        raise InputFault(
            _("Claims of two currencies do not stand on one invoice. Choose one."),
            field="claims",
            reason="currencies_differ",
        )
    return found.pop() if found else ""


def _party(named: dict[str, Party], slot: str) -> document.Party:
    if slot not in named:
        raise InputFault(
            _(
                "Nothing says who stands on the invoice as %(slot)s. Fill it in with "
                "the agreement."
            )
            % {"slot": slot},
            reason="no_party",
        )
    row = named[slot]
    digits = "".join(sign for sign in row.company_number if sign.isalnum())
    is_own = bool(digits) and digits == row.endpoint
    return document.Party(
        name=row.name,
        country=row.country,
        street=row.street,
        postcode=row.postcode,
        city=row.city,
        legal_id=row.company_number,
        legal_scheme=row.endpoint_scheme if is_own else "",
        vat_id=row.vat_number,
        endpoint=row.endpoint,
        endpoint_scheme=row.endpoint_scheme,
        email=row.email,
        account=row.account,
    )


def _next(agreement: Agreement, day: date) -> tuple[int, str]:
    """Return the next number of a seller in the year of a day. No number is left out."""
    last = (
        Invoice.objects.system("the next number of a seller's invoices")
        .filter(seller_id=agreement.unit.organisation_id, year=day.year)
        .aggregate(last=Max("sequence"))["last"]
    )
    sequence = (last or 0) + 1
    return sequence, f"{day.year}-{sequence:04d}"


def _kept(
    actor: Actor,
    agreement: Agreement,
    payer: str,
    paper: Paper,
    credits: Invoice | None = None,
) -> Invoice:
    sequence, number = _next(agreement, paper.issued_on)
    paper = replace(paper, number=number)
    if credits is not None:
        earlier = Earlier(number=credits.number, issued_on=credits.issued_on)
        paper = replace(paper, credits=earlier)
    text = document.to_json(paper)
    made: Invoice = Invoice.objects.create(
        agreement=agreement,
        seller_id=agreement.unit.organisation_id,
        year=paper.issued_on.year,
        sequence=sequence,
        number=number,
        kind=paper.kind,
        payer=payer,
        issued_on=paper.issued_on,
        due_on=paper.due_on,
        currency=paper.currency,
        payable=paper.payable,
        text=text,
        digest=document.digest(text),
        credits=credits,
        written_by_id=actor.id,
    )
    return made
