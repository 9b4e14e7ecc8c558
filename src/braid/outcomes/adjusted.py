"""Groups compared with other things held equal: hazard ratios of a Cox regression.

Source: D. R. Cox, Regression models and life-tables (1972), ties after B. Efron (1977).
The model is fitted by lifelines, of the optional extra `stats`, loaded when asked for.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from types import ModuleType

Value = str | int | float | bool | None
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
MOST_VALUES = 20
EVENTS_A_TERM = 10


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody followed for `days`; `known` holds the group and what is held equal."""

    days: int
    event: bool
    known: Mapping[str, Value]

    def is_known(self, *columns: str) -> bool:
        """Say whether there is a value of every column."""
        return all(self.known.get(name) not in (None, "") for name in columns)


@dataclass(frozen=True, slots=True)
class HazardRatio:
    """How much sooner the event comes, other terms equal; above 1 is sooner.

    `level` against `reference`; of a number, for each one more, and both are None. Limits
    at 95 per cent.
    """

    column: str
    level: str | None
    reference: str | None
    value: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A fitted model: of how many people, who was left out, and each term's ratio.

    `is_thin`: fewer than ten events a term, so that the ratios may be far off.
    """

    n: int
    events: int
    left_out: int
    ratios: tuple[HazardRatio, ...]
    is_thin: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the model as JSON has it."""
        return {
            "method": "cox_efron",
            "n": self.n,
            "events": self.events,
            "left_out": self.left_out,
            "is_thin": self.is_thin,
            "hazard_ratios": [asdict(ratio) for ratio in self.ratios],
        }


@dataclass(frozen=True, slots=True)
class _Term:
    column: str
    level: str | None
    reference: str | None
    values: tuple[float, ...]


def is_available() -> bool:
    """Say whether the extra `stats` is installed."""
    return find_spec("lifelines") is not None


def adjusted(
    people: Sequence[Person], *, group: str | None, equal: Sequence[str]
) -> Adjusted:
    """Return the hazard ratios of a `group` and of what is held `equal`, by name.

    The group, and a column of words, has a term for each word against the one that
    comes first; a column of numbers has one term. Whoever lacks a value is left out and
    counted. Raises InputFault where the extra is missing (`extra_missing`) or no model
    can be fitted.
    """
    library = _library()
    columns = list(dict.fromkeys([*([group] if group else []), *equal]))
    whole = [one for one in people if one.is_known(*columns)]
    terms = [
        term for name in columns for term in _terms(whole, name, words=name == group)
    ]
    events = sum(one.event for one in whole)
    if not terms or events < len(terms):
        raise InputFault(
            f"There are {events} events among those whose values are known, too few "
            f"for {len(terms)} terms. Hold fewer things equal.",
            field="adjust",
            reason="too_few_events",
        )
    return Adjusted(
        n=len(whole),
        events=events,
        left_out=len(people) - len(whole),
        ratios=_fitted(library, whole, terms),
        is_thin=events < EVENTS_A_TERM * len(terms),
    )


def _library() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return import_module("lifelines")
        except ImportError as error:
            raise InputFault(
                "An adjusted comparison needs the optional extra 'stats', which is not "
                "in this installation. Install it with: pip install 'braid-ips[stats]'.",
                field="adjust",
                reason="extra_missing",
            ) from error


def _terms(people: Sequence[Person], column: str, *, words: bool) -> list[_Term]:
    """Return the terms of a column. Raises InputFault where it cannot be one."""
    cells = [one.known[column] for one in people]
    levels = list(dict.fromkeys(map(str, cells)))
    if people and len(levels) < 2:
        raise InputFault(
            f"The column '{column}' has one value for everybody, so nothing is held "
            "equal by it. Leave it out.",
            field="adjust",
            reason="one_value",
        )
    if not words and all(NUMBER.fullmatch(level) for level in levels):
        return [_Term(column, None, None, tuple(float(str(cell)) for cell in cells))]
    if len(levels) > MOST_VALUES:
        raise InputFault(
            f"The column '{column}' has {len(levels)} different words; a comparison "
            f"takes {MOST_VALUES} at most. Put them into fewer groups.",
            field="adjust",
            reason="too_many_values",
        )
    reference, *others = levels or [""]
    return [
        _Term(column, level, reference, tuple(float(str(c) == level) for c in cells))
        for level in others
    ]


def _fitted(
    library: ModuleType, people: Sequence[Person], terms: Sequence[_Term]
) -> tuple[HazardRatio, ...]:
    pandas = import_module("pandas")
    names = [f"term_{n}" for n in range(len(terms))]
    columns = dict(zip(names, (term.values for term in terms), strict=True))
    columns["days"] = tuple(float(one.days) for one in people)
    columns["event"] = tuple(float(one.event) for one in people)
    model = library.CoxPHFitter()
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        try:
            model.fit(pandas.DataFrame(columns), duration_col="days", event_col="event")
        except (
            library.exceptions.ConvergenceError,
            ValueError,
            ArithmeticError,
        ) as error:
            raise _unsettled() from error
    if any(
        issubclass(w.category, library.exceptions.ConvergenceWarning) for w in raised
    ):
        raise _unsettled()
    summary = model.summary
    return tuple(
        HazardRatio(
            column=term.column,
            level=term.level,
            reference=term.reference,
            value=float(summary.loc[name, "exp(coef)"]),
            low=float(summary.loc[name, "exp(coef) lower 95%"]),
            high=float(summary.loc[name, "exp(coef) upper 95%"]),
            p=float(summary.loc[name, "p"]),
        )
        for name, term in zip(names, terms, strict=True)
    )


def _unsettled() -> InputFault:
    return InputFault(
        "These people can be told apart too well, or two columns say the same: the "
        "model does not settle. Hold fewer things equal.",
        field="adjust",
        reason="no_convergence",
    )
