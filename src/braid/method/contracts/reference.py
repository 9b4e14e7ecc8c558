"""A contract run day by day and case by case: what the engine must agree with.

It tells lines of money and outcomes of one version, without what runs of earlier days,
other contracts or a change of regime do to them.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from braid.kernel.dates import add_months
from braid.method.contracts.case import Case
from braid.method.contracts.reference_days import DAY, Days
from braid.method.contracts.reference_paid import pay
from braid.method.contracts.reference_reached import month_keeps, often, reached
from braid.method.contracts.reference_told import Told
from braid.method.contracts.shape import Bindings, Contract, Milestone


def by_days(
    contract: Contract,
    cases: Iterable[Case],
    as_of: date,
    bindings: Bindings | None = None,
) -> list[Told]:
    """Return what every case reached of one version, in the order of events."""
    found: list[tuple[Days, Told]] = []
    for case in cases:
        days = Days(case, contract, bindings, as_of)
        _enter(days)
        if days.entry is not None:
            for milestone in contract.milestones:
                told = list(_milestone(days, milestone))
                covered = [each for each in told if _counts(each)]
                if covered:
                    days.reached[milestone.id] = covered[0].reached_on
                found += [(days, each) for each in told]
    places = {each.id: n for n, each in enumerate(contract.milestones)}
    found.sort(key=lambda f: (f[1].reached_on, f[1].row, places[f[1].milestone.id]))
    pay(found)
    return [told for _, told in found]


def _counts(told: Told) -> bool:
    return told.reason in ("", "look_back", "evidence_missing", "evidence_late")


def _enter(days: Days) -> None:
    for day in days.calendar(days.first_day, days.as_of):
        found = days.happens(days.contract.entry, day)
        if found:
            days.entry = day
            for row in days.case.episodes:
                if row["episode_id"] in found:
                    days.entry_episode = row
            return


def _milestone(days: Days, milestone: Milestone) -> Iterator[Told]:
    days.profile = milestone.profile
    tries = sorted(reached(days, milestone), key=lambda each: (each[1], each[2]))
    found = []
    for first, on, row in tries:
        told = Told(days.case.subject, milestone, first, on, row)
        told.reason = _asked(days, milestone, told)
        found.append(told)
    if not often(milestone):
        found = ([t for t in found if _counts(t)] or _furthest(found))[:1]
    for number, told in enumerate(found, start=1):
        told.ordinal = number
        yield told


def _furthest(found: list[Told]) -> list[Told]:
    order = (
        "window_failed",
        "outside_period",
        "not_covered",
        "before_entry",
        "prerequisite",
    )
    return sorted(found, key=lambda t: (-order.index(t.reason), t.reached_on, t.row))


# Asked of what was reached


def _asked(days: Days, milestone: Milestone, told: Told) -> str:
    """Return the first reason, from the version to the evidence."""
    contract, entry = days.contract, days.entry or days.as_of
    anchor = {"entry": entry, "claim": days.as_of}.get(contract.anchor, told.reached_on)
    first = min(contract.valid_from, contract.retroactive_to or contract.valid_from)
    last = contract.valid_to or date.max
    if contract.valid_to and contract.anchor != "entry":
        last += contract.run_off_days * DAY
    if not first <= anchor <= last:
        return "outside_period"
    if any(not days.holds(each, entry) for each in contract.population):
        return "not_covered"
    if told.first_day < entry and milestone.kind != "earnings":
        return "before_entry"
    before = date.min
    for name in milestone.requires:
        on = days.reached.get(name)
        wrong = on is None or (
            milestone.order == "strict" and not before <= on <= told.reached_on
        )
        if wrong:
            return "prerequisite"
        before = on or before
    if milestone.within_days is not None:
        origin = days.origin(milestone.since) if milestone.since else entry
        if origin is None:
            return "prerequisite"
        if (told.reached_on - origin).days > milestone.within_days:
            return "window_failed"
    if milestone.look_back is not None and _looked_back(days, milestone, entry):
        return "look_back"
    return _evidence(days, milestone, told)


def _looked_back(days: Days, milestone: Milestone, entry: date) -> bool:
    rule = milestone.look_back
    if rule is None:
        return False
    met = 0
    for number in range(1, rule.of + 1):
        first = add_months(entry.replace(day=1), -number)
        met += month_keeps(days, milestone, first, add_months(first, 1) - DAY)
    return met >= rule.n


def _evidence(days: Days, milestone: Milestone, told: Told) -> str:
    asked = milestone.evidence
    if asked is None:
        return ""
    files = [
        (row["kind"] if row["kind"] != "other" else f"other:{row['label']}", row)
        for row in days.case.of("evidence")
        if row["received_on"] <= days.as_of
        and (row["period_last"] is None or row["period_last"] >= told.first_day)
        and (row["job_id"] is None or row["job_id"] == told.row)
    ]
    last = date.max
    if asked.deadline_days is not None:
        last = told.reached_on + asked.deadline_days * DAY
    for reason, limit in (("", last), ("evidence_late", date.max)):
        there = {kind for kind, row in files if row["received_on"] <= limit}
        for one in asked.any_of:
            named = {p if isinstance(p, str) else f"other:{p.other}" for p in one}
            if named <= there:
                return reason
    return "evidence_missing"
