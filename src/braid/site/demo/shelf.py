"""Packs that only the demo has: a contract that is invented as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from braid.packs import loader

FOLDER = Path(__file__).parent / "packs"


def use() -> None:
    """Read the packs of the demo beside all others, for as long as the program runs."""
    known = loader.folders()
    if FOLDER not in known:
        loader.use_folders([*known, FOLDER])


@contextmanager
def at_hand() -> Iterator[None]:
    """Read the packs of the demo beside all others, and then no longer."""
    known = loader.folders()
    use()
    try:
        yield
    finally:
        loader.use_folders(known)
