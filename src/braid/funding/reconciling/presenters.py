"""Reconciliation as a page shows it: sums by quarter, ages, and what was paid otherwise."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.funding.choices import ClaimState
from braid.funding.invoices.texts import amount
from braid.funding.reconciling.rules import Age, Sums, Waiting
from braid.funding.showing import Cell, Table, day_cell
from braid.web.days import day_text

GROUPS: Mapping[str, tuple[str, ...]] = {
    "answer": (ClaimState.SUBMITTED, ClaimState.QUERIED),
    "payment": (ClaimState.ACCEPTED,),
    "agreement": (ClaimState.DISPUTED,),
}


def figures(sums: Sums, currency: str) -> list[tuple[str, str, str]]:
    """Return the figures on top: value, what it is, and its definition."""
    return [
        (
            amount(sums.due, currency),
            _("due"),
            _(
                "All claims that were sent, less those rejected, with what was netted, "
                "retained and corrected."
            ),
        ),
        (
            amount(sums.paid, currency),
            _("paid"),
            _("The amounts that were noted as paid, as they were paid."),
        ),
        (
            amount(sums.open, currency),
            _("open"),
            _("What is due less what was paid. Below nought it was paid too much."),
        ),
    ]


def quarters_table(by_quarter: Mapping[str, Sums], total: Sums, source: str) -> Table:
    """Return the sums of each quarter in which claims were sent.

    A column that has nothing in it in any quarter is left out, save the main ones.
    """
    named: Mapping[str, Callable[[Sums], Decimal]] = {
        _("Claimed"): lambda one: one.claimed,
        _("Rejected"): lambda one: -one.rejected,
        _("Netted"): lambda one: one.netted,
        _("Retained"): lambda one: one.retained,
        _("Corrected"): lambda one: one.corrected,
        _("Due"): lambda one: one.due,
        _("Accepted, not paid"): lambda one: one.accepted,
        _("Paid"): lambda one: one.paid,
        _("Open"): lambda one: one.open,
    }
    main = {_("Claimed"), _("Due"), _("Paid"), _("Open")}
    every = [total, *by_quarter.values()]
    shown = {
        name: value
        for name, value in named.items()
        if name in main or any(value(one) for one in every)
    }
    return Table(
        caption=_("Claimed, answered and paid by quarter"),
        columns=(_("Sent in"), *shown),
        rows=[
            [Cell(quarter), *(_money(value(sums)) for value in shown.values())]
            for quarter, sums in by_quarter.items()
        ],
        foot=[[Cell(_("All")), *(_money(value(total)) for value in shown.values())]],
        source=source,
    )


def _money(value: Decimal) -> Cell:
    return Cell(amount(value + Decimal(0)), is_number=True)


def ages_table(rows: Mapping[str, tuple[Age, ...]], source: str) -> Table:
    """Return how long claims have waited, and for what."""
    names = {
        "answer": _("for an answer"),
        "payment": _("for the payment"),
        "agreement": _("for an agreement on a dispute"),
    }
    first = next(iter(rows.values()))
    return Table(
        caption=_("How long claims have waited"),
        columns=(_("Waiting"), *(_age(each) for each in first), _("Amount")),
        rows=[
            [
                Cell(names[key]),
                *(_counted(each) for each in ages),
                _money(sum((each.amount for each in ages), Decimal(0))),
            ]
            for key, ages in rows.items()
        ],
        source=source,
    )


def _age(age: Age) -> str:
    if age.last is None:
        return _("over %(days)d days") % {"days": age.first - 1}
    return _("%(first)d to %(last)d days") % {"first": age.first, "last": age.last}


def _counted(age: Age) -> Cell:
    return Cell(str(age.count), is_number=True)


def of_group(claims: Iterable[Waiting], states: Iterable[str]) -> list[Waiting]:
    """Return the claims that wait in some states."""
    wanted = set(states)
    return [each for each in claims if each.state in wanted]


def odd_table(rows: Iterable[Any]) -> Table:
    """Return the claims that were paid otherwise than they were claimed."""
    return Table(
        caption=_("Paid otherwise than claimed"),
        columns=(_("Claim"), _("Reached"), _("Claimed"), _("Paid"), _("Difference")),
        rows=[
            [
                Cell(str(row.number), url=reverse("funding:claim", args=[row.pk])),
                day_cell(row.reached_on),
                _money(row.amount),
                _money(row.paid),
                _money(row.paid - row.amount),
            ]
            for row in rows
        ],
    )


def source(count: int, as_of: date) -> str:
    """Return from when the figures are, and of how many claims."""
    said = ngettext(
        "%(count)d claim that was sent, as of %(day)s.",
        "%(count)d claims that were sent, as of %(day)s.",
        count,
    )
    return said % {"count": count, "day": day_text(as_of)}
