"""Walk through a document as it is written, whatever stands in it."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from braid.packs.reading import Key

Fault = tuple[Key, str]
"""Where in the document, and what is wrong there, in whole sentences."""
Found = tuple[Key, Mapping[str, Any]]
"""A mapping of the document and where it stands."""


def mappings(data: Any, at: Key = ()) -> Iterator[Found]:
    """Yield every mapping in `data`, from the outside in, as the file has them."""
    if isinstance(data, dict):
        yield at, data
        for name, each in data.items():
            yield from mappings(each, (*at, str(name)))
    elif isinstance(data, list):
        for number, each in enumerate(data):
            yield from mappings(each, (*at, number))


def listed(data: Mapping[str, Any], key: str, at: Key = ()) -> Iterator[Found]:
    """Yield the mappings of a list, each with its place; nothing where there is none."""
    found = data.get(key)
    for number, each in enumerate(found if isinstance(found, list) else ()):
        if isinstance(each, dict):
            yield (*at, key, number), each


def part(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return a mapping within another, an empty one where there is none."""
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def milestones(data: Mapping[str, Any]) -> Iterator[Found]:
    """Yield the milestones of a contract with their places."""
    return listed(data, "milestones")


def texts(value: Any) -> list[str]:
    """Return the texts of a list, nothing of anything else."""
    found = value if isinstance(value, list) else ()
    return [each for each in found if isinstance(each, str)]


def decimal(value: Any) -> Decimal | None:
    """Return a number as it is written, None for anything else."""
    try:
        found = None if isinstance(value, bool) else Decimal(str(value))
    except ArithmeticError:
        return None
    return found if found is not None and found.is_finite() else None


def known(what: Iterable[str]) -> str:
    """Return names to choose from, for the end of a sentence."""
    return ", ".join(what) or "none"
