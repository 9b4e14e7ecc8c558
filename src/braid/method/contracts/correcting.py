"""A run beside an earlier one: what is new, what differs, and what no longer holds."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from braid.method.contracts.money import net_and_vat
from braid.method.contracts.shape import Contract
from braid.method.contracts.values import Line, Step

ZERO = Decimal(0)
OWN = ("milestone", "reconciliation", "difference", "reversal")
"""Kinds of lines that speak of one milestone of one subject."""


@dataclass(slots=True)
class _Slot:
    amount: Decimal = ZERO
    lines: list[Line] = field(default_factory=list)
    counted: bool = False


def slot_of(line: Line, groups: Mapping[str, str]) -> str:
    """Return what a line is compared by: one payment of a milestone, or of its group.

    A difference or reversal stands in the slot of the line that it corrects.
    """
    if line.kind not in OWN:
        return line.event_key
    group = groups.get(line.milestone, line.milestone)
    base = line.event_key.split("/" + line.milestone + "/")[0]
    return f"{base}/{group}/{line.ordinal}"


def corrected(
    lines: Sequence[Line],
    previous: Sequence[Line],
    contracts: Sequence[Contract],
    people: Collection[str],
    keeps: Collection[int],
) -> list[Line]:
    """Return the lines that are new beside those of earlier runs.

    The same amount again is left out; another one gives a line of the difference; what
    is no longer due gives a reversal. Lines of versions in `keeps`, and of people of
    whom nothing is known any more, stay as they are.
    """
    groups = {
        each.id: each.exclusive_group
        for contract in contracts
        for each in contract.milestones
        if each.exclusive_group
    }
    slots: dict[str, _Slot] = defaultdict(_Slot)
    for line in previous:
        slot = slots[slot_of(line, groups)]
        if line.is_due:
            slot.amount += line.amount or ZERO
            slot.lines.append(line)
        slot.counted = slot.counted or (line.counts and not line.reasons)
    found, met = [], set()
    for line in lines:
        name = slot_of(line, groups)
        slot = slots[name]
        if line.is_due:
            met.add(name)
        if not slot.lines:
            if line.is_due or not slot.counted or line.reasons:
                found.append(line)
        elif line.is_due and line.amount != slot.amount:
            found.append(_difference(line, slot))
    by_name = {slot_of(line, groups): line for line in lines}
    for name, slot in slots.items():
        gone = slot.lines and slot.amount and name not in met
        if gone and slot.lines[-1].version not in keeps:
            first = slot.lines[0]
            if first.person in people:
                found.append(_reversal(first, slot, by_name.get(name)))
    return found


def _difference(line: Line, slot: _Slot) -> Line:
    before = slot.lines[0]
    number = len(slot.lines)
    amount = (line.amount or ZERO) - slot.amount
    values = {"settles": before.event_key, "milestone": before.milestone}
    return _changed(
        replace(
            line,
            kind="difference",
            event_key=f"{before.event_key}/difference/{number}",
            settles=before.event_key,
            steps=(*line.steps, Step("netting", True, "difference", values)),
        ),
        amount,
    )


def _reversal(line: Line, slot: _Slot, now: Line | None) -> Line:
    reasons = now.reasons if now is not None else ()
    told = reasons[0] if reasons else "not_reached"
    return replace(
        _changed(line, -slot.amount),
        kind="reversal",
        event_key=f"{line.event_key}/reversal/{len(slot.lines)}",
        settles=line.event_key,
        reasons=(),
        flags=(*line.flags, *(f"cause:{each}" for each in reasons)),
        steps=(Step("netting", True, "reversal", {"cause": told}),),
        counts=False,
    )


def _changed(line: Line, amount: Decimal) -> Line:
    """Return a line of another amount, its net, VAT and parts in proportion."""
    if line.amount is None or not line.amount:
        return replace(line, amount=amount)
    mode = "none" if line.net == line.amount and not line.vat else "inclusive"
    rate = None
    if line.net and line.vat is not None:
        rate = line.vat * 100 / line.net
        mode = "exclusive" if line.net == line.amount else "inclusive"
    net, vat = net_and_vat(amount, mode if line.vat else "none", rate, line.currency)
    parts, left = [], amount
    for number, (payer, part) in enumerate(line.parts, start=1):
        own = left if number == len(line.parts) else _share(amount, part, line)
        parts.append((payer, own))
        left -= own
    return replace(line, amount=amount, net=net, vat=vat, parts=tuple(parts))


def _share(amount: Decimal, part: Decimal, line: Line) -> Decimal:
    places = part.as_tuple().exponent
    unit = (
        Decimal(1).scaleb(int(places)) if isinstance(places, int) else Decimal("0.01")
    )
    return (amount * part / (line.amount or Decimal(1))).quantize(unit)
