"""What an employer may be told follows from what the person decided, by the days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.method.disclosure import (
    ITEM_NEEDS,
    LADDER,
    Decided,
    Limit,
    beyond,
    may_be_told,
)

BAKERY, LIBRARY = UUID(int=1), UUID(int=2)
DAY = date(2026, 10, 5)
NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def decided(decision, employer=None, day=DAY, **values):
    at = values.pop("recorded_at", NOON)
    return Decided(employer, decision, day, at, **values)


def days_before(n):
    return DAY - timedelta(days=n)


def test_without_a_decision_nothing_may_be_told():
    limit = may_be_told([], BAKERY, DAY)
    assert (limit.decision, limit.reason) == ("", "none")
    assert not limit.allows("nothing")


def test_a_draft_allows_nothing():
    assert not may_be_told([decided("health", day=None)], BAKERY, DAY).allows("nothing")


def test_what_is_agreed_tomorrow_allows_nothing_today():
    later = decided("name", day=DAY + timedelta(days=1))
    assert may_be_told([later], BAKERY, DAY).reason == "none"


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        pytest.param("nothing", set(), id="no contact at all"),
        pytest.param("approach", {"nothing"}, id="asked about work without the name"),
        pytest.param("name", {"nothing", "name"}, id="the name and no more"),
        pytest.param("support", {"nothing", "name", "support"}, id="that support is"),
        pytest.param(
            "health", {"nothing", "name", "support", "health"}, id="health as well"
        ),
    ],
)
def test_each_decision_reaches_as_far_as_it_says(decision, told):
    limit = may_be_told([decided(decision)], BAKERY, DAY)
    levels = ("nothing", "name", "support", "health")
    assert {one for one in levels if limit.allows(one)} == told


def test_what_was_decided_for_the_employer_stands_before_what_holds_for_any():
    both = [decided("support"), decided("name", BAKERY, days_before(9))]
    assert may_be_told(both, BAKERY, DAY).decision == "name"
    assert may_be_told(both, LIBRARY, DAY).decision == "support"


def test_a_withdrawal_counts_at_once_and_leaves_nothing_behind_it():
    both = [
        decided("support"),
        decided("name", BAKERY, days_before(9)),
        decided("health", BAKERY, days_before(3), revoked_on=DAY),
    ]
    assert may_be_told(both, BAKERY, days_before(1)).decision == "health"
    taken_back = may_be_told(both, BAKERY, DAY)
    assert (taken_back.decision, taken_back.reason) == ("", "revoked")
    assert may_be_told(both, LIBRARY, DAY).decision == "support"


def test_a_new_decision_of_the_same_day_holds_after_a_withdrawal():
    both = [
        decided("health", BAKERY, revoked_on=DAY),
        decided("name", BAKERY, recorded_at=NOON + timedelta(minutes=5)),
    ]
    assert may_be_told(both, BAKERY, DAY).decision == "name"


def test_what_is_dated_before_a_withdrawal_never_undoes_it():
    both = [
        decided("health", BAKERY, days_before(9), revoked_on=DAY),
        decided("name", BAKERY, days_before(1), recorded_at=NOON + timedelta(hours=1)),
    ]
    assert may_be_told(both, BAKERY, days_before(1)).decision == "name"
    assert may_be_told(both, BAKERY, DAY).reason == "revoked"


def test_a_branch_is_told_what_its_employer_may_be_told_unless_decided_otherwise():
    head, branch, day = BAKERY, LIBRARY, DAY
    closed = [decided("health"), decided("nothing", head)]
    assert may_be_told(closed, branch, day, head).decision == "nothing"
    assert may_be_told(closed, branch, day).decision == "health"
    opened = [*closed, decided("name", branch)]
    assert may_be_told(opened, branch, day, head).decision == "name"
    assert may_be_told(opened, head, day).decision == "nothing"


def test_pieces_keep_their_exact_words_and_stay_within_the_decision():
    items = {"support": "Ada helps me.", "diagnosis": "Not for them."}
    limit = may_be_told([decided("support", items=items)], BAKERY, DAY)
    assert limit.items == {"support": "Ada helps me."}


def test_pieces_beyond_a_decision_are_named():
    assert beyond("name", ["contact", "support", "diagnosis"]) == (
        "support",
        "diagnosis",
    )
    assert beyond("", ["gaps"]) == ("gaps",)


@pytest.mark.parametrize(
    ("limit", "of_job", "allowed"),
    [
        (Limit(), "", {"", "none"}),
        (Limit("approach"), "none", {"", "none"}),
        (Limit("support"), "support_only", {"", "none", "support_only"}),
        (Limit("health"), "health", {"", "none", "support_only", "health"}),
    ],
)
def test_what_a_job_says_begins_with_the_decision_and_never_goes_beyond(
    limit, of_job, allowed
):
    assert limit.of_job == of_job
    words = ("", "none", "support_only", "health")
    assert {one for one in words if limit.allows_in_job(one)} == allowed


days = st.integers(0, 8).map(lambda n: DAY + timedelta(days=n))


@st.composite
def decisions(draw):
    agreed = draw(st.none() | days)
    revoked = draw(st.none() | days) if agreed else None
    return Decided(
        draw(st.sampled_from([None, BAKERY, LIBRARY])),
        draw(st.sampled_from(LADDER)),
        agreed,
        NOON + timedelta(minutes=draw(st.integers(0, 3))),
        max(revoked, agreed) if revoked else None,
        {item: item for item in draw(st.sets(st.sampled_from(sorted(ITEM_NEEDS))))},
    )


several = st.lists(decisions(), max_size=5)
employers = st.sampled_from([None, BAKERY, LIBRARY])


def reach(limit):
    return LADDER.index(limit.decision) if limit.decision else -1


@given(several, employers, days)
def test_the_order_of_entry_does_not_matter(found, employer, day):
    limits = [
        may_be_told(order, employer, day) for order in list(permutations(found))[:24]
    ]
    assert all(limit == limits[0] for limit in limits)


@given(several.filter(bool), employers, days, days, st.data())
def test_withdrawal_never_widens(found, employer, day, taken_back, data):
    at = data.draw(st.integers(0, len(found) - 1))
    if found[at].agreed_on is None:
        return
    revoked = replace(found[at], revoked_on=max(taken_back, found[at].agreed_on))
    after = [*found[:at], revoked, *found[at + 1 :]]
    if found[at].revoked_on is not None:
        return  # it was taken back already
    before_limit = may_be_told(found, employer, day)
    limit = may_be_told(after, employer, day)
    assert reach(limit) <= reach(before_limit)
    assert set(limit.items) <= set(before_limit.items)


@given(several, employers, days, st.sampled_from(LADDER))
def test_a_narrower_decision_narrows(found, employer, day, rung):
    limit = may_be_told(found, employer, day)
    last = Decided(employer, rung, day, NOON + timedelta(hours=1))
    narrowed = may_be_told([*found, last], employer, day)
    if reach(limit) >= LADDER.index(rung):
        assert reach(narrowed) <= reach(limit)
    assert not narrowed.items


@given(several, employers, days)
def test_a_limit_never_holds_a_piece_that_its_decision_does_not_reach(
    found, employer, day
):
    limit = may_be_told(found, employer, day)
    assert beyond(limit.decision, limit.items) == ()
