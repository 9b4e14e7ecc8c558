"""Live fidelity: what the facts say of each item on any day, and the pages that show it.

    found = live(facts, scale, days=[today], units=[unit])[unit, today]
    found.items[0].scored.floor, found.interval.low

Nothing heavy is imported before facts are asked.
"""

from braid.fidelity.live.reading import (
    ANSWERED,
    SIGNALS,
    Live,
    LiveItem,
    OfSpecialist,
    live,
    measures_of,
    open_score,
    quantity_of,
)

__all__ = [
    "ANSWERED",
    "SIGNALS",
    "Live",
    "LiveItem",
    "OfSpecialist",
    "live",
    "measures_of",
    "open_score",
    "quantity_of",
]
