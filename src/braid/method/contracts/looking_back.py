"""Look-back: a milestone whose threshold was met before entry is taken away."""

from braid.method.contracts.conditions import Known
from braid.method.contracts.shape import Milestone
from braid.method.contracts.slots import (
    months_before,
    of_earnings,
    satisfies,
    weeks_before,
)


def met_before(known: Known, milestone: Milestone) -> int:
    """Return in how many of the units before entry the threshold was met.

    Whole calendar months before that of entry, or seven days each before its day.
    Entry is the first assignment: a later one is not looked back from again.
    """
    rule, threshold = milestone.look_back, milestone.threshold
    if rule is None or threshold is None or known.entry is None:
        return 0
    before = months_before if rule.unit == "month" else weeks_before
    value = of_earnings(known.case.of("paid_work"), known.as_of)
    return sum(
        satisfies(known, threshold, value(threshold.measure, slot), slot.last_day)
        for slot in before(known.entry.day, rule.of)
    )
