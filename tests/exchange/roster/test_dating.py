"""Files that do not say their day: the logs tell it, but for slips far after the rest."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.roster.rosters import CASELOAD, UNIT, file_of, plan_with, roster

from braid.exchange.roster.dating import (
    asking_for_day,
    last_day_told,
    last_plausible,
)

NOVEMBER = date(2026, 11, 1)
JUNE = date(2026, 6, 30)
MONTHS = Counter({JUNE - timedelta(days=n): 2 for n in range(150)})


@pytest.mark.parametrize(
    ("counted", "day"),
    [
        pytest.param(Counter(), None, id="nothing"),
        pytest.param(Counter({JUNE: 1}), JUNE, id="one row"),
        pytest.param(MONTHS, JUNE, id="a log"),
        pytest.param(MONTHS + Counter({date(2026, 9, 3): 1}), JUNE, id="a slip"),
        pytest.param(
            MONTHS + Counter({date(2026, 9, 3): 1, date(2026, 9, 9): 1}),
            JUNE,
            id="two slips near each other",
        ),
        pytest.param(
            MONTHS + Counter({date(2026, 9, 3): 9}),
            date(2026, 9, 3),
            id="a day of work",
        ),
        pytest.param(
            MONTHS + Counter({date(2026, 7, 4): 1}), date(2026, 7, 4), id="soon after"
        ),
    ],
)
def test_last_plausible_day(counted, day):
    assert last_plausible(counted) == day


@given(st.dictionaries(st.dates(), st.integers(1, 50), min_size=1))
def test_guess_is_one_of_the_days_and_few_rows_lie_after_it(days):
    counted = Counter(days)
    last = last_plausible(counted)
    after = sum(rows for day, rows in counted.items() if day > last)
    assert last in counted and after * 100 < counted.total()


@pytest.mark.parametrize("name", ["dk-csv", "nl-xlsx", "uk-roster", "us-csv"])
def test_logs_of_a_service_tell_its_day(name):
    known = roster(name)
    setup = replace(known.setup, as_of=None)
    assert last_day_told(known.files, setup, NOVEMBER) == known.setup.as_of


def test_day_after_today_is_not_taken():
    log = "Date;Client ID;ES;Mins\n3/2/2026;7;Ada Holm;30\n3/2/2027;7;Ada Holm;30\n"
    files = [file_of("caseload.csv", CASELOAD), file_of("contacts.csv", log)]
    assert last_day_told(files, UNIT, NOVEMBER) == date(2026, 2, 3)


def test_list_of_people_tells_no_day():
    assert last_day_told([file_of("caseload.csv", CASELOAD)], UNIT, NOVEMBER) is None


@pytest.mark.parametrize(
    ("is_today", "says"), [(True, "none tells of contacts"), (False, "last contact")]
)
def test_guess_is_asked_once_with_the_day(is_today, says):
    plan = plan_with(UNIT, {})
    (need,) = asking_for_day(
        asking_for_day(plan, is_today=True), is_today=is_today
    ).needs
    assert (need.key, need.guess) == ("as_of", plan.as_of)
    assert says in str(need.sentence) and str(plan.as_of) in str(need.sentence)
