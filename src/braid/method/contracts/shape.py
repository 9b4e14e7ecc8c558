"""A contract of payment by results as data: what a file says, and nothing of how it runs.

One file is one version that never changes. It names words of a closed vocabulary
(`vocabulary.py`), never expressions. Amounts are known with their source, or open:
a parameter that whoever holds the contract fills in (`Binding`). Two keys of a file are
words of Python and have another name here: `in` is `among`, `from` is `since`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

Parameter = str
"""A name in capitals; bound outside the file."""
COMPARISONS = ("at_least", "above", "at_most", "below")
Unit = Literal["day", "week", "month", "pay_period"]
EVIDENCE = (
    "payslip",
    "contract",
    "employer_letter",
    "register_extract",
    "self_declaration",
    "invoice",
)
LABELS = (
    "bank_statement",
    "tax_return",
    "employer_call",
    "appointment_record",
    "profile_document",
    "signed_form",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A value that is not in the file: it waits for whoever holds the contract."""

    parameter: Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """An amount of the year that earnings are compared with, by its name."""

    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An amount in the currency of the file, with where it is written."""

    value: Decimal
    source: str


Amount = Known | Open
Whole = int | Open
Number = Decimal | Open | Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the vocabulary with its arguments; those not used are None or empty.

    At most one of the four comparisons is given: ≥ and > are never implicit.
    """

    word: str
    kind: str | None = None
    basis: str | None = None
    among: tuple[str, ...] = ()
    at: Literal["entry", "reached", "month"] | None = None
    label: str | None = None
    since: tuple["Condition", ...] = ()
    at_least: Number | None = None
    above: Number | None = None
    at_most: Number | None = None
    below: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """That another milestone is reached, by its id."""

    milestone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """One of these at least."""

    any_of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """All of these."""

    all_of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneOf:
    """None of these."""

    none_of: tuple["Condition", ...]


Condition = Word | Reached | AnyOf | AllOf | NoneOf | Open


@dataclass(frozen=True, slots=True, kw_only=True)
class StartMinimum:
    """How long somebody works before a start counts, in hours.

    `hours`, or a full day: under `part_time_below` hours a week `part_time_hours`, else
    the daily hours of the job, and `full_day_hours` where those are not recorded.
    """

    hours: Number | None = None
    full_day: bool = False
    full_day_hours: Number | None = None
    part_time_below: Number | None = None
    part_time_hours: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """n of so many days, weeks, months or pay periods, from the start or rolling.

    `boundary`: counted, the n-th day in work; elapsed, n days after the first, and still
    in work. `week`: weeks from Monday (iso) or from the weekday of the start (job).
    `sick_counts` not said: days of sick leave are in work, weeks of it only if paid.
    """

    n: int
    of: int
    unit: Unit
    anchor: Literal["start", "rolling"] = "start"
    consecutive: bool = False
    gap_tolerance_days: Whole = 0
    sick_counts: bool | None = None
    week: Literal["iso", "job"] = "iso"
    boundary: Literal["counted", "elapsed"] = "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """What each day, week or month must hold, or all of them by their mean or sum.

    Hours of jobs held at the same time are added. Exactly one comparison is given.
    """

    measure: Literal["weekly_hours", "paid_hours", "gross", "net"]
    statistic: Literal["each", "mean", "sum"]
    at_least: Number | None = None
    above: Number | None = None
    at_most: Number | None = None
    below: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """Reached so often in the units before entry, the milestone is taken away."""

    n: int
    of: int
    unit: Unit
    scope: Literal["first_assignment"] = "first_assignment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """An amount for those of whom `when` holds, and how often at most."""

    amount: Amount
    when: Condition | None = None
    max_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The part of a line that one payer pays, in per cent."""

    payer: str
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """When a start may be paid again."""

    max_count: int | None = None
    min_gap_days: int = 0
    new_employer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most that is paid: so often a person, so often a contract, so much money."""

    person: Whole | None = None
    contract: Whole | None = None
    amount: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Evidence of a kind that only its label tells."""

    other: str


Proof = str | Other
"""A kind of EVIDENCE, or another by its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Which files show a milestone: one of these sets whole, within so many days."""

    any_of: tuple[tuple[Proof, ...], ...]
    deadline_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """What is paid for, when it is reached, and what else must hold."""

    id: str
    kind: Literal["event", "sustained", "earnings", "periodic", "units", "settlement"]
    reached: Condition
    clause: str = ""
    pays: bool = True
    reached_on: Literal["event", "period_end"] = "event"
    conditions: tuple[Condition, ...] = ()
    requires: tuple[str, ...] = ()
    order: Literal["any", "strict"] = "any"
    within_days: int | None = None
    since: tuple[Condition, ...] = ()
    exclusive_group: str | None = None
    profile: Literal["strict", "as_coded"] = "strict"
    start_minimum: StartMinimum | None = None
    window: Window | None = None
    threshold: Threshold | None = None
    wage: Literal["at_least_minimum"] | None = None
    record_also: tuple[Threshold, ...] = ()
    look_back: LookBack | None = None
    tiers: tuple[Tier, ...] = ()
    amount: Amount | None = None
    split: tuple[Share, ...] = ()
    retention_percent: Decimal | None = None
    hold_if: tuple[Condition, ...] = ()
    repeat: Repeat | None = None
    every: Literal["month", "quarter"] | None = None
    unit_minutes: int | None = None
    rounding: Literal["up", "down", "nearest"] | Open | None = None
    cap: Cap | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What is paid before results, and netted later."""

    base: Amount
    percent: Decimal
    due: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """How the payments of an earlier version are taken into account by a new one."""

    net_advances: bool = False
    net_payments: bool = False
    offset_unstarted: Literal["new_starts"] | None = None
    offset_order: Literal["oldest_first"] = "oldest_first"
    reclaim_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerPeriod:
    """Whose an activity is by its date, from and until the days of two conditions."""

    payer: str
    since: Condition | None = None
    until: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """For how long, and for how many hours, a fee for service is allowed."""

    months: Whole
    hours: Number | None = None
    extension_months: Whole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """When a milestone has been paid so often."""

    milestone: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconcile:
    """What is made good then."""

    after: After
    pays: Literal["unpaid_available_milestones"]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLevel:
    """An amount of one year; the first whose `when` holds is taken."""

    name: str
    year: int
    value: Decimal
    source: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Who applies, who asks and who pays; the slots are filled for each episode."""

    files: str
    requests: str
    pays: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One version of a contract; `valid_to` None is open, both days are inside.

    `title` is what people call it; without one its id stands there.
    """

    contract: str
    version: int
    unit: Literal["person", "episode"]
    currency: str
    valid_from: date
    source: str
    entry: Condition
    milestones: tuple[Milestone, ...]
    title: str = ""
    supersedes: int | None = None
    kind: Literal["tariff", "cost_grant", "fee_for_service", "mixed"] = "tariff"
    vat: Literal["inclusive", "exclusive", "none"] = "none"
    vat_percent: Decimal | Open | None = None
    valid_to: date | None = None
    anchor: Literal["entry", "milestone", "claim"] = "milestone"
    retroactive_to: date | None = None
    run_off_days: int = 0
    parties: Parties | None = None
    population: tuple[Condition, ...] = ()
    trajectory_months: tuple[int, ...] = ()
    extension_months: int | None = None
    rules: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    levels: tuple[YearLevel, ...] = ()
    application_windows: bool = False
    advance: Advance | None = None
    switch: Switch | None = None
    cap: Cap | None = None
    exclusive_with: tuple[str, ...] = ()
    complementary_with: tuple[str, ...] = ()
    payer_periods: tuple[PayerPeriod, ...] = ()
    authorisation: Authorisation | None = None
    claim_deadline_days: int | None = None
    decision_days: int | None = None
    reconcile: Reconcile | None = None

    @property
    def called(self) -> str:
        """Return what people call the contract: its title, or its id."""
        return self.title or self.contract

    def milestone(self, name: str) -> Milestone:
        """Return a milestone by its id. Raises KeyError."""
        for each in self.milestones:
            if each.id == name:
                return each
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Say whether there is a milestone of this id."""
        return any(each.id == name for each in self.milestones)


Value = Decimal | Condition | Literal["none", "up", "down", "nearest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """The value of a parameter: an amount or number, or for a rule a condition or none."""

    parameter: Parameter
    value: Value
    source: str
    bound_by: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Bindings:
    """What whoever holds a contract has filled in, for one version of it."""

    contract: str
    version: int
    bindings: tuple[Binding, ...] = ()
    _by_name: Mapping[Parameter, Value] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        found = {each.parameter: each.value for each in self.bindings}
        object.__setattr__(self, "_by_name", MappingProxyType(found))

    def get(self, name: Parameter) -> Value | None:
        """Return the value of a parameter, None where it is not bound."""
        return self._by_name.get(name)


def conditions_in(condition: Condition) -> Iterator[Condition]:
    """Return a condition and all that it is made of."""
    yield condition
    match condition:
        case AnyOf(any_of=parts) | AllOf(all_of=parts) | NoneOf(none_of=parts):
            nested = parts
        case Word(since=parts):
            nested = parts
        case _:
            nested = ()
    for each in nested:
        yield from conditions_in(each)
