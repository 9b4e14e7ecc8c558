"""Items 1 to 3: caseload, time on employment services, phases of each specialist."""

from collections.abc import Mapping
from fractions import Fraction

from braid.fidelity.quantities.shape import (
    NONE_OF,
    SETTINGS,
    Amounts,
    Figures,
    Quantities,
    Quantity,
    Settings,
    of,
)

CASELOAD, AT_MONTH_ENDS = "item01_caseload", "item01_month_ends"
TIME, PHASES = "item02_employment_time", "item03_phases"
LIMIT = 20
A_WEEK = 7
FTE_UNKNOWN = "fte_unknown"


def caseload(figures: Figures, settings: Settings = SETTINGS) -> Quantities | None:
    """Return active clients and posts; None where the share of a post is not known."""
    amounts = figures.get(CASELOAD)
    if amounts is None or amounts.get(FTE_UNKNOWN):
        return None
    return {
        "active_clients": int(amounts.get("episodes", 0)),
        "es_fte": Fraction(amounts.get("fte", 0)),
    }


def month_end_mean(figures: Figures) -> Fraction | None:
    """Return the caseload for each post over the month ends, each with its posts' weight.

    None where nobody was in post, or the share of a post is not known.
    """
    amounts = figures.get(AT_MONTH_ENDS, NONE_OF)
    if amounts.get(FTE_UNKNOWN) or not amounts.get("fte"):
        return None
    return Fraction(amounts["episodes"]) / Fraction(amounts["fte"])


def over_limit(
    by_specialist: Mapping[str | None, Amounts], limit: int = LIMIT
) -> dict[str, Fraction]:
    """Return who has more for each full-time post than the limit, and how many.

    Takes the amounts of `item01_caseload` by `staff_id`. Who waits for a specialist is
    nobody's, and a post without a known share is passed over.
    """
    loads = {
        staff: Fraction(amounts["episodes"]) / Fraction(amounts["fte"])
        for staff, amounts in by_specialist.items()
        if staff is not None and amounts.get("fte") and not amounts.get(FTE_UNKNOWN)
    }
    return {staff: load for staff, load in loads.items() if load > limit}


def employment_time(
    figures: Figures, settings: Settings = SETTINGS
) -> Quantities | None:
    """Return the minutes of one specialist; None of who was away, or came this week.

    Who worked a week and logged nothing has nought of nought: no score, for nobody
    knows, and no reason to leave the specialist out.
    """
    said = of(figures, TIME)
    if not said("worked_minutes") and said("days_worked") < A_WEEK:
        return None
    return {name: said(name) for name in ("employment_minutes", "worked_minutes")}


def phases(figures: Figures, settings: Settings = SETTINGS) -> Quantities | None:
    """Return how many phases one specialist carried out; None where none is known."""
    said = of(figures, PHASES)
    return {"phases_delivered": said("phases")} if said("contacts") else None


QUANTITIES: Mapping[int, Quantity] = {
    1: Quantity((CASELOAD, AT_MONTH_ENDS), caseload),
    2: Quantity((TIME,), employment_time, per_specialist=True),
    3: Quantity((PHASES,), phases, per_specialist=True),
}
