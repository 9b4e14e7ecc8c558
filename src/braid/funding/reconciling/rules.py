"""What was claimed, answered and paid, and what is open: sums that must agree. Pure.

Of every quarter in which claims were sent: due = claimed − rejected + netted + retained +
corrected, and open = due − paid. Rejections are taken off, the other three are lines of
their own that mostly take off.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

ZERO = Decimal("0.00")
NETTING = frozenset({"netting", "reclaim"})
RETENTION = frozenset({"retention"})
CORRECTIONS = frozenset({"difference", "reversal"})
WAITING = ("submitted", "queried", "accepted", "disputed")
AGES = (30, 60, 90)
"""The last days of each age, from the day on which a claim was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Claims sent in one quarter, of one kind and state: their sum, and what was paid."""

    quarter: str
    kind: str
    state: str
    count: int
    amount: Decimal
    paid: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What claims come to."""

    claimed: Decimal = ZERO
    rejected: Decimal = ZERO
    netted: Decimal = ZERO
    retained: Decimal = ZERO
    corrected: Decimal = ZERO
    accepted: Decimal = ZERO
    paid: Decimal = ZERO

    @property
    def due(self) -> Decimal:
        """What the payer owes once everything is answered."""
        return (
            self.claimed - self.rejected + self.netted + self.retained + self.corrected
        )

    @property
    def open(self) -> Decimal:
        """What was not paid yet; below nought where it was paid too much."""
        return self.due - self.paid

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            **{
                one.name: getattr(self, one.name) + getattr(other, one.name)
                for one in fields(self)
            }
        )


def sums(groups: Iterable[Group]) -> Sums:
    """Return what groups of claims come to."""
    found = Sums()
    for group in groups:
        found += _of(group)
    return found


def by_quarter(groups: Iterable[Group]) -> dict[str, Sums]:
    """Return the sums of each quarter, the latest first."""
    found: dict[str, Sums] = {}
    for group in groups:
        found[group.quarter] = found.get(group.quarter, Sums()) + _of(group)
    return dict(sorted(found.items(), reverse=True))


def _of(group: Group) -> Sums:
    rejected = group.amount if group.state == "rejected" else ZERO
    accepted = group.amount if group.state == "accepted" else ZERO
    place = "claimed"
    if group.kind in NETTING:
        place = "netted"
    elif group.kind in RETENTION:
        place = "retained"
    elif group.kind in CORRECTIONS:
        place = "corrected"
    told = {place: group.amount, "accepted": accepted, "paid": group.paid}
    return Sums(**told, rejected=rejected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A claim that waits: for an answer, for its payment, for an agreement."""

    state: str
    sent_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Age:
    """Claims that have waited from so many days to so many; `last` None is open."""

    first: int
    last: int | None
    count: int
    amount: Decimal


def ages(claims: Iterable[Waiting], as_of: date) -> tuple[Age, ...]:
    """Return how long claims have waited since they were sent."""
    bounds: list[tuple[int, int | None]] = []
    first = 0
    for last in AGES:
        bounds.append((first, last))
        first = last + 1
    bounds.append((first, None))
    waited = [((as_of - each.sent_on).days, each.amount) for each in claims]
    return tuple(
        Age(
            low,
            high,
            sum(1 for days, _amount in waited if _inside(days, low, high)),
            sum(
                (amount for days, amount in waited if _inside(days, low, high)),
                ZERO,
            ),
        )
        for low, high in bounds
    )


def _inside(days: int, low: int, high: int | None) -> bool:
    return days >= low and (high is None or days <= high)
