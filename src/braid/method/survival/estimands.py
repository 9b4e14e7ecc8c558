"""Three ways to say how long a first job takes, and a fourth that others print.

They answer different questions, so none stands anywhere without its name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from braid.method.statistics.spread import mean, median
from braid.method.survival.curves import curve_of
from braid.method.survival.life_tables import LifeTable

Reason = Literal["", "no_rows", "not_reached", "not_followed_long_enough"]


@dataclass(frozen=True, slots=True)
class Estimand:
    """A mean or median time in days, of `n` people; without a value there is a reason.

    `is_selected`: only those who started are in it, so it says nothing about the rest.
    `is_naive`: who did not start counts as starting at the horizon, which is not so.
    """

    id: str
    value: Fraction | float | int | None
    n: int
    reason: Reason = ""
    is_selected: bool = False
    is_naive: bool = False


def common_horizon(tables: Iterable[LifeTable]) -> int | None:
    """Return the smallest of the groups' largest times, to which all can be compared.

    Missing: None without people. Empty groups do not count.
    """
    return min((table.last_time for table in tables if table.observed), default=None)


def time_to_first(
    table: LifeTable, horizon: int, *, compatible: bool = False
) -> tuple[Estimand, ...]:
    """Return the time to the first job by each estimand, in days.

    `ttfj_starters_mean`, `ttfj_starters_median`: among starters only. `ttfj_km`: the
    median of the curve. `ttfj_rmst_H`: the restricted mean to `horizon`. With
    `compatible` also `ttfj_naive_H`, as some publications have it.
    """
    curve, n = curve_of(table), table.observed
    restricted = curve.restricted_mean(horizon)
    found = [
        *_among_starters(table),
        Estimand("ttfj_km", curve.median, n, _why(n, curve.median, "not_reached")),
        Estimand(
            f"ttfj_rmst_{horizon}",
            restricted,
            n,
            _why(n, restricted, "not_followed_long_enough"),
        ),
    ]
    if compatible:
        naive = naive_mean(table, horizon)
        name = f"ttfj_naive_{horizon}"
        found.append(Estimand(name, naive, n, _why(n, naive, "no_rows"), is_naive=True))
    return tuple(found)


def naive_mean(table: LifeTable, horizon: int) -> Fraction | None:
    """Return the mean with everybody who did not start by `horizon` set to it.

    Compatible mode only: it takes who left or was not followed for starting that day.
    Missing: None without people.
    """
    early = [day for day in table.days if day.events and day.time < horizon]
    started = sum(day.events for day in early)
    total = sum(day.time * day.events for day in early)
    total += horizon * (table.observed - started)
    return Fraction(total, table.observed) if table.observed else None


def _among_starters(table: LifeTable) -> Sequence[Estimand]:
    times = [day.time for day in table.days for _ in range(day.events)]
    values = {"mean": mean(times), "median": median(times)}
    return [
        Estimand(
            f"ttfj_starters_{name}",
            value,
            len(times),
            _why(len(times), value, "no_rows"),
            is_selected=True,
        )
        for name, value in values.items()
    ]


def _why(n: int, value: object, otherwise: Reason) -> Reason:
    if not n:
        return "no_rows"
    return otherwise if value is None else ""
