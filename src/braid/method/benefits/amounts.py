"""Taxes and benefits as amounts a month, of any quantity: a point or a whole curve."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

from braid.method.benefits.curves import ZERO, Quantity
from braid.method.benefits.rules import A_MONTH, Band, Benefit, Tax, Withdrawal

Q = TypeVar("Q", bound=Quantity)


def taxed(tax: Tax, income: Q) -> Q:
    """Return a tax on income a month, in a month."""
    a_month = A_MONTH[tax.period]
    due = _by_bands(tax.bands, income.times(1 / a_month))
    due = due.above(Fraction(tax.credit or 0)).rounded(tax.rounding)
    return due.times(a_month)


def paid(
    benefit: Benefit,
    base: Fraction,
    months_left: bool,
    income: Q,
    hours: Q,
    others: Mapping[str, Q],
) -> Q:
    """Return what is left of a benefit, in a month.

    `income` is what its withdrawal applies to, a month; `others` the benefits worked
    out before it. It is at least 0 and at most its base and its caps.
    """
    a_month = A_MONTH[benefit.period]
    rule = benefit.withdrawal
    in_period = hours if rule.applies_to == "hours" else income.times(1 / a_month)
    amount = _withdrawn(rule, income.constant(base), in_period, hours, months_left)
    if rule.has_hours_limit:
        amount = amount.while_at_most(hours, Fraction(rule.hours_limit or 0))
    for cap in benefit.caps:
        most = income.constant(Fraction(cap.at_most or 0))
        together = total(
            (others[other] for other in cap.together_with if other in others),
            income.constant(ZERO),
        )
        amount = amount.up_to(most.minus(together.times(1 / a_month)).positive())
    return amount.rounded(benefit.rounding).times(a_month)


def total(amounts: Iterable[Q], start: Q) -> Q:
    """Return `start` and the amounts together."""
    for amount in amounts:
        start = start.plus(amount)
    return start


def _withdrawn(
    withdrawal: Withdrawal, base: Q, income: Q, hours: Q, months_left: bool
) -> Q:
    limit = Fraction(withdrawal.limit or 0)
    match withdrawal.kind:
        case "taper":
            counted = income.above(Fraction(withdrawal.disregard or 0))
            lost = counted.times(Fraction(withdrawal.rate or 0))
            return base.minus(lost).positive()
        case "bands":
            counted = income.above(Fraction(withdrawal.disregard or 0))
            return base.minus(_by_bands(withdrawal.bands, counted)).positive()
        case "threshold_cliff":
            return base.while_at_most(income, limit)
        case "hours_limit":
            return base.while_at_most(hours, limit)
        case "time_limited" if not months_left:
            return base.while_at_most(income, limit)
    return base


def _by_bands(bands: Iterable[Band], income: Q) -> Q:
    """Return the sum of each band's rate on what of the income lies in it."""
    found, below = income.constant(ZERO), ZERO
    for band in bands:
        rate = Fraction(band.rate or 0)
        found = found.plus(income.above(Fraction(band.above or 0)).times(rate - below))
        below = rate
    return found
