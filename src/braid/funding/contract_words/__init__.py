"""A contract file as sentences that both parties can hold it to."""

from braid.funding.contract_words.values import Values, use_text, value_text
from braid.funding.contract_words.whole import Passage, passages

__all__ = ["Passage", "Values", "passages", "use_text", "value_text"]
