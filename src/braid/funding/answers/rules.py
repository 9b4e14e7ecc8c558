"""What a funder's answer file says, row by row, and what is wrong with it: all at once.

Pure. A file is read whole (`parsed`), then held against the claims as they stand
(`planned`): what would be done, and every fault. With a single fault nothing is done.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from braid.funding.rules import STEPS

COLUMNS = (
    "claim",
    "decision",
    "reason",
    "amount",
    "currency",
    "reference",
    "day",
    "text",
)
NEEDED = ("claim", "decision")
DECISIONS: Mapping[str, tuple[str, ...]] = {
    "accepted": ("accepted",),
    "rejected": ("rejected",),
    "queried": ("queried",),
    "paid": ("accepted", "paid"),
    "disputed": ("disputed",),
}
"""What a file may say, and the states that it leads through."""
CENT = Decimal("0.01")
LARGEST_AMOUNT = Decimal("999999999999.99")
_AMOUNT = re.compile(r"-?\d+([.,]\d{1,2})?")
_ALIKE = {"date": "day", "claim_number": "claim", "event_key": "claim", "note": "text"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row, by a code and the values of its sentence.

    Codes: column_unknown, column_missing, column_twice, missing, decision_unknown,
    reason_unknown, amount_unreadable, amount_inexact, day_unreadable, claim_unknown,
    claim_twice, step_not_next, no_reason, no_words, no_reference, no_day, no_amount,
    day_to_come, day_before_sent, currency_other, duplicate_funding, sign_other.
    """

    row: int
    column: str
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: what a funder says of one claim."""

    row: int
    claim: str
    decision: str
    reason: str = ""
    amount: Decimal | None = None
    currency: str = ""
    reference: str = ""
    day: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A claim as it stands: `sent_on` is when its funder got it, `undecided` a conflict."""

    state: str
    amount: Decimal
    currency: str
    sent_on: date | None = None
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """What a row does to a claim: the states that it leads through, one after another.

    `differs` is what was paid less what was claimed, None where nothing was paid.
    Without states the claim is already where the row says.
    """

    answer: Answer
    states: tuple[str, ...]
    differs: Decimal | None = None


def parsed(
    rows: Sequence[tuple[int, Sequence[Any]]], reasons: frozenset[str]
) -> tuple[tuple[Answer, ...], tuple[Fault, ...]]:
    """Return the answers of a table whose first row names its columns, and all faults."""
    (number, heading), *below = rows
    places, faults = _places(number, heading)
    if faults:
        return (), tuple(faults)
    answers = []
    for row, cells in below:
        said = {
            name: cells[place] if place < len(cells) else None
            for name, place in places.items()
        }
        answer, met = _answer(row, said, reasons)
        faults += met
        if not met:
            answers.append(answer)
    return tuple(answers), tuple(faults)


def _places(row: int, heading: Sequence[Any]) -> tuple[dict[str, int], list[Fault]]:
    named = [_slug(cell) for cell in heading]
    faults = [
        Fault(row, name, "column_unknown", {"columns": ", ".join(COLUMNS)})
        for name in named
        if name and name not in COLUMNS
    ]
    faults += [
        Fault(row, name, "column_twice")
        for name, count in Counter(filter(None, named)).items()
        if count > 1
    ]
    faults += [
        Fault(row, name, "column_missing") for name in NEEDED if name not in named
    ]
    return {name: place for place, name in enumerate(named) if name}, faults


def _slug(cell: object) -> str:
    said = re.sub(r"[\s\-]+", "_", str(cell or "").strip().casefold())
    return _ALIKE.get(said, said)


def _answer(
    row: int, said: Mapping[str, Any], reasons: frozenset[str]
) -> tuple[Answer, list[Fault]]:
    faults = [
        Fault(row, name, "missing") for name in NEEDED if said.get(name) in (None, "")
    ]
    decision, reason = _slug(said.get("decision")), _slug(said.get("reason"))
    if decision and decision not in DECISIONS:
        choices = ", ".join(DECISIONS)
        faults.append(Fault(row, "decision", "decision_unknown", {"known": choices}))
    if reason and reason not in reasons:
        known = ", ".join(sorted(reasons))
        faults.append(Fault(row, "reason", "reason_unknown", {"known": known}))
    amount = _amount(row, said.get("amount"), faults)
    day = _day(row, said.get("day"), faults)
    return (
        Answer(
            row=row,
            claim=_written(said.get("claim")),
            decision=decision,
            reason=reason,
            amount=amount,
            currency=_written(said.get("currency")).upper(),
            reference=_written(said.get("reference")),
            day=day,
            text=_written(said.get("text")),
        ),
        faults,
    )


def _written(value: object) -> str:
    """Return a cell as text: the number of a claim may be a number in a workbook."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value).strip()


def _amount(row: int, value: Any, faults: list[Fault]) -> Decimal | None:
    """Return an amount: 1234.56 or 1234,56, and nothing that could mean two things."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        if not _AMOUNT.fullmatch(value):
            faults.append(Fault(row, "amount", "amount_unreadable"))
            return None
        value = Decimal(value.replace(",", "."))
    try:
        exact = Decimal(value).quantize(CENT)
    except (InvalidOperation, TypeError):
        faults.append(Fault(row, "amount", "amount_unreadable"))
        return None
    if exact != value or abs(exact) > LARGEST_AMOUNT:
        faults.append(Fault(row, "amount", "amount_inexact"))
        return None
    return exact


def _day(row: int, value: Any, faults: list[Fault]) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        faults.append(Fault(row, "day", "day_unreadable"))
        return None


def planned(
    answers: Sequence[Answer], held: Mapping[str, Held], today: date
) -> tuple[tuple[Move, ...], tuple[Fault, ...]]:
    """Return what a file would do to the claims that it names, and all faults."""
    moves, faults = [], []
    met = Counter(answer.claim for answer in answers)
    for answer in answers:
        if met[answer.claim] > 1:
            faults.append(Fault(answer.row, "claim", "claim_twice"))
            continue
        claim = held.get(answer.claim)
        if claim is None:
            faults.append(Fault(answer.row, "claim", "claim_unknown"))
            continue
        move = _move(answer, claim)
        wrong = list(_wrong(answer, claim, move, today))
        faults += wrong
        if not wrong:
            moves.append(move)
    return tuple(moves), tuple(faults)


def _move(answer: Answer, claim: Held) -> Move:
    through = DECISIONS[answer.decision]
    if claim.state in through:
        through = through[through.index(claim.state) + 1 :]
    differs = None
    if answer.decision == "paid" and answer.amount is not None:
        differs = answer.amount - claim.amount
    return Move(answer, through, differs)


def _wrong(answer: Answer, claim: Held, move: Move, today: date) -> Iterator[Fault]:
    state = claim.state
    for to in move.states:
        if (state, to) not in STEPS:
            values = {"state": state, "to": to}
            yield Fault(answer.row, "decision", "step_not_next", values)
            return
        state = to
    if not move.states:
        return
    if answer.decision == "rejected" and not answer.reason:
        yield Fault(answer.row, "reason", "no_reason")
    if answer.decision in ("queried", "disputed", "rejected") and not answer.text:
        yield Fault(answer.row, "text", "no_words")
    if answer.decision == "paid":
        yield from _wrong_payment(answer, claim)
    if answer.currency and answer.currency != claim.currency:
        values = {"currency": claim.currency}
        yield Fault(answer.row, "currency", "currency_other", values)
    if answer.day is not None and answer.day > today:
        yield Fault(answer.row, "day", "day_to_come")
    elif answer.day and claim.sent_on and answer.day < claim.sent_on:
        values = {"day": claim.sent_on.isoformat()}
        yield Fault(answer.row, "day", "day_before_sent", values)


def _wrong_payment(answer: Answer, claim: Held) -> Iterator[Fault]:
    if answer.amount is None:
        yield Fault(answer.row, "amount", "no_amount")
    elif answer.amount * claim.amount < 0:
        yield Fault(answer.row, "amount", "sign_other")
    if not answer.reference:
        yield Fault(answer.row, "reference", "no_reference")
    if answer.day is None:
        yield Fault(answer.row, "day", "no_day")
    if claim.undecided:
        yield Fault(answer.row, "claim", "duplicate_funding")


def document(moves: Sequence[Move]) -> list[dict[str, str]]:
    """Return what a file does as plain values: what is shown, kept and taken in."""
    return [
        {
            "row": str(move.answer.row),
            "claim": move.answer.claim,
            "states": " ".join(move.states),
            "reason": move.answer.reason,
            "amount": "" if move.answer.amount is None else str(move.answer.amount),
            "differs": "" if move.differs is None else str(move.differs),
            "reference": move.answer.reference,
            "day": move.answer.day.isoformat() if move.answer.day else "",
            "text": move.answer.text,
        }
        for move in moves
    ]
