"""What an interval of confidence is, and how wide: 95 per cent, two-sided."""

from typing import NamedTuple

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


class Interval(NamedTuple):
    """Limits at 95 per cent, both inside."""

    low: float
    high: float
