"""Where a referral stands, as a table; and that no story breaks the moves of the task."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.method.referral_loop import (
    MOVES,
    Business,
    Party,
    Referral,
    Task,
    may_move,
    path,
    standing,
)

DAY = date(2026, 9, 1)
LATER, LAST = date(2026, 9, 8), date(2026, 9, 20)
NEW = Referral("referred", referred_on=DAY)
TAKEN_ON = replace(NEW, state="active", acknowledged_on=DAY, accepted_on=LATER)
MET = replace(TAKEN_ON, entered_on=LAST)

STANDINGS = {
    "sent, and nobody has confirmed it": (NEW, "requested", "sent", DAY, ""),
    "received": (
        replace(NEW, acknowledged_on=LATER),
        "requested",
        "received",
        LATER,
        "",
    ),
    "waiting is no refusal": (
        replace(NEW, state="waiting", waits_since=LATER),
        "requested",
        "waiting",
        LATER,
        "",
    ),
    "a “not yet” stays requested, with its day": (
        replace(NEW, refused_on=LATER, refused_because="symptoms", asked_again_on=LAST),
        "requested",
        "asked_again",
        LATER,
        "symptoms",
    ),
    "declined, with the reason": (
        replace(
            NEW, state="not_started", refused_on=LATER, refused_because="no_capacity"
        ),
        "rejected",
        "declined",
        LATER,
        "no_capacity",
    ),
    "the person changed their mind": (
        replace(
            NEW, state="not_started", refused_on=LATER, refused_because="changed_mind"
        ),
        "cancelled",
        "withdrawn",
        LATER,
        "changed_mind",
    ),
    "the person said no": (
        replace(
            NEW,
            state="not_started",
            refused_on=LATER,
            refused_because="other",
            refused_by="applicant",
        ),
        "cancelled",
        "withdrawn",
        LATER,
        "other",
    ),
    "taken on, not met yet": (TAKEN_ON, "accepted", "taken_on", LATER, ""),
    "a “not yet” of before says nothing after somebody was taken on": (
        replace(TAKEN_ON, refused_because="symptoms", asked_again_on=LAST),
        "accepted",
        "taken_on",
        LATER,
        "",
    ),
    "resting before the first meeting": (
        replace(TAKEN_ON, state="paused"),
        "accepted",
        "resting",
        LATER,
        "",
    ),
    "first meeting": (MET, "in-progress", "met", LAST, ""),
    "resting": (
        replace(MET, state="paused", rests_since=LAST),
        "on-hold",
        "resting",
        LAST,
        "paused",
    ),
    "stepped down goes on": (
        replace(MET, state="stepped_down"),
        "in-progress",
        "met",
        LAST,
        "",
    ),
    "ended": (
        replace(
            MET,
            state="exited",
            exited_on=LAST,
            exit_reason="working_no_support_needed",
        ),
        "completed",
        "ended",
        LAST,
        "working_no_support_needed",
    ),
    "ended, never met": (
        replace(TAKEN_ON, state="exited", exited_on=LAST, exit_reason="moved"),
        "failed",
        "not_met",
        LAST,
        "moved",
    ),
    "ended by the person before the first meeting": (
        replace(TAKEN_ON, state="exited", exited_on=LAST, exit_reason="own_wish"),
        "cancelled",
        "withdrawn",
        LAST,
        "own_wish",
    ),
    "ended without ever being taken on": (
        replace(NEW, state="exited", exited_on=LAST, exit_reason="not_eligible"),
        "rejected",
        "declined",
        LAST,
        "not_eligible",
    ),
}


@pytest.mark.parametrize(
    ("referral", "task", "business", "since", "reason"),
    STANDINGS.values(),
    ids=STANDINGS,
)
def test_a_referral_stands_where_its_story_says(
    referral, task, business, since, reason
):
    found = standing(referral)
    assert (found.task, found.business) == (task, business)
    assert (found.since, found.reason) == (since, reason)
    assert found.because


def test_a_referral_declined_without_a_reason_says_that_one_is_missing():
    found = standing(replace(NEW, state="not_started"))
    assert "reason_missing" in found.because


ALLOWED = {
    "the referrer sends": (None, "requested", "requester", {}),
    "the referrer keeps a draft": (None, "draft", "requester", {}),
    "the unit takes on": ("requested", "accepted", "owner", {}),
    "the unit declines with a reason": (
        "requested",
        "rejected",
        "owner",
        {"reason": "no_capacity"},
    ),
    "the referrer takes it back": (
        "in-progress",
        "cancelled",
        "requester",
        {"reason": "own_wish"},
    ),
    "a rest ends": ("on-hold", "in-progress", "owner", {}),
    "it ends with an output": ("in-progress", "completed", "owner", {"has_output": 1}),
    "it ends with nothing to report": (
        "in-progress",
        "completed",
        "owner",
        {"reason": "nothing_to_report"},
    ),
    "the same again changes nothing": ("accepted", "accepted", "owner", {}),
    "a slip is taken out": (
        "completed",
        "entered-in-error",
        "author",
        {"reason": "slip"},
    ),
}
FORBIDDEN = {
    "the unit sends to itself": (None, "requested", "owner", {}, "not_this_party"),
    "the referrer takes on": (
        "requested",
        "accepted",
        "requester",
        {},
        "not_this_party",
    ),
    "declined without a reason": (
        "requested",
        "rejected",
        "owner",
        {},
        "reason_missing",
    ),
    "a rest without a reason": (
        "in-progress",
        "on-hold",
        "owner",
        {},
        "reason_missing",
    ),
    "nothing to show for it": (
        "in-progress",
        "completed",
        "owner",
        {},
        "output_missing",
    ),
    "begun before it was accepted": (
        "requested",
        "in-progress",
        "owner",
        {},
        "not_from_here",
    ),
    "rested before it was accepted": (
        "requested",
        "on-hold",
        "owner",
        {"reason": "x"},
        "not_from_here",
    ),
    "a declined one opens again": ("rejected", "accepted", "owner", {}, "task_ended"),
    "a draft is no slip": (
        "draft",
        "entered-in-error",
        "author",
        {"reason": "slip"},
        "not_from_here",
    ),
}


@pytest.mark.parametrize(
    ("present", "wanted", "party", "more"), ALLOWED.values(), ids=ALLOWED
)
def test_a_move_of_the_table_is_allowed(present, wanted, party, more):
    present = Task(present) if present else None
    assert may_move(present, Task(wanted), Party(party), **more).ok


@pytest.mark.parametrize(
    ("present", "wanted", "party", "more", "reason"),
    FORBIDDEN.values(),
    ids=FORBIDDEN,
)
def test_another_move_is_refused_with_its_reason(present, wanted, party, more, reason):
    present = Task(present) if present else None
    answer = may_move(present, Task(wanted), Party(party), **more)
    assert (answer.ok, answer.reasons) == (False, (reason,))


def test_what_has_ended_has_no_way_out():
    ended = set(Task) - set(MOVES)
    assert ended == {
        Task.REJECTED,
        Task.CANCELLED,
        Task.FAILED,
        Task.COMPLETED,
        Task.ENTERED_IN_ERROR,
    }
    assert not path([Task.REQUESTED, Task.REJECTED, Task.ACCEPTED]).ok


@st.composite
def stories(draw):
    """Draw an episode as people make it: each step follows from the one before."""
    day, told = DAY, [NEW]

    def step(**change):
        told.append(replace(told[-1], **change))

    for act in draw(st.lists(st.sampled_from("arwynmtpusxo"), max_size=12)):
        day, now = day + timedelta(1), told[-1]
        open_ = now.state not in ("exited", "not_started")
        early = open_ and now.accepted_on is None
        if act == "a" and early and now.acknowledged_on is None:
            step(acknowledged_on=day)
        elif act == "w" and early:
            step(state="waiting", waits_since=day)
        elif act == "y" and early:
            step(refused_on=day, refused_because="symptoms", asked_again_on=day)
        elif act == "n" and early:
            because = draw(st.sampled_from(["no_capacity", "changed_mind", ""]))
            step(state="not_started", refused_on=day, refused_because=because)
        elif act == "t" and early:
            step(state="active", accepted_on=day, asked_again_on=None)
        elif act == "m" and open_ and now.accepted_on and now.entered_on is None:
            step(entered_on=day)
        elif act == "p" and now.state == "active":
            step(state="paused", rests_since=day)
        elif act == "u" and now.state in ("paused", "stepped_down"):
            step(state="active")
        elif act == "s" and now.state == "active":
            step(state="stepped_down")
        elif act == "x" and open_ and now.accepted_on:
            because = draw(st.sampled_from(["own_wish", "moved", "other"]))
            step(state="exited", exited_on=day, exit_reason=because)
    return told


@given(stories())
def test_whatever_happens_the_task_goes_only_where_the_table_lets_it(story):
    states = [standing(one).task for one in story]
    assert path(states).ok
    assert all(standing(one).business in Business for one in story)
