"""The line of what was reached and settled, with its money in parts."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from braid.method.contracts.conditions import Known
from braid.method.contracts.drafts import Draft
from braid.method.contracts.money import net_and_vat, nothing, split
from braid.method.contracts.shape import Contract, Milestone, Open, Share
from braid.method.contracts.tries import Try
from braid.method.contracts.values import Line, Step


def key_of(draft: Draft) -> str:
    """Return the event key: contract, person or episode, milestone, ordinal."""
    found = draft.found
    return event_key(
        found.contract.contract, draft.case.subject, found.milestone.id, found.ordinal
    )


def event_key(contract: str, subject: str, milestone: str, ordinal: int) -> str:
    """Return the key that one live claim at most may have."""
    return f"{contract}/{subject}/{milestone}/{ordinal}"


def line_of(draft: Draft, kind: str = "milestone") -> Line:
    """Return the line of a draft, with its money in parts."""
    found, contract = draft.found, draft.found.contract
    pays = found.milestone.pays
    amount = draft.amount if pays else None
    if pays and amount is None and found.reason != "amount_unbound":
        amount = nothing(contract.currency)
    if found.reason and found.reason != "amount_unbound" and pays:
        amount = nothing(contract.currency)
    reasons = [found.reason] if found.reason else []
    if draft.cut and "over_cap" not in reasons:
        reasons.append("over_cap")
    episode = draft.case.episode(found.measured.event.episode)
    steps = tuple(found.steps)
    net, vat, parts = money_of(
        amount, contract, found.milestone.split, draft.payer, draft.known
    )
    if not found.brief and parts and not reasons:
        steps = (*steps, _split_step(found.milestone))
    return Line(
        contract=contract.contract,
        version=contract.version,
        unit_id=episode["unit_id"],
        episode=episode["episode_id"],
        person=episode["person_key"],
        milestone=found.milestone.id,
        ordinal=found.ordinal,
        event_key=key_of(draft),
        reached_on=found.reached_on,
        event_row=found.measured.event.row,
        kind=kind,  # type: ignore[arg-type]
        amount=amount,
        currency=contract.currency,
        payer=draft.payer,
        clause=found.milestone.clause or found.milestone.id,
        reasons=tuple(reasons),
        flags=found.flags,
        steps=steps,
        evidence=found.proofs,
        counts=counts(found),
        pays=pays,
        unbound=tuple(dict.fromkeys(found.unbound)),
        first_day=found.measured.first_day,
        payable_on=draft.payable_on,
        net=net,
        vat=vat,
        parts=parts,
    )


def _split_step(milestone: Milestone) -> Step:
    return Step("split", True, "split" if milestone.split else "one_payer")


def counts(found: Try) -> bool:
    """Say whether a line is a counted outcome, paid or not."""
    not_counted = (
        "not_covered",
        "before_entry",
        "outside_period",
        "prerequisite",
        "superseded",
    )
    return found.reached_on is not None and found.reason not in not_counted


def with_money(line: Line, contract: Contract, known: Known | None) -> Line:
    """Return a line with net, VAT and the parts of its payers."""
    if not line.pays:
        return line
    name = line.milestone
    shares = contract.milestone(name).split if contract.has(name) else ()
    net, vat, parts = money_of(line.amount, contract, shares, line.payer, known)
    return replace(line, net=net, vat=vat, parts=parts)


def money_of(
    amount: Decimal | None,
    contract: Contract,
    shares: Sequence[Share],
    payer: str,
    known: Known | None,
) -> tuple[Decimal | None, Decimal | None, tuple[tuple[str, Decimal], ...]]:
    """Return net, VAT, and the part of every payer."""
    if amount is None:
        return None, None, ()
    percent = contract.vat_percent
    rate: Decimal | None
    if isinstance(percent, Open):
        value = (
            known.bindings.get(percent.parameter) if known and known.bindings else None
        )
        rate = value if isinstance(value, Decimal) else None
    else:
        rate = percent
    net, vat = net_and_vat(amount, contract.vat, rate, contract.currency)
    if not amount:
        return net, vat, ()
    if shares:
        return net, vat, split(amount, shares, contract.currency)
    return net, vat, ((payer, amount),)
