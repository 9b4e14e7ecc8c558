"""Whose a day is, where money ends, and which days nobody pays for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.funding.ledger.covering import PayerDays, endings, gaps, payers_on
from tests.funding.ledger.test_rules import DAY, SPANS, span

# Whose an activity is by its day.

CONSENT = date(2023, 4, 10)
PAYERS = [
    PayerDays(payer="insurer", until=CONSENT),
    PayerDays(payer="uwv", since=CONSENT),
]


@pytest.mark.parametrize(
    ("day", "payers"),
    [
        pytest.param(date(2023, 4, 3), ("insurer",), id="before the consent"),
        pytest.param(date(2023, 4, 10), ("uwv",), id="on the day of the consent"),
        pytest.param(date(2024, 1, 1), ("uwv",), id="long after"),
    ],
)
def test_whose_a_contact_is_its_day_says(day, payers):
    assert payers_on(PAYERS, day) == payers


def test_before_a_consent_that_never_came_the_first_payer_pays():
    waiting = [
        PayerDays(payer="insurer"),
        PayerDays(payer="uwv", is_begun=False),
    ]
    assert payers_on(waiting, date(2024, 1, 1)) == ("insurer",)


@given(st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_no_day_has_two_payers_where_one_follows_the_other(day):
    assert len(payers_on(PAYERS, day)) == 1


# Before money ends.


def test_the_end_of_money_is_told_before_it_comes_with_who_pays_then():
    spans = [
        span("county", DAY, date(2026, 6, 30)),
        span("bonus", date(2026, 7, 1), payer="fund"),
        span("state", DAY, date(2026, 12, 31), case="D"),
    ]
    (found,) = endings(spans, date(2026, 5, 15), within_days=60)
    assert (found.ends_on, found.days_left, found.then) == (
        date(2026, 6, 30),
        46,
        ("fund",),
    )


@pytest.mark.parametrize(
    ("as_of", "count"),
    [
        pytest.param(date(2026, 4, 30), 0, id="too early to say"),
        pytest.param(date(2026, 5, 1), 1, id="sixty days before"),
        pytest.param(date(2026, 6, 30), 1, id="on the last day"),
        pytest.param(date(2026, 7, 1), 0, id="over"),
    ],
)
def test_an_end_is_told_sixty_days_before(as_of, count):
    spans = [span("county", DAY, date(2026, 6, 30))]
    assert len(endings(spans, as_of, within_days=60)) == count


JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)
GAPS = [
    pytest.param([], [(JAN, DEC)], id="nobody pays"),
    pytest.param([(JAN, None)], [], id="one pays all along"),
    pytest.param(
        [(date(2026, 2, 1), date(2026, 2, 28))],
        [(JAN, date(2026, 1, 31)), (date(2026, 3, 1), DEC)],
        id="before and after",
    ),
    pytest.param(
        [(JAN, date(2026, 6, 30)), (date(2026, 7, 1), DEC)], [], id="one after another"
    ),
    pytest.param(
        [(JAN, date(2026, 6, 30)), (date(2026, 3, 1), date(2026, 4, 1))],
        [(date(2026, 7, 1), DEC)],
        id="one inside another",
    ),
    pytest.param([(date(2027, 1, 1), None)], [(JAN, DEC)], id="only after the support"),
]


@pytest.mark.parametrize(("covers", "expected"), GAPS)
def test_days_that_nobody_pays_for(covers, expected):
    spans = [span("county", first, last) for first, last in covers]
    found = gaps("P", "C", JAN, DEC, spans)
    assert [(gap.first_day, gap.last_day) for gap in found] == expected


@given(SPANS)
def test_every_day_is_paid_for_or_in_a_gap_and_never_both(spans):
    found = gaps("P", "C", JAN, DEC, spans)
    for days in range(365):
        day = JAN + timedelta(days=days)
        is_free = any(
            gap.first_day <= day and (gap.last_day is None or day <= gap.last_day)
            for gap in found
        )
        assert is_free != any(each.holds(day) for each in spans)
