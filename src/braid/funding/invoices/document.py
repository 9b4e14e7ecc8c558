"""An invoice as it was issued: from whom, to whom, for which claims; its sums are exact.

Pure. What is to be paid is the sum of the claims to the cent. VAT is computed once a rate
on the sum of the net amounts, as EN 16931 asks; where that differs from the sum of the
lines by a cent, the difference stands in the open as rounding (BT-114).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from braid.kernel.errors import InputFault

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
STANDARD, ZERO_RATED, EXEMPT, OUTSIDE = "S", "Z", "E", "O"
CATEGORIES = (STANDARD, ZERO_RATED, EXEMPT, OUTSIDE)
Kind = Literal["invoice", "credit_note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who sends or gets an invoice. Schemes are codes of ISO 6523 (0184) or EAS (EM)."""

    name: str
    country: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    legal_id: str = ""
    legal_scheme: str = ""
    vat_id: str = ""
    endpoint: str = ""
    endpoint_scheme: str = ""
    contact: str = ""
    telephone: str = ""
    email: str = ""
    account: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """The VAT of a line: its category (UNCL5305), per cent, and why there is none."""

    category: str = OUTSIDE
    percent: Decimal = ZERO
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One claim on an invoice; `gross` is what the claim says, less than zero takes off.

    `case` is the pseudonym that the payer knows; nothing here tells who it is.
    """

    no: int
    claim: str
    case: str
    milestone: str
    title: str
    clause: str
    reached_on: date
    net: Decimal
    vat: Decimal
    tax: Tax

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class TaxSum:
    """What was taxed at one rate, and the VAT on it."""

    tax: Tax
    taxable: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The invoice that a credit note is about."""

    number: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice or credit note with its number; both days of the period are inside."""

    number: str
    kind: Kind
    issued_on: date
    due_on: date
    currency: str
    seller: Party
    buyer: Party
    contract: str
    lines: tuple[Line, ...]
    buyer_reference: str = ""
    order_reference: str = ""
    credits: Earlier | None = None
    note: str = ""
    language: str = "en"
    format: int = field(default=1)

    @property
    def first_day(self) -> date:
        return min(line.reached_on for line in self.lines)

    @property
    def last_day(self) -> date:
        return max(line.reached_on for line in self.lines)

    @property
    def taxes(self) -> tuple[TaxSum, ...]:
        """Return the sums by category and rate, in the order of their first lines."""
        found: dict[tuple[str, Decimal], list[Line]] = {}
        for line in self.lines:
            found.setdefault((line.tax.category, line.tax.percent), []).append(line)
        return tuple(
            _tax_sum(lines[0].tax, sum((line.net for line in lines), ZERO))
            for lines in found.values()
        )

    @property
    def net(self) -> Decimal:
        return sum((line.net for line in self.lines), ZERO)

    @property
    def vat(self) -> Decimal:
        return sum((each.amount for each in self.taxes), ZERO)

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat

    @property
    def payable(self) -> Decimal:
        """Return what the claims come to, which is what is asked for."""
        return sum((line.gross for line in self.lines), ZERO)

    @property
    def rounding(self) -> Decimal:
        return self.payable - self.gross


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A claim as an invoice needs it: what one payer owes for it, of which VAT."""

    claim: str
    case: str
    milestone: str
    title: str
    clause: str
    reached_on: date
    net: Decimal
    vat: Decimal
    vat_percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands on an invoice besides its claims.

    `untaxed` is the category of a contract without VAT, with its reason.
    """

    number: str
    issued_on: date
    due_on: date
    currency: str
    seller: Party
    buyer: Party
    contract: str
    buyer_reference: str = ""
    order_reference: str = ""
    credits: Earlier | None = None
    note: str = ""
    language: str = "en"
    untaxed: Tax = field(default_factory=Tax)


def drawn(frame: Frame, claims: Iterable[Claimed]) -> Invoice:
    """Return the invoice of claims: by the day reached, then by claim.

    Claims that come to less than nothing make a credit note, whose amounts are what is
    given back. Raises: InputFault (`no_claims`, `amount_inexact`, `claim_twice`).
    """
    ordered = sorted(claims, key=lambda each: (each.reached_on, each.claim))
    _must_be_exact(ordered)
    sign = -1 if sum((each.net + each.vat for each in ordered), ZERO) < 0 else 1
    lines = tuple(
        Line(
            no=number,
            claim=each.claim,
            case=each.case,
            milestone=each.milestone,
            title=each.title,
            clause=each.clause,
            reached_on=each.reached_on,
            net=sign * each.net,
            vat=sign * each.vat,
            tax=_tax(each.vat_percent, frame.untaxed),
        )
        for number, each in enumerate(ordered, start=1)
    )
    return Invoice(
        number=frame.number,
        kind="invoice" if sign > 0 else "credit_note",
        issued_on=frame.issued_on,
        due_on=frame.due_on,
        currency=frame.currency,
        seller=frame.seller,
        buyer=frame.buyer,
        contract=frame.contract,
        lines=lines,
        buyer_reference=frame.buyer_reference,
        order_reference=frame.order_reference,
        credits=frame.credits,
        note=frame.note,
        language=frame.language,
    )


def credited(invoice: Invoice, number: str, issued_on: date, note: str = "") -> Invoice:
    """Return the credit note (or invoice) that takes back the whole of another."""
    other: Kind = "credit_note" if invoice.kind == "invoice" else "invoice"
    return replace(
        invoice,
        number=number,
        kind=other,
        issued_on=issued_on,
        due_on=issued_on,
        note=note,
        credits=Earlier(number=invoice.number, issued_on=invoice.issued_on),
    )


def _must_be_exact(claims: list[Claimed]) -> None:
    if not claims:
        raise InputFault(
            "There is no claim to put on an invoice. Choose claims that were released.",
            reason="no_claims",
        )
    if len({each.claim for each in claims}) != len(claims):
        raise InputFault(
            "A claim stands twice on one invoice. Choose each claim once.",
            reason="claim_twice",
        )
    for each in claims:
        if any(part != part.quantize(CENT) for part in (each.net, each.vat)):
            raise InputFault(
                "A claim has parts of a cent. Amounts of claims are rounded once, "
                "before they are invoiced.",
                reason="amount_inexact",
            )


def _tax(percent: Decimal | None, untaxed: Tax) -> Tax:
    if percent is None:
        return untaxed
    return Tax(category=STANDARD if percent else ZERO_RATED, percent=percent)


def _tax_sum(tax: Tax, taxable: Decimal) -> TaxSum:
    amount = (taxable * tax.percent / 100).quantize(CENT, ROUND_HALF_UP)
    return TaxSum(tax, taxable, amount + ZERO)


# An invoice that was issued never changes: it is kept as this text.


def to_json(invoice: Invoice) -> str:
    """Return an invoice as text; the same invoice gives the same text."""
    return json.dumps(
        asdict(invoice), ensure_ascii=False, sort_keys=True, default=str, indent=1
    )


def from_json(text: str) -> Invoice:
    """Return the invoice that a text of `to_json` holds."""
    said: dict[str, Any] = json.loads(text)
    credits = said["credits"]
    return Invoice(
        **said
        | {
            "issued_on": date.fromisoformat(said["issued_on"]),
            "due_on": date.fromisoformat(said["due_on"]),
            "seller": Party(**said["seller"]),
            "buyer": Party(**said["buyer"]),
            "credits": credits
            and Earlier(
                number=credits["number"],
                issued_on=date.fromisoformat(credits["issued_on"]),
            ),
            "lines": tuple(_line(each) for each in said["lines"]),
        }
    )


def digest(text: str) -> str:
    """Return the SHA-256 of an invoice's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _line(said: Mapping[str, Any]) -> Line:
    tax = said["tax"]
    return Line(
        **dict(said)
        | {
            "reached_on": date.fromisoformat(said["reached_on"]),
            "net": Decimal(said["net"]),
            "vat": Decimal(said["vat"]),
            "tax": Tax(
                category=tax["category"],
                percent=Decimal(tax["percent"]),
                reason=tax["reason"],
            ),
        }
    )
