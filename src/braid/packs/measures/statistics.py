"""What a measure can say of how amounts are spread, and how it is worked out.

Each statistic reads two amounts of one word of every row that is counted; only the mean
of units reads sums. Ties, censoring and quantiles are those of `braid.method.survival`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from braid.method import survival
from braid.method.statistics.spread import Value, quantile_met
from braid.packs.shapes import Strict

NO_ROWS = "no_rows"
TOO_SHORT = "not_followed_long_enough"
NOT_REACHED = "not_reached"
NO_UNIT = "no_unit_with_a_denominator"
Number = int | float | Fraction
Pairs = Mapping[tuple[Any, Any], int]
"""How often each pair of the two amounts was met."""


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Amounts = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]
"""One amount, or several that are added."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statistic of `rows` rows; without a value there is a reason.

    `pairs` is what it was worked out from; none for the mean of units.
    """

    value: Fraction | float | None
    rows: int
    reason: str = ""
    pairs: Pairs = field(default_factory=dict)

    @property
    def curve(self) -> survival.Curve:
        """Return the Kaplan-Meier curve of its pairs, read as days and event."""
        return _curve(self.pairs)


class Spread(Strict):
    """An amount among the rows whose amount `among` is not 0."""

    of: str
    among: str

    @property
    def amounts(self) -> tuple[str, str]:
        """Return the two amounts that it reads."""
        return self.of, self.among

    def values(self, pairs: Pairs) -> list[Fraction]:
        """Return the amount of every row that it is about."""
        return [
            Fraction(of) for (of, among), n in pairs.items() if among for _ in range(n)
        ]

    def said(self, pairs: Pairs) -> Said:
        """Return the statistic of these rows."""
        met: Counter[Value] = Counter()
        for (of, among), n in pairs.items():
            met[of] += n if among else 0
        met = +met
        if not met:
            return Said(None, 0, NO_ROWS, pairs)
        return Said(self.worked_out(met), met.total(), "", pairs)

    def worked_out(self, met: Mapping[Value, int]) -> Fraction | None:
        """Return the middle of the values, of which each was met so often."""
        return quantile_met(met, Fraction(1, 2))


class Median(Spread):
    """The middle."""


class Quantile(Spread):
    """The value below which a share lies, by linear interpolation (type 7)."""

    at: float = Field(gt=0, lt=1)

    def worked_out(self, met: Mapping[Value, int]) -> Fraction | None:
        """Return the quantile of the values."""
        return quantile_met(met, Fraction(str(self.at)))


class Mean(Spread):
    """The sum over the number of rows."""

    def worked_out(self, met: Mapping[Value, int]) -> Fraction | None:
        """Return the mean of the values."""
        total = sum((Fraction(value) * n for value, n in met.items()), Fraction(0))
        return total / sum(met.values())


class Times(Strict):
    """Days until an event: the amounts that hold the days, and 1 where it came."""

    days: str
    event: str

    @property
    def amounts(self) -> tuple[str, str]:
        """Return the two amounts that it reads."""
        return self.days, self.event

    def said(self, pairs: Pairs) -> Said:
        """Return the statistic of everybody, those without the event among them."""
        followed = sum(pairs.values())
        if not followed:
            return Said(None, 0, NO_ROWS, pairs)
        value, why = self.worked_out(pairs)
        return Said(value, followed, "" if value is not None else why, pairs)

    def worked_out(self, pairs: Pairs) -> tuple[Fraction | float | None, str]:
        """Return the Kaplan-Meier median, else why there is none."""
        middle = _curve(pairs).median
        return (None if middle is None else Fraction(middle)), NOT_REACHED


class StartedBy(Times):
    """1 - Kaplan-Meier S(day)."""

    day: int = Field(gt=0)

    def worked_out(self, pairs: Pairs) -> tuple[float | None, str]:
        """Return the share with the event by the day."""
        waiting = _curve(pairs).survival_at(self.day)
        return (None if waiting is None else 1 - waiting), TOO_SHORT


class Restricted(Times):
    """The area under S up to `horizon`; by default to the longest time observed."""

    horizon: int | None = Field(default=None, gt=0)

    def worked_out(self, pairs: Pairs) -> tuple[float | None, str]:
        """Return the restricted mean."""
        # An engine may say whole days as decimals, which no float can be added to.
        horizon = self.horizon or int(max(days for days, _ in pairs))
        return _curve(pairs).restricted_mean(horizon), TOO_SHORT


class Naive(Times):
    """The mean with everybody without the event set to `horizon`.

    It is met in publications and says too little of those who waited less.
    """

    horizon: int = Field(gt=0)

    def worked_out(self, pairs: Pairs) -> tuple[Fraction, str]:
        """Return the mean, no time longer than the horizon."""
        total = sum(
            (min(days, self.horizon) if event else self.horizon) * n
            for (days, event), n in pairs.items()
        )
        return Fraction(total) / sum(pairs.values()), ""


class UnitMean(Strict):
    """The mean of the ratios of the units, each unit with the same weight."""

    of: Amounts
    to: Amounts

    def said(self, units: Mapping[Any, Mapping[str, int | Fraction]]) -> Said:
        """Return the mean over the units whose denominator is not 0."""
        ratios = [
            Fraction(sum(sums.get(name, Fraction(0)) for name in self.of)) / below
            for sums in units.values()
            if (below := Fraction(sum(sums.get(name, Fraction(0)) for name in self.to)))
        ]
        if not ratios:
            return Said(None, 0, NO_UNIT)
        return Said(sum(ratios, Fraction(0)) / len(ratios), len(ratios))


class Kinds(Strict):
    """The kinds of statistics; a statistic is one of them."""

    median: Median | None = None
    quantile: Quantile | None = None
    mean: Mean | None = None
    started_by: StartedBy | None = None
    km_median: Times | None = None
    rmst: Restricted | None = None
    naive: Naive | None = None
    unit_mean: UnitMean | None = None

    @model_validator(mode="after")
    def _one(self) -> "Kinds":
        if len([name for name in Kinds.model_fields if getattr(self, name)]) != 1:
            listed = ", ".join(f"'{name}'" for name in Kinds.model_fields)
            raise ValueError(f"give one of {listed}")
        return self

    @property
    def kind(self) -> str:
        """Return the name of its kind."""
        return next(name for name in Kinds.model_fields if getattr(self, name))

    @property
    def read(self) -> Spread | Times | UnitMean:
        """Return what it reads, which knows how it is worked out."""
        found: Spread | Times | UnitMean = getattr(self, self.kind)
        return found

    @property
    def amounts(self) -> tuple[str, ...]:
        """Return the two amounts that it reads of each row; none for sums."""
        return () if isinstance(self.read, UnitMean) else self.read.amounts


def _curve(pairs: Pairs) -> survival.Curve:
    return survival.kaplan_meier(
        survival.Observation(int(days), bool(event), n)
        for (days, event), n in pairs.items()
    )
