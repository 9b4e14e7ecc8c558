"""What is wrong with a contract file beside its form: each check, all of them at once.

They look at the data as written, so that a fault of form in one part hides no other fault.
"""

from collections.abc import Iterator

from braid.packs.contracts.faults.days import faults_of_days
from braid.packs.contracts.faults.milestones import faults_of_milestones
from braid.packs.contracts.faults.money import faults_of_money
from braid.packs.contracts.faults.walking import Fault
from braid.packs.contracts.faults.words import faults_of_words
from braid.packs.reading import Document

__all__ = ["Fault", "faults_of"]

_CHECKS = (faults_of_words, faults_of_milestones, faults_of_money, faults_of_days)


def faults_of(document: Document) -> Iterator[Fault]:
    """Yield every fault of a contract file but those of its form."""
    if isinstance(document.data, dict):
        for check in _CHECKS:
            yield from check(document)
