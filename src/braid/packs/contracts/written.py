"""A part of a contract as a file writes it: the way back from the shape to a document."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

from braid.packs.contracts.parts import key_of


def written(part: Any) -> Any:
    """Return a part as a file writes it, without what it leaves at its default.

    Decimals are text, so that nothing is lost on the way through JSON.
    """
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        return {
            key_of(type(part), each.name): written(getattr(part, each.name))
            for each in dataclasses.fields(part)
            if each.init and not _is_default(each, getattr(part, each.name))
        }
    if isinstance(part, tuple):
        return [written(each) for each in part]
    if isinstance(part, Decimal):
        return f"{part:f}"
    return part.isoformat() if isinstance(part, date) else part


def _is_default(field: Any, value: Any) -> bool:
    return value is None or (
        field.default is not dataclasses.MISSING and value == field.default
    )
