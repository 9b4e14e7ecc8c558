"""A claim beside the contract and the facts: everything in it that does not follow.

What hangs on other cases, a cap or another contract, may take the money of a line but
never add to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from braid.method.contracts.case import Case
from braid.method.contracts.running import run
from braid.method.contracts.shape import Bindings, Contract
from braid.method.contracts.values import Line

BEYOND = ("over_cap", "duplicate_funding")
"""Reasons that other cases or contracts may give."""
IDENTITY = ("event_key", "kind")
SAME = (
    "contract",
    "version",
    "unit_id",
    "episode",
    "person",
    "milestone",
    "ordinal",
    "reached_on",
    "event_row",
    "currency",
    "clause",
    "payer",
    "flags",
    "counts",
    "pays",
    "unbound",
    "settles",
    "first_day",
    "payable_on",
    "evidence",
)
"""What must stand in a claim exactly as the contract gives it."""


@dataclass(frozen=True, slots=True)
class ClaimFault:
    """One thing of a claim that does not follow: the field, and why.

    `why`: unknown (there is no such line), differs, not_due (money that a reason takes),
    amount, parts (they do not add up), vat, state, or reason.
    """

    field: str
    why: str


def verify(
    line: Line,
    contract: Contract,
    case: Case,
    as_of: date,
    *,
    bindings: Bindings | Sequence[Bindings] | None = None,
    versions: Sequence[Contract] = (),
) -> list[ClaimFault]:
    """Return all that is wrong with a line that somebody claims; empty where nothing is.

    The line is worked out anew from the facts of its case alone.
    """
    made = run(contract, [case], as_of, bindings=bindings, versions=versions)
    own = [
        each
        for each in made.lines
        if all(getattr(each, name) == getattr(line, name) for name in IDENTITY)
    ]
    if not own:
        return [ClaimFault("event_key", "unknown")]
    right = own[0]
    found = [
        ClaimFault(name, "differs")
        for name in SAME
        if getattr(line, name) != getattr(right, name)
    ]
    return [*found, *_of_money(line, right), *_of_state(line, right)]


def _of_money(line: Line, right: Line) -> list[ClaimFault]:
    found = []
    taken = line.amount is not None and not line.amount and _beyond(line)
    if line.amount != right.amount and not taken and not _is_cut(line, right):
        found.append(ClaimFault("amount", "amount"))
    if isinstance(line.amount, float):
        found.append(ClaimFault("amount", "not_exact"))
    total = sum((part for _, part in line.parts), Decimal(0))
    if line.amount and total != line.amount:
        found.append(ClaimFault("parts", "parts"))
    if line.amount == right.amount:
        if sorted(line.parts) != sorted(right.parts):
            found.append(ClaimFault("parts", "differs"))
        if (line.net, line.vat) != (right.net, right.vat):
            found.append(ClaimFault("vat", "vat"))
    return found


def _beyond(line: Line) -> bool:
    return bool(set(line.reasons) & set(BEYOND))


def _is_cut(line: Line, right: Line) -> bool:
    """Say whether a cap of money left a part of the amount."""
    return (
        line.reasons == ("over_cap",)
        and line.amount is not None
        and right.amount is not None
        and 0 < line.amount < right.amount
    )


def _of_state(line: Line, right: Line) -> list[ClaimFault]:
    found = []
    if line.state != "draft":
        found.append(ClaimFault("state", "state"))
    more = set(line.reasons) - set(right.reasons) - set(BEYOND)
    lost = set(right.reasons) - set(line.reasons)
    if more or (lost and not _beyond(line)):
        found.append(ClaimFault("reasons", "reason"))
    if lost and line.is_due:
        found.append(ClaimFault("amount", "not_due"))
    return found


def checked_fields() -> set[str]:
    """Return the fields of a line that are looked at; the others explain it."""
    looked = {*IDENTITY, *SAME, "amount", "net", "vat", "parts", "state", "reasons"}
    return {each.name for each in fields(Line)} & looked
