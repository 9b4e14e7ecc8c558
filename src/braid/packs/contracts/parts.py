"""Turn a document into a frozen dataclass of `method.contracts.shape`, going on after faults.

The shape itself is the schema: its fields are the keys, its annotations say what stands
there. A part with a fault is left out and the next one is read, so that an author sees
all of them at once.
"""

import dataclasses
import difflib
import re
import types
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import (
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from braid.kernel.errors import PackFault
from braid.method.contracts import shape
from braid.packs.reading import Document, Key

T = TypeVar("T")
# Keys of a file that are words of Python.
_KEYS: Mapping[type, Mapping[str, str]] = {
    shape.Word: {"among": "in"},
    shape.PayerPeriod: {"since": "from"},
}
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_KINDS: Mapping[type, str] = {
    str: "text; put a number or a day in quotes where it is meant as text",
    int: "a whole number",
    bool: "true or false",
    Decimal: "a number",
    date: "a day such as 2026-01-31",
}


class _Faulty:
    """Stands where a value could not be read."""


FAULTY = _Faulty()


def key_of(part: type, name: str) -> str:
    """Return the key of a file for a field of a part."""
    return _KEYS.get(part, {}).get(name, name)


def read_as(kind: type[T], document: Document) -> tuple[T | None, list[PackFault]]:
    """Return the document as a part of the shape, or None, and all faults of its form."""
    if document.data is None and document.faults:
        return None, list(document.faults)
    reader = _Reader(document)
    value = reader.take(kind, document.data, ())
    faults = [*document.faults, *reader.told]
    return (None if faults else cast(T, value)), faults


class _Reader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self.told: list[PackFault] = []

    def take(self, kind: Any, value: Any, at: Key) -> Any:
        """Return a value as what an annotation says, or FAULTY with a fault told."""
        if value is None:
            return self._tell(
                at, f"'{_named(at)}' has no value. Give it one, or take it out."
            )
        if kind is object:
            return value
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            return self._part(kind, value, at)
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self._one_of(get_args(kind), value, at)
        if origin is tuple:
            return self._list(get_args(kind)[0], value, at)
        if origin is Literal:
            return self._choice(get_args(kind), value, at)
        return self._plain(kind, value, at)

    def _tell(self, at: Key, message: str) -> _Faulty:
        self.told.append(self._document.fault(message, at))
        return FAULTY

    def _part(self, kind: type, value: Any, at: Key) -> Any:
        if not isinstance(value, dict):
            keys = ", ".join(_required(kind)) or ", ".join(_fields(kind))
            return self._expected(at, f"a mapping with keys such as {keys}")
        known = _fields(kind)
        taken: dict[str, Any] = {}
        for key, each in value.items():
            if key not in known:
                self._unknown((*at, str(key)), str(key), known)
            else:
                name, annotation = known[key]
                taken[name] = self.take(annotation, each, (*at, key))
        missing = [key for key in _required(kind) if key not in value]
        for key in missing:
            self._tell((*at, key), f"'{_named((*at, key))}' is missing. Add it.")
        if missing or FAULTY in taken.values() or set(value) - set(known):
            return FAULTY
        return kind(**taken)

    def _unknown(self, at: Key, key: str, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(key, list(known), 1)
        cure = (
            f"Did you mean '{near[0]}'?"
            if near
            else f"Known here are: {', '.join(known)}."
        )
        self._tell(at, f"'{_named(at)}' is not a known key. {cure}")

    def _one_of(self, kinds: tuple[Any, ...], value: Any, at: Key) -> Any:
        kinds = tuple(kind for kind in kinds if kind is not type(None))
        if len(kinds) == 1:
            return self.take(kinds[0], value, at)
        parts = {_mark(kind): kind for kind in kinds if dataclasses.is_dataclass(kind)}
        plain = [kind for kind in kinds if not dataclasses.is_dataclass(kind)]
        if isinstance(value, dict):
            found = [mark for mark in parts if mark in value]
            if len(found) == 1:
                return self.take(parts[found[0]], value, at)
            what = " and ".join(f"'{mark}'" for mark in found) or "none of them"
            return self._tell(
                at,
                f"'{_named(at)}' needs exactly one of the keys {', '.join(parts)}, "
                f"and has {what}. Keep one.",
            )
        if plain:
            return self.take(plain[0], value, at)
        return self._expected(at, f"a mapping with one of the keys {', '.join(parts)}")

    def _list(self, kind: Any, value: Any, at: Key) -> Any:
        if not isinstance(value, list):
            return self._expected(at, "a list")
        if not value:
            return self._tell(
                at, f"'{_named(at)}' is an empty list. Fill it, or take it out."
            )
        taken = [self.take(kind, each, (*at, n)) for n, each in enumerate(value)]
        return FAULTY if FAULTY in taken else tuple(taken)

    def _choice(self, known: tuple[Any, ...], value: Any, at: Key) -> Any:
        if value in known:
            return value
        return self._tell(
            at,
            f"'{_named(at)}' is '{value}'. Known are: {', '.join(map(str, known))}.",
        )

    def _plain(self, kind: type, value: Any, at: Key) -> Any:
        if kind is Decimal:
            return self._decimal(value, at)
        if kind is not type(value) or value == "" or str(value).isspace():
            return self._expected(at, _KINDS[kind])
        return value

    def _decimal(self, value: Any, at: Key) -> Any:
        if isinstance(value, bool) or not _DECIMAL.fullmatch(str(value)):
            return self._expected(at, f"{_KINDS[Decimal]} such as 16 or 7.5")
        return Decimal(str(value))

    def _expected(self, at: Key, what: str) -> _Faulty:
        return self._tell(at, f"'{_named(at)}' must be {what}.")


def _named(at: Key) -> str:
    return ".".join(map(str, at)) or "the file"


@cache
def _fields(kind: type) -> Mapping[str, tuple[str, Any]]:
    """Return the name and annotation of each field by the key that a file gives it."""
    hints = get_type_hints(kind)
    return {
        key_of(kind, each.name): (each.name, hints[each.name])
        for each in dataclasses.fields(cast(Any, kind))
        if each.init
    }


@cache
def _required(kind: type) -> tuple[str, ...]:
    return tuple(
        key_of(kind, each.name)
        for each in dataclasses.fields(cast(Any, kind))
        if each.init
        and each.default is dataclasses.MISSING
        and each.default_factory is dataclasses.MISSING
    )


def _mark(kind: Any) -> str:
    """Return the key by which one part of a choice is told from the others."""
    return _required(kind)[0]
