"""What a contract leaves open: its parameters, what each stands for and where it stands."""

import dataclasses
import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from braid.method.contracts import shape
from braid.packs.contracts.parts import key_of

Use = Literal["amount", "number", "whole", "rounding", "condition"]
"""What a parameter is bound to; an open condition may also be bound to none."""
ROUNDINGS = ("up", "down", "nearest")


@dataclasses.dataclass(frozen=True, slots=True)
class Parameter:
    """An open value of a contract. `places` are the paths of the keys where it stands.

    A milestone stands in a path by its id, all else of a list by its number from 1.
    """

    name: str
    use: Use
    places: tuple[tuple[str, ...], ...]


def parameters(contract: shape.Contract) -> Mapping[str, Parameter]:
    """Return what a contract leaves open by name, milestones first."""
    found: dict[str, Parameter] = {}
    for name, use, place in _open(contract, shape.Contract, ()):
        known = found.get(name)
        places = (*known.places, place) if known else (place,)
        found[name] = Parameter(name, use, places)
    return found


def _open(
    value: Any, kind: Any, at: tuple[str, ...]
) -> Iterator[tuple[str, Use, tuple[str, ...]]]:
    if isinstance(value, shape.Open):
        yield value.parameter, _use(kind), at
    elif isinstance(value, tuple):
        inner = next((a for a in _arguments(kind) if get_origin(a) is tuple), kind)
        for number, each in enumerate(value, 1):
            named = each.id if isinstance(each, shape.Milestone) else str(number)
            yield from _open(each, get_args(inner)[0], (*at, named))
    elif dataclasses.is_dataclass(value):
        hints = get_type_hints(type(value))
        for field in dataclasses.fields(value):
            key = key_of(type(value), field.name)
            part = getattr(value, field.name)
            yield from _open(part, hints[field.name], (*at, key))


def _arguments(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else ()


def _use(kind: Any) -> Use:
    either = _arguments(kind)
    if shape.Known in either:
        return "amount"
    if shape.Word in either:
        return "condition"
    if int in either:
        return "whole"
    return "rounding" if any(get_origin(a) is Literal for a in either) else "number"
