"""Amounts with their currency. How an amount is rounded and shown is not said here."""

import re
from dataclasses import dataclass
from decimal import Decimal

from braid.kernel.errors import InputFault


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency (ISO 4217, three capitals).

    Raises: InputFault (`currency_unknown`, `amount_unknown`, `currencies_differ`).
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise InputFault(
                "The amount is not an exact decimal number. Give it as a decimal, "
                "without a symbol.",
                field="amount",
                reason="amount_unknown",
            )
        if re.fullmatch(r"[A-Z]{3}", self.currency) is None:
            raise InputFault(
                "The currency is not a code of three capitals. Write it like EUR.",
                field="currency",
                reason="currency_unknown",
            )

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other).amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other).amount

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise InputFault(
                f"An amount in {other.currency} meets one in {self.currency}. "
                "Amounts are added and compared in one currency only.",
                field="currency",
                reason="currencies_differ",
            )
        return other
