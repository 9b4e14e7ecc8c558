"""What is made good later: reconciliation, retention, and the settlement at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from braid.method.contracts.conditions import Event, Unbound
from braid.method.contracts.drafts import Draft
from braid.method.contracts.lines import with_money
from braid.method.contracts.looking_back import met_before
from braid.method.contracts.money import percent_of, rounded
from braid.method.contracts.pricing import Price, value_of
from braid.method.contracts.settling import Settling
from braid.method.contracts.shape import Milestone
from braid.method.contracts.tries import Try
from braid.method.contracts.values import Line, Step
from braid.method.contracts.versions import Versions
from braid.method.contracts.windows import Measured

if TYPE_CHECKING:
    from braid.method.contracts.running import Looked

ZERO = Decimal(0)


def made_good(
    draft: Draft,
    settling: Settling,
    by_subject: Mapping[str, Sequence[Draft]],
    as_of: date,
) -> list[Draft]:
    """Return the drafts that a line calls for: unpaid milestones that were available.

    After so many payments of one milestone all others are paid that are not yet, and
    that look-back has not taken away; what is reached of them later is paid already.
    """
    contract, subject = draft.found.contract, draft.case.subject
    rule = contract.reconcile
    if rule is None or draft.found.milestone.id != rule.after.milestone:
        return []
    if not draft.lives or draft.kind != "milestone":
        return []
    if len(settling.paid(subject, rule.after.milestone)) != rule.after.count:
        return []
    found = []
    for milestone in contract.milestones:
        if milestone.id == rule.after.milestone or not milestone.pays:
            continue
        if milestone.kind == "settlement":
            continue
        more = _missing(draft, settling, milestone, by_subject[subject])
        if more is not None:
            found.append(more)
    return found


def _missing(
    draft: Draft, settling: Settling, milestone: Milestone, own: Sequence[Draft]
) -> Draft | None:
    mine = [each for each in own if each.found.milestone.id == milestone.id]
    if any(each.found.reason == "look_back" for each in mine):
        return None
    if _removed(draft, milestone):
        return None
    paid = len(settling.paid(draft.case.subject, milestone.id))
    price = _price(draft, milestone)
    left = (price.most or 1) - paid
    if left < 1 or not price.has_tier:
        return None
    measured = draft.found.measured
    day = measured.reached_on or measured.first_day
    event = Event(day, measured.event.row, measured.event.episode, measured.event.rows)
    made = Try(draft.found.contract, milestone, Measured(day, day, event))
    made.ordinal = paid + 1
    made.ask("netting", True, "reconciled", after=draft.found.milestone.id, units=left)
    made.unbound.extend(price.unbound)
    found = Draft(draft.case, draft.known, made, draft.place, price, draft.payer)
    found.kind, found.payable_on = "reconciliation", draft.payable_on
    if price.amount is None:
        made.ask("amount", False, "amount_unbound", "amount_unbound")
    else:
        currency = made.contract.currency
        found.amount = rounded(price.amount * left, currency)
    for _ in range(left):
        settling.take(found)
    _paid_already(mine, day)
    return found


def _paid_already(mine: Sequence[Draft], day: date) -> None:
    """Say of what is reached later that the reconciliation has paid it."""
    for each in mine:
        if each.lives and each.found.day > day:
            each.found.ask("caps", False, "reconciled_before", "over_cap")


def _removed(draft: Draft, milestone: Milestone) -> bool:
    """Say whether look-back takes a milestone away that has no line of its own."""
    rule = milestone.look_back
    return rule is not None and met_before(draft.known, milestone) >= rule.n


def _price(draft: Draft, milestone: Milestone) -> Price:
    known, day = draft.known, draft.found.reached_on
    price = Price()
    amount = milestone.amount
    try:
        if milestone.tiers:
            price.has_tier = False
            for number, tier in enumerate(milestone.tiers):
                if tier.when is None or (day and known.holds(tier.when, day)):
                    price.has_tier, price.tier = True, number
                    price.most, amount = tier.max_count, tier.amount
                    break
        if amount is not None:
            price.amount = value_of(known, amount)
    except Unbound as error:
        price.unbound = (error.parameter,)
    return price


def retained(lines: Sequence[Line], chosen: Versions) -> list[Line]:
    """Return what is held back of lines until the settlement, as lines of their own."""
    found = []
    contracts = {each.version: each for each in chosen.contracts}
    for line in lines:
        contract = contracts[line.version]
        milestone = contract.milestone(line.milestone)
        percent = milestone.retention_percent
        if not line.is_due or line.amount is None or not percent:
            continue
        part = percent_of(line.amount, percent, line.currency)
        values = {"percent": percent}
        held = replace(
            line,
            kind="retention",
            amount=-part,
            event_key=f"{line.event_key}/retention",
            settles=line.event_key,
            counts=False,
            reasons=(),
            steps=(Step("netting", True, "retained", values),),
        )
        found.append(with_money(held, contract, None))
    return found


def settled_up(
    lines: Sequence[Line], looked: "Sequence[Looked]", chosen: Versions
) -> list[Line]:
    """Return the lines with settlements filled: all that was due, less what was paid."""
    contracts = {each.version: each for each in chosen.contracts}
    claimed = {
        (row["episode_id"], row["milestone"]): row["amount"]
        for each in looked
        for row in each.case.of("claims")
        if row["contract_id"] in {c.contract for c in chosen.contracts}
        and row["state"] in ("paid", "disputed", "adjusted")
    }
    found = []
    for line in lines:
        contract = contracts[line.version]
        kind = contract.milestone(line.milestone).kind
        if kind != "settlement" or line.reasons or line.kind != "milestone":
            found.append(line)
            continue
        before = [
            each
            for each in lines
            if _subject(each) == _subject(line)
            and each.milestone != line.milestone
            and each.reached_on is not None
            and line.reached_on is not None
            and each.reached_on <= line.reached_on
            and each.is_due
        ]
        due = sum((e.amount or ZERO for e in before if e.kind != "retention"), ZERO)
        paid = ZERO
        for each in before:
            own = claimed.get((each.episode, each.milestone))
            if own is None:
                paid += each.amount or ZERO
            elif each.kind != "retention":
                paid += own
        amount = rounded(due - paid, line.currency)
        steps = (*line.steps, Step("netting", True, "settled_up"))
        found.append(
            with_money(replace(line, amount=amount, steps=steps), contract, None)
        )
    return found


def _subject(line: Line) -> str:
    return line.event_key.split("/" + line.milestone + "/")[0]
