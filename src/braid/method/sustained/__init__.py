"""Sustained work of one person: whether it lasted, on which day, and how surely.

Days in the same or a next job (`days`), weeks or months with enough work (`periods`),
and hours or pay spread over the days that they were earned on (`spreading`).
"""

from braid.method.sustained.bands import Band, BandRule, hour_band
from braid.method.sustained.days import Boundary, DaysRule, Stay, by_days
from braid.method.sustained.milestones import Milestone, Status
from braid.method.sustained.periods import (
    JobHours,
    PeriodsRule,
    Unit,
    amounts_by_period,
    by_periods,
    period_days,
    period_number,
)
from braid.method.sustained.spreading import Spread

__all__ = [
    "Band",
    "BandRule",
    "Boundary",
    "DaysRule",
    "JobHours",
    "Milestone",
    "PeriodsRule",
    "Spread",
    "Status",
    "Stay",
    "Unit",
    "amounts_by_period",
    "by_days",
    "by_periods",
    "hour_band",
    "period_days",
    "period_number",
]
