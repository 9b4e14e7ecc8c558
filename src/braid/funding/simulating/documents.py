"""A simulation as a JSON document."""

from decimal import Decimal
from typing import Any

from braid.funding.simulating.summing import Paid, Parity, Sensitivity, Simulated

CAUTION = (
    "This is what the rules would have paid for what people did under other rules. "
    "When rules change, people act otherwise."
)


def document(found: Simulated) -> dict[str, Any]:
    """Return a simulation as JSON takes it; months are written 2026-01."""
    return {
        "contract": found.contract.contract,
        "version": found.contract.version,
        "currency": found.contract.currency,
        "as_of": found.as_of.isoformat(),
        "unit": found.contract.unit,
        "subjects": found.subjects,
        "without_payable_event": found.without,
        "total": _paid(found.total),
        "by_month": {month: _paid(paid) for month, paid in found.by_month.items()},
        "by_milestone": {name: _paid(p) for name, p in found.by_milestone.items()},
        "by_group": {name: _paid(paid) for name, paid in found.by_group.items()},
        "cash_flow": {month: _amount(money) for month, money in found.cash.items()},
        "per_subject": dict(
            zip(
                ("least", "lower_quartile", "median", "upper_quartile", "most"),
                map(_amount, found.spread),
                strict=False,
            )
        ),
        "sensitivity": [_sensitivity(one) for one in found.sensitivities],
        "rewards": {
            "within_one_hour_of_a_threshold": _paid(found.rewards.nudged),
            "repeated": _paid(found.rewards.repeated),
        },
        "caution": CAUTION,
    }


def parity_document(found: Parity) -> dict[str, Any]:
    """Return how two contracts compare as JSON takes it."""
    return {
        "gain": found.gain,
        "lose": found.lose,
        "alike": found.alike,
        "difference": None if found.difference is None else _amount(found.difference),
    }


def _paid(paid: Paid) -> dict[str, Any]:
    return {
        "outcomes": paid.count,
        "amount": _amount(paid.amount),
        "unbound": paid.unbound,
    }


def _sensitivity(one: Sensitivity) -> dict[str, Any]:
    return {
        "milestone": one.varied.milestone,
        "what": one.varied.what,
        "before": str(one.varied.before),
        "after": str(one.varied.after),
        "outcomes": one.outcomes,
        "amount": _amount(one.amount),
    }


def _amount(money: Decimal) -> str:
    return str(money)
