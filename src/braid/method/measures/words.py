"""What a word of the vocabulary of measures is, and the periods it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib import import_module
from typing import TYPE_CHECKING, Any

from braid.kernel.dates import Period
from braid.kernel.errors import InputFault
from braid.method.competitive import Switches

if TYPE_CHECKING:
    import ibis

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
"""Facts as plain rows: every table of the schema by name, every column by its name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A period to be answered: its days, both inside; nothing is known after `as_of`.

    Words about a day (who is on the caseload) look at `last_day`.
    Raises: InputFault (`period_reversed`, `period_not_over`).
    """

    period: str
    first_day: date
    last_day: date
    as_of: date

    def __post_init__(self) -> None:
        Period(self.first_day, self.last_day)
        if self.last_day > self.as_of:
            raise InputFault(
                "The period ends after the last day of the facts. "
                "End it on that day or before.",
                field="last_day",
                reason="period_not_over",
            )

    @property
    def days(self) -> Period:
        """Return the days of the period."""
        return Period(self.first_day, self.last_day)

    @classmethod
    def on(cls, day: date, period: str = "on") -> Asked:
        """Return a single day as a period."""
        return cls(period, day, day, day)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or name that a measure gives a word. `kind` says how it is written."""

    about: str
    default: Any
    kind: str = "choice"
    choices: tuple[str, ...] = ()

    def read(self, name: str, value: Any) -> Any:
        """Return a value of a data file as the word takes it.

        Raises: InputFault (`parameter_value`) for a value that it cannot take.
        """
        try:
            return _READ[self.kind](self, value)
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise InputFault(
                f"The parameter '{name}' cannot be '{value}'. "
                f"Expected is {self._expected}.",
                field=name,
                reason="parameter_value",
            ) from error

    @property
    def _expected(self) -> str:
        shown = ", ".join(self.choices)
        return {
            "choice": f"one of {shown}",
            "switches": f"a list of {shown}",
            "codes": f"a list of {shown}",
            "hours": "a number of hours, or nothing for no minimum",
            "number": "a whole number from 0",
            "limit": "a whole number from 0, or nothing for no limit",
            "amount": "a number",
            "truth": "true or false",
        }[self.kind]

    def _choice(self, value: Any) -> str:
        return {name: name for name in self.choices}[value]

    def _switches(self, value: Any) -> Switches:
        return Switches(**{self._choice(name): True for name in value})

    def _codes(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, str):
            raise TypeError
        return tuple(self._choice(name) for name in value)

    def _hours(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    def _number(self, value: Any) -> int:
        number = int(str(value))
        if number < 0:
            raise ValueError
        return number

    def _limit(self, value: Any) -> int | None:
        return None if value is None else self._number(value)

    def _amount(self, value: Any) -> Decimal:
        return Decimal(str(value))

    def _truth(self, value: Any) -> bool:
        return {True: True, False: False}[value]


_READ: Mapping[str, Callable[[Parameter, Any], Any]] = {
    "choice": Parameter._choice,
    "switches": Parameter._switches,
    "codes": Parameter._codes,
    "hours": Parameter._hours,
    "number": Parameter._number,
    "limit": Parameter._limit,
    "amount": Parameter._amount,
    "truth": Parameter._truth,
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word: what it counts, and two functions of one meaning.

    `reference` is plain Python over rows; `ask` the same as an Ibis expression. Both
    stand in modules named after the word's `family` and bear the word's name. They
    return the same rows, one for each thing counted and period, with `columns`.

    A figure is a sum of an amount over all rows, those with `left_out` included: what
    such a row may not add to, it has as 0. A ratio is one such sum over another.
    """

    name: str
    family: str
    about: str
    ids: tuple[str, ...]
    amounts: Mapping[str, str]
    keys: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    decimals: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of a row: period, unit, ids, keys, amounts, left out."""
        named = dict.fromkeys((*self.ids, *self.keys, *self.amounts))
        return ("period", "unit_id", *named, "left_out")

    @property
    def reference(self) -> Callable[..., list[dict[str, Any]]]:
        """Return the plain function: `reference(tables, asked, **parameters)`."""
        return self._function("braid.method.measures.reference")

    @property
    def ask(self) -> Callable[..., ibis.Table]:
        """Return the Ibis function: `ask(tables, asked, **parameters)`."""
        return self._function("braid.method.measures")

    def _function(self, package: str) -> Callable[..., Any]:
        # Only now: a program that never asks need not load Ibis.
        found: Callable[..., Any] = getattr(
            import_module(f"{package}.{self.family}"), self.name
        )
        return found

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return all parameters as the functions take them, from those of a data file.

        Raises: InputFault (`parameter_unknown`, `parameter_value`).
        """
        unknown = sorted(set(given) - set(self.parameters))
        if unknown:
            known = ", ".join(self.parameters) or "none"
            raise InputFault(
                f"The word '{self.name}' has no parameter '{unknown[0]}'. "
                f"Its parameters: {known}.",
                field=unknown[0],
                reason="parameter_unknown",
            )
        return {
            name: parameter.read(name, given[name])
            if name in given
            else parameter.default
            for name, parameter in self.parameters.items()
        }

    def row(self, **values: Any) -> dict[str, Any]:
        """Return a row: amounts not given are 0, all else not given is None."""
        blank = {name: 0 if name in self.amounts else None for name in self.columns}
        return blank | values


BASIS = Parameter(
    "The day from which an episode is on the caseload.",
    "accepted",
    choices=("referred", "accepted", "entered", "profile"),
)
PROFILE = Parameter(
    "How a job with an open test is taken: strict leaves it undetermined, as_coded "
    "takes the service's own placement code.",
    "strict",
    choices=("strict", "as_coded"),
)
SWITCHES = Parameter(
    "The subsidised placements that count in this country.",
    Switches(),
    "switches",
    choices=("wage_subsidy", "flex_job", "wage_compensation"),
)
MIN_PAID_HOURS = Parameter(
    "The paid hours in all from which a job is a start.", Decimal(4), "hours"
)
GROUPS = (
    *("gender", "age_band", "diagnosis_group", "benefit_at_entry", "prior_work"),
    *("origin", "distance_band", "education_level"),
)
"""What figures can be told by to see whether all are served alike."""
GROUP = Parameter(
    "What the key `group` holds: one thing that is known of the episode, or nothing. "
    "A group that is not known is null.",
    "none",
    choices=("none", *GROUPS),
)
AREA = "area"
GROUP_OR_AREA = Parameter(
    f"{GROUP.about} The area is that in which the person lived on the day.",
    "none",
    choices=(*GROUP.choices, AREA),
)
