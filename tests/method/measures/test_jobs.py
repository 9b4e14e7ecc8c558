"""Jobs held on a day, and who works in a period."""

import pytest
from tests.method.measures.engine import rows_of, sums
from tests.method.measures.rows import (
    ON_D,
    Q2,
    D,
    day,
    episode,
    facts,
    job,
    paid,
    terms,
)

from braid.method.competitive import Switches
from braid.method.measures import Asked

UNA = episode("una")
CODED = {"profile": "as_coded"}
NO_HOURS = {"unknown_hours": 1}
KNOWN_WELL = {
    "open_to_all": True,
    "at_least_minimum": True,
    "going_rate": True,
    "employer_of_record": "employer",
    "normal_rights": True,
}
COUNTED = {"current_jobs": 1, "competitive_and_permanent": 1, "unknown_hours": 1}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(job("una", "bakery", "2026-03-01"), COUNTED, id="still in it"),
        pytest.param(
            job("una", "bakery", "2026-03-01", "2026-06-30"),
            COUNTED,
            id="the last day is D",
        ),
        pytest.param(
            job("una", "bakery", "2026-03-01", "2026-06-29"),
            {},
            id="ended the day before",
        ),
        pytest.param(job("una", "bakery", "2026-06-30"), COUNTED, id="begun on D"),
        pytest.param(job("una", "bakery", "2026-07-01"), {}, id="begins tomorrow"),
        pytest.param(
            job("una", "bakery", "2025-03-01", held_at_referral=True),
            COUNTED,
            id="held at referral",
        ),
        pytest.param(
            job("una", "bakery", "2026-03-01", permanence="fixed_term"),
            {"current_jobs": 1, "unknown_hours": 1},
            id="not permanent",
        ),
        pytest.param(
            job("una", "bakery", "2026-03-01", permanence=None),
            {"current_jobs": 1, "unknown_hours": 1},
            id="permanence not known",
        ),
        pytest.param(
            job("una", "bakery", "2026-03-01", placement="set_aside"),
            {"current_jobs": 1},
            id="not competitive",
        ),
        pytest.param(
            job("una", "bakery", "2026-03-01", placement=None),
            {"current_jobs": 1, "undetermined": 1},
            id="placement not known",
        ),
        pytest.param(
            job("una", "bakery", "2026-03-01", placement="volunteering"),
            {"volunteering_left_out": 1, "volunteering": 1},
            id="volunteering is no job",
        ),
        pytest.param(
            job("una", "bakery", "2026-03-01", open_to_all=False),
            {"current_jobs": 1},
            id="a known no beats the code",
        ),
    ],
)
def test_a_job_on_the_day(found, expected):
    assert sums("current_jobs", facts(UNA, found), ON_D, **CODED) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            job("una", "bakery", "2026-03-01"),
            {"current_jobs": 1, "undetermined": 1},
            id="tests left open",
        ),
        pytest.param(
            job("una", "bakery", "2026-03-01", **KNOWN_WELL), COUNTED, id="all answered"
        ),
    ],
)
def test_strictly_an_open_test_is_undetermined(found, expected):
    assert sums("current_jobs", facts(UNA, found), ON_D, profile="strict") == expected


@pytest.mark.parametrize(
    ("who", "jobs"),
    [
        pytest.param(
            [episode("una", exited="2026-06-30")],
            None,
            id="E30 the job goes on, the person has left",
        ),
        pytest.param([episode("una", accepted=None)], None, id="not accepted"),
        pytest.param(
            [
                episode("una", exited="2026-02-01"),
                episode("una 2", person="una", accepted="2026-05-01"),
            ],
            1,
            id="E10 referred again, still in the job of the first episode",
        ),
    ],
)
def test_only_jobs_of_people_on_the_caseload(who, jobs):
    found = facts(*who, job("una", "bakery", "2026-01-20"))
    assert sums("current_jobs", found, ON_D, **CODED).get("current_jobs") == jobs


@pytest.mark.parametrize(
    ("hours", "band"),
    [
        pytest.param(
            [terms("bakery", "2026-03-01", None, "15.99")],
            "under_16",
            id="a little under",
        ),
        pytest.param(
            [terms("bakery", "2026-03-01", None, "16.0")],
            "16_and_over",
            id="E8 exactly 16 hours",
        ),
        pytest.param(
            [terms("bakery", "2026-03-01")], "unknown_hours", id="E26 hours not known"
        ),
        pytest.param([], "unknown_hours", id="no terms at all"),
        pytest.param(
            [
                terms("bakery", "2026-03-01", "2026-06-29", "8"),
                terms("bakery", "2026-06-30", None, "20"),
            ],
            "16_and_over",
            id="new hours from the day of the change",
        ),
        pytest.param(
            [terms("bakery", "2026-03-01", "2026-06-29", "20")],
            "unknown_hours",
            id="terms that have run out",
        ),
    ],
)
def test_hours_a_week_are_those_in_force(hours, band):
    found = facts(UNA, job("una", "bakery", "2026-03-01"), *hours)
    (row,) = rows_of("current_jobs", found, ON_D, **CODED)
    assert (row["band"], row[band]) == (band, 1)


def test_on_call_counts_from_the_first_paid_shift():
    on_call = job("una", "bakery", "2026-06-01", permanence="on_call")
    no_shift = paid("bakery", "2026-06-10", hours="0")
    shift = paid("bakery", "2026-06-30", hours="5")
    competitive = [
        sums("current_jobs", facts(UNA, on_call, *hours), ON_D, **CODED).get(
            "unknown_hours"
        )
        for hours in ([], [no_shift], [no_shift, shift])
    ]
    assert competitive == [1, None, 1]


SERVED = {"served": 1}
WORKING = {"served": 1, "working": 1}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([UNA], SERVED, id="no job"),
        pytest.param([UNA, job("una", "bakery", "2026-03-01")], WORKING, id="in work"),
        pytest.param(
            [
                UNA,
                job("una", "bakery", "2026-05-04", "2026-05-04"),
                paid("bakery", "2026-05-04", hours="3"),
            ],
            WORKING,
            id="one shift of three hours is work",
        ),
        pytest.param(
            [UNA, job("una", "bakery", "2026-03-01", "2026-04-01")],
            WORKING,
            id="until the first day of the quarter",
        ),
        pytest.param(
            [UNA, job("una", "bakery", "2026-03-01", "2026-03-31")],
            SERVED,
            id="until the day before",
        ),
        pytest.param(
            [
                episode("una", accepted="2026-05-01"),
                job("una", "bakery", "2026-02-01", "2026-04-30", held_at_referral=True),
            ],
            SERVED,
            id="a job lost before acceptance",
        ),
        pytest.param(
            [
                episode("una", accepted="2026-05-01"),
                job("una", "bakery", "2025-02-01", held_at_referral=True),
            ],
            WORKING,
            id="a job held at referral is work",
        ),
        pytest.param(
            [
                episode("una", at_referral="employed_retention"),
                job("una", "bakery", "2026-05-01"),
            ],
            WORKING,
            id="retention is served and working too",
        ),
        pytest.param(
            [UNA, job("una", "bakery", "2026-05-01", placement="unpaid_internship")],
            SERVED,
            id="an internship is no work",
        ),
        pytest.param(
            [UNA, job("una", "bakery", "2026-05-01", placement=None)],
            {**SERVED, "undetermined": 1},
            id="placement not known",
        ),
        pytest.param(
            [
                UNA,
                job("una", "bakery", "2026-05-01", placement=None),
                job("una", "garage", "2026-05-01"),
            ],
            WORKING,
            id="an unknown one and an ordinary one",
        ),
        pytest.param(
            [episode("una", exited="2026-06-30")],
            SERVED,
            id="E27 exit on D, served in the quarter",
        ),
        pytest.param(
            [episode("una", exited="2026-04-01")],
            {},
            id="exit on the first day of the quarter",
        ),
        pytest.param(
            [episode("una", exited="2026-04-02")],
            SERVED,
            id="on the caseload on its first day",
        ),
        pytest.param(
            [episode("una", accepted="2026-06-30")],
            SERVED,
            id="accepted on its last day",
        ),
        pytest.param(
            [episode("una", accepted="2026-05-01", exited="2026-05-01")],
            {},
            id="exit on the day of acceptance",
        ),
        pytest.param(
            [episode("una", exited="2026-05-01"), job("una", "bakery", "2026-05-01")],
            SERVED,
            id="E29 the job begins on the day of exit",
        ),
        pytest.param(
            [episode("una", exited="2026-05-01"), job("una", "bakery", "2026-04-30")],
            WORKING,
            id="E30 in work until the exit",
        ),
        pytest.param(
            [
                episode("una", exited="2026-05-01"),
                episode("una 2", person="una", accepted="2026-06-01"),
            ],
            SERVED,
            id="E10 two episodes, one person",
        ),
        pytest.param(
            [
                episode("una", exited="2026-02-01"),
                episode("una 2", person="una", accepted="2026-06-01"),
                job("una", "bakery", "2026-01-20"),
            ],
            WORKING,
            id="E10 the job of the first episode goes on in the second",
        ),
        pytest.param(
            [
                UNA,
                job("una", "bakery", "2026-05-01"),
                job("una", "garage", "2026-05-01"),
            ],
            WORKING,
            id="E2 two jobs on one day, one person",
        ),
    ],
)
def test_served_and_working(rows, expected):
    assert sums("served", facts(*rows), Q2, **CODED) == expected


def test_a_switch_of_the_country_lets_a_subsidised_job_count():
    found = facts(UNA, job("una", "bakery", "2026-05-01", placement="wage_subsidy"))
    off = sums("served", found, Q2, **CODED)
    on = sums("served", found, Q2, switches=Switches(wage_subsidy=True), **CODED)
    assert (off, on) == (SERVED, WORKING)


def test_ilc_quarter_of_two_sites():
    """Site X 18 of 40, site Y 2 of 10: pooled 20 of 50."""
    rows = []
    for site, people, working in (("x", 40, 18), ("y", 10, 2)):
        for number in range(people):
            who = f"{site}{number}"
            rows.append(episode(who, unit_id=site))
            if number < working:
                rows.append(job(who, f"bakery {who}", "2026-03-01", unit_id=site))
    found = rows_of("served", facts(*rows), Q2, **CODED)
    by_site = {
        site: [
            sum(row[amount] for row in found if row["unit_id"] == site)
            for amount in ("working", "served")
        ]
        for site in ("x", "y")
    }
    assert by_site == {"x": [18, 40], "y": [2, 10]}


def test_what_came_after_the_day_is_not_known_on_it():
    """Asked of March with what was known then: the job had not begun, nobody had left."""
    then = Asked("2026Q1", day("2026-01-01"), day("2026-03-31"), day("2026-03-31"))
    left = facts(
        episode("una", exited="2026-04-10"), job("una", "bakery", "2026-04-01")
    )
    assert sums("served", left, then, **CODED) == SERVED
    assert then.as_of < D
