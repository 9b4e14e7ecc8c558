"""Go through a project and change parts of it: a new project, the old one untouched."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from braid.voices.refi.shapes import SHAPES, Kind, Rule

_NESTED = (Kind.ONE, Kind.MANY, Kind.WRAPPED)
_INNER: dict[type, tuple[Rule, ...]] = {}


def inner(shape: type) -> tuple[Rule, ...]:
    """Return the rules of the children that have a shape of their own."""
    if shape not in _INNER:
        known = SHAPES.get(shape)
        children = known.children if known else ()
        _INNER[shape] = tuple(rule for rule in children if rule.kind in _NESTED)
    return _INNER[shape]


def walked(node: Any) -> Iterator[Any]:
    """Yield a node and all beneath it, what holds a thing before the thing."""
    yield node
    for rule in inner(type(node)):
        held = getattr(node, rule.field)
        if held is None:
            continue
        for each in held if isinstance(held, tuple) else (held,):
            yield from walked(each)


def rewritten(node: Any, change: Callable[[Any], Any]) -> Any:
    """Return a node with every part put through `change`, the innermost first.

    A part for which `change` returns None is left out.
    """
    changed = {}
    for rule in inner(type(node)):
        held = getattr(node, rule.field)
        if not held:
            continue
        if isinstance(held, tuple):
            put = tuple(
                one
                for one in (rewritten(each, change) for each in held)
                if one is not None
            )
            if len(put) != len(held) or any(
                new is not old for new, old in zip(put, held, strict=True)
            ):
                changed[rule.field] = put
        else:
            one = rewritten(held, change)
            if one is not held:
                changed[rule.field] = one
    return change(replace(node, **changed) if changed else node)
