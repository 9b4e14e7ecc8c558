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
    is_ambiguous,
    mark_of_column,
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
        ("0.375", ",", "0.375"),
        ("1,234,567", None, "1234567"),
        ("1,234,567", ",", "1234567"),
        ("12 345", None, "12345"),
        ("1 234,567", None, "1234.567"),
        ("1234,567", None, "1234.567"),
        ("+3,5", None, "3.5"),
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
        ("16 20", "not_a_number"),
        ("1 2", "not_a_number"),
        ("12 34 56 78", "not_a_number"),
        ("1,2,3", "not_a_number"),
        ("12,34,567", "not_a_number"),
        ("1.234,567.8", "not_a_number"),
        ("1 234'567", "not_a_number"),
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
        (["1,234,567"], "."),
        (["1 234,567"], ","),
        (["0,375"], ","),
        (["€ 13,80 bruto", "€ 14"], ","),
        (["$1,200.50"], "."),
        (["7.5-8.5"], None),
        (["7.5", "7,5"], None),
        ([7.5, None], None),
    ],
)
def test_column_proves_its_mark_or_nothing(texts, mark):
    assert mark_of_column(None, texts) == mark


@pytest.mark.parametrize(
    ("stated", "texts", "mark"),
    [
        pytest.param(",", ["1.500"], ",", id="proves nothing"),
        pytest.param(",", ["1.500", "22,5"], ",", id="agrees"),
        pytest.param(",", ["1.500", "7.5"], None, id="one says no"),
        pytest.param(",", ["1.500", "7.5", "8.5", "9.5"], ".", id="three say no"),
        pytest.param(",", ["7,5", "7.5", "8.5", "9.5"], ",", id="both"),
    ],
)
def test_column_goes_by_its_own_proof(stated, texts, mark):
    assert mark_of_column(stated, texts) == mark


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [("1.234", True), ("€ 1.234", True), ("1.234,5", False), ("0.234", False),
     ("1234", False), ("1.234-1.300", False), ("soon", False)],
)  # fmt: skip
def test_number_that_may_be_two(text, ambiguous):
    assert is_ambiguous(text) is ambiguous


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
     ("20 t/uge", "20"), ("20 uur per week", "20"), ("20 hours", "20"),
     ("20 Std./Wo.", "20"), ("20 tim/v", "20"), ("37,5 timer i uken", "37.5"),
     ("1,5 t", "1.5"), ("20 hours a week", "20"), ("16 h pr. uge", "16")],
)  # fmt: skip
def test_hours_a_week_are_read(typed, hours):
    assert read_hours(typed, None, UNITS).number == Decimal(hours)


@pytest.mark.parametrize(
    "typed",
    ["3 d/wk", "2 days/week", "3 dage/uge", "3 dgn p/w", "3 dager/uke", "3 Tage/Woche",
     "16-20", "16-20 hrs", "16 – 20 t/uge", "20 hrs or 25", "full time", "half time",
     "80 hrs/month", "20 hours a fortnight", "5 hrs per day", "20 hrs flexible", "80 %"],
)  # fmt: skip
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
        ("12,50 €", Pay(Decimal("12.50"), "EUR", None, "")),
        ("12.50£", Pay(Decimal("12.50"), "GBP", None, "")),
        ("157,00 kr./time", Pay(Decimal("157.00"), "DKK", "hour", "kr time")),
        ("DKK 150,-", Pay(Decimal("150"), "DKK", None, "dkk")),
        ("17,25 € pro Stunde", Pay(Decimal("17.25"), "EUR", "hour", "pro stunde")),
        ("CHF 28.50", Pay(Decimal("28.50"), "CHF", None, "chf")),
        ("$1,200.50 a month", Pay(Decimal("1200.50"), "USD", "month", "a month")),
        ("€ 1.234", Pay(None, "EUR", None, "", "ambiguous_number")),
        ("£9.50-£10.20", Pay(None, problem="not_a_number")),
        ("minimum wage", Pay(None, problem="not_a_number")),
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


TYPED = st.text(max_size=20) | st.text("0123456789.,' -+€krhtmin:/", max_size=14)


def figures(text):
    """Return the figures of a text as they would be written today, without zeros."""
    ascii_only = (str(int(char)) for char in str(text) if char.isdecimal())
    return "".join(ascii_only).strip("0")


@given(TYPED)
def test_number_has_the_figures_that_were_typed_and_no_others(text):
    found = read_number(text, None)
    assert (found.number is None) is (found.problem != "")
    if found.number is not None:
        assert figures(f"{found.number:f}") == figures(text)
    pay = read_pay(text, None, WORDS.currencies, PAY_UNITS)
    if pay.amount is not None:
        assert figures(f"{pay.amount:f}") == figures(text)


@given(TYPED)
def test_no_text_makes_a_reader_stumble(text):
    minutes = read_minutes(text, "hours", ",", UNITS)
    hours = read_hours(text, ".", UNITS)
    for found in (minutes, hours):
        assert (found.number is None) is (found.problem != "")
        assert found.number is None or any(map(str.isdecimal, text))
    if minutes.number is not None:
        assert minutes.number == minutes.number.to_integral_value()


MARKS = st.sampled_from([".", ","])
ANY_AMOUNT = st.decimals(0, 9_999_999, places=3) | st.decimals(0, 99_999, places=1)


def written(number, mark, group):
    """Return a number as people of a tradition write it."""
    figures = f"{number:,}"
    return figures.translate(str.maketrans({",": group, ".": mark}))


@given(ANY_AMOUNT, MARKS, st.sampled_from(["", " ", "'", "other"]))
def test_decimal_comes_back_under_its_mark_and_is_no_other_number_under_none(
    number, mark, group
):
    group = {"other": "," if mark == "." else "."}.get(group, group)
    text = written(number, mark, group)
    assert read_number(text, mark) == Number(number)
    assert read_number(text, None) in (Number(number), Number(None, "ambiguous_number"))


@given(st.lists(ANY_AMOUNT, min_size=1, max_size=8), MARKS)
def test_column_of_decimals_reads_its_own_numbers_right(numbers, mark):
    texts = [written(n, mark, "," if mark == "." else ".") for n in numbers]
    found = mark_of_column(None, texts)
    assert found in (mark, None)
    for number, text in zip(numbers, texts, strict=True):
        assert read_number(text, found).number in (number, None)


@given(
    st.decimals(1, 99_999, places=2),
    MARKS,
    st.sampled_from(["€ {}", "{} €", "{} kr.", "DKK {}", "£{} p/h", "{} USD/hr", "{}"]),
)
def test_amount_is_read_whatever_stands_around_it(number, mark, around):
    text = around.format(str(number).replace(".", mark))
    found = read_pay(text, None, WORDS.currencies, PAY_UNITS)
    assert found.amount == number
    assert (found.currency is None) is (around == "{}")


@given(st.integers(1, 60), st.integers(1, 60), st.sampled_from("-–/ "))
def test_two_numbers_are_never_one(one, other, between):
    for text in (f"{one}{between}{other} hrs", f"{one} {between} {other}"):
        assert read_hours(text, None, UNITS).number is None
        assert read_number(text, None).number is None
