"""What publications printed, worked out again from their counts."""

import pytest
from tests.method.statistics import published_rows as published

from braid.method.statistics.rounding import ceil_target, half_up
from braid.method.statistics.two_groups import compare

ACCEPTED = [pytest.param(row, id=published.name(row)) for row in published.accepted()]


def worked_out(row):
    """The value and limits of a row, in the unit in which it was printed."""
    statistic = row["statistic"]
    if statistic == "proportion":
        counts = published.counted()[*published.key(row), row["arm"]]
        return compare(*counts, *counts).rates[0] * 100, None, None
    if statistic == "ceil_target":
        return ceil_target(0.65, int(row["n"])), None, None
    one, other = published.arms_of(row)
    found = compare(*one, *other)
    if statistic.startswith("risk_difference"):
        difference = found.risk_difference
        return difference.value * 100, difference.low * 100, difference.high * 100
    if statistic == "odds_ratio":
        return found.odds_ratio.value, found.odds_ratio.low, found.odds_ratio.high
    return {
        "chi_square_no_continuity": (found.chi2, None, None),
        "nnt": (found.needed_to_treat.value, None, None),
    }[statistic]


def test_all_rows_that_must_be_met_are_here():
    assert len(ACCEPTED) == 42


@pytest.mark.parametrize("row", ACCEPTED)
def test_row_is_met(row):
    decimals = int(row["decimals"])
    for printed, found in zip(published.printed(row), worked_out(row), strict=True):
        if printed is not None:
            assert half_up(found, decimals) == printed


def test_a_difference_is_rounded_last():
    # 46 and 11 per cent are 36 points apart, as printed, not 35.
    found = compare(19, 41, 5, 47)
    one, other = (half_up(rate * 100) for rate in found.rates)
    assert (one, other, half_up(found.risk_difference.value * 100)) == (46, 11, 36)
