"""A change of regime: what was paid under the old rules is taken off what the new due.

Advances are netted against the start of the same person, what was paid for results as
well; advances of trajectories that never started are set off against new starts, the
oldest first, and what is left is reclaimed from a day on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from braid.method.contracts.case import Case
from braid.method.contracts.conditions import Known, Unbound
from braid.method.contracts.lines import event_key, with_money
from braid.method.contracts.money import percent_of, rounded
from braid.method.contracts.pricing import payer_on, value_of
from braid.method.contracts.shape import Contract
from braid.method.contracts.values import Line, Step, SwitchTotals

ZERO = Decimal(0)
ADVANCE = "advance"
PAID = ("paid", "accepted", "disputed", "adjusted")
"""States of claims whose money was given."""


@dataclass(slots=True)
class Balance:
    """What is left of an advance that was paid."""

    line: Line
    left: Decimal


@dataclass(slots=True)
class Before:
    """What the old regime paid, by subject."""

    advances: dict[str, list[Line]] = field(default_factory=dict)
    payments: dict[str, Decimal] = field(default_factory=dict)


def advance_of(known: Known, case: Case, until: date) -> Line | None:
    """Return the advance that is due for a case by a day, by its version's own dates."""
    contract = known.contract
    rule = contract.advance
    if rule is None:
        return None
    event = known.first_event(rule.due)
    if event is None or event.day > until:
        return None
    last = contract.valid_to
    if event.day < contract.valid_from or (last is not None and event.day > last):
        return None
    episode = case.episode(event.episode)
    unbound: tuple[str, ...] = ()
    amount: Decimal | None
    try:
        base = value_of(known, rule.base)
        amount = percent_of(base, rule.percent, contract.currency)
    except Unbound as error:
        amount, unbound = None, (error.parameter,)
    line = Line(
        contract=contract.contract,
        version=contract.version,
        unit_id=episode["unit_id"],
        episode=episode["episode_id"],
        person=episode["person_key"],
        milestone=ADVANCE,
        ordinal=1,
        event_key=event_key(contract.contract, case.subject, ADVANCE, 1),
        reached_on=event.day,
        event_row=event.row,
        kind="advance",
        amount=amount,
        currency=contract.currency,
        payer=payer_on(known, contract, event.day),
        clause=ADVANCE,
        reasons=("amount_unbound",) if amount is None else (),
        steps=(Step("amount", amount is not None, "advance", {"on": event.day}),),
        unbound=unbound,
        first_day=event.day,
        payable_on=event.day,
    )
    return with_money(line, contract, known)


def netted(
    contract: Contract,
    due: Sequence[tuple[str, Line]],
    before: Before,
    as_of: date,
) -> tuple[list[Line], SwitchTotals]:
    """Return the lines that take off what was paid before, and their totals.

    `due` are subject and line under the new version, in the order of their events.
    """
    walk = _Walk(contract, before, as_of)
    for subject, line in due:
        walk.meet(subject, line)
    walk.reclaim()
    return walk.lines, walk.totals(sum((line.amount or ZERO for _, line in due), ZERO))


class _Walk:
    """The new starts in order, each met with what was paid before."""

    def __init__(self, contract: Contract, before: Before, as_of: date) -> None:
        self._contract = contract
        self._before = before
        self._as_of = as_of
        self.lines: list[Line] = []
        self._started: set[str] = set()
        rule = contract.switch
        self._from = rule.reclaim_from if rule else None
        found = [
            (subject, Balance(line, line.amount or ZERO))
            for subject, lines in before.advances.items()
            for line in lines
        ]
        found.sort(key=lambda each: (each[1].line.reached_on, each[1].line.episode))
        self._balances: list[tuple[str, Balance]] = found if _nets(contract) else []
        self._sums: dict[str, Decimal] = {}

    def meet(self, subject: str, line: Line) -> None:
        """Take off of one line what was paid for it, and what others never started."""
        rule, day = self._contract.switch, line.reached_on
        if rule is None or day is None:
            return
        left = line.amount or ZERO
        expired = self._from is not None and day >= self._from
        own = [b for name, b in self._balances if name == subject]
        if not expired:
            left -= self._take(own, left, line, "advances")
        if rule.net_payments:
            paid = min(left, self._before.payments.get(subject, ZERO))
            if paid:
                self._before.payments[subject] -= paid
                self._line(line, "payments", paid, ())
                left -= paid
        self._started.add(subject)
        is_new = day >= self._contract.valid_from
        if rule.offset_unstarted and is_new and not expired:
            others = [b for name, b in self._balances if name not in self._started]
            self._take(others, left, line, "offset")

    def _take(
        self, balances: Sequence[Balance], most: Decimal, line: Line, what: str
    ) -> Decimal:
        total, sources = ZERO, []
        for balance in balances:
            part = min(balance.left, most - total)
            if part > 0:
                balance.left -= part
                total += part
                sources.append(balance.line.event_key)
        if total:
            self._line(line, what, total, tuple(sources))
        return total

    def _line(
        self, line: Line, what: str, amount: Decimal, sources: tuple[str, ...]
    ) -> None:
        self._sums[what] = self._sums.get(what, ZERO) + amount
        values = {"of": what, "sources": sources}
        found = replace(
            line,
            kind="netting",
            amount=-amount,
            event_key=f"{line.event_key}/netting/{what}",
            settles=line.event_key,
            counts=False,
            reasons=(),
            steps=(Step("netting", True, f"netted_{what}", values),),
        )
        self.lines.append(with_money(found, self._contract, None))

    def reclaim(self) -> None:
        """Ask back what is left, from the day on that the file names, not earlier."""
        if self._from is None or self._as_of < self._from:
            return
        for _, balance in self._balances:
            if balance.left:
                self._sums["reclaim"] = self._sums.get("reclaim", ZERO) + balance.left
                found = replace(
                    balance.line,
                    version=self._contract.version,
                    kind="reclaim",
                    amount=-balance.left,
                    reached_on=self._from,
                    payable_on=self._from,
                    event_key=f"{balance.line.event_key}/reclaim",
                    settles=balance.line.event_key,
                    steps=(Step("netting", True, "reclaimed", {"from": self._from}),),
                )
                self.lines.append(with_money(found, self._contract, None))
                balance.left = ZERO

    def totals(self, due: Decimal) -> SwitchTotals:
        """Return what the change came to."""
        currency = self._contract.currency

        def of(what: str) -> Decimal:
            return rounded(self._sums.get(what, ZERO), currency)

        taken = of("advances") + of("payments") + of("offset")
        left = sum((balance.left for _, balance in self._balances), ZERO)
        return SwitchTotals(
            due=rounded(due, currency),
            less_advances=of("advances"),
            less_payments=of("payments"),
            offset=of("offset"),
            pay=rounded(due, currency) - taken,
            balance=rounded(left, currency),
            reclaimed=of("reclaim"),
        )


def _nets(contract: Contract) -> bool:
    rule = contract.switch
    return rule is not None and (rule.net_advances or bool(rule.offset_unstarted))


def paid_before(
    case: Case, contract: Contract, old: Sequence[Contract], as_of: date
) -> tuple[list[Decimal], Decimal]:
    """Return advances and payments of the old regime as its claims stand in the facts."""
    advances: list[Decimal] = []
    payments = ZERO
    names = {m.id for each in old for m in each.milestones}
    versions = {str(each.version) for each in old}
    for row in case.of("claims"):
        if row["contract_id"] != contract.contract or row["state"] not in PAID:
            continue
        if str(row["contract_version"]) not in versions:
            continue
        paid_on = row["paid_on"] or row["decided_on"] or row["reached_on"]
        if paid_on is None or paid_on > as_of:
            continue
        if row["milestone"] == ADVANCE:
            advances.append(row["amount"])
        elif row["milestone"] in names:
            payments += row["amount"]
    return advances, payments


def from_previous(
    previous: Sequence[Line], old: Mapping[int, Contract], subject_of: Mapping[str, str]
) -> Before:
    """Return what earlier runs had due under the old versions."""
    found = Before()
    for line in previous:
        if line.version not in old or not line.is_due:
            continue
        subject = subject_of.get(line.episode)
        if subject is None:
            continue
        if line.kind == "advance":
            found.advances.setdefault(subject, []).append(line)
        elif line.kind in ("milestone", "difference", "reversal", "reconciliation"):
            so_far = found.payments.get(subject, ZERO)
            found.payments[subject] = so_far + (line.amount or ZERO)
    return found
