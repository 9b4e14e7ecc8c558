"""What a milestone is worth to one case: its tier, units, hold and payers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from braid.method.contracts import spans
from braid.method.contracts.conditions import Known, Unbound
from braid.method.contracts.shape import Amount, Condition, Contract
from braid.method.contracts.shape import Known as Stated
from braid.method.contracts.tries import Try

FUNDER = "funder"
"""The payer of a contract that names none."""


@dataclass(slots=True)
class Price:
    """The amount of one line before caps, not rounded; None: not bound, or no tier.

    `tier` is the number of the tier, None where there is none; `most` its limit.
    """

    amount: Decimal | None = None
    tier: int | None = None
    most: int | None = None
    has_tier: bool = True
    units: int = 1
    unbound: tuple[str, ...] = ()


def value_of(known: Known, amount: Amount) -> Decimal:
    """Return an amount. Raises Unbound."""
    if isinstance(amount, Stated):
        return amount.value
    return Decimal(known.bound(amount.parameter))


def priced(known: Known, found: Try) -> Price:
    """Return what a milestone that is reached is worth; unbound parameters are named."""
    milestone, day = found.milestone, found.reached_on
    price = Price()
    try:
        price.units = _units(known, found)
        amount = milestone.amount
        if milestone.tiers:
            price.has_tier = False
            for number, tier in enumerate(milestone.tiers):
                if tier.when is None or (
                    day is not None and known.holds(tier.when, day)
                ):
                    price.tier, price.most, price.has_tier = (
                        number,
                        tier.max_count,
                        True,
                    )
                    amount = tier.amount
                    break
        if price.has_tier and amount is not None:
            price.amount = value_of(known, amount) * price.units
    except Unbound as error:
        price.amount = None
        price.unbound = (error.parameter,)
    return price


def _units(known: Known, found: Try) -> int:
    """Return the units of time of a contact, rounded as the file says. Raises Unbound."""
    milestone = found.milestone
    if milestone.kind != "units":
        return 1
    minutes = minutes_of(known, found)
    size = milestone.unit_minutes or 1
    rounding = milestone.rounding
    if rounding is None or isinstance(rounding, str):
        way: object = rounding or "nearest"
    else:
        way = known.bound(rounding.parameter)
    if way == "up":
        return -(-minutes // size)
    return minutes // size if way == "down" else (2 * minutes + size) // (2 * size)


def minutes_of(known: Known, found: Try) -> int:
    """Return the minutes of the contact that a line is about."""
    row = found.measured.event.row
    return next(
        (
            int(each["minutes"] or 0)
            for each in known.case.of("contacts")
            if each["contact_id"] == row
        ),
        0,
    )


def held_on(known: Known, found: Try, as_of: date) -> tuple[str, date | None]:
    """Return the word that holds a payment, and the day from which it is free.

    Held on the day reached, it is paid from the first day after on which nothing holds
    it any more, if the person is still in work that day. Raises Unbound.
    """
    day, milestone = found.reached_on, found.milestone
    if day is None or not milestone.hold_if:
        return "", day
    holding = [each for each in milestone.hold_if if known.holds(each, day)]
    if not holding:
        return "", day
    free = _free_from(known, milestone.hold_if, day)
    if free is None or free > as_of:
        return _word(holding[0]), None
    if milestone.kind == "sustained":
        work = known.work(milestone.profile)
        if not any(each.first_day <= free <= each.last_day for each in work.jobs):
            return _word(holding[0]), None
    return "", free


def _free_from(
    known: Known, conditions: tuple[Condition, ...], day: date
) -> date | None:
    holding = spans.union(span for each in conditions for span in known.spans(each))
    return spans.first_from(spans.without(holding), day)


def _word(condition: Condition) -> str:
    return str(getattr(condition, "word", "condition"))


def payer_on(known: Known, contract: Contract, day: date) -> str:
    """Return whose an activity is by its date; on the day of `until` it is the next's.

    Raises Unbound.
    """
    for each in contract.payer_periods:
        begins = known.first_event(each.since) if each.since is not None else None
        ends = known.first_event(each.until) if each.until is not None else None
        started = each.since is None or (begins is not None and begins.day <= day)
        if started and (ends is None or day < ends.day):
            return each.payer
    if contract.payer_periods:
        return ""
    return contract.parties.pays if contract.parties else FUNDER
