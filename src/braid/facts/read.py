"""The way in for notebooks: `from braid.facts.read import Facts`. Needs no settings.

`measures` runs measures over facts; what `braid.method` has is plain functions.
"""

from braid.facts import measures
from braid.facts.faults import FactsFaults, Violation
from braid.facts.reading import Facts

__all__ = ["Facts", "FactsFaults", "Violation", "measures"]
