"""Which version of a contract holds for a line, by the date that anchors it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from braid.method.contracts.questions import Question, that_matter
from braid.method.contracts.shape import Bindings, Contract, Milestone

Asked = tuple[tuple[int, Question], ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of one contract in force on a day, oldest first, with bindings."""

    contracts: tuple[Contract, ...]
    bindings: tuple[Bindings, ...] = ()
    places: Mapping[str, tuple[Contract, ...]] = field(default_factory=dict)
    _asked: dict[tuple[int, str], Asked] = field(default_factory=dict, compare=False)

    @classmethod
    def in_force(
        cls,
        contracts: Iterable[Contract],
        as_of: date,
        bindings: Bindings | Sequence[Bindings] | None,
    ) -> "Versions":
        """Return the versions whose first day has come, each once."""
        found = {each.version: each for each in contracts if each.valid_from <= as_of}
        given = (bindings,) if isinstance(bindings, Bindings) else tuple(bindings or ())
        contracts = tuple(found[number] for number in sorted(found))
        names = dict.fromkeys(
            each.id for contract in reversed(contracts) for each in contract.milestones
        )
        places = {
            name: tuple(each for each in contracts if each.has(name)) for name in names
        }
        return cls(contracts, given, places)

    def of(self, own: Contract, anchor: date) -> Contract | None:
        """Return the newest version that covers an anchor date.

        The date is that which the version `own` is anchored by.
        """
        covering = [each for each in self.contracts if covers(each, anchor)]
        return covering[-1] if covering else None

    def asked(self, contract: Contract, milestone: Milestone) -> Asked:
        """Return the questions that a milestone can fail, with those skipped before."""
        key = contract.version, milestone.id
        found = self._asked.get(key)
        if found is None:
            found = self._asked[key] = that_matter(contract, milestone)
        return found

    def with_milestone(self, name: str) -> tuple[Contract, ...]:
        """Return the versions that have a milestone, oldest first."""
        return self.places[name]

    def names(self) -> list[str]:
        """Return the ids of all milestones: those of the newest version first."""
        return list(self.places)

    def bindings_of(self, contract: Contract) -> Bindings | None:
        """Return what is bound for a version."""
        for each in self.bindings:
            if (each.contract, each.version) == (contract.contract, contract.version):
                return each
        return None


def covers(contract: Contract, anchor: date) -> bool:
    """Say whether an anchor date lies in a version, run-off and retroactivity with it."""
    first = contract.valid_from
    if contract.retroactive_to is not None:
        first = min(first, contract.retroactive_to)
    if anchor < first:
        return False
    if contract.valid_to is None:
        return True
    last = contract.valid_to
    if contract.anchor != "entry":
        last += timedelta(contract.run_off_days)
    return anchor <= last
