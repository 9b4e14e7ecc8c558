"""Fidelity scales: scores from raw quantities, totals, bands. Exact, and pure.

Scales are data (`braid.packs.scales`); this engine knows no item numbers. Comparisons are
made in fractions and means rounded half-up; what is unknown gives a floor and a ceiling,
never a score.
"""

from braid.method.scales.numbering import Row, placed
from braid.method.scales.plausibility import (
    correlation_p,
    largest_sd,
    sd_is_plausible,
)
from braid.method.scales.quantities import WORDS, Lift
from braid.method.scales.rules import CHOICES, Rules, rules_of
from braid.method.scales.scoring import PER_ES, programme, scored, what_would_raise
from braid.method.scales.shape import (
    NOTES,
    Band,
    Bands,
    Condition,
    Gate,
    HouseRule,
    Item,
    Quantity,
    Rung,
    Scale,
    Scored,
    Section,
    Side,
    Step,
)
from braid.method.scales.totals import (
    NO_FIT,
    Banded,
    Interval,
    Total,
    banded,
    interval,
    named_band,
    points_to_next_band,
    total,
)

__all__ = [
    "CHOICES",
    "NOTES",
    "NO_FIT",
    "PER_ES",
    "WORDS",
    "Band",
    "Banded",
    "Bands",
    "Condition",
    "Gate",
    "HouseRule",
    "Interval",
    "Item",
    "Lift",
    "Quantity",
    "Row",
    "Rules",
    "Rung",
    "Scale",
    "Scored",
    "Section",
    "Side",
    "Step",
    "Total",
    "banded",
    "correlation_p",
    "interval",
    "largest_sd",
    "named_band",
    "placed",
    "points_to_next_band",
    "programme",
    "rules_of",
    "scored",
    "sd_is_plausible",
    "total",
    "what_would_raise",
]
