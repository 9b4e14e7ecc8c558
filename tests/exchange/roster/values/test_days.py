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
    order_of_column,
    proven_order,
)

AS_OF = date(2026, 6, 30)
WORDS = lexicon().days
APRIL = date(2025, 4, 3)
DAYS = st.dates(date(2000, 1, 1), date(2045, 12, 31))


def read(value, order="dmy", birth=False):
    return DayReader(order, AS_OF, WORDS, birth=birth).read(value)


def orders(texts, birth=False):
    return DayReader(None, AS_OF, WORDS, birth=birth).orders(texts)


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
        "Thursday, April 3, 2025",
        "Thu 03/04/2025",
        "tors. 3/4-2025",
        "den 3. april 2025",
        "torsdag d. 3. april 2025",
        "do 3-4-2025",
        "Do., 03.04.2025",
        "am 3. April 2025",
        "3. 4.25",
        "3/4 2025",
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


@pytest.mark.parametrize(
    "typed",
    ["soon", "3/4", "April 2025", "12", 7, True, "3/4/5", "3/4 15", "202-04-03",
     "250403", "ca. 3 April 2025", "before 3 April 2025", "since 3/4/2025",
     "3/4/2025 or later", "3 avril 2025", "45750.5"],
)  # fmt: skip
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
    ("typed", "order", "found"),
    [
        pytest.param("25-04-03", "ymd", Day(APRIL), id="year first, stated"),
        pytest.param("03-04-25", "dmy", Day(APRIL), id="day first, stated"),
        pytest.param("25-04-30", None, Day(date(2025, 4, 30)), id="no other is near"),
        pytest.param("31-03-25", None, Day(date(2025, 3, 31)), id="2031 is not near"),
        pytest.param("13-04-25", None, Day(None, "ambiguous_date"), id="2013 or 2025"),
        pytest.param("3/4/2025", "ymd", Day(None, "ambiguous_date"), id="not so typed"),
        pytest.param(
            "13/4/2025", "ymd", Day(date(2025, 4, 13), "day_before_month"), id="told"
        ),
        pytest.param("32-13-99", "dmy", Day(None, "impossible_date"), id="none at all"),
    ],
)
def test_year_of_two_figures_may_stand_first(typed, order, found):
    assert read(typed, order) == found


def test_birth_date_of_two_figures_may_lie_anywhere():
    assert read("85-04-03", None, birth=True).day == date(1985, 4, 3)
    assert read("03-04-85", None, birth=True) == Day(None, "ambiguous_date")


@pytest.mark.parametrize(
    ("stated", "texts", "order", "doubted"),
    [
        pytest.param("dmy", ["3/4/25", "5/6/25"], "dmy", False, id="proves nothing"),
        pytest.param("dmy", ["3/4/25", "13/6/25"], "dmy", False, id="agrees"),
        pytest.param("dmy", ["3/4/25", "6/13/25"], "dmy", True, id="one says no"),
        pytest.param(
            "dmy", ["6/13/25", "13/6/25", "6/14/25", "6/15/25"], "dmy", False, id="both"
        ),
        pytest.param(
            "dmy", ["3/4/25", "6/13/25", "6/14/25", "6/15/25"], "mdy", False, id="three"
        ),
        pytest.param(
            "dmy", ["25-04-30", "25-04-29", "25-05-31"], "ymd", False, id="year first"
        ),
        pytest.param(None, ["25-04-03", "25-04-17"], "ymd", False, id="a day is 2003"),
        pytest.param(None, ["13-04-25", "05-04-25"], "dmy", False, id="a year is 2005"),
        pytest.param(None, ["3/4/25"], None, False, id="nobody knows"),
        pytest.param("mdy", [], "mdy", False, id="no texts"),
    ],
)
def test_column_goes_by_its_own_proof(stated, texts, order, doubted):
    assert order_of_column(stated, orders(texts)) == (order, doubted)


def test_doubted_order_is_asked_where_it_matters():
    reader = DayReader("dmy", AS_OF, WORDS, doubted=True)
    assert reader.read("3/4/2025") == Day(None, "ambiguous_date")
    assert reader.read("6/13/2025") == Day(date(2025, 6, 13), "month_before_day")
    assert reader.read("15-04-09") == Day(None, "ambiguous_date")
    assert reader.read("2025-04-03") == Day(APRIL)


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
    assert proven_order(orders(texts)) == order


@pytest.mark.parametrize(
    ("value", "is_day"),
    [("31/06/2026", True), ("3-Apr-25", True), (date(2025, 1, 1), True),
     ("2025-04-03", True), ("07700 900142", False), ("3 visits 25", False),
     ("12", False), (45750, False), (None, False)],
)  # fmt: skip
def test_what_looks_like_a_day(value, is_day):
    assert looks_like_day(value, WORDS) is is_day


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
    order = proven_order(orders(texts))
    assert order in ("dmy", None)
    if order:
        assert [read(text, order).day for text in texts] == [one, other]


def test_no_text_is_read_as_a_day_far_away():
    assert read("1/1/99").day == date(1999, 1, 1)
    assert read("1/1/46").day - AS_OF < timedelta(days=366 * 21)


MONTH_NAMES = {
    "en": "January February March April May June July August September October "
    "November December",
    "da": "januar februar marts april maj juni juli august september oktober november "
    "december",
    "nl": "januari februari maart april mei juni juli augustus september oktober "
    "november december",
    "nb": "januar februar mars april mai juni juli august september oktober november "
    "desember",
    "sv": "januari februari mars april maj juni juli augusti september oktober "
    "november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November "
    "Dezember",
}
WEEKDAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "nl": "ma di wo do vr za zo",
    "nb": "man. tir. ons. tor. fre. lør. søn.",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
    "de": "Mo, Di, Mi, Do, Fr, Sa, So,",
}


def named(day, language, short, weekday, year):
    month = MONTH_NAMES[language].split()[day.month - 1]
    point = "" if language in ("en", "nl", "sv") else "."
    before = f"{WEEKDAYS[language].split()[day.weekday()]} " if weekday else ""
    shown = month[:3] if short and language not in ("nl", "de") else month
    return f"{before}{day.day}{point} {shown} {day.strftime(year)}"


@given(
    DAYS.filter(lambda day: day.year < 2043),
    st.sampled_from(sorted(MONTH_NAMES)),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["%Y", "%y"]),
    st.sampled_from(["dmy", "mdy", "ymd", None]),
)
def test_day_in_words_is_that_day_in_every_language(
    day, language, short, weekday, year, order
):
    assert read(named(day, language, short, weekday, year), order) == Day(day)


FORMS = {
    "dmy": ("{d}/{m}/{Y}", "{d:02}-{m:02}-{Y}", "{d}.{m}.{Y}", "{d}/{m}-{y:02}",
            "{d:02}-{m:02}-{y:02}", "{d} {m} {Y}", "{d}/{m} {Y}", "{d}. {m}. {Y}"),
    "mdy": ("{m}/{d}/{Y}", "{m:02}/{d:02}/{y:02}", "{m}-{d}-{Y}", "{m:02}-{d:02}-{y:02}"),
    "ymd": ("{Y}-{m:02}-{d:02}", "{Y}/{m}/{d}", "{Y}.{m}.{d}", "{y:02}-{m:02}-{d:02}",
            "{Y}{m:02}{d:02}"),
}  # fmt: skip
RECENT = st.dates(date(2012, 1, 1), date(2028, 12, 31))
TYPED = st.sampled_from(
    [(order, form) for order, forms in FORMS.items() for form in forms]
)


def typed(day, form):
    return form.format(d=day.day, m=day.month, Y=day.year, y=day.year % 100)


@given(RECENT, TYPED)
def test_day_in_figures_is_that_day_or_is_asked(day, how):
    """Whoever stated nothing is asked; nobody gets another day than was typed."""
    order, form = how
    assert read(typed(day, form), order) == Day(day)
    found = read(typed(day, form), None)
    if form != "{d}.{m}.{Y}":  # points are always day first
        assert found in (Day(day), Day(None, "ambiguous_date"))


@given(st.lists(RECENT, min_size=1, max_size=12, unique=True), TYPED)
def test_column_that_proves_an_order_reads_every_day_right(days, how):
    _, form = how
    texts = [typed(day, form) for day in days]
    found, doubted = order_of_column(None, orders(texts))
    assert not doubted
    for day, text in zip(days, texts, strict=True):
        assert read(text, found).day in (day, None)


@given(
    st.lists(RECENT, min_size=6, max_size=20, unique=True),
    TYPED,
    st.sampled_from(sorted(FORMS)),
)
def test_false_statement_does_not_outweigh_a_column(days, how, stated):
    """What the column disproves often enough is not believed of its other days."""
    order, form = how
    texts = [typed(day, form) for day in days]
    supported = orders(texts)
    found, doubted = order_of_column(stated, supported)
    if proven_order(supported) == order != stated:
        contrary = sum(stated not in one for one in supported)
        assert (found, doubted) == ((order, False) if contrary >= 3 else (stated, True))
    if doubted:
        reader = DayReader(found, AS_OF, WORDS, doubted=True)
        read_days = [reader.read(text).day for text in texts]
        assert all(one in (day, None) for one, day in zip(read_days, days, strict=True))


@given(st.text(max_size=25), st.sampled_from(["dmy", "mdy", "ymd", None]))
def test_no_text_makes_the_reader_stumble(text, order):
    found = read(text, order)
    assert (found.day is None) is (
        found.problem in ("unreadable_date", "impossible_date", "ambiguous_date")
    )
    orders([text])
    looks_like_day(text, WORDS)
