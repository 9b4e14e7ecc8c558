"""Raw quantities: which keys a word reads, and what each may be. Nothing is coerced.

Counts are whole numbers; ratios, means and percentages may also be decimals as text.
Values are never repeated in a sentence.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from braid.kernel.errors import InputFault

NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?|[0-9]{1,15}/0*[1-9][0-9]{0,14}")
WHOLE = 10**15
PHASES = 6

Check = Callable[[object], Any]


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value < WHOLE:
        raise ValueError("a whole number from 0")
    return value


def _number(value: object) -> Fraction:
    if isinstance(value, Decimal):
        value = str(value)
    if isinstance(value, Fraction) and value >= 0:
        return value
    if type(value) is int and 0 <= value < WHOLE:
        return Fraction(value)
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return Fraction(value)
    raise ValueError('a number from 0, whole or as text: "20.5"')


def _percent(value: object) -> Fraction:
    try:
        number = _number(value)
    except ValueError:
        number = Fraction(101)
    if number > 100:
        raise ValueError('a percentage from 0 to 100, whole or as text: "64.9"')
    return number


def _phases(value: object) -> int:
    if type(value) is not int or not 0 <= value <= PHASES:
        raise ValueError(f"a whole number from 0 to {PHASES}")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _listed(each: Check, what: str) -> Check:
    def check(value: object) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise ValueError(f"a list of {what}")
        try:
            return [each(one) for one in value]
        except ValueError:
            raise ValueError(f"a list of {what}") from None

    return check


def _count(value: object) -> int:
    if _whole(value) == 0:
        raise ValueError("a whole number from 1")
    return _whole(value)


def _signals(value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("figures by name")
    return {str(name): figure for name, figure in value.items()}


CHECKS: Mapping[str, Check] = {
    "whole": _whole,
    "number": _number,
    "percent": _percent,
    "phases": _phases,
    "truth": _truth,
    "days": _listed(_whole, "whole numbers of days from 0"),
    "counts": _listed(_count, "whole numbers from 1"),
    "signals": _signals,
    "names": _listed(lambda value: str(value), "names"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """One raw quantity: its kind or its choices, and whether it may be unknown."""

    name: str
    kind: str = "whole"
    choices: tuple[str, ...] = ()
    may_be_unknown: bool = False

    def read(self, value: object) -> Any:
        """Return a value as the engine takes it. Raises: InputFault (`input_unfit`)."""
        if value is None:
            if self.may_be_unknown:
                return None
            raise self.unfit("a value: it cannot be unknown here")
        if self.choices:
            if value not in self.choices:
                raise self.unfit(f"one of {', '.join(self.choices)}")
            return value
        try:
            return CHECKS[self.kind](value)
        except ValueError as wanted:
            raise self.unfit(str(wanted)) from None

    def unfit(self, wanted: str) -> InputFault:
        """Return the fault of a value that is not as wanted."""
        return InputFault(
            f"'{self.name}' cannot be used. Expected is {wanted}.",
            field=self.name,
            reason="input_unfit",
        )


@dataclass(frozen=True, slots=True)
class Form:
    """Keys that belong together: one way to give the quantities of an item."""

    keys: tuple[Key, ...]
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset(key.name for key in self.keys))


def read(
    given: Mapping[str, object], forms: Sequence[Form], *, item: int
) -> dict[str, Any]:
    """Return the quantities of an item, checked.

    Raises: InputFault (`input_unknown`, `input_missing`, `input_unfit`).
    """
    must_be_mapping(given)
    for form in forms:
        if form.names == given.keys():
            return {key.name: key.read(given[key.name]) for key in form.keys}
    known = sorted({name for form in forms for name in form.names})
    unknown = sorted(str(name) for name in given if name not in known)
    if unknown:
        raise InputFault(
            f"Item {item} takes no '{unknown[0]}'. Known are {_ways(forms)}.",
            field="input",
            reason="input_unknown",
        )
    form = max(
        forms, key=lambda each: (len(each.names & given.keys()), -len(each.keys))
    )
    extra = sorted(given.keys() - form.names)
    if extra:
        raise InputFault(
            f"Item {item} does not take '{extra[0]}' together with the others. Known "
            f"are {_ways(forms)}.",
            field="input",
            reason="input_unknown",
        )
    missing = [key.name for key in form.keys if key.name not in given]
    if missing:
        raise InputFault(
            f"Item {item} needs '{missing[0]}' as well. Known are {_ways(forms)}.",
            field="input",
            reason="input_missing",
        )
    return {key.name: key.read(given[key.name]) for key in form.keys}


def must_be_mapping(given: object) -> None:
    """Raise InputFault (`input_unfit`) unless quantities are given by name."""
    if not isinstance(given, Mapping):
        raise InputFault(
            "The quantities of an item are given by name, as one JSON object.",
            field="input",
            reason="input_unfit",
        )


def must_not_exceed(
    part: int | Fraction | None, whole: int | Fraction, names: tuple[str, str]
) -> None:
    """Raise InputFault (`input_unfit`) where a part is larger than its whole."""
    if part is not None and part > whole:
        raise InputFault(
            f"'{names[0]}' cannot be larger than '{names[1]}'. Correct one of them.",
            field=names[0],
            reason="input_unfit",
        )


def _ways(forms: Sequence[Form]) -> str:
    ways = [", ".join(key.name for key in form.keys) for form in forms]
    return "; or ".join(ways)
