"""Benefit rules as frozen values: what a pack says, without its files and languages.

An amount, rate or limit that nobody has filled in is None: open, never 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Protocol, TypeVar

from braid.method.benefits.values import (
    Duty,
    Household,
    Known,
    Period,
    Texts,
    Transition,
    Unit,
)

Kind = Literal[
    "taper", "bands", "threshold_cliff", "hours_limit", "time_limited", "none"
]
Open = Decimal | None
# What an amount of a period is in a month.
A_MONTH: Mapping[Period, Fraction] = {
    "week": Fraction(52, 12),
    "four_weeks": Fraction(13, 12),
    "month": Fraction(1),
    "year": Fraction(1, 12),
}
# Kinds of withdrawal, each with what it cannot do without.
NEEDS: Mapping[Kind, tuple[str, ...]] = {
    "taper": ("disregard", "rate"),
    "bands": ("disregard", "bands"),
    "threshold_cliff": ("limit",),
    "hours_limit": ("limit",),
    "time_limited": ("months_allowed", "window_months", "counter"),
    "none": (),
}
CONDITIONS = (
    "receives",
    "has_partner",
    "alone",
    "has_children",
    "rents",
    "age_from",
    "age_below",
)
WITH_NUMBER = frozenset({"age_from", "age_below"})


@dataclass(frozen=True, slots=True)
class Rounding:
    """To which step an amount is rounded in its own period, and which way."""

    step: Decimal
    mode: Literal["nearest", "up", "down"]


@dataclass(frozen=True, slots=True)
class Band:
    """From which income on (not with it) which rate applies to what is above."""

    above: Open
    rate: Open


@dataclass(frozen=True, slots=True)
class Condition:
    """A word of `CONDITIONS`, with its number where it has one."""

    word: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Cap:
    """The most of a benefit, or of it and others worked out before it."""

    at_most: Open
    together_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """How a benefit falls as income rises. Limits are inclusive.

    `applies_to` is gross income, what tax leaves of it, or the hours a week; `after`
    names benefits worked out before that count as income too. Above `hours_limit` hours
    a week, where `has_hours_limit`, nothing is paid. A right limited in time is paid in full
    while months are left, and in months without income above `limit`.
    """

    kind: Kind
    applies_to: Literal["gross", "net", "hours"] = "gross"
    after: tuple[str, ...] = ()
    disregard: Open = None
    rate: Open = None
    bands: tuple[Band, ...] = ()
    limit: Open = None
    hours_limit: Open = None
    has_hours_limit: bool = False
    months_allowed: int | None = None
    window_months: int | None = None
    counter: str = ""
    averaging: Literal["month", "quarter", "year"] | None = None


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax on pay, other gross incomes and taxable benefits."""

    id: str
    label: Texts
    period: Period
    bands: tuple[Band, ...]
    valid_from: date
    valid_to: date | None = None
    credit: Open = Decimal(0)
    rounding: Rounding | None = None
    question: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit: what it is without pay, and how it falls.

    `base` None with `base_from_input` is the amount that the household is known to
    have. `taxable` None is open: then tax is not known for those who have it.
    """

    id: str
    label: Texts
    payer: Texts
    period: Period
    order: int
    base: Open
    base_from_input: bool
    withdrawal: Withdrawal
    valid_from: date
    valid_to: date | None = None
    conditions: tuple[Condition, ...] = ()
    caps: tuple[Cap, ...] = ()
    taxable: bool | None = False
    rounding: Rounding | None = None
    question: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Income:
    """An income beside pay: before tax (gross) or without it (net)."""

    id: str
    basis: Literal["gross", "net"]
    period: Period


class _Dated(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


T = TypeVar("T", bound=_Dated)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All that is known of one country's benefits and of taxes on pay."""

    id: str
    version: str
    currency: str
    unit: Unit
    rules_date: date
    taxes: tuple[Tax, ...]
    benefits: tuple[Benefit, ...]
    incomes: tuple[Income, ...] = ()
    duties: tuple[Duty, ...] = ()
    transitions: tuple[Transition, ...] = ()
    questions: tuple[Texts, ...] = ()
    not_covered: tuple[Texts, ...] = ()
    status: Literal["draft", "reviewed", "expired"] = "draft"
    expires_on: date | None = None

    def is_expired(self, day: date) -> bool:
        """Say whether these rules may not be printed any more on `day`."""
        if self.status == "expired":
            return True
        return self.expires_on is not None and day > self.expires_on


def in_force(rules: Iterable[T], day: date) -> list[T]:
    """Return the rules in force on `day`, in the order given."""
    return [
        rule
        for rule in rules
        if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)
    ]


def holds(
    condition: Condition, benefit: str, household: Household, known: Iterable[Known]
) -> bool | None:
    """Say whether a condition holds for a household; None when it is not known."""
    match condition.word:
        case "receives":
            return any(each.benefit == benefit for each in known)
        case "has_partner":
            return household.partner
        case "alone":
            return None if household.partner is None else not household.partner
        case "has_children":
            return None if household.children is None else household.children > 0
        case "rents":
            return None if household.rent is None else household.rent > 0
    if household.age is None or condition.number is None:
        return None
    if condition.word == "age_from":
        return household.age >= condition.number
    return household.age < condition.number
