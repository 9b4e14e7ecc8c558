"""The band of weekly hours in which somebody worked while work lasted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from braid.method.sustained.periods import JobHours, amounts_by_period, unsure_periods
from braid.method.sustained.spreading import counted

Band = Literal["upper_band", "lower_band", "no_band", "hours_unknown"]


@dataclass(frozen=True, slots=True)
class BandRule:
    """Where one band ends and the next begins. Unit: hours a week, all jobs together.

    Exactly the edge lies in the upper band, with `above` in none. `mean` asks for the
    mean of the weeks, `min` for the lowest, `each` for all of them alike.
    """

    edge: Decimal = Decimal(16)
    edge_is: Literal["at_least", "above"] = "at_least"
    statistic: Literal["mean", "min", "each"] = "mean"

    def side(self, amount: int, weeks: int = 1) -> int:
        """Return on which side of the edge so many weeks lie: 1 upper, -1 lower, 0."""
        edge = counted(self.edge) * weeks
        if amount == edge:
            return 1 if self.edge_is == "at_least" else 0
        return 1 if amount > edge else -1


def hour_band(
    jobs: Sequence[JobHours], start: date, weeks: int, rule: BandRule
) -> Band:
    """Return the band of the first so many weeks from the start.

    Missing: hours not recorded leave the band unknown, unless those known are enough for
    the upper one.
    """
    amounts = amounts_by_period(jobs, "job_week", start)
    weekly = [amounts.get(number, 0) for number in range(weeks)]
    band = _band(weekly, rule)
    unsure = any(number < weeks for number in unsure_periods(jobs, "job_week", start))
    return "hours_unknown" if unsure and band != "upper_band" else band


def _band(weekly: Sequence[int], rule: BandRule) -> Band:
    sides = [rule.side(amount) for amount in weekly]
    found = {
        "mean": rule.side(sum(weekly), len(weekly)),
        "min": min(sides),
        "each": sides[0] if len(set(sides)) == 1 else 0,
    }[rule.statistic]
    bands: dict[int, Band] = {1: "upper_band", -1: "lower_band", 0: "no_band"}
    return bands[found]
