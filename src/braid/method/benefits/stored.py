"""Inputs and results as plain JSON values and back, the same every time.

Amounts become text, so that they stay exact; a stored calculation worked out again
from its stored inputs gives the same text.
"""

import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from braid.kernel.errors import InputFault
from braid.method.benefits.values import Inputs, Result


def plain(value: object) -> Any:
    """Return a value as dictionaries, lists, texts, whole numbers, truth and None."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: plain(getattr(value, each.name))
            for each in dataclasses.fields(value)
        }
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def inputs_from(given: object) -> Inputs:
    """Return inputs from plain values. Raises: InputFault naming the field."""
    return typing.cast(Inputs, _built(Inputs, given, "inputs"))


def result_from(given: object) -> Result:
    """Return a result from plain values. Raises: InputFault naming the field."""
    return typing.cast(Result, _built(Result, given, "result"))


def text_of(value: object) -> str:
    """Return a value as JSON with its keys in order: equal values, equal text."""
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, indent=1)


def digest(*values: object) -> str:
    """Return the SHA-256 of values, as hexadecimal text."""
    return hashlib.sha256(text_of(list(values)).encode()).hexdigest()


def _built(kind: Any, given: object, name: str) -> object:
    """Return plain values as the type that a field declares."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if given is None:
            return None
        return _built(next(p for p in parts if p is not type(None)), given, name)
    if origin is typing.Literal:
        if given not in parts:
            raise _wrong(name, f"one of {', '.join(map(str, parts))}")
        return given
    if origin is tuple:
        if not isinstance(given, list | tuple):
            raise _wrong(name, "a list")
        kinds = parts[:1] * len(given) if parts[1:] == (...,) else parts
        return tuple(
            _built(k, each, name) for k, each in zip(kinds, given, strict=True)
        )
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(given, Mapping):
            raise _wrong(name, "values by name")
        return {
            str(key): _built(parts[1], each, f"{name}.{key}")
            for key, each in given.items()
        }
    if dataclasses.is_dataclass(kind):
        return _object(typing.cast(type, kind), given, name)
    return _single(kind, given, name)


def _object(kind: type, given: object, name: str) -> object:
    if not isinstance(given, Mapping):
        raise _wrong(name, "values by name")
    kinds = _kinds(kind)
    for key in given:
        if key not in kinds:
            raise _wrong(f"{name}.{key}", f"one of {', '.join(kinds)}")
    needed = [
        each.name
        for each in dataclasses.fields(kind)
        if each.default is each.default_factory is dataclasses.MISSING
    ]
    for key in needed:
        if key not in given:
            raise _wrong(f"{name}.{key}", "a value")
    return kind(
        **{key: _built(kinds[key], given[key], f"{name}.{key}") for key in given}
    )


def _single(kind: Any, given: object, name: str) -> object:
    if kind is Decimal:
        return _amount(given, name)
    if kind is date:
        try:
            return given if isinstance(given, date) else date.fromisoformat(str(given))
        except ValueError:
            raise _wrong(name, "a day such as 2026-01-31") from None
    if kind is int and isinstance(given, bool):
        raise _wrong(name, "a whole number")
    if not isinstance(given, kind):
        words = {int: "a whole number", bool: "true or false", str: "a text"}
        raise _wrong(name, words.get(kind, kind.__name__))
    return given


def _amount(given: object, name: str) -> Decimal:
    try:
        amount = Decimal(given) if isinstance(given, int | str | Decimal) else None
    except InvalidOperation:
        amount = None
    # A binary fraction is not exact, and truth is no number.
    if amount is None or isinstance(given, bool) or not amount.is_finite():
        raise _wrong(name, 'an amount as text, such as "12.50"')
    return amount


@cache
def _kinds(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _wrong(name: str, expected: str) -> InputFault:
    return InputFault(
        f"The value of '{name}' is missing or cannot be read. Expected {expected}.",
        field=name,
        reason="value_wrong",
    )
