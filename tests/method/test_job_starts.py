"""Job starts: enough paid hours, on call, conversions, the same employer again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.method.competitive import (
    PaidWork,
    Segment,
    first_paid_day,
    job_starts,
    start_counts,
    working_weeks,
)

FOUR = Decimal(4)
MARCH_3 = date(2025, 3, 3)
LATER = date(2025, 12, 31)


@pytest.mark.parametrize(
    ("hours", "last_day", "as_of", "counts", "flag"),
    [
        pytest.param("4.0", None, LATER, True, "", id="V1 four hours paid"),
        pytest.param(
            "3.0", None, LATER, False, "below_minimum", id="V2 three hours paid"
        ),
        pytest.param(
            None, date(2025, 3, 9), LATER, True, "hours_unknown", id="V16 seven days"
        ),
        pytest.param(
            None, date(2025, 3, 8), LATER, False, "too_short", id="V17 six days"
        ),
        pytest.param(
            None, None, MARCH_3, True, "hours_unknown", id="V18 open on its first day"
        ),
        pytest.param(
            "3.0",
            date(2025, 3, 9),
            LATER,
            False,
            "below_minimum",
            id="V19 known hours go before length",
        ),
        pytest.param(
            "40", None, date(2025, 3, 2), False, "not_begun", id="starts tomorrow"
        ),
    ],
)
def test_start_counts(hours, last_day, as_of, counts, flag):
    paid = None if hours is None else Decimal(hours)
    start = start_counts(paid, MARCH_3, last_day, FOUR, as_of)
    assert (start.counts, start.flag) == (counts, flag)


def test_start_counts_from_the_first_day_where_no_minimum_is_asked():
    assert start_counts(None, MARCH_3, MARCH_3, None, MARCH_3).counts


@given(st.decimals(0, 100, places=1), st.decimals(0, 100, places=1), st.booleans())
def test_more_paid_hours_never_undo_a_start(hours, more, ended):
    last_day = MARCH_3 + timedelta(2) if ended else None
    before = start_counts(hours, MARCH_3, last_day, FOUR, LATER)
    after = start_counts(hours + more, MARCH_3, last_day, FOUR, LATER)
    assert after.counts or not before.counts


def test_on_call_begins_with_the_first_paid_shift():
    """V13: on call from 6 January, first shift on the 9th, then nothing for a month."""
    paid = [
        PaidWork(date(2025, 1, 9), date(2025, 1, 9), Decimal(5)),
        PaidWork(date(2025, 1, 6), date(2025, 1, 6), Decimal(0)),
        PaidWork(date(2025, 1, 13), date(2025, 2, 9), Decimal(0)),
        PaidWork(date(2025, 2, 10), date(2025, 2, 10), Decimal(6)),
    ]
    assert first_paid_day(date(2025, 1, 6), "on_call", paid) == date(2025, 1, 9)
    assert working_weeks(paid) == {date(2025, 1, 6), date(2025, 2, 10)}


@pytest.mark.parametrize(
    ("permanence", "hours", "expected"),
    [
        pytest.param("permanent", [0], MARCH_3, id="an ordinary contract has begun"),
        pytest.param("on_call", [], MARCH_3, id="on call, hours not recorded"),
        pytest.param("on_call", [0, 0], None, id="on call, never a paid shift"),
    ],
)
def test_first_paid_day(permanence, hours, expected):
    paid = [PaidWork(MARCH_3, MARCH_3, Decimal(each)) for each in hours]
    assert first_paid_day(MARCH_3, permanence, paid) == expected


def test_working_weeks_of_a_pay_period_are_those_it_touches():
    paid = PaidWork(date(2025, 1, 31), date(2025, 2, 10), Decimal(30))
    assert working_weeks([paid]) == {
        date(2025, 1, 27),
        date(2025, 2, 3),
        date(2025, 2, 10),
    }


def _segment(first, last=None, employer="bakery", counts=True, held=False):
    return Segment(
        date.fromisoformat(first),
        date.fromisoformat(last) if last else None,
        employer,
        counts,
        held,
    )


@pytest.mark.parametrize(
    ("segments", "starts"),
    [
        pytest.param(
            [
                _segment("2025-01-06", "2025-04-04", counts=False),
                _segment("2025-04-07"),
            ],
            ["2025-04-07"],
            id="V4 unpaid internship, then the same employer pays",
        ),
        pytest.param(
            [
                _segment("2025-02-03", "2025-05-31", counts=False),
                _segment("2025-06-01"),
            ],
            ["2025-06-01"],
            id="V5 wage subsidy becomes ordinary",
        ),
        pytest.param(
            [
                _segment("2024-01-01", "2025-01-31", held=True),
                _segment("2025-03-12", employer="garage"),
            ],
            ["2025-03-12"],
            id="V8 job held at referral, lost, another found",
        ),
        pytest.param(
            [_segment("2025-03-03"), _segment("2025-03-03", employer="garage")],
            ["2025-03-03", "2025-03-03"],
            id="V9 two jobs at once",
        ),
        pytest.param(
            [_segment("2025-01-01", "2025-03-31"), _segment("2025-04-01")],
            ["2025-01-01"],
            id="V10 new contract the next day",
        ),
        pytest.param(
            [_segment("2025-01-01", "2025-03-31"), _segment("2025-04-02")],
            ["2025-01-01", "2025-04-02"],
            id="V11 new contract after one day off",
        ),
        pytest.param(
            [
                _segment("2025-01-01", "2025-03-31", employer=None),
                _segment("2025-04-01", employer=None),
            ],
            ["2025-01-01", "2025-04-01"],
            id="employers not known are not the same",
        ),
        pytest.param(
            [
                _segment("2024-01-01", "2025-03-31", held=True),
                _segment("2025-04-01"),
            ],
            [],
            id="a new contract carries on a job held at referral",
        ),
        pytest.param(
            [
                _segment("2025-01-01"),
                _segment("2025-02-01", "2025-02-10"),
                _segment("2025-03-01", "2025-03-10"),
            ],
            ["2025-01-01", "2025-02-01", "2025-03-01"],
            id="a second job beside one that still runs",
        ),
    ],
)
def test_job_starts(segments, starts):
    expected = [date.fromisoformat(day) for day in starts]
    assert job_starts(segments) == expected
    assert job_starts(reversed(segments)) == expected


def test_job_starts_with_a_wider_gap_joins_what_a_day_off_parted():
    segments = [_segment("2025-01-01", "2025-03-31"), _segment("2025-04-02")]
    assert job_starts(segments, same_employer_gap_days=2) == [date(2025, 1, 1)]
