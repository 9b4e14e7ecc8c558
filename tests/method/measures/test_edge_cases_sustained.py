"""Edge cases of work that lasts, each by its number and name, both ways of asking."""

from datetime import date
from decimal import Decimal

import pytest
from tests.method.measures.engine import sums
from tests.method.measures.rows import (
    D,
    episode,
    facts,
    job,
    paid,
    row,
    rows_of_weeks,
    terms,
)

from braid.method.measures import Asked, get

CODED = {"profile": "as_coded", "min_paid_hours": None}
IN_2025 = Asked("2025", date(2025, 1, 1), date(2025, 12, 31), D)
ADA = episode("ada", accepted="2025-01-01")
START, LAST = "2025-01-06", "2025-04-06"


def lasted(*rows, word="sustained_days", asked=IN_2025, **given):
    """Return what came of the starts of 2025."""
    return sums(word, facts(*rows), asked, **CODED, **given)


def away(name, first, last, is_paid):
    return row("absences", job_id=name, first_day=first, last_day=last, paid=is_paid)


@pytest.mark.parametrize(
    ("last", "outcome"),
    [("2025-04-05", "not_sustained"), (LAST, "sustained")],
    ids=["day 90 no", "day 91, which is 13 weeks, yes"],
)
def test_e3_last_day_is_day_90_or_91(last, outcome):
    assert lasted(ADA, job("ada", "shop", START, last)) == {
        "starts": 1,
        "mature_starts": 1,
        outcome: 1,
    }


@pytest.mark.parametrize(
    ("last", "outcome"),
    [("2025-07-05", "not_sustained"), ("2025-07-06", "sustained")],
    ids=["day 181 no", "day 182 yes"],
)
def test_e4_twenty_six_weeks_are_182_days(last, outcome):
    assert lasted(ADA, job("ada", "shop", START, last), n=182)[outcome] == 1


GAP = (
    ADA,
    job("ada", "shop", START, "2025-02-28"),
    job("ada", "mill", "2025-03-16", "2025-07-01"),
)


@pytest.mark.parametrize(
    ("tolerance", "sustained"),
    [(14, 1), (15, 2)],
    ids=["the clock restarts at the second job", "the chain is kept"],
)
def test_e5_gap_of_fifteen_days_by_tolerance(tolerance, sustained):
    found = lasted(*GAP, max_gap_days=tolerance)
    assert (found["starts"], found["sustained"]) == (2, sustained)


def test_e5_somebody_counts_once_by_the_start_that_came_furthest():
    found = lasted(*GAP, max_gap_days=14, scope="person")
    assert found == {"starts": 1, "mature_starts": 1, "sustained": 1}


@pytest.mark.parametrize(
    ("is_paid", "sick_counts", "outcome"),
    [
        pytest.param(True, "paid", "sustained", id="paid sick leave"),
        pytest.param(False, "paid", "not_sustained", id="unpaid sick leave"),
        pytest.param(False, "all", "sustained", id="unpaid, and the pack counts it"),
        pytest.param(True, "none", "not_sustained", id="paid, and the pack does not"),
    ],
)
def test_e6_sick_leave_inside_thirteen_weeks(is_paid, sick_counts, outcome):
    rows = (
        ADA,
        job("ada", "shop", START, LAST),
        terms("shop", START, hours="10"),
        *rows_of_weeks("shop", START, ["10"] * 12 + ["0"]),
        away("shop", "2025-03-31", LAST, is_paid),
    )
    found = lasted(*rows, word="sustained_periods", sick_counts=sick_counts)
    assert found[outcome] == 1
    assert lasted(*rows)["sustained"] == 1


def test_e7_zero_hours_weeks_are_employed_and_no_working_weeks():
    rows = (
        ADA,
        job("ada", "shop", START, LAST),
        *rows_of_weeks("shop", START, ["10"] * 6 + ["0"] + ["10"] * 6),
    )
    assert lasted(*rows)["sustained"] == 1
    assert lasted(*rows, word="sustained_periods")["not_sustained"] == 1
    twelve = lasted(*rows, word="sustained_periods", n=12)
    assert twelve["sustained"] == 1


@pytest.mark.parametrize(
    ("edge_is", "band"), [("at_least", "upper_band"), ("above", "no_band")]
)
def test_e8_hours_exactly_sixteen(edge_is, band):
    rows = (ADA, job("ada", "shop", START, LAST), terms("shop", START, hours="16"))
    found = lasted(
        *rows, word="sustained_hours", source="paid_or_agreed", edge_is=edge_is
    )
    assert found == {"mature_starts": 1, "sustained": 1, band: 1}


@pytest.mark.parametrize(
    ("last", "outcome"), [("2024-05-28", "not_sustained"), ("2024-05-29", "sustained")]
)
def test_e13_start_on_a_leap_day(last, outcome):
    leap = Asked.on(date(2024, 2, 29))
    leap = Asked("leap day", leap.first_day, leap.last_day, D)
    ada = episode("ada", accepted="2024-01-01")
    found = lasted(ada, job("ada", "shop", "2024-02-29", last), asked=leap)
    assert found[outcome] == 1


def test_e14_change_of_the_clock_inside_the_time_has_no_effect():
    """30 March 2025 has 23 hours in much of Europe; days are days."""
    assert lasted(ADA, job("ada", "shop", START, LAST))["sustained"] == 1


def test_e18_who_withdraws_leaves_later_runs_and_not_a_figure_that_is_frozen():
    bo = episode("bo", accepted="2025-01-01")
    both = facts(ADA, bo, job("ada", "shop", START), job("bo", "mill", START))
    asked = [IN_2025]
    frozen = get("sustained_days").reference(both, asked, **CODED)
    left = {
        name: [r for r in rows if r.get("episode_id") != "bo"]
        for name, rows in both.items()
    }
    assert sums("sustained_days", left, IN_2025, **CODED)["sustained"] == 1
    assert get("sustained_days").reference(both, asked, **CODED) == frozen
    assert sum(each["sustained"] for each in frozen) == 2


@pytest.mark.parametrize(
    ("died", "expected"),
    [
        pytest.param("2025-02-01", {"died": 1}, id="inside the time: in no rate"),
        pytest.param(LAST, {"died": 1}, id="on its last day"),
        pytest.param(
            "2025-04-07",
            {"starts": 1, "mature_starts": 1, "sustained": 1},
            id="the day after it was reached",
        ),
    ],
)
def test_e19_death(died, expected):
    ada = episode("ada", accepted="2025-01-01", exited=died, exit_reason="deceased")
    assert lasted(ada, job("ada", "shop", START)) == expected


def test_e20_merged_duplicates_are_one_person_and_the_figure_is_restated():
    spells = (job("ada", "shop", START, "2025-03-01"), job("bo", "mill", "2025-03-02"))
    apart = (ADA, episode("bo", accepted="2025-01-01"), *spells)
    merged = (ADA, episode("bo", accepted="2025-01-01", person="ada"), *spells)
    assert lasted(*apart, scope="person") == {
        "starts": 2,
        "mature_starts": 2,
        "sustained": 1,
        "not_sustained": 1,
    }
    assert lasted(*merged, scope="person") == {
        "starts": 1,
        "mature_starts": 1,
        "sustained": 1,
    }


def test_e21_subsidised_job_turns_ordinary_and_lasts_from_its_conversion():
    rows = (
        ADA,
        job("ada", "shop a", START, "2025-03-31", placement="wage_subsidy"),
        job("ada", "shop b", "2025-04-01", "2025-06-30"),
    )
    assert lasted(*rows) == {"starts": 1, "mature_starts": 1, "sustained": 1}
    assert lasted(*rows[:2], job("ada", "shop b", "2025-04-01", "2025-06-29")) == {
        "starts": 1,
        "mature_starts": 1,
        "not_sustained": 1,
    }


def test_lost_contact_is_a_third_outcome_until_a_payslip_says_otherwise():
    lost = episode(
        "ada", accepted="2025-01-01", exited="2025-02-01", exit_reason="lost_contact"
    )
    rows = (lost, job("ada", "shop", START))
    assert lasted(*rows)["unknown"] == 1
    assert lasted(*rows, paid("shop", LAST, hours="5"))["sustained"] == 1


# The eight research measures: the fixture that their definition works out


YEAR = Asked("entered", date(2025, 1, 1), date(2025, 1, 1), date(2025, 12, 31))
EIGHT = (
    episode("ada", accepted="2025-01-01"),
    job("ada", "a", "2025-03-03", "2025-05-25"),
    job("ada", "b", "2025-11-24"),
    *rows_of_weeks("a", "2025-03-03", ["10"] * 12),
    *rows_of_weeks("b", "2025-11-24", ["25"] * 5),
    paid("b", "2025-12-29", "2025-12-31", "15"),
)


def test_eight_research_measures_of_the_fixture():
    found = sums("research", facts(*EIGHT), YEAR, profile="as_coded")
    assert found == {
        "people": 1,
        "workers": 1,
        "days_to_first_job": 61,
        "weeks_worked": 18,
        "longest_tenure": 12,
        "workers_with_weeks": 1,
        "hours_per_week": Decimal("14.4444"),
        "worked_20h": 1,
        "hours_total": 260,
    }


def test_research_measures_by_days_and_by_the_mean_week():
    found = sums(
        "research",
        facts(*EIGHT),
        YEAR,
        profile="as_coded",
        weeks="days",
        twenty="mean",
    )
    assert found["weeks_worked"] == Decimal("17.4286")  # 84 + 38 days
    assert "worked_20h" not in found


def test_last_job_is_cut_at_the_end_of_the_window():
    found = sums("research", facts(*EIGHT[:1], EIGHT[2]), YEAR, profile="as_coded")
    assert found["longest_tenure"] == Decimal("5.4286")  # 38 days


def test_who_never_worked_stays_in_the_total_sample():
    bo = episode("bo", accepted="2025-01-01")
    found = sums("research", facts(*EIGHT, bo), YEAR, profile="as_coded")
    assert (found["people"], found["workers"], found["hours_total"]) == (2, 1, 260)
