"""What is due when, what may be printed, what is assumed: decisions without a database."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.benefits import rules

MONDAY = date(2026, 10, 5)
FIRST_DAY = date(2026, 10, 19)


@pytest.mark.parametrize(
    ("trigger", "begins_on", "due_on"),
    [
        pytest.param("start", FIRST_DAY, FIRST_DAY, id="a job start, by its first day"),
        pytest.param("offer", None, date(2026, 10, 19), id="an offer, within 14 days"),
        pytest.param(
            "change", FIRST_DAY, date(2026, 11, 2), id="a change, 14 days after it"
        ),
        pytest.param("end", None, date(2026, 10, 19), id="an end, 14 days after known"),
        pytest.param("worry", None, date(2026, 10, 19), id="a worry, within 14 days"),
        pytest.param("review", FIRST_DAY, FIRST_DAY, id="a review, on the day agreed"),
    ],
)
def test_by_when_counselling_is_due(trigger, begins_on, due_on):
    assert rules.due_on(trigger, MONDAY, begins_on) == due_on


@pytest.mark.parametrize(
    ("done_on", "before_shift", "counts"),
    [
        pytest.param(FIRST_DAY - timedelta(1), False, True, id="the day before"),
        pytest.param(FIRST_DAY, True, True, id="that day, marked before the shift"),
        pytest.param(FIRST_DAY, False, False, id="that day, not marked"),
        pytest.param(FIRST_DAY + timedelta(1), True, False, id="the day after, marked"),
        pytest.param(None, True, False, id="not yet"),
    ],
)
def test_what_comes_before_the_start(done_on, before_shift, counts):
    assert rules.is_before_start(done_on, before_shift, FIRST_DAY) is counts


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.booleans(),
)
def test_a_later_start_never_makes_counselling_late(done_on, first_day, marked):
    if rules.is_before_start(done_on, marked, first_day):
        later = first_day + timedelta(days=1)
        assert rules.is_before_start(done_on, marked, later)


def page(**more):
    given = {
        "state": "ready",
        "result": {"rows": []},
        "confirmed_at": MONDAY,
        "recalled_on": None,
    }
    return SimpleNamespace(**given | more)


@pytest.mark.parametrize(
    ("calculation", "expires_on", "duties_shown", "reasons"),
    [
        pytest.param(page(), None, True, (), id="confirmed, duties shown"),
        pytest.param(page(), MONDAY, True, (), id="on the last day of its rules"),
        pytest.param(
            page(), MONDAY - timedelta(1), True, ("expired_pack",), id="rules expired"
        ),
        pytest.param(
            page(confirmed_at=None), None, True, ("unconfirmed",), id="not confirmed"
        ),
        pytest.param(page(), None, False, ("duties_not_shown",), id="duties not shown"),
        pytest.param(
            page(recalled_on=MONDAY), None, True, ("recalled",), id="recalled"
        ),
        pytest.param(
            page(state="queued", result=None, confirmed_at=None),
            None,
            False,
            ("not_ready", "unconfirmed", "duties_not_shown"),
            id="all that is missing is told at once",
        ),
    ],
)
def test_what_may_be_printed(calculation, expires_on, duties_shown, reasons):
    found = rules.may_print(calculation, expires_on, duties_shown, MONDAY)
    assert (found.ok, found.reasons) == (not reasons, reasons)


def inputs(*benefits, household=True):
    return {
        "asked": {
            "benefits": [
                {"benefit": name, "verified": verified} for name, verified in benefits
            ]
        },
        "household_verified": household,
    }


@pytest.mark.parametrize(
    ("kept", "assumed", "says_so"),
    [
        pytest.param(inputs(("support", True)), (), False, id="all checked"),
        pytest.param(
            inputs(("support", False), ("rent_help", True)),
            ("support",),
            True,
            id="one benefit told only",
        ),
        pytest.param(
            inputs(("support", True), household=False),
            ("household",),
            False,
            id="the household told only",
        ),
    ],
)
def test_what_is_assumed_is_listed(kept, assumed, says_so):
    assert rules.assumed(kept) == assumed
    assert rules.carries_not_verified(kept) is says_so


def nets(*amounts):
    return {"rows": [{"id": str(at), "net": net} for at, net in enumerate(amounts)]}


@pytest.mark.parametrize(
    ("after", "alters"),
    [
        pytest.param(
            nets("1000.00", "1210.00"), False, id="by as much as is tolerated"
        ),
        pytest.param(nets("1000.00", "1210.01"), True, id="by a cent more"),
        pytest.param(nets("1000.00", None), True, id="no longer known"),
    ],
)
def test_new_rules_are_told_when_they_alter_enough(after, alters):
    before = nets("1000.00", "1200.00")
    assert rules.alters(before, after, Decimal(10)) is alters


@pytest.mark.parametrize(
    ("pay", "unit", "hours", "wage"),
    [
        pytest.param("12.00", "hour", "16", "12.00", id="an hour stays"),
        pytest.param("192.00", "week", "16", "12.00", id="a week"),
        pytest.param("832.00", "month", "16", "12.00", id="a month, 52 weeks a year"),
        pytest.param("9984.00", "year", "16", "12.00", id="a year"),
        pytest.param("832.00", "month", "0", None, id="a month without hours"),
        pytest.param("90.00", "day", "16", None, id="a day says nothing of its hours"),
    ],
)
def test_pay_for_an_hour(pay, unit, hours, wage):
    found = rules.hourly(Decimal(pay), unit, Decimal(hours))
    assert found == (None if wage is None else Decimal(wage))


def test_steps_ascend_and_hold_the_hours_that_are_asked_about():
    assert rules.hours_compared(Decimal("7.5"), None)[:4] == (0, 4, Decimal("7.5"), 8)
    assert rules.hours_compared(Decimal(16)) == rules.HOURS
