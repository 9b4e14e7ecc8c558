"""The sums of a run, and those of the parts of one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from braid.method.contracts.money import rounded
from braid.method.contracts.values import Line, Sum, SwitchTotals, Totals

ZERO = Decimal(0)


def totals_of(
    lines: Iterable[Line], currency: str, switch: SwitchTotals | None = None
) -> Totals:
    """Return the sums of lines."""
    lines = list(lines)
    due = [line for line in lines if line.is_due]
    counted = Counter(line.milestone for line in lines if line.counts)
    by_milestone: dict[str, Sum] = {}
    for line in due:
        before = by_milestone.get(line.milestone, Sum())
        more = line.amount or ZERO
        by_milestone[line.milestone] = Sum(before.count + 1, before.amount + more)
    for name in counted:
        by_milestone.setdefault(name, Sum(0, rounded(ZERO, currency)))
    by_payer: dict[str, Decimal] = defaultdict(Decimal)
    for line in due:
        for payer, part in line.parts:
            by_payer[payer] += part
    total = sum((line.amount or ZERO for line in due), rounded(ZERO, currency))
    reasons = Counter(reason for line in lines for reason in line.reasons)
    return Totals(
        currency=currency,
        due=Sum(len(due), total),
        counted=sum(counted.values()),
        held=reasons.get("held", 0),
        unbound=reasons.get("amount_unbound", 0),
        unpaid=dict(sorted(reasons.items())),
        by_milestone=by_milestone,
        counted_by_milestone=dict(counted),
        by_payer=dict(sorted(by_payer.items())),
        switch=switch,
    )


def added(parts: Sequence[Totals]) -> Totals:
    """Return the sums of a run of those of its parts, without a change of regime."""
    currency = parts[0].currency
    nothing = rounded(ZERO, currency)
    unpaid: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    by_milestone: dict[str, Sum] = {}
    by_payer: dict[str, Decimal] = defaultdict(Decimal)
    for each in parts:
        unpaid.update(each.unpaid)
        counted.update(each.counted_by_milestone)
        for name, own in each.by_milestone.items():
            before = by_milestone.get(name, Sum())
            amount = before.amount + own.amount
            by_milestone[name] = Sum(before.count + own.count, amount)
        for payer, part in each.by_payer.items():
            by_payer[payer] += part
    amount = sum((each.due.amount for each in parts), nothing)
    return Totals(
        currency=currency,
        due=Sum(sum(each.due.count for each in parts), amount),
        counted=sum(each.counted for each in parts),
        held=sum(each.held for each in parts),
        unbound=sum(each.unbound for each in parts),
        unpaid=dict(sorted(unpaid.items())),
        by_milestone=by_milestone,
        counted_by_milestone=dict(counted),
        by_payer=dict(sorted(by_payer.items())),
    )
