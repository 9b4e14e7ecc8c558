"""Numbers, durations, hours and pay as people type them."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.exchange.roster.lexicon import lexicon
from braid.exchange.roster.values.numbers import (
    Number,
    Pay,
    proven_mark,
    read_hours,
    read_minutes,
    read_number,
    read_pay,
)

WORDS = lexicon()


def words(name):
    return {
        word: meaning
        for language in WORDS.values[name].values()
        for word, meaning in language.items()
    }


UNITS, PAY_UNITS = words("duration"), words("pay_unit")


@pytest.mark.parametrize(
    ("typed", "mark", "number"),
    [
        (40, ".", "40"),
        (22.5, ",", "22.5"),
        (13.600000000000001, ".", "13.6"),
        ("22.5", ".", "22.5"),
        ("22,5", ",", "22.5"),
        ("22,5", ".", "22.5"),
        ("22.5", ",", "22.5"),
        ("22,5", None, "22.5"),
        ("1.234,5", None, "1234.5"),
        ("1,234.5", None, "1234.5"),
        ("1.234", ",", "1234"),
        ("1,234", ".", "1234"),
        ("1.234", ".", "1.234"),
        ("0,375", None, "0.375"),
        ("1.234.567", None, "1234567"),
        ("1 234,5", ",", "1234.5"),
        ("1'234.5", ".", "1234.5"),
        ("-3", ".", "-3"),
        ("\u22123", ".", "-3"),
        (" 7 ", ".", "7"),
    ],
)
def test_number_is_read(typed, mark, number):
    assert read_number(typed, mark) == Number(Decimal(number))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("1.234", "ambiguous_number"),
        ("=7.5*3", "formula_text"),
        ("seven", "not_a_number"),
        ("3 d/wk", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("12-14", "not_a_number"),
        (True, "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
    ],
)
def test_what_is_no_number_is_named(typed, problem):
    assert read_number(typed, None) == Number(None, problem)


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["0,25", "1,00"], ","),
        (["7.5", "12"], "."),
        (["1,234"], None),
        (["7.5", "7,5"], None),
        ([7.5, None], None),
    ],
)
def test_column_proves_its_mark_or_nothing(texts, mark):
    assert proven_mark(texts) == mark


@pytest.mark.parametrize(
    ("typed", "unit", "minutes"),
    [
        (45, "minutes", 45),
        ("0,75", "hours", 45),
        ("0,33", "hours", 20),
        (1.5, "hours", 90),
        ("1:30", "minutes", 90),
        ("1h30", "minutes", 90),
        ("1 h 30 min", "hours", 90),
        ("1 h 30", "hours", 90),
        ("45 min", "hours", 45),
        ("1,5 t", "minutes", 90),
        ("2 timer", "minutes", 120),
        ("-35", "minutes", -35),
        (time(1, 30), "minutes", 90),
        (timedelta(hours=1, minutes=30), "hours", 90),
    ],
)
def test_duration_is_read_in_minutes(typed, unit, minutes):
    assert read_minutes(typed, unit, None, UNITS).number == minutes


@pytest.mark.parametrize("typed", ["long", "2 visits", "45 min or so", "=30+15", "3 d"])
def test_what_is_no_duration_is_named(typed):
    assert read_minutes(typed, "minutes", None, UNITS).number is None


@pytest.mark.parametrize(
    ("typed", "hours"),
    [(37, "37"), ("22,5", "22.5"), ("20 hrs/wk", "20"), ("20 h/week", "20"),
     ("20 t/uge", "20"), ("20 uur per week", "20"), ("20 hours", "20")],
)  # fmt: skip
def test_hours_a_week_are_read(typed, hours):
    assert read_hours(typed, None, UNITS).number == Decimal(hours)


@pytest.mark.parametrize(
    "typed", ["3 d/wk", "3 dage/uge", "3 dgn p/w", "16-20", "20 hrs or 25", "full time"]
)
def test_days_and_ranges_are_no_hours(typed):
    assert read_hours(typed, None, UNITS) == Number(None, "not_a_number")


@pytest.mark.parametrize(
    ("typed", "pay"),
    [
        (11.9, Pay(Decimal("11.9"))),
        ("£11.90 p/h", Pay(Decimal("11.90"), "GBP", "hour", "p h")),
        ("€ 13,80", Pay(Decimal("13.80"), "EUR", None, "")),
        ("$17.20", Pay(Decimal("17.20"), "USD", None, "")),
        ("USD 13.95 / hr", Pay(Decimal("13.95"), "USD", "hour", "usd hr")),
        ("kr. 157,00", Pay(Decimal("157.00"), "DKK", None, "kr")),
        ("€ 17,10 bruto", Pay(Decimal("17.10"), "EUR", None, "bruto")),
        ("2.400 € per maand", Pay(Decimal("2400"), "EUR", "month", "per maand")),
        ("12-14", Pay(None, problem="not_a_number")),
        ("=12*1.1", Pay(None, problem="formula_text")),
    ],
)
def test_pay_is_read_with_its_words(typed, pay):
    mark = "," if "maand" in str(typed) else None
    found = read_pay(typed, mark, WORDS.currencies, PAY_UNITS)
    crowns = {"DKK", "NOK", "SEK"}
    if pay.currency in crowns and found.currency in crowns:
        found = found._replace(currency=pay.currency)  # the country decides
    assert found == pay


AMOUNTS = st.decimals(0, 99_999, places=2)


@given(AMOUNTS, st.sampled_from([".", ","]))
def test_written_number_is_read_back(number, mark):
    assert read_number(str(number).replace(".", mark), mark).number == number


@given(AMOUNTS)
def test_grouped_number_is_read_back_in_both_traditions(number):
    english = f"{number:,.2f}"
    danish = english.translate(str.maketrans(",.", ".,"))
    assert read_number(english, ".").number == number
    assert read_number(danish, ",").number == number
    assert read_number(danish, None) == read_number(english, None)


@given(st.floats(0, 1_000, allow_nan=False))
def test_stored_float_loses_nothing_that_was_typed(number):
    assert abs(float(read_number(number, None).number) - number) < 1e-6


@given(st.integers(0, 600))
def test_minutes_and_clock_agree(minutes):
    clock = f"{minutes // 60}:{minutes % 60:02}"
    assert read_minutes(clock, "minutes", None, UNITS).number == minutes
    assert read_minutes(minutes, "minutes", None, UNITS).number == minutes


@given(st.text(max_size=20))
def test_no_text_makes_a_reader_stumble(text):
    read_number(text, None)
    read_minutes(text, "hours", ",", UNITS)
    read_hours(text, ".", UNITS)
    read_pay(text, None, WORDS.currencies, PAY_UNITS)
