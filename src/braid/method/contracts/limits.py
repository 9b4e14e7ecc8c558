"""Days after which a milestone comes too late: since an event, or by the trajectory."""

from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import add_months
from braid.method.contracts.conditions import Known
from braid.method.contracts.shape import AllOf, AnyOf, Condition, Word
from braid.method.contracts.tries import Try

ONE_DAY = timedelta(1)


def too_late(known: Known, found: Try) -> tuple[str, str, dict[str, Any]] | None:
    """Return what was told, the reason and the values where an event came too late."""
    milestone, measured = found.milestone, found.measured
    event = measured.event.day
    if milestone.within_days is not None:
        origin = known.first_of(milestone.since) if milestone.since else known.entry
        if origin is None:
            return "no_origin", "prerequisite", {}
        days = ((measured.reached_on or event) - origin.day).days
        if days > milestone.within_days:
            values = {"days": days, "within": milestone.within_days}
            return "too_late", "window_failed", values
    if _resumes(milestone.reached) and known.contract.trajectory_months:
        last = trajectory_end(known)
        if last is not None and event > last:
            return "after_trajectory", "window_failed", {"last_day": last, "day": event}
    if known.contract.authorisation and (
        milestone.kind == "units" or known.contract.kind == "fee_for_service"
    ):
        last = authorised_until(known)
        if last is not None and event > last:
            return "after_authorisation", "outside_period", {"last_day": last}
    return None


def _resumes(condition: Condition) -> bool:
    match condition:
        case Word(word=name):
            return name == "work_resumed"
        case AnyOf(any_of=parts) | AllOf(all_of=parts):
            return any(_resumes(each) for each in parts)
        case _:
            return False


def trajectory_end(known: Known) -> date | None:
    """Return the last day of the longest trajectory, from entry on.

    It is extended where the funder decided so after entry and before it ended.
    """
    entry, contract = known.entry, known.contract
    if entry is None or not contract.trajectory_months:
        return None
    months = max(contract.trajectory_months)
    last = add_months(entry.day, months) - ONE_DAY
    if contract.extension_months and _extended(known, entry.day, last):
        return add_months(entry.day, months + contract.extension_months) - ONE_DAY
    return last


def authorised_until(known: Known) -> date | None:
    """Return the last day of the authorisation, extended where the funder did so."""
    entry, given = known.entry, known.contract.authorisation
    if entry is None or given is None:
        return None
    months = int(known.number(given.months))
    last = add_months(entry.day, months) - ONE_DAY
    if given.extension_months is not None and _extended(known, entry.day, last):
        months += int(known.number(given.extension_months))
        return add_months(entry.day, months) - ONE_DAY
    return last


def _extended(known: Known, entry: date, last: date) -> bool:
    kinds = ["decision", "grant", "purchase_order", "assignment"]
    return any(
        row["kind"] in kinds
        and row["contract_id"] == known.contract.contract
        and entry < row["day"] <= min(last + ONE_DAY, known.as_of)
        for row in known.case.of("funder_events")
    )
