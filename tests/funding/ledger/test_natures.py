"""What a milestone pays for, in words that do not depend on the contract."""

import pytest

from braid.funding.ledger.natures import is_for_new_work, natures, weeks
from braid.method.contracts.shape import AnyOf, LookBack, Milestone, Window, Word


def milestone(kind="event", word="job_start", **other) -> Milestone:
    return Milestone(id="m", kind=kind, **{"reached": Word(word=word)} | other)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        pytest.param(Window(n=91, of=91, unit="day"), 13, id="ninety-one days"),
        pytest.param(Window(n=13, of=16, unit="week"), 13, id="thirteen of sixteen"),
        pytest.param(Window(n=3, of=3, unit="month"), 13, id="three months"),
        pytest.param(Window(n=182, of=182, unit="day"), 26, id="half a year"),
    ],
)
def test_windows_of_one_length_are_one_nature_whatever_their_unit(window, expected):
    assert weeks(window) == expected


def test_a_start_is_a_start_in_every_contract():
    resumed = milestone(word="work_resumed")
    assert natures(milestone()) == natures(resumed) == {"job_start"}


def test_what_a_letter_of_the_funder_reaches_is_of_no_nature():
    letter = milestone(reached=Word(word="funder_event", kind="consent"))
    assert natures(letter) == frozenset()


def test_a_milestone_of_alternatives_is_of_each_nature():
    engagement = milestone(
        reached=AnyOf(
            any_of=(
                Word(word="appointments"),
                Word(word="plan_event", kind="profile_started"),
            )
        )
    )
    assert natures(engagement) == {"engagement", "plan:profile_started"}


def test_a_milestone_that_looks_back_is_for_new_work():
    back = milestone(
        kind="earnings",
        word="earnings",
        window=Window(n=1, of=1, unit="month"),
        look_back=LookBack(n=1, of=1, unit="month"),
    )
    assert is_for_new_work(back)
    assert not is_for_new_work(milestone())
