"""The edge cases of outcomes, each by its number, under every word that it touches.

Each word is asked both ways, in plain Python and of DuckDB (see `engine`).
"""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from tests.method.measures.engine import rows_of, sums
from tests.method.measures.rows import (
    contact,
    episode,
    facts,
    held_by,
    job,
    paid,
    post,
    row,
    terms,
)

from braid.facts import cells
from braid.facts.schema import TABLES
from braid.kernel.dates import iso_week_start, quarter_period
from braid.method.measures import Asked

CODED = {"profile": "as_coded"}
D = date(2026, 6, 30)
ON_D = Asked.on(D)
UNA = episode("una")
YEAR = Asked("year", date(2025, 4, 1), date(2026, 3, 31), date(2026, 3, 31))


def quarter(name, as_of=D):
    period = quarter_period(name)
    return Asked(name, period.first_day, period.last_day, as_of)


Q1, Q2 = quarter("2026Q1"), quarter("2026Q2")


def started(*rows, asked=Q1, **parameters):
    """Return the job starts of a quarter."""
    found = sums("job_starts", facts(*rows), asked, **CODED, **parameters)
    return found.get("job_starts", 0)


# Starts


@pytest.mark.parametrize(
    ("dating", "in_first", "in_second"),
    [
        pytest.param("threshold_met", 0, 1, id="dated when 4 hours are reached"),
        pytest.param("first_shift", 1, 0, id="dated at the first shift"),
    ],
)
def test_e1_three_hours_on_the_last_day_and_two_on_the_next(
    dating, in_first, in_second
):
    rows = (
        UNA,
        job("una", "bakery", "2026-03-31", "2026-04-01"),
        paid("bakery", "2026-03-31", hours="3"),
        paid("bakery", "2026-04-01", hours="2"),
    )
    assert started(*rows, asked=Q1, dating=dating) == in_first
    assert started(*rows, asked=Q2, dating=dating) == in_second
    # As known on the last day of the quarter there is no start yet, however dated.
    assert started(*rows, asked=quarter("2026Q1", date(2026, 3, 31))) == 0


def test_e2_two_jobs_on_one_day_are_two_starts_of_one_person():
    rows = facts(
        UNA, job("una", "bakery", "2026-02-02"), job("una", "garage", "2026-02-02")
    )
    found = sums("job_starts", rows, Q1, **CODED)
    assert (found["job_starts"], found["first_job_starts"]) == (2, 1)
    assert sums("served", rows, Q1, **CODED) == {"served": 1, "working": 1}


def test_e9_a_retention_client_loses_the_job_and_finds_another():
    rows = facts(
        episode("una", accepted="2025-05-05", at_referral="employed_retention"),
        job("una", "bakery", "2020-01-01", "2025-09-30", held_at_referral=True),
        job("una", "garage", "2025-11-09"),
    )
    stays_out, comes_in = (
        sums("arrivals", rows, YEAR, **CODED, anchor=anchor)
        for anchor in ("at_start", "at_spell")
    )
    assert stays_out == {"arrived": 1, "retention": 1}
    assert comes_in == {"arrived": 1, "out_of_work": 1, "started": 1}
    found = sums("job_starts", rows, YEAR, **CODED)
    assert found == {"retention_new_jobs": 1}
    assert sums("tenures", rows, YEAR, **CODED)["jobs"] == 1
    lost = Asked("lost", date(2025, 7, 1), date(2025, 10, 31), D)
    assert sums("kept_jobs", rows, lost, **CODED) == {"held": 1, "lost": 1}


def test_e10_referred_again_in_one_year():
    rows = facts(
        episode("una", accepted="2025-05-05", exited="2025-06-01"),
        episode("una 2", person="una", accepted="2025-09-05"),
        job("una 2", "bakery", "2025-10-01"),
    )
    assert sums("served", rows, YEAR, **CODED) == {"served": 1, "working": 1}
    assert sums("begun_episodes", rows, YEAR)["begun_episodes"] == 2
    found = sums("arrivals", rows, YEAR, **CODED)
    assert found == {"arrived": 1, "out_of_work": 1, "started": 1}
    steps = sums("referral_steps", rows, YEAR)
    assert (steps["referrals"], steps["people"]) == (2, 1)
    # A first start in each of two episodes counts twice only where a contract asks it.
    again = facts(
        episode("una", accepted="2025-05-05", exited="2025-08-01"),
        episode("una 2", person="una", accepted="2025-09-05"),
        job("una", "garage", "2025-06-01", "2025-07-01"),
        job("una 2", "bakery", "2025-10-01"),
    )
    by_scope = [
        sums("job_starts", again, YEAR, **CODED, scope=scope)["first_job_starts"]
        for scope in ("person", "episode")
    ]
    assert by_scope == [1, 2]


def test_e11_handed_over_in_the_middle_of_the_quarter():
    rows = facts(
        UNA,
        post("kim"),
        post("pat"),
        held_by("una", "kim", last="2026-02-14"),
        held_by("una", "pat", "2026-02-15"),
    )
    assert sums("served", rows, Q1, **CODED) == {"served": 1}
    holders = [
        [
            each["staff_id"]
            for each in rows_of("caseload_and_posts", rows, Asked.on(day))
            if each["episodes"]
        ]
        for day in (date(2026, 2, 14), date(2026, 2, 15))
    ]
    assert holders == [["kim"], ["pat"]]


def test_e12_late_evidence_changes_the_corrected_figure_only():
    gone = episode("una", exited="2026-03-01")
    frozen = facts(gone)
    corrected = facts(gone, job("una", "bakery", "2026-02-02", "2026-02-20"))
    found = [sums("served", each, Q1, **CODED) for each in (frozen, corrected, frozen)]
    assert found == [{"served": 1}, {"served": 1, "working": 1}, {"served": 1}]
    assert sums("job_starts", corrected, Q1, **CODED)["job_starts"] == 1


@pytest.mark.parametrize(
    ("last", "days"),
    [("2024-05-28", 90), ("2024-05-29", 91)],
    ids=["day 90", "day 91 is 29 May"],
)
def test_e13_a_start_on_a_leap_day(last, days):
    rows = facts(
        episode("una", accepted="2024-01-15"), job("una", "bakery", "2024-02-29", last)
    )
    (found,) = rows_of("tenures", rows, ON_D, **CODED)
    assert (found["days"], found["event"]) == (days, 1)


def test_e14_clocks_that_change_change_nothing():
    """28 to 30 March 2026, with the change to summer time on the 29th."""
    asked = Asked("change", date(2026, 3, 28), date(2026, 3, 30), date(2026, 3, 30))
    rows = facts(
        episode("una", accepted="2026-03-28"), job("una", "bakery", "2026-03-29")
    )
    assert sums("contact_weeks", rows, asked) == {"days": 3}
    (waited,) = rows_of("waits", rows, asked, **CODED)
    assert waited["days"] == 1


def test_e15_a_day_of_the_iso_year_before_the_calendar_year():
    day = date(2024, 12, 30)
    rows = facts(episode("una", accepted="2024-12-30"))
    by_calendar = Asked("2025", date(2025, 1, 1), date(2025, 12, 31), D)
    by_week = Asked("2025 weeks", date(2024, 12, 30), date(2025, 12, 28), D)
    assert iso_week_start(day) == day
    assert day.isocalendar()[:2] == (2025, 1)
    assert sums("begun_episodes", rows, by_calendar) == {}
    assert sums("begun_episodes", rows, by_week)["begun_episodes"] == 1


@pytest.mark.parametrize(
    ("first", "again", "ever", "in_year"),
    [
        pytest.param("2025-03-31", "2025-04-01", 0, 1, id="the year begins in April"),
        pytest.param("2025-04-01", "2025-04-20", 1, 1, id="the first of both"),
        pytest.param("2025-01-02", "2025-03-31", 0, 0, id="before the month"),
    ],
)
def test_e16_the_financial_year_begins_in_april(first, again, ever, in_year):
    rows = facts(
        episode("una", accepted="2025-01-01"),
        contact(1, "kim", first, episode_id="una"),
        contact(2, "kim", again, episode_id="una"),
    )
    april = Asked("April", date(2025, 4, 1), date(2025, 4, 30), D)
    found = sums("first_contacts", rows, april)
    assert (found.get("accessed", 0), found.get("accessed_in_year", 0)) == (
        ever,
        in_year,
    )


def test_e17_a_start_belongs_to_the_place_lived_in_on_its_day():
    def lived(area, first, last=None):
        return row(
            "residence", episode_id="una", area=area, first_day=first, last_day=last
        )

    rows = facts(
        UNA,
        lived("inland", "2026-01-01", "2026-03-01"),
        lived("coast", "2026-03-02"),
        job("una", "bakery", "2026-03-01"),
        job("una", "garage", "2026-03-02"),
    )
    found = rows_of("job_starts", rows, Q1, **CODED, group="area")
    assert {each["job_id"]: each["group"] for each in found} == {
        "bakery": "inland",
        "garage": "coast",
    }


def test_e20_two_records_of_one_person_are_merged():
    """The key stays that of the person; the count is put right as a correction."""
    apart = facts(UNA, episode("ina"), job("ina", "bakery", "2026-02-02"))
    merged = facts(
        UNA, episode("ina", person="una"), job("ina", "bakery", "2026-02-02")
    )
    assert sums("served", apart, Q1, **CODED) == {"served": 2, "working": 1}
    assert sums("served", merged, Q1, **CODED) == {"served": 1, "working": 1}
    assert sums("arrivals", merged, Q1, **CODED)["arrived"] == 1


# Jobs


def test_e8_exactly_sixteen_hours_are_in_the_upper_band():
    rows = facts(
        episode("una", exited="2026-06-30"),
        job("una", "bakery", "2026-03-01"),
        terms("bakery", "2026-03-01", hours="16.0"),
    )
    before = Asked.on(date(2026, 6, 29))
    (found,) = rows_of("held_jobs", rows, before, **CODED)
    assert (found["band"], found["weekly_hours"]) == ("16_to_30", Decimal(16))
    closed = sums("closed_referrals", rows, Q2, **CODED)
    assert closed["hours_16_to_29"] == closed["employed"] == 1


@pytest.mark.parametrize(
    ("confirmed", "how", "days"),
    [
        pytest.param("2026-03-30", "going_on", 149, id="news 92 days ago"),
        pytest.param("2026-03-29", "unverified", 56, id="news 93 days ago"),
        pytest.param(None, "unverified", 1, id="no news since it began"),
        pytest.param("2026-07-05", "unverified", 1, id="news still to come"),
    ],
)
def test_e22_an_open_job_without_news_is_unverified(confirmed, how, days):
    rows = facts(UNA, job("una", "bakery", "2026-02-02", last_confirmed_on=confirmed))
    (spell,) = rows_of("tenures", rows, ON_D, **CODED)
    assert (spell[how], spell["days"], spell["event"]) == (1, days, 0)
    held = sums("held_jobs", rows, ON_D, **CODED)
    assert held["competitive"] == 1
    assert held.get("unverified", 0) == int(how == "unverified")


def test_e23_a_job_found_between_referral_and_access():
    rows = (
        episode("una", referred_on="2026-01-05", entered_on="2026-02-02"),
        job("una", "bakery", "2026-01-20"),
    )
    by_default = sums("job_starts", facts(*rows), Q1, basis="entered", **CODED)
    assert by_default == {"before_basis": 1, "outside_caseload": 1}
    counted = sums(
        "job_starts",
        facts(*rows),
        Q1,
        basis="entered",
        counted_from="referral",
        **CODED,
    )
    assert (counted["job_starts"], counted["before_basis"]) == (1, 1)


def test_e26_missing_hours_are_not_known_and_not_zero():
    rows = facts(
        UNA,
        job("una", "bakery", "2026-02-02"),
        job("una", "garage", "2026-02-02"),
        terms("garage", "2026-02-02", hours="10"),
    )
    bands = {each["job_id"]: each for each in rows_of("held_jobs", rows, ON_D, **CODED)}
    assert bands["bakery"]["band"] == "unknown_hours"
    assert bands["bakery"]["hours_known"] == 0
    assert sum(each["hours_known"] for each in bands.values()) == 1
    found = sums("job_starts", rows, Q1, **CODED)
    assert found["hours_unknown"] == 2


@pytest.mark.parametrize(
    ("last", "starts", "reason"),
    [
        pytest.param("2026-03-07", 0, {"too_short": 1}, id="six days: not yet"),
        pytest.param("2026-03-08", 1, {}, id="seven days"),
        pytest.param(None, 1, {}, id="still open"),
    ],
)
def test_e28_hours_not_recorded(last, starts, reason):
    rows = facts(UNA, job("una", "bakery", "2026-03-02", last))
    found = sums("job_starts", rows, Q1, **CODED)
    assert found.get("job_starts", 0) == found.get("hours_unknown", 0) == starts
    assert reason.items() <= found.items()
    waits = sums("waits", rows, Q1, **CODED)
    assert waits.get("starters", 0) == starts


# The caseload


def test_e27_exit_on_the_day_of_the_report():
    rows = facts(
        episode("una", exited="2026-06-30"), job("una", "bakery", "2026-02-02")
    )
    assert sums("served", rows, Q2, **CODED) == {"served": 1, "working": 1}
    for word in ("current_episodes", "open_referrals"):
        assert sums(word, rows, ON_D) == {}
    assert sums("held_jobs", rows, ON_D, **CODED) == {}
    assert sums("closed_referrals", rows, Q2, **CODED)["closed"] == 1
    assert sums("contact_weeks", rows, Q2) == {"days": 90}


def test_e29_a_job_that_begins_on_the_day_of_exit():
    rows = facts(
        episode("una", exited="2026-05-01"), job("una", "bakery", "2026-05-01")
    )
    assert sums("served", rows, Q2, **CODED) == {"served": 1}
    assert sums("job_starts", rows, Q2, **CODED) == {"outside_caseload": 1}
    assert sums("tenures", rows, ON_D, **CODED) == {}
    assert sums("closed_referrals", rows, Q2, **CODED)["not_employed"] == 1


def test_e30_a_job_that_goes_on_after_exit():
    rows = facts(
        episode("una", exited="2026-04-01"), job("una", "bakery", "2026-03-02")
    )
    assert sums("served", rows, Q1, **CODED) == {"served": 1, "working": 1}
    assert sums("served", rows, Q2, **CODED) == {}
    (spell,) = rows_of("tenures", rows, ON_D, **CODED)
    assert (spell["exited"], spell["days"], spell["event"]) == (1, 30, 0)
    assert sums("held_jobs", rows, ON_D, **CODED) == {}
    assert sums("closed_referrals", rows, Q2, **CODED)["employed"] == 1


# What a file says


def column(table, name):
    return next(each for each in TABLES[table].columns if each.name == name)


def test_e24_the_thirty_first_of_june_is_refused_with_its_row():
    texts = pa.chunked_array([["2026-06-30", "2026-06-31", ""]])
    days, failed = cells.read(column("jobs", "first_day"), texts)
    assert failed == [2]
    assert days.to_pylist() == [D, None, None]


def test_e25_a_code_with_a_line_end_behind_it_matches():
    texts = pa.chunked_array([["in_person\r\n", "phone"]])
    modes, failed = cells.read(column("contacts", "mode"), texts)
    assert (modes.to_pylist(), failed) == (["in_person", "phone"], [])
