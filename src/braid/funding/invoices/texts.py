"""The words of an invoice on paper and in sheets, in its own language."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.funding.invoices.document import (
    EXEMPT,
    OUTSIDE,
    ZERO_RATED,
    Invoice,
    Party,
    Tax,
)
from braid.web.days import day_text

TWO_DECIMALS = "#,##0.00"


class Told(NamedTuple):
    """A value with its label; `at` is the day, where the value is one."""

    label: str
    value: str
    at: date | None = None


def title(invoice: Invoice) -> str:
    """Return what the paper is, with its number."""
    if invoice.kind == "credit_note":
        return _("Credit note %(number)s") % {"number": invoice.number}
    return _("Invoice %(number)s") % {"number": invoice.number}


def amount(value: Decimal, currency: str = "") -> str:
    """Return an amount as the language writes it, two decimals always."""
    said = format_decimal(value, format=TWO_DECIMALS, locale=_locale())
    return f"{said} {currency}" if currency else said


def percent(value: Decimal) -> str:
    """Return a rate without nought decimals."""
    said = format_decimal(value.normalize(), format="#,##0.##", locale=_locale())
    return _("%(number)s %%") % {"number": said}


def day(value: date) -> str:
    """Return a day as the language writes it."""
    return day_text(value)


def _locale() -> Locale:
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def facts(invoice: Invoice) -> tuple[Told, ...]:
    """Return what stands beside the addresses: days, references, the contract."""
    told = [_on(_("Issued"), invoice.issued_on)]
    if invoice.kind == "invoice":
        told.append(_on(_("To be paid by"), invoice.due_on))
    if invoice.credits:
        said = _("%(number)s of %(day)s") % {
            "number": invoice.credits.number,
            "day": day(invoice.credits.issued_on),
        }
        told.append(Told(_("Takes back"), said))
    is_one = invoice.first_day == invoice.last_day
    reached = invoice.first_day if is_one else None
    told.append(Told(_("Outcomes reached"), period(invoice), reached))
    named = (
        (_("Your reference"), invoice.buyer_reference),
        (_("Your order"), invoice.order_reference),
        (_("Contract"), invoice.contract),
    )
    return (*told, *(Told(label, value) for label, value in named if value))


def _on(label: str, at: date) -> Told:
    return Told(label, day(at), at)


def period(invoice: Invoice) -> str:
    """Return the days on which the outcomes of an invoice were reached."""
    if invoice.first_day == invoice.last_day:
        return day(invoice.first_day)
    return _("%(first)s to %(last)s") % {
        "first": day(invoice.first_day),
        "last": day(invoice.last_day),
    }


def address(party: Party) -> tuple[str, ...]:
    """Return a party as the lines of its address, with its numbers."""
    town = " ".join(filter(None, (party.postcode, party.city)))
    numbers = (
        (_("Company number"), party.legal_id),
        (_("VAT number"), party.vat_id),
        (_("E-mail"), party.email),
    )
    country = _country(party.country)
    lines = [party.name, party.street, town, country]
    lines += [f"{label}: {value}" for label, value in numbers if value]
    return tuple(filter(None, lines))


def _country(code: str) -> str:
    return _locale().territories.get(code.upper(), code.upper()) if code else ""


def tax(found: Tax) -> str:
    """Return a kind of VAT in words."""
    if found.category == OUTSIDE:
        return found.reason or _("Outside VAT")
    if found.category == EXEMPT:
        return found.reason or _("Exempt from VAT")
    if found.category == ZERO_RATED:
        return _("VAT at 0 %%") % {}
    return _("VAT %(percent)s") % {"percent": percent(found.percent)}


def sums(invoice: Invoice) -> tuple[Told, ...]:
    """Return the sums from the net amount to what is to be paid, the last one last."""
    money = invoice.currency
    told = [Told(_("Sum without VAT"), amount(invoice.net, money))]
    told += [Told(tax(each.tax), amount(each.amount, money)) for each in invoice.taxes]
    if invoice.rounding:
        told.append(Told(_("Rounding"), amount(invoice.rounding, money)))
    last = _("To pay") if invoice.kind == "invoice" else _("To be given back")
    return (*told, Told(last, amount(invoice.payable, money)))


def payment(invoice: Invoice) -> tuple[Told, ...]:
    """Return where it is paid to; a credit note says nothing of it."""
    if invoice.kind != "invoice" or not invoice.seller.account:
        return ()
    told = [Told(_("Account"), invoice.seller.account)]
    if invoice.seller.bank:
        told.append(Told(_("Bank"), invoice.seller.bank))
    return (*told, Told(_("Reference of the payment"), invoice.number))


def columns(invoice: Invoice) -> tuple[str, ...]:
    """Return the headings of the lines."""
    return (
        _("Claim"),
        _("Outcome"),
        _("Reached"),
        _("Without VAT"),
        _("VAT"),
        _("Amount (%(currency)s)") % {"currency": invoice.currency},
    )
