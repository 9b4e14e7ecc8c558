"""Two sets of facts side by side: what came, went, changed, and what it did."""

import pytest
from tests.facts.sound import AS_OF, day, facts, rows

from braid.facts import comparing
from braid.facts.comparing import Difference
from braid.facts.measuring import periods_of
from braid.packs import measures


def compared(change):
    changed = rows()
    change(changed)
    with facts() as one, facts(changed) as other:
        return comparing.differences(one, other)


CHANGES = {
    "nothing": (lambda given: None, []),
    "a value": (
        lambda given: given["contacts"][0].update(minutes=50),
        [Difference("contacts", "north", 0, 0, 1)],
    ),
    "a row more": (
        lambda given: given["staff"].append({"staff_id": "cleo", "org_id": "havn"}),
        [Difference("staff", None, 1, 0, 0)],
    ),
    "a row less": (
        lambda given: given["proposals"].clear(),
        [Difference("proposals", "north", 0, 1, 0)],
    ),
    "another key": (
        lambda given: given["contacts"][0].update(contact_id="c9"),
        [Difference("contacts", "north", 1, 1, 0)],
    ),
    "a spell that nothing names": (
        lambda given: given["absences"][0].update(paid=False),
        [Difference("absences", "north", 1, 1, 0)],
    ),
    "a row of which there are two now": (
        lambda given: given["absences"].append(dict(given["absences"][0])),
        [Difference("absences", "north", 1, 0, 0)],
    ),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_counted_by_table_and_unit(change, expected):
    assert compared(change) == expected


def test_a_row_that_moved_to_another_unit_left_one_and_came_to_the_other():
    def move(given):
        given["employers"][0]["unit_id"] = "east"

    assert compared(move) == [
        Difference("employers", "east", 1, 0, 0),
        Difference("employers", "north", 0, 1, 0),
    ]


# Why a figure moved


def moved(change, measure="item24_community"):
    changed = rows()
    change(changed)
    chosen = measures.load()[measure]
    with facts() as one, facts(changed) as other:
        periods = periods_of(chosen, one, AS_OF)
        return comparing.movement(chosen, one, other, periods)


def at_home(given):
    """Let the only contact of the last weeks have been at home instead of nowhere."""
    given["contacts"][0] |= {"place": "home", "mode": "in_person", "day": day(9, 21)}


def test_a_figure_is_told_before_and_after():
    found = moved(at_home)
    (before,), (after,) = found.before, found.after
    assert before.value is None
    assert after.value == 1


def test_the_row_that_entered_says_what_of_the_facts_let_it_in():
    (row,) = moved(at_home).rows
    assert row.how == "entered"
    (reason,) = row.reasons
    assert (reason.table, reason.now["contact_id"]) == ("contacts", "c1")
    assert set(reason.columns) == {"day", "mode", "place"}


def test_a_row_that_left_is_told_with_what_it_was():
    (row,) = moved(lambda given: given["caseload"].clear(), "item01_caseload").rows[:1]
    assert row.how in ("left", "changed")
    assert {reason.table for reason in row.reasons} == {"caseload"}
    assert all(reason.now is None for reason in row.reasons)


def test_what_moved_nothing_is_not_told():
    assert moved(lambda given: given["employers"][0].update(size=None)).rows == []
