"""The kind `contracts`: payment by results as data, one file a version."""

from braid.kernel.errors import PackFault
from braid.method.contracts.shape import Contract
from braid.packs import loader
from braid.packs.contracts.bindings import bind, read_bindings
from braid.packs.contracts.faults.days import beside
from braid.packs.contracts.pack import (
    ContractPack,
    read_contract,
    read_pack,
    read_versions,
)
from braid.packs.contracts.parameters import Parameter, parameters
from braid.packs.contracts.situations import run_situation
from braid.packs.contracts.written import written

__all__ = [
    "ContractPack",
    "Parameter",
    "bind",
    "get",
    "in_force",
    "load",
    "parameters",
    "read_bindings",
    "read_contract",
    "read_versions",
    "title_of",
    "versions",
    "written",
]


def load() -> dict[str, Contract]:
    """Return all contracts by id, each in its latest version. Raises: PackFaults."""
    found: dict[str, ContractPack] = loader.load("contracts")
    return {name: each.contract for name, each in found.items()}


def versions(contract: str) -> tuple[Contract, ...]:
    """Return every version of a contract, the earliest first.

    Of a version that two folders have, the one of the later folder.
    Raises: PackFault where there is no such contract, PackFaults.
    """
    loader.get("contracts", contract)
    found = {
        edition.pack.contract.version: edition.pack.contract
        for edition in loader.editions("contracts")
        if edition.pack.id == contract
    }
    return tuple(found[number] for number in sorted(found))


def get(contract: str, version: int | None = None) -> Contract:
    """Return a version of a contract, the latest where none is named.

    Raises: PackFault where there is none, PackFaults.
    """
    known = versions(contract)
    for each in reversed(known):
        if version in (None, each.version):
            return each
    raise PackFault(
        f"The contract '{contract}' has no version {version}. Known are: "
        f"{', '.join(str(each.version) for each in known)}."
    )


def title_of(contract: str) -> str:
    """Return what people call a contract; its id where its file is no longer there."""
    known = load()
    return known[contract].called if contract in known else contract


def in_force(contract: str, day: object) -> Contract:
    """Return the version whose first day is the last one not after a day.

    Before the first version began, that one. Raises: PackFault, PackFaults.
    """
    known = versions(contract)
    begun = [each for each in known if each.valid_from <= day]  # type: ignore[operator]
    return begun[-1] if begun else known[0]


loader.register_reader(
    "contracts", read_pack, run_situation, mark="contract", beside=beside
)
