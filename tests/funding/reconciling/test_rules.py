"""What was claimed, answered and paid agrees to the cent."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.funding.reconciling.rules import (
    Group,
    Sums,
    Waiting,
    ages,
    by_quarter,
    sums,
)

TODAY = date(2026, 10, 5)


def group(
    kind="milestone", state="paid", amount="100.00", paid="0.00", **other
) -> Group:
    return Group(
        **{
            "quarter": "2026Q3",
            "kind": kind,
            "state": state,
            "count": 1,
            "amount": Decimal(amount),
            "paid": Decimal(paid),
        }
        | other
    )


def test_what_is_due_is_what_was_claimed_with_what_takes_off():
    found = sums(
        [
            group(amount="8000.00", paid="7200.00"),
            group(state="accepted", amount="8000.00"),
            group(state="rejected", amount="500.00"),
            group(kind="netting", amount="-3200.00", state="accepted"),
            group(kind="retention", amount="-800.00", state="accepted"),
            group(kind="difference", amount="60.00", state="accepted"),
        ]
    )
    assert found.claimed == Decimal("16500.00")
    assert found.due == Decimal("12060.00")
    assert found.open == Decimal("4860.00")


def test_what_was_paid_and_taken_back_is_owed_to_the_payer():
    found = sums(
        [
            group(state="reversed", paid="100.00"),
            group(kind="reversal", amount="-100.00", state="accepted"),
        ]
    )
    assert (found.due, found.open) == (Decimal("0.00"), Decimal("-100.00"))


def test_quarters_stand_with_the_latest_first():
    found = by_quarter([group(quarter="2026Q1"), group(quarter="2026Q3")])
    assert list(found) == ["2026Q3", "2026Q1"]


@pytest.mark.parametrize(
    ("days", "place"),
    [
        pytest.param(0, 0, id="sent today"),
        pytest.param(30, 0, id="thirty days"),
        pytest.param(31, 1, id="thirty-one days"),
        pytest.param(90, 2, id="ninety days"),
        pytest.param(91, 3, id="over ninety"),
    ],
)
def test_a_claim_has_the_age_of_the_days_since_it_was_sent(days, place):
    waits = Waiting(
        state="submitted",
        sent_on=TODAY - timedelta(days=days),
        amount=Decimal("5.00"),
    )
    found = ages([waits], TODAY)
    assert [each.count for each in found] == [int(n == place) for n in range(4)]
    assert found[place].amount == Decimal("5.00")


_groups = st.lists(
    st.builds(
        lambda quarter, kind, state, cents, paid: group(
            kind,
            state,
            str(Decimal(cents) / 100),
            str(Decimal(paid) / 100),
            quarter=quarter,
        ),
        st.sampled_from(["2026Q1", "2026Q2", "2026Q3"]),
        st.sampled_from(
            ["milestone", "netting", "reclaim", "retention", "difference", "reversal"]
        ),
        st.sampled_from(["submitted", "accepted", "rejected", "paid", "reversed"]),
        st.integers(-100_000, 100_000),
        st.integers(0, 100_000),
    ),
    max_size=12,
)


@given(_groups)
def test_what_is_due_is_every_line_that_was_not_rejected(groups):
    held = (each.amount for each in groups if each.state != "rejected")
    assert sums(groups).due == sum(held, Decimal(0))


@given(_groups)
def test_quarters_sum_to_the_whole(groups):
    whole = Sums()
    for each in by_quarter(groups).values():
        whole += each
    assert whole == sums(groups)


@given(st.lists(st.integers(0, 400)))
def test_every_claim_that_waits_has_one_age(days):
    waits = [
        Waiting(
            state="submitted",
            sent_on=TODAY - timedelta(days=each),
            amount=Decimal(1),
        )
        for each in days
    ]
    assert sum(each.count for each in ages(waits, TODAY)) == len(days)
