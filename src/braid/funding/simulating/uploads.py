"""Contract files and files of bindings that somebody brings: read, and not kept."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from braid.method.contracts.shape import Bindings, Contract
from braid.packs import contracts

Read = TypeVar("Read")
LARGEST = 200_000  # bytes


def contract_of(content: bytes) -> Contract:
    """Return the contract of a file. Raises: PackFaults with every fault of it."""
    return _read(content, contracts.read_contract)


def bindings_of(content: bytes, contract: Contract) -> Bindings:
    """Return what a file fills into a contract. Raises: PackFaults."""
    return _read(content, lambda path: contracts.read_bindings(path, contract))


def _read(content: bytes, read: Callable[[Path], Read]) -> Read:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.yaml"
        path.write_bytes(content)
        return read(path)
