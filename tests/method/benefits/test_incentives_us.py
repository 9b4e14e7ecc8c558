"""The ledger of work incentives in the United States, month by month."""

from datetime import date
from decimal import Decimal as D

import pytest

from braid.kernel.dates import add_months
from braid.kernel.errors import InputFault
from braid.method.benefits.incentives_us import (
    Earned,
    Levels,
    keeps_medicaid,
    ledger,
    ssi,
)
from braid.packs import benefits as packs

# The levels of 2025 for every month, whatever its year.
SAME = {
    year: Levels(year, D(1160), D(1620), D(2700), confirmed=True)
    for year in range(2015, 2040)
}
TERMS = packs.get("us").incentives_us.terms
OWN_YEARS = packs.get("us").incentives_us.by_year
SERIES = (0, 1200, 1300, 1160, 0, 1159, 1200, 1250, 1300, 1400, 1500, 0, 1160, 1700)
JANUARY = date(2025, 1, 1)


def months(*gross, first=JANUARY):
    return [Earned(add_months(first, n), D(each)) for n, each in enumerate(gross)]


def numbers(found):
    """Return which months used up one of the trial, counted from 1."""
    first = found.lines[0].month
    return [
        (m.year - first.year) * 12 + m.month - first.month + 1 for m in found.trial_used
    ]


def test_nine_months_use_up_the_trial():
    found = ledger(months(*SERIES), SAME, TERMS)

    assert numbers(found) == [2, 3, 4, 7, 8, 9, 10, 11, 13]
    assert found.trial_ended == date(2026, 1, 1)
    assert found.lines[5].trial is False
    assert (found.lines[13].phase, found.lines[13].eligibility_month) == (
        "eligibility",
        1,
    )
    assert all(line.paid for line in found.lines[:13])


def test_each_month_is_judged_by_the_levels_of_its_year():
    found = ledger(months(*SERIES), OWN_YEARS, TERMS)

    assert numbers(found) == [2, 3, 4, 7, 8, 9, 10, 11, 14]
    assert found.trial_ended == date(2026, 2, 1)
    assert found.unconfirmed_years == (2026,)
    later = ledger(months(*SERIES, 0), OWN_YEARS, TERMS)
    assert later.lines[14].eligibility_month == 1


def test_a_year_without_levels_is_not_known_and_never_the_year_before():
    found = ledger(months(1200, first=date(2031, 5, 1)), OWN_YEARS, TERMS)

    assert found.unknown_years == (2031,)
    (line,) = found.lines
    assert (line.trial, line.used, line.phase, line.paid) == (
        None,
        None,
        "not_known",
        None,
    )


def test_a_month_without_pay_needs_no_level():
    found = ledger(months(0, first=date(2031, 5, 1)), OWN_YEARS, TERMS)

    assert (found.lines[0].trial, found.unknown_years) == (False, ())


def test_a_month_that_nobody_gave_makes_what_follows_unknown():
    given = months(1200, 1200, 1200)
    found = ledger([given[0], given[2]], SAME, TERMS)

    assert found.unknown_months == (date(2025, 2, 1),)
    assert [line.phase for line in found.lines] == ["trial", "not_known", "not_known"]


def test_months_older_than_sixty_drop_out_of_the_count():
    eight = [1200] * 8
    found = ledger(months(*eight, *[0] * 52, 1200), SAME, TERMS)

    assert found.lines[59].used == 8
    assert found.lines[60].used == 8
    assert found.trial_ended is None
    long_after = ledger(months(*eight, *[0] * 60, 1200), SAME, TERMS)
    assert long_after.lines[-1].used == 1


def test_a_ninth_month_within_sixty_ends_the_trial():
    found = ledger(months(*[1200] * 8, *[0] * 51, 1200), SAME, TERMS)

    assert found.trial_ended == found.lines[59].month


def test_after_the_trial_three_months_of_high_pay_are_paid_and_then_none():
    found = ledger(months(*[1200] * 9, 1700, 1700, 1700, 1700, 1000, 1700), SAME, TERMS)

    assert [line.paid for line in found.lines[9:]] == [
        True,
        True,
        True,
        False,
        True,
        False,
    ]


def test_high_pay_after_thirty_six_months_ends_the_benefit():
    found = ledger(months(*[1200] * 9, *[1700] * 4, *[0] * 32, 1700, 0), SAME, TERMS)

    assert [(line.phase, line.paid) for line in found.lines[-2:]] == [
        ("ended", False),
        ("ended", False),
    ]
    assert found.reinstate_until == date(2033, 9, 1)


def test_first_high_pay_after_thirty_six_months_still_has_its_grace():
    found = ledger(months(*[1200] * 9, *[0] * 36, *[1700] * 4), SAME, TERMS)

    assert [line.paid for line in found.lines[-4:]] == [True, True, True, False]
    assert [line.phase for line in found.lines[-4:]] == ["after"] * 3 + ["ended"]


def test_expenses_and_special_help_are_taken_off():
    earned = Earned(JANUARY, D(1700), work_expenses=D(100))

    assert earned.countable == 1600 < SAME[2025].substantial
    assert Earned(JANUARY, D(100), subsidy=D(150)).countable == 0


def test_a_blind_person_has_a_level_of_his_own():
    pay = months(*[1200] * 9, *[2699] * 5)

    assert ledger(pay, SAME, TERMS).lines[-1].paid is False
    assert ledger(pay, SAME, TERMS, blind=True).lines[-1].paid is True


def test_without_months_there_is_nothing():
    assert ledger([], SAME, TERMS).lines == ()


@pytest.mark.parametrize(
    "given",
    [[Earned(date(2025, 1, 2), D(1))], months(1) * 2],
    ids=["not the first day", "twice"],
)
def test_a_month_is_given_once_by_its_first_day(given):
    with pytest.raises(InputFault) as fault:
        ledger(given, SAME, TERMS)

    assert fault.value.reason == "month_twice"


@pytest.mark.parametrize(
    ("earned", "said", "countable"),
    [
        (885, {}, 400),
        (465, {"unearned": D(20)}, 200),
        (60, {}, 0),
        (885, {"unearned": D(50)}, 440),
        (885, {"work_expenses": D(100)}, 350),
        (885, {"blind_work_expenses": D(100)}, 300),
        (885, {"set_aside": D(400)}, 0),
    ],
    ids=[
        "pay alone",
        "the exclusion used by other income",
        "little pay",
        "other income above the exclusion",
        "work expenses",
        "expenses of a blind person",
        "a plan",
    ],
)
def test_what_counts_as_income_for_ssi(earned, said, countable):
    assert ssi(D(earned), TERMS, **said).total == countable


@pytest.mark.parametrize(
    ("rate", "left"), [(D(967), D(567)), (D(300), D(0)), (None, None)]
)
def test_what_is_left_of_ssi(rate, left):
    assert ssi(D(885), TERMS, rate=rate).payment == left


@pytest.mark.parametrize(
    ("gross", "threshold", "keeps"),
    [(100, D(100), True), (101, D(100), False), (100, None, None)],
)
def test_medicaid_is_kept_up_to_the_threshold_of_the_state(gross, threshold, keeps):
    assert keeps_medicaid(D(gross), threshold) is keeps
