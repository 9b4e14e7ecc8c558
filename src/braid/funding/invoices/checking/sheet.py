"""An invoice as XML, and how a rule about it is kept under its published id."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from lxml import etree

from braid.funding.invoices.ubl import CAC, CBC

SPACES = {"cac": CAC, "cbc": CBC}
SUPPLIER = "cac:AccountingSupplierParty/cac:Party"
BUYER_PARTY = "cac:AccountingCustomerParty/cac:Party"
VAT = "cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID"
TOTAL = "cac:LegalMonetaryTotal"
Node = Any


class Paper:
    """An invoice or credit note as XML, with what the rules ask of it."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.is_credit = etree.QName(root).localname == "CreditNote"

    def all(self, path: str, under: Node = None) -> list[Node]:
        found: list[Node] = (self.root if under is None else under).xpath(
            path, namespaces=SPACES
        )
        return found

    def text(self, path: str, under: Node = None) -> str:
        found = self.all(path, under)
        return (found[0].text or "").strip() if found else ""

    def number(self, path: str, under: Node = None) -> Decimal:
        """Return the sum of the numbers at a path; what is no number is none."""
        total = Decimal(0)
        for each in self.all(path, under):
            try:
                total += Decimal((each.text or "").strip())
            except InvalidOperation:
                return Decimal("NaN")
        return total

    def day(self, path: str, under: Node = None) -> date | None:
        try:
            return date.fromisoformat(self.text(path, under))
        except ValueError:
            return None

    @cached_property
    def lines(self) -> list[Node]:
        return self.all("cac:CreditNoteLine" if self.is_credit else "cac:InvoiceLine")

    @cached_property
    def subtotals(self) -> list[Node]:
        return self.all("cac:TaxTotal/cac:TaxSubtotal")

    @cached_property
    def categories(self) -> set[str]:
        found = self.all(
            "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:ID"
        ) + self.all("*/cac:Item/cac:ClassifiedTaxCategory/cbc:ID")
        return {(each.text or "").strip() for each in found}


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    about: str | Promise
    holds: Callable[[Paper], bool]


RULES: list[Rule] = []


def rule(name: str, about: str | Promise) -> Callable[[Any], Any]:
    def kept(holds: Callable[[Paper], bool]) -> Callable[[Paper], bool]:
        RULES.append(Rule(name, about, holds))
        return holds

    return kept
