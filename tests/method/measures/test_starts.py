"""Job starts: which ones count, whose they are, and how long people waited."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.method.measures.engine import rows_of, sums
from tests.method.measures.rows import ON_D, Q2, D, day, episode, facts, job, paid

from braid.method.measures import Asked
from braid.method.survival import Observation, kaplan_meier, median

UNA = episode("una")
CODED = {"profile": "as_coded"}
START = {"job_starts": 1, "first_job_starts": 1, "job_starts_without_minimum": 1}
BY_LENGTH = {**START, "hours_unknown": 1}
LET_IN = {"job_starts_without_minimum": 1}


def _bakery(first, last=None, **values):
    return job("una", "bakery", first, last, **values)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [_bakery("2026-05-01")], BY_LENGTH, id="E28 open, hours not recorded"
        ),
        pytest.param([_bakery("2026-06-30")], BY_LENGTH, id="open, begun on D itself"),
        pytest.param(
            [_bakery("2026-05-01", "2026-05-07")],
            BY_LENGTH,
            id="E28 seven days, hours not recorded",
        ),
        pytest.param(
            [_bakery("2026-05-01", "2026-05-06")],
            {**LET_IN, "too_short": 1},
            id="E28 six days, hours not recorded",
        ),
        pytest.param(
            [
                _bakery("2026-05-01", "2026-05-01"),
                paid("bakery", "2026-05-01", hours="4"),
            ],
            START,
            id="one shift of exactly four hours",
        ),
        pytest.param(
            [
                _bakery("2026-05-01", "2026-05-01"),
                paid("bakery", "2026-05-01", hours="3"),
            ],
            LET_IN,
            id="one shift of three hours",
        ),
        pytest.param(
            [_bakery("2026-05-01"), paid("bakery", "2026-05-01", hours="3")],
            LET_IN,
            id="V19 hours known go before length",
        ),
        pytest.param(
            [
                _bakery("2026-05-01", "2026-05-02"),
                paid("bakery", "2026-05-01", hours="3"),
                paid("bakery", "2026-05-02", hours="2"),
            ],
            START,
            id="three hours, two more the next day",
        ),
        pytest.param(
            [
                _bakery("2026-05-01"),
                paid("bakery", "2026-05-01", hours="3"),
                paid("bakery", "2026-06-01"),
            ],
            BY_LENGTH,
            id="hours of one payslip not known: they may be enough",
        ),
        pytest.param(
            [
                _bakery("2026-05-01", "2026-05-02"),
                paid("bakery", "2026-05-01", hours="5"),
                paid("bakery", "2026-05-02"),
            ],
            START,
            id="hours of one payslip not known, the other is enough",
        ),
        pytest.param([_bakery("2026-04-01")], BY_LENGTH, id="first day of the quarter"),
        pytest.param([_bakery("2026-03-31")], {}, id="the day before the quarter"),
        pytest.param([_bakery("2026-07-01")], {}, id="after D"),
        pytest.param(
            [_bakery("2026-05-01", held_at_referral=True)], {}, id="held at referral"
        ),
        pytest.param(
            [_bakery("2026-05-01", placement="unpaid_internship")],
            {},
            id="an internship",
        ),
        pytest.param(
            [_bakery("2026-05-01", placement=None)],
            {"placement_unknown": 1},
            id="placement not known",
        ),
        pytest.param(
            [_bakery("2026-05-01"), job("una", "garage", "2026-05-01")],
            {
                "job_starts": 2,
                "first_job_starts": 1,
                "job_starts_without_minimum": 2,
                "hours_unknown": 2,
            },
            id="E2 two jobs on one day: two starts, one person",
        ),
        pytest.param(
            [
                _bakery("2026-05-01", permanence="on_call"),
                paid("bakery", "2026-05-20", hours="5"),
                paid("bakery", "2026-05-10", hours="0"),
            ],
            START,
            id="on call: the first paid shift",
        ),
        pytest.param(
            [
                _bakery("2026-03-01", permanence="on_call"),
                paid("bakery", "2026-05-20", hours="5"),
            ],
            START,
            id="on call since March, first paid shift in May",
        ),
        pytest.param(
            [
                _bakery("2026-05-01", permanence="on_call"),
                paid("bakery", "2026-05-10", hours="0"),
            ],
            {},
            id="on call, never a paid shift",
        ),
    ],
)
def test_a_start_in_the_quarter(rows, expected):
    assert sums("job_starts", facts(UNA, *rows), Q2, **CODED) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [
                _bakery("2026-04-10", "2026-05-31", placement="wage_subsidy"),
                job("una", "bakery 2", "2026-06-01"),
            ],
            {"2026-06-01"},
            id="E21 a subsidised job turns ordinary",
        ),
        pytest.param(
            [_bakery("2026-04-10", "2026-05-31"), job("una", "bakery 2", "2026-06-01")],
            {"2026-04-10"},
            id="a new contract the next day carries it on",
        ),
        pytest.param(
            [_bakery("2026-04-10", "2026-05-31"), job("una", "bakery 2", "2026-06-02")],
            {"2026-04-10", "2026-06-02"},
            id="a new contract after a day off",
        ),
        pytest.param(
            [_bakery("2026-04-10"), job("una", "bakery 2", "2026-06-01")],
            {"2026-04-10", "2026-06-01"},
            id="a second job beside the first at the same employer",
        ),
        pytest.param(
            [
                _bakery("2025-04-10", "2026-05-31", held_at_referral=True),
                job("una", "bakery 2", "2026-06-01"),
            ],
            set(),
            id="a new contract carries on a job held at referral",
        ),
        pytest.param(
            [
                _bakery("2026-04-10", "2026-05-31", employer_id=None),
                job("una", "bakery 2", "2026-06-01", employer_id=None),
            ],
            {"2026-04-10", "2026-06-01"},
            id="employers not known are not the same",
        ),
        pytest.param(
            [
                _bakery("2026-05-30", "2026-05-31"),
                paid("bakery", "2026-05-30", hours="3"),
                job("una", "bakery 2", "2026-06-01"),
            ],
            {"2026-05-30"},
            id="three hours on trial, then the contract: dated at the first shift",
        ),
        pytest.param(
            [
                _bakery("2026-05-30", "2026-05-31"),
                paid("bakery", "2026-05-30", hours="3"),
                job("una", "bakery 2", "2026-06-01", "2026-06-01"),
                paid("bakery 2", "2026-06-01", hours="1"),
            ],
            {"2026-05-30"},
            id="hours are those of the whole spell",
        ),
    ],
)
def test_the_same_employer_again(rows, expected):
    begun = {
        each[1]["job_id"]: each[1]["first_day"] for each in rows if each[0] == "jobs"
    }
    found = rows_of("job_starts", facts(UNA, *rows), Q2, **CODED)
    assert {begun[row["job_id"]] for row in found if row["job_starts"]} == {
        day(text) for text in expected
    }


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param(
            episode("una", accepted="2026-05-01"),
            BY_LENGTH,
            id="on the day of acceptance",
        ),
        pytest.param(
            episode("una", accepted="2026-05-02"),
            {"outside_caseload": 1},
            id="E23 before acceptance",
        ),
        pytest.param(
            episode("una", exited="2026-05-01"),
            {"outside_caseload": 1},
            id="E29 on the day of exit",
        ),
        pytest.param(
            episode("una", exited="2026-05-02"),
            BY_LENGTH,
            id="on the last day on the caseload",
        ),
        pytest.param(
            episode("una", at_referral="employed_retention"),
            {"retention_new_jobs": 1},
            id="E9 retention: a new job of somebody in work",
        ),
        pytest.param(
            episode("una", at_referral="employed_seeking"),
            {"retention_new_jobs": 1},
            id="in work, wanted another job",
        ),
        pytest.param(
            episode("una", at_referral="unknown"),
            {"at_referral_unknown": 1},
            id="status at referral not known",
        ),
        pytest.param(
            episode("una", at_referral="education"),
            {"in_education": 1},
            id="in education at referral",
        ),
    ],
)
def test_whose_start_it_is(who, expected):
    found = facts(who, _bakery("2026-05-01"))
    assert sums("job_starts", found, Q2, **CODED) == expected


def test_retention_client_who_loses_the_job_and_finds_another():
    """E9: the old job is no start; the new one is, in its own column."""
    found = facts(
        episode("una", at_referral="employed_retention"),
        job("una", "garage", "2025-01-01", "2026-04-10", held_at_referral=True),
        _bakery("2026-05-20"),
        job("una", "shop", "2026-06-20", "2026-06-20"),
        paid("shop", "2026-06-20", hours="3"),
    )
    assert sums("job_starts", found, Q2, **CODED) == {"retention_new_jobs": 1}


def test_the_first_start_of_a_person_is_one_over_all_episodes():
    """E10: a start in each of two episodes; the person counts in the first quarter."""
    found = facts(
        episode("una", exited="2026-03-15"),
        episode("una 2", person="una", accepted="2026-04-01"),
        _bakery("2026-03-01", "2026-03-10"),
        job("una 2", "garage", "2026-05-01"),
    )
    quarters = [Asked("2026Q1", day("2026-01-01"), day("2026-03-31"), D), Q2]
    rows = rows_of("job_starts", found, *quarters, **CODED)
    assert [
        (row["period"], row["job_starts"], row["first_job_starts"]) for row in rows
    ] == [
        ("2026Q1", 1, 1),
        ("2026Q2", 1, 0),
    ]


def test_a_start_becomes_one_when_its_fourth_hour_is_worked():
    """E1: three hours on 31 March, two the next day; known on 31 March, and later."""
    found = facts(
        UNA,
        _bakery("2026-03-31"),
        paid("bakery", "2026-03-31", hours="3"),
        paid("bakery", "2026-04-01", hours="2"),
    )
    first, last = day("2026-01-01"), day("2026-03-31")
    known = [
        sums("job_starts", found, Asked("2026Q1", first, last, as_of), **CODED)
        for as_of in (last, last + timedelta(1))
    ]
    assert known == [LET_IN, START]


def test_a_last_day_still_to_come_is_not_known():
    short = facts(UNA, _bakery("2026-06-29", "2026-07-02"))
    assert sums("job_starts", short, Q2, **CODED) == BY_LENGTH


def test_strictly_a_start_waits_for_the_tests():
    assert sums("job_starts", facts(UNA, _bakery("2026-05-01")), Q2) == {
        "tests_open": 1
    }


@pytest.mark.parametrize(
    ("minimum", "starts"),
    [
        pytest.param(None, 2, id="no minimum lets everything in"),
        pytest.param(Decimal(3), 1, id="three hours are enough"),
        pytest.param(Decimal("3.5"), None, id="three hours are too few"),
    ],
)
def test_the_minimum_is_the_measures_own(minimum, starts):
    found = facts(
        UNA,
        _bakery("2026-05-01", "2026-05-01"),
        paid("bakery", "2026-05-01", hours="3"),
        job("una", "garage", "2026-05-10", "2026-05-12"),
    )
    assert (
        sums("job_starts", found, Q2, min_paid_hours=minimum, **CODED).get("job_starts")
        == starts
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([UNA], {"days": 169}, id="still waiting on D"),
        pytest.param(
            [episode("una", exited="2026-02-01")], {"days": 20}, id="waited until exit"
        ),
        pytest.param(
            [UNA, _bakery("2026-05-01")],
            {"days": 109, "starters": 1, "event": 1},
            id="started",
        ),
        pytest.param(
            [UNA, _bakery("2026-01-12")],
            {"starters": 1, "event": 1},
            id="started on the day of acceptance",
        ),
        pytest.param(
            [UNA, _bakery("2026-05-01"), job("una", "garage", "2026-03-01")],
            {"days": 48, "starters": 1, "event": 1},
            id="the first of two",
        ),
        pytest.param(
            [UNA, _bakery("2026-01-11")],
            {"days": 169},
            id="a job before acceptance is no start",
        ),
        pytest.param(
            [
                UNA,
                _bakery("2026-05-01", "2026-05-01"),
                paid("bakery", "2026-05-01", hours="3"),
            ],
            {"days": 169},
            id="three hours are no start",
        ),
        pytest.param(
            [episode("una", accepted="2026-03-01", exited="2026-02-01")],
            {},
            id="an exit before acceptance waits no day",
        ),
    ],
)
def test_waiting_for_the_first_start(rows, expected):
    assert sums("waits", facts(*rows), ON_D, **CODED) == {"episodes": 1} | expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param(episode("una", accepted=None), {}, id="not accepted"),
        pytest.param(episode("una", accepted="2026-07-01"), {}, id="accepted after D"),
        pytest.param(episode("una", at_referral="employed_seeking"), {}, id="in work"),
        pytest.param(
            episode("una", at_referral="unknown"),
            {"at_referral_unknown": 1},
            id="status not known",
        ),
        pytest.param(
            episode("una", at_referral="education"),
            {"in_education": 1},
            id="in education",
        ),
    ],
)
def test_who_waits(who, expected):
    assert sums("waits", facts(who), ON_D, **CODED) == expected


def test_each_episode_has_a_wait_of_its_own():
    """E10: referred again, each episode with the start that lies in it."""
    found = facts(
        episode("una", exited="2026-03-15"),
        episode("una 2", person="una", accepted="2026-04-01"),
        _bakery("2026-03-01"),
        job("una 2", "garage", "2026-05-01"),
    )
    rows = rows_of("waits", found, ON_D, **CODED)
    assert {row["episode_id"]: (row["days"], row["job_id"]) for row in rows} == {
        "una": (48, "bakery"),
        "una 2": (30, "garage"),
    }


def test_a_start_on_29_february():
    """E13: 91 days after it is 30 May; day 91 itself is 29 May."""
    found = facts(
        episode("una", accepted="2024-02-29"),
        _bakery("2024-05-30"),
        episode("ben", accepted="2024-01-01"),
        job("ben", "garage", "2024-02-29"),
    )
    rows = rows_of("waits", found, ON_D, **CODED)
    assert {row["episode_id"]: row["days"] for row in rows} == {"una": 91, "ben": 59}


def test_waits_make_a_curve():
    found = facts(
        *(episode(who) for who in ("una", "ben", "eva")),
        episode("per", exited="2026-02-01"),
        _bakery("2026-02-11"),
        job("ben", "garage", "2026-04-22"),
    )
    rows = rows_of("waits", found, ON_D, **CODED)
    curve = kaplan_meier(Observation(row["days"], bool(row["event"])) for row in rows)
    assert [(step.time, step.at_risk) for step in curve.steps] == [(30, 3), (100, 2)]
    assert curve.survival_at(100) == pytest.approx(1 / 3)
    assert median(row["days"] for row in rows if row["event"]) == 65
