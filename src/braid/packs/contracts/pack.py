"""A contract file as a pack: what it says, and which of its values are open."""

from dataclasses import dataclass
from pathlib import Path

from braid.kernel.errors import PackFault, PackFaults
from braid.method.contracts.shape import Contract
from braid.packs.contracts.faults import faults_of
from braid.packs.contracts.faults.days import beside
from braid.packs.contracts.parameters import parameters
from braid.packs.contracts.parts import read_as
from braid.packs.reading import Document, read
from braid.packs.shapes import Source


@dataclass(frozen=True, slots=True)
class ContractPack:
    """One version of a contract, with what every pack says of itself."""

    contract: Contract

    @property
    def id(self) -> str:
        """Return the id of the contract, the same in all its versions."""
        return self.contract.contract

    @property
    def version(self) -> str:
        """Return the number of the version as the loader orders it."""
        return str(self.contract.version)

    @property
    def source(self) -> Source:
        """Return where the rules are written."""
        return Source(title=self.contract.source)

    @property
    def open_values(self) -> list[str]:
        """Return the parameters that whoever holds the contract fills in, on one line."""
        names = ", ".join(parameters(self.contract))
        return [f"open: {names}"] if names else []


def read_pack(document: Document) -> tuple[ContractPack | None, list[PackFault]]:
    """Return a contract file as a pack, or None, and every fault of it."""
    found, faults = read_as(Contract, document)
    faults += [document.fault(told, at) for at, told in faults_of(document)]
    return (ContractPack(found) if found and not faults else None), faults


def read_versions(path: Path) -> tuple[Contract, ...]:
    """Return the contract of a file with its earlier versions in the folder of the file.

    Raises: PackFaults with every fault of all of them.
    """
    document = read(path)
    name = document.data.get("contract") if isinstance(document.data, dict) else None
    around = (read(each) for each in sorted(path.parent.glob("*.yaml")) if each != path)
    of_it = [d for d in around if isinstance(d.data, dict) and _name(d) == name]
    found = [read_pack(each) for each in (document, *of_it)]
    faults = [fault for _pack, told in found for fault in told]
    faults += beside([document, *of_it])
    if faults:
        raise PackFaults(faults)
    contracts = [pack.contract for pack, _told in found if pack]
    last = contracts[0].version
    ordered = sorted(contracts, key=lambda each: each.version)
    return tuple(each for each in ordered if each.version <= last)


def _name(document: Document) -> object:
    return document.data.get("contract")


def read_contract(path: Path) -> Contract:
    """Return the contract of one file outside a folder of packs. Raises: PackFaults."""
    pack, faults = read_pack(read(path))
    if pack is None:
        raise PackFaults(faults)
    return pack.contract
