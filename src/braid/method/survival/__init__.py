"""Time until an event: curves, tests between groups, and means and medians of time.

    curve = survival.kaplan_meier(survival.Observation(20, True) for ...)
    curve = survival.curve_of(survival.from_arrays(durations, events))

A group of people is a `LifeTable`, made from observations or from arrays of days.
"""

from braid.method.statistics.spread import median, quantile
from braid.method.survival.arrays import by_group, from_arrays
from braid.method.survival.competing import Outcome, Share, cumulative_incidence
from braid.method.survival.curves import Curve, Step, curve_of, kaplan_meier
from braid.method.survival.estimands import (
    Estimand,
    common_horizon,
    naive_mean,
    time_to_first,
)
from braid.method.survival.life_tables import Day, LifeTable, Observation
from braid.method.survival.log_rank import GroupTest, LogRank, log_rank

__all__ = [
    "Curve",
    "Day",
    "Estimand",
    "GroupTest",
    "LifeTable",
    "LogRank",
    "Observation",
    "Outcome",
    "Share",
    "Step",
    "by_group",
    "common_horizon",
    "cumulative_incidence",
    "curve_of",
    "from_arrays",
    "kaplan_meier",
    "log_rank",
    "median",
    "naive_mean",
    "quantile",
    "time_to_first",
]
