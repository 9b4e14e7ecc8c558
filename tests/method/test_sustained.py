"""Work that lasts: the days, weeks, months and bands of one person."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from braid.kernel.dates import Period
from braid.method.sustained import (
    BandRule,
    DaysRule,
    JobHours,
    PeriodsRule,
    Spread,
    Stay,
    by_days,
    by_periods,
    hour_band,
)
from braid.method.sustained.spreading import counted

START = date(2025, 1, 6)  # a Monday
LATER = date(2026, 6, 30)
OPEN = None


def day(text):
    return date.fromisoformat(text)


def stay(first, last=OPEN, seen_to=None):
    return Stay(Period(day(first), last and day(last)), seen_to and day(seen_to))


def judged(*stays, as_of=LATER, died_on=None, **rule):
    return by_days(stays, START, DaysRule(**rule), as_of, died_on)


@pytest.mark.parametrize(
    ("last", "rule", "status"),
    [
        pytest.param("2025-04-05", {}, "not_sustained", id="day 90 is too early"),
        pytest.param("2025-04-06", {}, "sustained", id="day 91 completes 13 weeks"),
        pytest.param(
            "2025-04-06", {"boundary": "beyond"}, "not_sustained", id="not beyond"
        ),
        pytest.param("2025-04-07", {"boundary": "beyond"}, "sustained", id="beyond"),
        pytest.param("2025-07-05", {"n": 182}, "not_sustained", id="day 181"),
        pytest.param("2025-07-06", {"n": 182}, "sustained", id="26 weeks"),
        pytest.param(
            "2025-07-06",
            {"n": 182, "boundary": "beyond"},
            "not_sustained",
            id="26 weeks are not beyond themselves",
        ),
        pytest.param(
            "2025-07-07", {"n": 182, "boundary": "beyond"}, "sustained", id="beyond 26"
        ),
        pytest.param(
            "2025-04-05",
            {"n": 90, "boundary": "elapsed"},
            "not_sustained",
            id="89 days after the start",
        ),
        pytest.param(
            "2025-04-06",
            {"n": 90, "boundary": "elapsed"},
            "sustained",
            id="90 days after the start",
        ),
        pytest.param(
            "2025-04-05",
            {"n": 90, "boundary": "inclusive"},
            "sustained",
            id="the first day is day 1",
        ),
        pytest.param(OPEN, {}, "sustained", id="still in it"),
    ],
)
def test_the_day_that_completes(last, rule, status):
    assert judged(stay("2025-01-06", last), **rule).status == status


GAP = (stay("2025-01-06", "2025-02-28"), stay("2025-03-16", "2025-12-31"))


def test_gap_of_fifteen_days_breaks_the_chain_at_fourteen():
    assert judged(*GAP, max_gap_days=14).status == "not_sustained"
    restarted = by_days(GAP, day("2025-03-16"), DaysRule(max_gap_days=14), LATER)
    assert restarted.reached_on == day("2025-06-14")


def test_gap_bridged_moves_the_anniversary_by_its_days():
    found = judged(*GAP, max_gap_days=15)
    assert (found.status, found.reached_on) == ("sustained", day("2025-04-21"))


def test_gap_that_counts_leaves_the_anniversary_where_it_was():
    found = judged(*GAP, max_gap_days=15, gaps_count=True)
    assert found.reached_on == day("2025-04-06")


@pytest.mark.parametrize(("most", "status"), [(0, "not_sustained"), (1, "sustained")])
def test_only_so_many_gaps_are_bridged(most, status):
    assert judged(*GAP, max_gap_days=15, max_gaps=most).status == status


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("2025-04-06", "immature"), ("2025-04-07", "sustained")],
    ids=["on day 91", "the day after"],
)
def test_a_start_is_judged_when_its_time_is_over(as_of, status):
    assert judged(stay("2025-01-06"), as_of=day(as_of)).status == status


def test_while_a_next_job_may_still_come_nothing_is_decided():
    ended = stay("2025-01-06", "2025-04-05")
    assert judged(ended, as_of=day("2025-04-10"), max_gap_days=14).status == "immature"
    assert (
        judged(ended, as_of=day("2025-04-20"), max_gap_days=14).status
        == "not_sustained"
    )


def test_who_was_lost_from_sight_is_unknown_after_the_last_day_seen():
    lost = stay("2025-01-06", seen_to="2025-04-05")
    assert judged(lost).status == "unknown"
    assert judged(stay("2025-01-06", seen_to="2025-04-06")).status == "sustained"


@pytest.mark.parametrize(
    ("died", "status"),
    [("2025-03-01", "died"), ("2025-04-06", "died"), ("2025-04-07", "sustained")],
    ids=["before", "on the day", "the day after"],
)
def test_death_before_the_day_takes_the_start_out(died, status):
    assert judged(stay("2025-01-06"), died_on=day(died)).status == status


# Weeks and months


def week(number, hours, weeks=1):
    first = START + timedelta(7 * number)
    days = Period(first, first + timedelta(7 * weeks - 1))
    return Spread(days, counted(Decimal(hours)), 7 * weeks)


def by_weeks(*spreads, as_of=LATER, sick=(), unsure=None, **rule):
    job = JobHours(spreads, sick, unsure)
    return by_periods([job], START, PeriodsRule(**rule), as_of)


THIRTEEN_OF_16 = {"n": 13, "of": 16, "threshold": Decimal(7), "comparator": "at_least"}


@pytest.mark.parametrize(
    ("hours", "comparator", "status"),
    [
        ("7", "at_least", "sustained"),
        ("7", "above", "not_sustained"),
        ("6.9999", "at_least", "not_sustained"),
    ],
)
def test_every_week_must_hold_enough(hours, comparator, status):
    weeks = [week(n, hours) for n in range(3, 16)]
    rule = THIRTEEN_OF_16 | {"comparator": comparator}
    assert by_weeks(*weeks, **rule).status == status


def test_twelve_weeks_are_not_thirteen_and_a_later_one_comes_too_late():
    weeks = [week(n, "8") for n in (*range(12), 16)]
    assert by_weeks(*weeks, **THIRTEEN_OF_16).status == "not_sustained"


def test_a_rolling_span_may_begin_later():
    weeks = [week(n, "8") for n in (*range(12), 15)]
    late = [week(n + 10, "8") for n in (*range(12), 15)]
    assert by_weeks(*late, **THIRTEEN_OF_16).status == "not_sustained"
    assert by_weeks(*late, **THIRTEEN_OF_16, anchor="rolling").status == "sustained"
    assert by_weeks(*weeks, **THIRTEEN_OF_16).status == "sustained"


def test_weeks_one_after_another():
    weeks = [week(n, "8") for n in (0, 1, 3)]
    assert by_weeks(*weeks, n=3, of=4).status == "sustained"
    assert by_weeks(*weeks, n=3, of=4, cumulative=False).status == "not_sustained"


def test_zero_hours_week_is_no_working_week_but_the_job_goes_on():
    """In the calendar variant the person is employed; in the weekly one there is none."""
    assert judged(stay("2025-01-06", "2025-04-06")).status == "sustained"
    weeks = [week(n, "8") for n in range(12)]
    assert by_weeks(*weeks, week(12, "0"), n=13, of=13).status == "not_sustained"


def test_week_of_sick_leave_that_counts_holds_the_hours_agreed():
    weeks = [week(n, "8") for n in range(12)]
    sick = (week(12, "8"),)
    assert by_weeks(*weeks, n=13, of=13).status == "not_sustained"
    assert by_weeks(*weeks, sick=sick, n=13, of=13).status == "sustained"


def test_hours_not_recorded_are_unknown_and_no_zero():
    weeks = [week(n, "8") for n in range(12)]
    last = Period(START + timedelta(84), START + timedelta(90))
    assert by_weeks(*weeks, unsure=last, n=13, of=13).status == "unknown"


def test_months_hold_what_was_paid_for_their_days():
    pay = Spread(Period(day("2025-01-06"), day("2025-03-31")), counted(Decimal(85)), 85)
    rule = {"unit": "month", "n": 2, "of": 3, "comparator": "at_least"}
    assert by_weeks(pay, **rule, threshold=Decimal(28)).status == "sustained"
    assert by_weeks(pay, **rule, threshold=Decimal(29)).status == "not_sustained"
    rule |= {"of": 6, "n": 3}
    assert by_weeks(pay, **rule, threshold=Decimal(26)).status == "sustained"


def test_shares_of_an_amount_add_up_to_it():
    spread = Spread(Period(START, START + timedelta(30)), counted(Decimal("40")), 31)
    days = [START + timedelta(n) for n in range(31)]
    assert sum(spread.within(each, each) for each in days) == counted(Decimal("40"))


# Bands


@pytest.mark.parametrize(
    ("hours", "rule", "band"),
    [
        pytest.param("16", {}, "upper_band", id="exactly the edge"),
        pytest.param("15.99", {}, "lower_band", id="just below"),
        pytest.param("16", {"edge_is": "above"}, "no_band", id="left open by the text"),
        pytest.param("16.01", {"edge_is": "above"}, "upper_band", id="above"),
    ],
)
def test_band_of_the_mean(hours, rule, band):
    job = JobHours((week(0, str(13 * Decimal(hours)), weeks=13),))
    assert hour_band([job], START, 13, BandRule(**rule)) == band


def test_hours_of_two_jobs_add_up():
    jobs = [JobHours((week(0, str(13 * n), weeks=13),)) for n in (10, 8)]
    assert hour_band(jobs, START, 13, BandRule()) == "upper_band"
    assert hour_band(jobs[:1], START, 13, BandRule()) == "lower_band"


@pytest.mark.parametrize(
    ("statistic", "band"),
    [("mean", "upper_band"), ("min", "lower_band"), ("each", "no_band")],
)
def test_uneven_weeks_by_statistic(statistic, band):
    job = JobHours((*(week(n, "20") for n in range(12)), week(12, "10")))
    assert hour_band([job], START, 13, BandRule(statistic=statistic)) == band


def test_band_is_unknown_while_hours_are_missing_unless_they_are_enough():
    few, enough = (
        JobHours((week(0, h),), (), Period(START, START)) for h in ("9", "999")
    )
    assert hour_band([few], START, 13, BandRule()) == "hours_unknown"
    assert hour_band([enough], START, 13, BandRule()) == "upper_band"
