"""Transitions and numbers, pure."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.people import rules
from braid.people.rules import Share

STATES = sorted(state for state in rules.TRANSITIONS if state)


@pytest.mark.parametrize(
    ("present", "wanted", "ok"),
    [
        pytest.param("", "referred", True, id="begins with the referral"),
        pytest.param("", "active", False, id="nobody is taken on unreferred"),
        pytest.param("referred", "waiting", True, id="waits"),
        pytest.param("waiting", "active", True, id="taken on after waiting"),
        pytest.param("active", "exited", True, id="ends by own choice"),
        pytest.param("paused", "active", True, id="comes back from a pause"),
        pytest.param("exited", "active", False, id="ended stays ended"),
        pytest.param("referred", "exited", False, id="never begun cannot end"),
    ],
)
def test_can_move(present, wanted, ok):
    assert rules.can_move(present, wanted).ok is ok


@given(st.lists(st.sampled_from(STATES), max_size=12))
def test_no_course_leads_out_of_an_ended_episode(wanted):
    present, ended = "", False
    for state in wanted:
        if rules.can_move(present, state).ok:
            assert not ended
            present = state
            ended = state in {"exited", "not_started"}


def test_a_refused_move_says_why():
    assert rules.can_move("exited", "active").reasons == ("episode_ended",)
    assert rules.can_move("referred", "paused").reasons == ("not_from_here",)


def test_odd_dates_are_named_and_never_refused():
    odd = rules.check_dates(
        referred_on=date(2026, 5, 1),
        accepted_on=date(2026, 4, 1),
        entered_on=date(2026, 3, 1),
        exited_on=date(2026, 4, 1),
    )
    assert odd == (
        "accepted_before_referred",
        "entered_before_referred",
        "exited_before_accepted",
    )
    assert (
        rules.check_dates(
            referred_on=None, accepted_on=None, entered_on=None, exited_on=None
        )
        == ()
    )


def test_who_held_the_episode_on_a_day():
    first, second = uuid4(), uuid4()
    shares = [
        Share(first, date(2026, 1, 1), date(2026, 1, 31)),
        Share(second, date(2026, 2, 1), None),
    ]
    assert rules.holder_on(shares, date(2026, 1, 31)) == first
    assert rules.holder_on(shares, date(2026, 2, 1)) == second
    assert rules.holder_on(shares, date(2025, 12, 31)) is None


UNIT = UUID("00000000-0000-4000-8000-000000000001")


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        pytest.param("IPS-0071", "••••••71", id="the last two stay visible"),
        pytest.param(" ips-0071 ", "••••••71", id="spaces and capitals do not matter"),
        pytest.param("71", "••", id="a short number shows nothing"),
    ],
)
def test_a_client_number_is_masked(typed, masked):
    assert rules.check_number(rules.client_system(UNIT), typed).masked == masked


def test_an_empty_client_number_is_none():
    assert rules.check_number(rules.client_system(UNIT), "  ").state == "impossible"


def test_zero_exclusion_is_breached_by_the_countrys_list():
    assert rules.breaches_zero_exclusion("not_ready", ["not_ready"])
    assert not rules.breaches_zero_exclusion("outside_area", ["not_ready"])
