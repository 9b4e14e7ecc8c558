"""How a claim may go on, who may take it there, and which clocks run; pure.

States and who takes which step are those of the published rules of the house. An entry
is never changed: the present state is that of the last one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

ZERO = Decimal(0)


class Side(StrEnum):
    """Who takes a step."""

    SECOND = "second"  # of those who claim, and never who prepared it
    CLAIMS = "claims"
    PAYS = "pays"
    EITHER = "either"
    BOTH = "both"  # one proposes, the other agrees
    SETTLES = "settles"


STEPS: Mapping[tuple[str, str], Side] = {
    ("draft", "released"): Side.SECOND,
    ("released", "submitted"): Side.CLAIMS,
    ("submitted", "queried"): Side.PAYS,
    ("queried", "submitted"): Side.CLAIMS,
    ("submitted", "accepted"): Side.PAYS,
    ("submitted", "rejected"): Side.PAYS,
    ("accepted", "paid"): Side.PAYS,
    ("accepted", "disputed"): Side.EITHER,
    ("paid", "disputed"): Side.EITHER,
    ("disputed", "adjusted"): Side.BOTH,
    ("paid", "adjusted"): Side.SECOND,
    ("paid", "reversed"): Side.SETTLES,
    ("disputed", "reversed"): Side.SETTLES,
}
"""Which state follows which, and by whom. A rejected claim has a new edition instead."""
SENT = ("submitted", "queried", "accepted", "paid", "disputed", "adjusted")
NEEDS_WORDS = frozenset(
    {
        ("submitted", "queried"),
        ("queried", "submitted"),
        ("submitted", "rejected"),
        ("accepted", "disputed"),
        ("paid", "disputed"),
        ("paid", "reversed"),
        ("disputed", "reversed"),
    }
)
"""Steps that somebody says something with."""
ENDED = ("rejected", "reversed")
"""States in which a claim no longer holds its event key."""
GAP = "gap_declared"
"""The flag of a line whose missing evidence somebody accounted for."""
MAY_BE_DECLARED = frozenset({"start_back_dated"})
"""What may stand at the release where somebody says why."""
PAYS_NOTHING = frozenset({"over_cap"})
"""Reasons with which a line is counted and pays nothing, or a part of its amount."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a claim is, and what is known of it before its next step.

    `prepared_by` are those who ran the contract or wrote the line. `changed` names what
    differs from what was claimed with: codes of CHANGED. `undecided`: a conflict of
    double funding that no steward has decided. `proposed` is a difference that waits
    for a second person, `proposed_by` who wrote it, on which `proposed_side`.
    """

    state: str
    amount: Decimal | None
    reasons: tuple[str, ...] = ()
    prepared_by: frozenset[UUID] = frozenset()
    changed: tuple[str, ...] = ()
    undecided: bool = False
    is_frozen: bool = True
    proposed: Decimal | None = None
    proposed_by: UUID | None = None
    proposed_side: Side | None = None


CHANGED = (
    "evidence_changed",
    "evidence_gone",
    "evidence_shared",
    "evidence_before_start",
    "start_back_dated",
    "facts_changed",
    "consent_withdrawn",
)
"""What was found of a claim since its run."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody gives with a step."""

    text: str = ""
    reason: str = ""
    payment_reference: str = ""
    day: date | None = None
    amount: Decimal | None = None


def follows(state: str) -> tuple[str, ...]:
    """Return the states that may come next."""
    return tuple(to for (before, to) in STEPS if before == state)


def in_the_way(
    now: Standing, to: str, by: UUID | None, said: Said, today: date
) -> tuple[str, ...]:
    """Return why a claim may not take a step yet; empty where it may.

    Whether it is for `by` to take it at all, the policy says. Reasons: step_not_next,
    own_preparation, not_frozen, amount_unbound, nothing_to_pay, a reason of the line,
    duplicate_funding, one of CHANGED, no_words, no_reason, no_reference, no_day,
    day_to_come, no_difference, own_proposal.
    """
    side = STEPS.get((now.state, to))
    if side is None:
        return ("step_not_next",)
    found: list[str] = []
    if to == "released":
        found += _unreleasable(now, by, said)
    if to == "submitted" and now.state == "released":
        found += [one for one in now.changed if one not in MAY_BE_DECLARED]
        found += ["duplicate_funding"] if now.undecided else []
    if (now.state, to) in NEEDS_WORDS and not said.text.strip():
        found.append("no_words")
    if to == "rejected" and not said.reason:
        found.append("no_reason")
    if to == "paid":
        found += _unpayable(now, said, today)
    if to == "adjusted":
        found += _unadjustable(now, side, by)
    return tuple(found)


def _unreleasable(now: Standing, by: UUID | None, said: Said) -> list[str]:
    found = []
    if by is not None and by in now.prepared_by:
        found.append("own_preparation")
    if not now.is_frozen:
        found.append("not_frozen")
    if now.amount is None:
        found.append("amount_unbound")
    elif now.amount == ZERO:
        found.append("nothing_to_pay")
    declared = MAY_BE_DECLARED if said.text.strip() else frozenset()
    found += [
        one
        for one in now.reasons
        if one not in declared | PAYS_NOTHING | {"amount_unbound"}
    ]
    if now.undecided and "duplicate_funding" not in found:
        found.append("duplicate_funding")
    return [*found, *(one for one in now.changed if one not in declared)]


def _unpayable(now: Standing, said: Said, today: date) -> list[str]:
    found = []
    if not said.payment_reference.strip():
        found.append("no_reference")
    if said.day is None:
        found.append("no_day")
    elif said.day > today:
        found.append("day_to_come")
    if now.undecided:
        found.append("duplicate_funding")
    return found


def _unadjustable(now: Standing, side: Side, by: UUID | None) -> list[str]:
    if now.proposed is None:
        return ["no_difference"]
    if by is None or by == now.proposed_by:
        return ["own_proposal"]
    return []


def agrees(now: Standing, side: Side) -> bool:
    """Say whether one side may agree to the difference that was proposed.

    In a dispute it is the other side; a correction of the provider's own is looked at
    by a second person of theirs.
    """
    if now.proposed is None:
        return False
    if now.state == "disputed":
        return side is not now.proposed_side
    return side is Side.CLAIMS and now.proposed_side is Side.CLAIMS


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry of the history, as far as the clocks look at it."""

    state: str
    day: date


@dataclass(frozen=True, slots=True)
class DecisionClock:
    """How long a funder has had. `due` is None while the clock stands still.

    `used` are the days that ran, without those of a question; `left` may be below nought.
    """

    used: int
    left: int
    due: date | None
    is_stopped: bool


def decision_clock(
    entries: Sequence[Entered], days: int | None, today: date
) -> DecisionClock | None:
    """Return the clock of a funder's decision; None before it is sent, or after.

    It runs from the day on which a claim was sent, stops with a question and goes on
    with its answer.
    """
    if days is None or not entries or entries[-1].state not in ("submitted", "queried"):
        return None
    used, since = 0, None
    for entry in entries:
        if entry.state == "submitted":
            since = entry.day if since is None else since
        elif since is not None:
            used += (entry.day - since).days
            since = None
    if since is None:
        return DecisionClock(used, days - used, None, is_stopped=True)
    ran = used + max((today - since).days, 0)
    return DecisionClock(ran, days - ran, since + timedelta(days - used), False)


def claim_by(reached_on: date, days: int | None) -> date | None:
    """Return the last day on which a claim may be sent; None where there is none."""
    return None if days is None else reached_on + timedelta(days)


def event_key(contract: str, subject: str, milestone: str, ordinal: int) -> str:
    """Return the key under which one live claim stands."""
    return f"{contract}/{subject}/{milestone}/{ordinal}"


def balance(amounts: Collection[Decimal]) -> Decimal:
    """Return what lines, differences and reversals of one event come to."""
    return sum(amounts, ZERO)


def reversal_of(amount: Decimal, adjustments: Collection[Decimal]) -> Decimal:
    """Return the amount of the line that takes a claim back with its adjustments."""
    return -(amount + balance(adjustments))
