"""The records of the fidelity room."""

from braid.fidelity.models.evidence import Chart, Evidence, Meeting, Piece
from braid.fidelity.models.plans import PlannedAction, ProgressNote
from braid.fidelity.models.reviews import (
    Answer,
    Correction,
    Passage,
    Rating,
    Review,
    Seat,
    Step,
)

__all__ = [
    "Answer",
    "Chart",
    "Correction",
    "Evidence",
    "Meeting",
    "Passage",
    "Piece",
    "PlannedAction",
    "ProgressNote",
    "Rating",
    "Review",
    "Seat",
    "Step",
]
