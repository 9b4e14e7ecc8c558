"""Amounts, numbers and open values of a contract in words.

An amount is named only to those who may see amounts. What nobody has filled in yet is
called not bound, with the name of its parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from braid.method.contracts import shape
from braid.method.contracts.money import MINOR_UNITS


@dataclass(frozen=True, slots=True)
class Values:
    """What is filled in, by parameter, and whether the reader may see amounts."""

    currency: str
    bound: Mapping[str, shape.Value] = field(default_factory=dict)
    shows_amounts: bool = True

    def amount(self, amount: shape.Amount) -> str:
        """Return an amount with its currency, or why none is named."""
        if not self.shows_amounts:
            return _("an amount that supervisors and funders see")
        if isinstance(amount, shape.Known):
            return self.money(amount.value)
        value = self.bound.get(amount.parameter)
        return self.money(value) if isinstance(value, Decimal) else open_text(amount)

    def money(self, value: Decimal) -> str:
        """Return money as the language of the reader writes it, before its currency."""
        places = MINOR_UNITS.get(self.currency, 2)
        found = -int(value.as_tuple().exponent)
        written = number_format(value, max(places, found), force_grouping=True)
        return f"{written} {self.currency}"

    def number(self, number: shape.Number | int) -> str:
        """Return a number, a level of the year by its name, or that it is not bound."""
        if isinstance(number, shape.Level):
            return _("the level “%(name)s” of the year") % {"name": number.level}
        if isinstance(number, shape.Open):
            value = self.bound.get(number.parameter)
            if not isinstance(value, Decimal):
                return open_text(number)
            number = value
        return plain_number(number)


def plain_number(number: Decimal | int) -> str:
    """Return a number without needless noughts."""
    if isinstance(number, int):
        return number_format(number)
    written = number.normalize()
    places = max(0, -int(written.as_tuple().exponent))
    return number_format(number, places)


def open_text(value: shape.Open) -> str:
    """Return that nobody has filled a value in yet."""
    return _("not bound (%(name)s)") % {"name": value.parameter}


def use_text(use: str) -> str:
    """Return what a parameter stands for, for its label."""
    return {
        "amount": _("an amount"),
        "number": _("a number"),
        "whole": _("a whole number"),
        "rounding": _("a way of rounding"),
        "condition": _("a rule"),
    }[use]


def value_text(value: shape.Value | None, values: Values, use: str) -> str:
    """Return what is filled into a parameter, amounts only to those who may see them."""
    from braid.funding.contract_words.conditions import condition_text

    if value is None:
        return _("not bound")
    if value == "none":
        return _("no such rule")
    if isinstance(value, str):
        return rounding_text(value)
    if isinstance(value, Decimal):
        if use == "amount":
            return values.amount(shape.Known(value=value, source=""))
        return plain_number(value)
    return condition_text(value, values)


def rounding_text(way: str) -> str:
    """Return a way of rounding."""
    return {
        "up": _("rounded up"),
        "down": _("rounded down"),
        "nearest": _("rounded to the nearest, halves up"),
    }[way]
