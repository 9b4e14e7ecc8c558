"""The way in for notebooks: `from braid.facts.read import Facts`. Needs no settings."""

from braid.facts.faults import FactsFaults, Violation
from braid.facts.reading import Facts

__all__ = ["Facts", "FactsFaults", "Violation"]
