"""Invoices of the demo in several states, and an answer of the funder that came as a file."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from braid.access.policy import Actor
from braid.funding.answers import commands as answers
from braid.funding.invoices import commands
from braid.funding.invoices import queries as invoices
from braid.funding.invoices.commands import Wish
from braid.funding.models import Agreement, Claim
from braid.kernel.cells import csv_text

PAYER = "funder"
LESS = Decimal("2000.00")  # that one claim is paid less than it says
PAID, ANSWERED, WAITING = "paid", "accepted", "submitted"
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


def write(actor: Actor, agreement: Agreement, today: date) -> None:
    """Invoice what is paid, what is answered and what waits; take one answer file in."""
    ready = invoices.ready(actor, agreement, PAYER)
    by_state = {
        state: [claim for claim in ready if claim.state == state]
        for state in (PAID, ANSWERED, WAITING)
    }
    for state in (PAID, ANSWERED, WAITING):
        _invoice(actor, agreement, by_state[state], today)
    _take_in(actor, agreement, by_state[ANSWERED], by_state[WAITING], today)


def _invoice(
    actor: Actor, agreement: Agreement, claims: Sequence[Claim], today: date
) -> None:
    if not claims:
        return
    wish = Wish(payer=PAYER, claims=frozenset(claim.pk for claim in claims))
    commands.issue(actor=actor, agreement=agreement, wish=wish, day=today)


def _take_in(
    actor: Actor,
    agreement: Agreement,
    accepted: Sequence[Claim],
    waiting: Sequence[Claim],
    today: date,
) -> None:
    """Let the unit take in what the funder sent: paid, paid in part, asked back."""
    rows: list[dict[str, str]] = []
    own = [claim for claim in accepted if claim.amount and claim.amount > LESS]
    for place, claim in enumerate(own[:2]):
        amount = (claim.amount or LESS) - (0 if place else LESS)
        rows.append(
            {
                "claim": str(claim.number),
                "decision": "paid",
                "amount": f"{amount:f}",
                "currency": claim.currency,
                "reference": f"UDB-FIL-{claim.number:04d}",
                "day": today.isoformat(),
                "text": "" if place else "Two weeks less, by the payslips.",
            }
        )
    rows += [
        {
            "claim": str(claim.number),
            "decision": "queried",
            "text": "Which days does the payslip cover?",
        }
        for claim in waiting[:1]
    ]
    if not rows:
        return
    name = f"answers-{today.isoformat()}.csv"
    plan = answers.look(actor, agreement, _file(rows), today, name)
    answers.take_in(actor=actor, agreement=agreement, token=plan.token, today=today)


def _file(rows: Sequence[Mapping[str, str]]) -> bytes:
    table = [[row.get(name, "") for name in COLUMNS] for row in rows]
    return csv_text([COLUMNS, *table]).encode()
