"""The closed list of words by which raw quantities become scores."""

from collections.abc import Mapping
from types import MappingProxyType

from braid.method.scales.quantities.case import Case, Lift, Reading, Word
from braid.method.scales.quantities.parts import COMPONENTS, JUDGED, RUNGS
from braid.method.scales.quantities.ratios import JOBS, NUMBER, RATIO, VARIETY
from braid.method.scales.quantities.work import CONTACTS, DAYS, TEAM_ATTACHMENT, TIME

__all__ = ["WORDS", "Case", "Lift", "Reading", "Word"]

WORDS: Mapping[str, Word] = MappingProxyType(
    {
        word.name: word
        for word in (
            RATIO,
            NUMBER,
            VARIETY,
            JOBS,
            TEAM_ATTACHMENT,
            DAYS,
            CONTACTS,
            TIME,
            COMPONENTS,
            RUNGS,
            JUDGED,
        )
    }
)
"""Every word by its name."""
