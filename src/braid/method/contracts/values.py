"""What a run of a contract gives: lines, what lies ahead, and totals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Kind = Literal[
    "milestone",
    "advance",
    "netting",
    "reclaim",
    "reconciliation",
    "difference",
    "reversal",
    "retention",
]
KINDS: tuple[Kind, ...] = (
    "milestone",
    "advance",
    "netting",
    "reclaim",
    "reconciliation",
    "difference",
    "reversal",
    "retention",
)
REASONS = (
    "not_covered",
    "before_entry",
    "outside_period",
    "prerequisite",
    "window_open",
    "window_failed",
    "below_threshold",
    "band_undefined",
    "look_back",
    "evidence_missing",
    "evidence_late",
    "over_cap",
    "repeat",
    "duplicate_funding",
    "held",
    "amount_unbound",
    "superseded",
)
"""Why a line is not paid, in the words of the contract language."""
STEPS = (
    "version",
    "population",
    "entry",
    "rules",
    "prerequisites",
    "window",
    "look_back",
    "evidence",
    "exclusive_group",
    "repeat",
    "caps",
    "duplicates",
    "hold",
    "amount",
    "netting",
    "split",
)
"""The order in which a contract is asked whether it pays."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one question of the contract was answered.

    `told` is a code that `funding/explaining.py` turns into a sentence with `values`,
    which hold days, numbers and codes, never an amount.
    """

    step: str
    ok: bool
    told: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proofs:
    """The files that a milestone asks for, as sets of which one must be whole.

    A kind of the closed list, or `other:LABEL`. `missing` are those that the set
    nearest to being whole still lacks; `deadline` is the last day on which they count.
    """

    required: tuple[tuple[str, ...], ...] = ()
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a run: what is due, or what was looked at and why it is not paid.

    `reached_on` None: not reached. `amount` None: not bound, or not to be paid at all
    (`pays: false`); 0 where a reason takes it. It is as the file gives it, VAT inside or
    outside; `net` and `vat` are None where the rate is not known. `event_row` is the id
    of the row that decides ties. `counts`: a counted outcome even if unpaid. `settles`
    is the key that a difference, reversal or netting speaks of. `first_day` is the day
    on which what is paid for began.
    """

    contract: str
    version: int
    unit_id: str
    episode: str
    person: str
    milestone: str
    ordinal: int
    event_key: str
    reached_on: date | None
    event_row: str = ""
    kind: Kind = "milestone"
    amount: Decimal | None = None
    currency: str = ""
    net: Decimal | None = None
    vat: Decimal | None = None
    parts: tuple[tuple[str, Decimal], ...] = ()
    payer: str = ""
    clause: str = ""
    state: str = "draft"
    reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    evidence: Proofs = Proofs()
    counts: bool = False
    pays: bool = True
    unbound: tuple[str, ...] = ()
    settles: str = ""
    first_day: date | None = None
    payable_on: date | None = None

    @property
    def is_reached(self) -> bool:
        """Say whether the event of this line has happened."""
        return self.reached_on is not None

    @property
    def is_due(self) -> bool:
        """Say whether money is to be claimed, or given back, with this line.

        The only reason that leaves something due is a cap that pays a part.
        """
        only_cap = not set(self.reasons) - {"over_cap"}
        return self.pays and only_cap and bool(self.amount)


@dataclass(frozen=True, slots=True)
class Preview:
    """A milestone of a case that is not reached yet; no amounts.

    `earliest` is the first day on which it can be reached as things stand, None where
    none can be told; `missing` says what is missing: evidence kinds, and milestones as
    `milestone:ID`. `deadline` is that of the evidence if reached on `earliest`.
    """

    contract: str
    version: int
    unit_id: str
    episode: str
    person: str
    milestone: str
    clause: str
    earliest: date | None
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    evidence: Proofs = Proofs()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """How many lines, and how much money of those that are due."""

    count: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class SwitchTotals:
    """What a change of regime came to, in money that is positive.

    `pay` = `due` less advances, payments and set-offs; `balance` is what is left of
    the advances of trajectories that never started and is not reclaimed yet.
    """

    due: Decimal
    less_advances: Decimal
    less_payments: Decimal
    offset: Decimal
    pay: Decimal
    balance: Decimal
    reclaimed: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a run.

    `due`: lines with money to claim, those to give back taken off. `counted`: outcomes,
    paid or not. `held`, `unbound`: lines that wait. `unpaid`: how many lines for each
    reason. By milestone the first is all counted outcomes, by payer the money due.
    """

    currency: str = ""
    due: Sum = Sum()
    counted: int = 0
    held: int = 0
    unbound: int = 0
    unpaid: Mapping[str, int] = field(default_factory=dict)
    by_milestone: Mapping[str, Sum] = field(default_factory=dict)
    counted_by_milestone: Mapping[str, int] = field(default_factory=dict)
    by_payer: Mapping[str, Decimal] = field(default_factory=dict)
    switch: SwitchTotals | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A run: its new lines in order, its totals, and what lies ahead.

    Order: by event day, then episode, then the milestones of the file. `ledger` are the
    lines that an earlier run had left and these: what the next run takes as `previous`.
    """

    lines: tuple[Line, ...]
    totals: Totals
    previews: tuple[Preview, ...] = ()
    ledger: tuple[Line, ...] = ()
