"""What is left of pay: benefit rules worked out exactly, and how they are told."""

from braid.method.benefits.rules import RuleSet
from braid.method.benefits.values import (
    Cliff,
    Dip,
    Household,
    Inputs,
    Known,
    Result,
    Row,
    Segment,
    Unknown,
)
from braid.method.benefits.working import evaluate

__all__ = [
    "Cliff",
    "Dip",
    "Household",
    "Inputs",
    "Known",
    "Result",
    "Row",
    "RuleSet",
    "Segment",
    "Unknown",
    "evaluate",
]
