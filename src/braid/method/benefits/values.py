"""What a benefits calculation is given and what comes out of it.

Amounts are in the currency and the unit (a month or a year) that the result names.
Shares are per cent with one decimal. What is not known is None, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Texts = Mapping[str, str]
"""One text in several languages, by language."""
Unit = Literal["month", "year"]
Period = Literal["week", "four_weeks", "month", "year"]


@dataclass(frozen=True, slots=True)
class Household:
    """Who lives together, as far as rules ask; None is not known."""

    age: int | None = None
    partner: bool | None = None
    children: int | None = None
    rent: Decimal | None = None  # a month; 0 is no rent
    region: str = ""
    flags: tuple[str, ...] = ()  # what an engine asks, as `lcwra`


@dataclass(frozen=True, slots=True)
class Known:
    """A benefit that the household has, or asks about.

    `amount` is what it is without any pay, for `period`. `months_used` counts the
    months already used of a right that is limited in time.
    """

    benefit: str
    amount: Decimal | None = None
    period: Period = "month"
    verified: bool = False
    months_used: int | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """A question about pay: the offered wage, and the hours a week to compare.

    `wage` is gross for an hour. `today_*` is the job the person has now, if any.
    `incomes` are other incomes for the period that the rules name, by id. `day` decides
    which rules are in force; without one it is the rules' own date.
    """

    wage: Decimal
    hours: tuple[Decimal, ...]
    weeks_per_year: Decimal = Decimal(52)
    today_hours: Decimal = Decimal(0)
    today_wage: Decimal | None = None
    start_on: date | None = None
    day: date | None = None
    household: Household = Household()
    benefits: tuple[Known, ...] = ()
    incomes: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def assumed(self) -> tuple[str, ...]:
        """Return the benefits that nobody has verified yet, by id."""
        return tuple(known.benefit for known in self.benefits if not known.verified)


@dataclass(frozen=True, slots=True)
class Row:
    """One number of hours a week, and what it leaves.

    `net` is gross + `other` + benefits − tax. `other` is what is neither pay nor tax
    nor a benefit named: other incomes, or what an engine counts and does not name.
    `change` is against today. `marginal` is what is lost of each further 100 of pay
    since the row above, `kept` the rest; both None in the first row.
    `warnings` are slugs, those of an engine are its own words.
    """

    id: str
    hours: Decimal
    gross: Decimal
    tax: Decimal | None
    benefits: Mapping[str, Decimal | None]
    net: Decimal | None
    change: Decimal | None = None
    marginal: Decimal | None = None
    kept: Decimal | None = None
    other: Decimal = Decimal(0)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cliff:
    """Pay beyond which net falls at once by `loss`; up to and with it, nothing falls.

    `level_again_*` is the least pay above it with as much net as at it: None when
    there is none, in hours also when it is more than a week of 80 hours.
    `benefits` are those that fall there, the largest fall first.
    """

    at_gross: Decimal
    at_hours: Decimal
    loss: Decimal
    level_again_gross: Decimal | None
    level_again_hours: Decimal | None
    benefits: tuple[str, ...]

    @property
    def benefit(self) -> str:
        """Return the benefit that falls most; empty when a tax rises instead."""
        return self.benefits[0] if self.benefits else ""


@dataclass(frozen=True, slots=True)
class Dip:
    """Hours between which one has less than at `from_hours`; endless when until is None.

    `deepest` is the most that is missing in between.
    """

    from_hours: Decimal
    until_hours: Decimal | None
    from_gross: Decimal
    until_gross: Decimal | None
    deepest: Decimal

    @property
    def about(self) -> tuple[int, int | None]:
        """Return both ends in whole hours, as a sentence says them."""
        until = self.until_hours
        return round(self.from_hours), None if until is None else round(until)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of pay in which the same share is kept of each further 100, exactly."""

    from_hours: Decimal
    until_hours: Decimal | None
    from_gross: Decimal
    until_gross: Decimal | None
    kept: Decimal


@dataclass(frozen=True, slots=True)
class Unknown:
    """A benefit or tax that cannot be worked out, and what to ask the payer.

    `reason` is `open_value`, `no_rule`, `no_amount`, `no_counter`, `household`,
    `no_income` or `rests_on` (something else that is not known). `missing` names the
    values.
    """

    benefit: str
    question: Texts
    reason: str
    missing: tuple[str, ...] = ()
    payer: Texts = field(default_factory=dict)
    is_tax: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must tell whom what, within how many days (None: not known)."""

    who: Texts
    to: Texts
    what: Texts
    within_days: int | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """What happens to a benefit when the job ends; None is not known, ask."""

    benefit: str
    says: Texts
    waiting_days: int | None = None
    claim_within_days: int | None = None
    restored_amount: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A whole scenario page as values. `engine` is `pack` for rules of a pack.

    `labels` names every benefit by id, in the languages of the rules. `warnings` are
    slugs, followed by `:` and an id where they are about one: `assumed:<benefit>`,
    `averaging:<benefit>`, `not_in_pack:<benefit>`, `expired`, `draft`.
    `cliffs`, `dips` and `segments` are empty where something is unknown.
    """

    rows: tuple[Row, ...]
    cliffs: tuple[Cliff, ...]
    dips: tuple[Dip, ...]
    segments: tuple[Segment, ...]
    unknown: tuple[Unknown, ...]
    not_covered: tuple[Texts, ...]
    duties: tuple[Duty, ...]
    transitions: tuple[Transition, ...]
    questions: tuple[Texts, ...]
    rules_date: date
    pack_id: str
    pack_version: str
    engine: str
    engine_version: str
    currency: str
    unit: Unit
    today: Row | None = None
    labels: Mapping[str, Texts] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
