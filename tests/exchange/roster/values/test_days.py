"""Days as people type them. What does not exist is asked about, never rolled over."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.exchange.roster.lexicon import lexicon
from braid.exchange.roster.values.days import (
    EPOCH,
    Day,
    DayReader,
    looks_like_day,
    proven_order,
)

AS_OF = date(2026, 6, 30)
MONTHS = lexicon().months
APRIL = date(2025, 4, 3)
DAYS = st.dates(date(2000, 1, 1), date(2045, 12, 31))


def read(value, order="dmy", birth=False):
    return DayReader(order, AS_OF, MONTHS, birth=birth).read(value)


@pytest.mark.parametrize(
    "typed",
    [
        "03/04/2025",
        "3/4/25",
        "3-Apr-25",
        "03.04.2025",
        "3.4.2025.",
        "3 / 4 / 2025",
        "3-4-2025",
        "3\xa04\xa02025",
        "2025-04-03",
        "2025/4/3",
        "2025-04-03 00:00:00",
        "2025-04-03T09:30",
        "03/04/2025 09:30",
        "20250403",
        20250403,
        "3 April 2025",
        "3rd of April 2025",
        "April 3, 2025",
        "Thu 3 Apr 2025",
        "3. april 2025",
        "3 avr 2025".replace("avr", "apr"),
        "  03/04/2025 ",
        date(2025, 4, 3),
        datetime(2025, 4, 3, 9, 30),
    ],
)
def test_same_day_is_read_however_it_is_typed(typed):
    assert read(typed) == Day(APRIL)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("3. marts 2025", 3),
        ("3 mrt 2025", 3),
        ("3. märz 2025", 3),
        ("3-okt-2025", 10),
        ("3 dez 2025", 12),
        ("3 maj 2025", 5),
        ("3 augustus 2025", 8),
    ],
)
def test_months_are_known_in_every_language(typed, month):
    assert read(typed).day == date(2025, month, 3)


@pytest.mark.parametrize(
    "typed",
    ["31/06/2026", "30.2.2025", "29/2/2025", "31-Apr-25", "13/13/2025", "2025-02-30",
     "00/04/2025", "20251301"],
)  # fmt: skip
def test_day_that_does_not_exist_is_no_other_day(typed):
    assert read(typed) == Day(None, "impossible_date")


@pytest.mark.parametrize("typed", ["soon", "3/4", "April 2025", "12", 7, True, "3/4/5"])
def test_what_is_no_day_is_not_made_one(typed):
    assert read(typed) == Day(None, "unreadable_date")


@pytest.mark.parametrize("typed", ["45750", 45750, 45750.0, "45750.0"])
def test_day_number_of_a_spreadsheet_is_read_and_told(typed):
    assert read(typed) == Day(APRIL, "serial_number_date")


def test_leap_day_exists_in_a_leap_year():
    assert read("29/2/2024") == Day(date(2024, 2, 29))


@pytest.mark.parametrize(
    ("order", "typed", "problem"),
    [
        ("mdy", "21/9/2026", "day_before_month"),
        ("dmy", "9/21/2026", "month_before_day"),
    ],
)
def test_only_reading_that_is_a_day_is_taken_and_told(order, typed, problem):
    assert read(typed, order) == Day(date(2026, 9, 21), problem)


def test_order_that_nobody_stated_is_asked_only_where_it_matters():
    assert read("3/4/2025", None) == Day(None, "ambiguous_date")
    assert read("13/4/2025", None) == Day(date(2025, 4, 13))
    assert read("4/4/2025", None) == Day(date(2025, 4, 4))
    assert read("3.4.2025", None) == Day(APRIL)  # points are always day first


@pytest.mark.parametrize(
    ("typed", "birth", "year"),
    [("1/1/24", False, 2024), ("1/1/46", False, 2046), ("1/1/47", False, 1947),
     ("1/1/65", True, 1965), ("1/1/05", True, 2005), ("1/1/13", True, 1913)],
)  # fmt: skip
def test_century_of_two_figures(typed, birth, year):
    assert read(typed, birth=birth).day.year == year


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["3/4/2025", "13/4/2025"], "dmy"),
        (["3/4/2025", "4/13/2025"], "mdy"),
        (["3/4/2025", "4/5/2025"], None),
        (["13/4/2025", "4/13/2025"], None),
        (["2025-04-13", "3/4/2025"], None),
        ([None, 7, date(2025, 4, 13)], None),
    ],
)
def test_column_proves_its_order_or_nothing(texts, order):
    assert proven_order(texts) == order


@pytest.mark.parametrize(
    ("value", "is_day"),
    [("31/06/2026", True), ("3-Apr-25", True), (date(2025, 1, 1), True),
     ("2025-04-03", True), ("07700 900142", False), ("3 visits 25", False),
     ("12", False), (45750, False), (None, False)],
)  # fmt: skip
def test_what_looks_like_a_day(value, is_day):
    assert looks_like_day(value, MONTHS) is is_day


@given(
    DAYS,
    st.sampled_from(
        ["%d/%m/%Y", "%d-%m-%y", "%d.%m.%Y", "%Y-%m-%d", "%d %b %Y", "%Y%m%d"]
    ),
)
def test_written_day_is_read_back(day, form):
    assert read(day.strftime(form)) == Day(day)


@given(DAYS)
def test_american_day_is_read_back(day):
    assert read(f"{day.month}/{day.day}/{day.year}", "mdy") == Day(day)


@given(DAYS)
def test_day_number_is_read_back(day):
    assert read((day - EPOCH).days).day == day


@given(st.integers(1, 40), st.integers(1, 20), st.integers(1990, 2040))
def test_figures_are_a_day_as_they_stand_or_none_at_all(day, month, year):
    found = read(f"{day}/{month}/{year}").day
    if found is not None:
        assert {found.day, found.month} == {day, month}
        assert found.year == year


@given(DAYS, DAYS)
def test_order_proven_by_a_column_reads_it_right(one, other):
    texts = [f"{day.day}/{day.month}/{day.year}" for day in (one, other)]
    order = proven_order(texts)
    assert order in ("dmy", None)
    if order:
        assert [read(text, order).day for text in texts] == [one, other]


def test_no_text_is_read_as_a_day_far_away():
    assert read("1/1/99").day == date(1999, 1, 1)
    assert read("1/1/46").day - AS_OF < timedelta(days=366 * 21)
