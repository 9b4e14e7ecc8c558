"""What is paid of what was reached, line after line in the order of events."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from braid.method.contracts.reference_days import Days, NotBound
from braid.method.contracts.reference_told import Told
from braid.method.contracts.shape import Known


def pay(found: list[tuple[Days, Told]]) -> None:
    """Give every line its amount in the order of events, or say what takes it."""
    used: Counter[tuple[str, ...]] = Counter()
    groups: set[tuple[str, str, int]] = set()
    starts: dict[tuple[str, str], list[Told]] = defaultdict(list)
    money: dict[str, Decimal] = defaultdict(Decimal)
    for days, told in found:
        if told.milestone.pays:
            told.amount = Decimal("0.00")
        if told.reason or _is_taken(days, told, groups, starts, used):
            continue
        _price(days, told, money)
        if told.amount == 0 and not told.reason and _asks_money(told):
            # Nothing was left to pay it from, so it takes no place either.
            starts[told.subject, told.milestone.id].remove(told)
            used.subtract(key for key, _ in _places(days, told))


def _is_taken(
    days: Days,
    told: Told,
    groups: set[tuple[str, str, int]],
    starts: dict[tuple[str, str], list[Told]],
    used: Counter[tuple[str, ...]],
) -> bool:
    milestone, subject = told.milestone, told.subject
    group = (subject, milestone.exclusive_group or milestone.id, told.ordinal)
    if milestone.exclusive_group and group in groups:
        told.reason = "superseded"
        return True
    before = starts[subject, milestone.id]
    if milestone.repeat and before and _again(days, told, before):
        told.reason = "repeat"
        return True
    keys = list(_places(days, told))
    try:
        full = any(most is not None and used[key] >= most for key, most in keys)
    except NotBound:
        full = False
    if full:
        told.reason = "over_cap"
        return True
    groups.add(group)
    before.append(told)
    for key, _ in keys:
        used[key] += 1
    return False


def _asks_money(told: Told) -> bool:
    return told.milestone.pays and told.milestone.kind != "settlement"


def _again(days: Days, told: Told, before: list[Told]) -> bool:
    rule = told.milestone.repeat
    if rule is None:
        return False
    employers = {row["job_id"]: row["employer_id"] for row in days.case.of("jobs")}
    same = {employers.get(each.row) for each in before} - {None}
    gap = (told.reached_on - before[-1].reached_on).days
    return (
        (rule.max_count is not None and len(before) >= rule.max_count)
        or gap < rule.min_gap_days
        or (rule.new_employer and employers.get(told.row) in same)
    )


def _tier(days: Days, told: Told) -> int | None:
    for number, tier in enumerate(told.milestone.tiers):
        if tier.when is None or days.holds(tier.when, told.reached_on):
            return number
    return None


def _places(days: Days, told: Told) -> Iterator[tuple[tuple[str, ...], int | None]]:
    milestone, subject = told.milestone, told.subject
    own, whole = milestone.cap, days.contract.cap
    number = _tier(days, told)
    most = None if number is None else milestone.tiers[number].max_count
    yield ("tier", milestone.id, str(number), subject), most
    person = own and own.person
    yield ("person", milestone.id, subject), _whole(days, person)
    yield ("contract", milestone.id), _whole(days, own and own.contract)
    yield ("all", subject), _whole(days, whole and whole.person)
    yield ("all",), _whole(days, whole and whole.contract)


def _whole(days: Days, given: Any) -> int | None:
    if given is None:
        return None
    try:
        return int(days.value(given))
    except NotBound:
        return None


def _price(days: Days, told: Told, money: dict[str, Decimal]) -> None:
    milestone = told.milestone
    days.profile = milestone.profile
    if any(days.holds(each, told.reached_on) for each in milestone.hold_if):
        told.reason = _until_free(days, told)
        if told.reason:
            return
    if not milestone.pays or milestone.kind == "settlement":
        return
    amount = milestone.amount
    if milestone.tiers:
        number = _tier(days, told)
        if number is None:
            told.reason = "band_undefined"
            return
        amount = milestone.tiers[number].amount
    try:
        value = Decimal(
            days.value(amount.value if isinstance(amount, Known) else amount)
        )
        value *= _units(days, told)
        limits = [milestone.cap, days.contract.cap]
        for cap, key in zip(limits, (milestone.id, ""), strict=True):
            if cap and cap.amount is not None:
                most = cap.amount.value if isinstance(cap.amount, Known) else None
                most = Decimal(days.value(cap.amount)) if most is None else most
                value = min(value, most - money[key])
            if cap:
                days.value(cap.person), days.value(cap.contract)
    except NotBound:
        told.reason, told.amount = "amount_unbound", None
        return
    told.amount = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    money[milestone.id] += told.amount
    money[""] += told.amount


def _until_free(days: Days, told: Told) -> str:
    for day in days.calendar(told.reached_on, days.as_of):
        if not any(days.holds(each, day) for each in told.milestone.hold_if):
            return "" if days.works(day, days.jobs()) else "held"
    return "held"


def _units(days: Days, told: Told) -> int:
    milestone = told.milestone
    if milestone.kind != "units":
        return 1
    minutes = next(
        int(row["minutes"])
        for row in days.case.of("contacts")
        if row["contact_id"] == told.row
    )
    way = milestone.rounding
    name = way if isinstance(way, str) else days.value(way)
    whole, rest = divmod(minutes, milestone.unit_minutes or 1)
    if name == "up":
        return whole + (rest > 0)
    if name == "nearest":
        return whole + (2 * rest >= (milestone.unit_minutes or 1))
    return whole
