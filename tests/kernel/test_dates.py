"""Days and periods: both ends inside, open ends, months of unequal length."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from braid.kernel.dates import (
    Period,
    add_days,
    add_months,
    days_between,
    easter_sunday,
    iso_week_start,
    quarter_id,
    quarter_period,
)
from braid.kernel.errors import InputFault

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(DAYS)
    length = draw(st.none() | st.integers(0, 2000))
    return Period(first, None if length is None else first + timedelta(length))


def test_period_refuses_to_end_before_it_begins():
    with pytest.raises(InputFault) as caught:
        Period(date(2026, 1, 2), date(2026, 1, 1))
    assert (caught.value.reason, caught.value.field) == ("period_reversed", "last_day")


def test_period_refuses_without_naming_the_days():
    with pytest.raises(InputFault) as caught:
        Period(date(2026, 1, 2), date(2026, 1, 1))
    assert "2026" not in str(caught.value)


@pytest.mark.parametrize(
    ("period", "day", "expected"),
    [
        pytest.param(("2026-01-05", "2026-01-09"), "2026-01-04", False, id="eve"),
        pytest.param(("2026-01-05", "2026-01-09"), "2026-01-05", True, id="first day"),
        pytest.param(("2026-01-05", "2026-01-09"), "2026-01-09", True, id="last day"),
        pytest.param(("2026-01-05", "2026-01-09"), "2026-01-10", False, id="day after"),
        pytest.param(("2026-01-05", None), "2036-01-05", True, id="open"),
    ],
)
def test_period_contains(period, day, expected):
    assert _period(*period).contains(date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(
            ("2026-01-01", "2026-01-09"),
            ("2026-01-10", None),
            False,
            id="adjoining days are apart",
        ),
        pytest.param(
            ("2026-01-01", "2026-01-10"),
            ("2026-01-10", "2026-01-20"),
            True,
            id="one day in common",
        ),
        pytest.param(("2026-01-01", None), ("2030-01-01", None), True, id="both open"),
    ],
)
def test_period_overlaps_either_way(one, other, expected):
    first, second = _period(*one), _period(*other)
    assert first.overlaps(second) is expected
    assert second.overlaps(first) is expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-01-04", 0, id="not begun"),
        pytest.param("2026-01-05", 1, id="first day"),
        pytest.param("2026-01-09", 5, id="last day"),
        pytest.param("2026-03-01", 5, id="long over"),
    ],
)
def test_period_days_counts_both_ends(as_of, expected):
    period = _period("2026-01-05", "2026-01-09")
    assert period.days(date.fromisoformat(as_of)) == expected


@given(periods(), periods())
def test_periods_overlap_when_the_later_first_day_lies_in_the_other(one, other):
    later = max(one.first_day, other.first_day)
    assert one.overlaps(other) is (one.contains(later) and other.contains(later))


@given(periods(), DAYS)
def test_a_day_is_in_a_period_when_it_adds_one_to_its_length(period, day):
    grown = period.days(day) - period.days(day - timedelta(1))
    assert period.contains(day) is (grown == 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        pytest.param("2026-01-31", 1, "2026-02-28", id="clamped"),
        pytest.param("2028-01-31", 1, "2028-02-29", id="clamped in a leap year"),
        pytest.param("2026-12-15", 1, "2027-01-15", id="over the year"),
        pytest.param("2026-01-15", -1, "2025-12-15", id="back"),
        pytest.param("2024-02-29", 12, "2025-02-28", id="a year from a leap day"),
        pytest.param("2026-05-05", 0, "2026-05-05", id="none"),
    ],
)
def test_add_months(day, months, expected):
    found = add_months(date.fromisoformat(day), months)
    assert found == date.fromisoformat(expected)


@given(DAYS, st.integers(-240, 240))
def test_add_months_lands_in_the_month_asked_for(day, months):
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day


@given(DAYS, st.integers(-5000, 5000))
def test_days_between_undoes_add_days(day, days):
    assert days_between(day, add_days(day, days)) == days


@given(DAYS)
def test_iso_week_start_is_the_monday_on_or_before(day):
    monday = iso_week_start(day)
    assert monday.isoweekday() == 1
    assert 0 <= days_between(monday, day) <= 6


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        pytest.param("2026-01-01", "2026Q1", id="new year"),
        pytest.param("2026-03-31", "2026Q1", id="end of March"),
        pytest.param("2026-04-01", "2026Q2", id="beginning of April"),
        pytest.param("2026-12-31", "2026Q4", id="end of the year"),
        pytest.param("0001-01-01", "0001Q1", id="first of all days"),
    ],
)
def test_quarter_id(day, quarter):
    assert quarter_id(date.fromisoformat(day)) == quarter


def test_quarter_period_of_a_leap_year():
    assert quarter_period("2028Q1") == Period(date(2028, 1, 1), date(2028, 3, 31))


@given(st.dates())
@example(date.min)
@example(date(999, 12, 31))
@example(date.max)
def test_a_day_lies_in_the_period_of_its_quarter(day):
    period = quarter_period(quarter_id(day))
    assert period.contains(day)
    assert 90 <= period.days(date.max) <= 92


@pytest.mark.parametrize(
    "text", ["2026Q5", "2026q1", "26Q1", "0000Q1", "2026Q1 ", "", "٢٠٢٦Q1"]
)
def test_quarter_period_refuses_what_is_no_quarter(text):
    with pytest.raises(InputFault) as caught:
        quarter_period(text)
    assert caught.value.reason == "quarter_unknown"


def _period(first: str, last: str | None) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))],
)
def test_easter_falls_on_its_day(year, sunday):
    assert easter_sunday(year) == sunday
