"""Raise all faults of a part of a pack at once, each at its own line."""

from collections.abc import Iterable

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

Fault = tuple[tuple[str | int, ...], str]
"""Where in the part, and what is wrong there (no full stop)."""


def refuse(faults: Iterable[Fault]) -> None:
    """Raise ValidationError with every fault; nothing where there is none."""
    details = [
        InitErrorDetails(
            type=PydanticCustomError("scale", "{told}", {"told": told}),
            loc=at,
            input=None,
        )
        for at, told in faults
    ]
    if details:
        raise ValidationError.from_exception_data("scale", details)
