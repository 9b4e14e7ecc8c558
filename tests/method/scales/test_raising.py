"""What would raise an item: the smallest change, where there is one."""

from fractions import Fraction

import pytest

from braid.method.scales import (
    Bands,
    Condition,
    Item,
    Quantity,
    Rung,
    Step,
    rules_of,
    scored,
    what_would_raise,
)
from braid.packs import scales as packs

IPS25, IPS15, JISEF = (packs.get(each) for each in ("ips-25", "ips-15", "jisef"))
RULES = rules_of(IPS25)


def score(no, rules=RULES, **quantities):
    return scored(IPS25.item(no), quantities, rules=rules)


# ---- What would raise --------------------------------------------------------------------


def lift(no, scale=IPS25, **quantities):
    rules = rules_of(scale)
    found = scored(scale.item(no), quantities, rules=rules)
    return what_would_raise(scale.item(no), found, quantities, rules=rules)


WAITING = {"mean_days_to_first_contact": 28, "contacts_tracked": False}


@pytest.mark.parametrize(
    ("no", "quantities", "score", "change", "text"),
    [
        pytest.param(15, WAITING, 5, {"contacts_tracked": "true"}, "meet_the_condition"),
        pytest.param(
            15,
            {"mean_days_to_first_contact": "64.5", "contacts_tracked": True},
            4,
            {"days": Fraction(9, 2)},
            "fewer_days",
        ),
        pytest.param(
            17,
            {"face_to_face_per_week": 5, "form_review": "weekly", "job_seekers": 9},
            5,
            {"contacts_per_week": 1},
            "more_contacts",
        ),
        pytest.param(
            17,
            {"face_to_face_per_week": 1, "form_review": "none", "job_seekers": 1},
            2,
            {"contacts_per_week": 1},
            "more_contacts",
        ),
        pytest.param(
            17,
            {"face_to_face_per_week": 3, "form_review": "none", "job_seekers": 9},
            3,
            {"form_review": "monthly", "contacts_per_week": 1},
            "more_contacts",
        ),
        pytest.param(
            4,
            {"attached_teams": 0, "clients_from_top_two": 0, "caseload": 9},
            3,
            {"teams": 1},
            "attach_to_a_team",
        ),
        pytest.param(
            4,
            {"attached_teams": 2, "clients_from_top_two": 17, "caseload": 20},
            5,
            {"points": 5, "count": 1},
            "more_from",
        ),
        pytest.param(3, {"phases_delivered": 4}, 4, {"points": 1}, "more"),
        pytest.param(
            5, {"components_met": 0, "components_total": 5}, 2, {"components": 2},
            "more_components",
        ),
        pytest.param(
            6,
            {
                **{"weeks": 26, "weeks_with_contact": 20, "months": 6},
                **{"months_face_to_face": 4, "months_with_contact": 6, "quarters": 2},
                **{"quarters_face_to_face": 2, "quarters_with_contact": 2},
            },
            5,
            {"weeks_with_contact": 4, "months_face_to_face": 2},
            "more_often",
        ),
        pytest.param(
            6,
            {
                **{"weeks": 26, "weeks_with_contact": 20, "months": 6},
                **{"months_face_to_face": 1, "months_with_contact": 6, "quarters": 2},
                **{"quarters_face_to_face": 1, "quarters_with_contact": 2},
            },
            4,
            {"quarters_face_to_face": 1},
            "more_often",
        ),
        pytest.param(
            20, {"counts_per_employer": [5, 5]}, 2, {"points": 10, "count": 1},
            "fewer_alike",
        ),
    ],
)  # fmt: skip
def test_the_smallest_change_that_raises(no, quantities, score, change, text):
    found = lift(no, **quantities)
    assert (found.next_score, dict(found.change), found.text) == (score, change, text)


STARTS = {
    f"{test}_{part}": 2 if part == "due" else 0
    for test in ("before", "after", "weekly", "monthly", "loss", "step_down")
    for part in ("due", "met")
}
NO_MONTHS = STARTS | {"four_months_due": 2, "four_months_met": 0}


@pytest.mark.parametrize(
    ("given", "score", "change", "text"),
    [
        pytest.param({"later_met": 0}, 2, {"later_met": 1}, "more_often", id="none"),
        pytest.param(
            {"later_met": 1}, 3, {"four_months_met": 1}, "more_often", id="few"
        ),
        pytest.param(
            {"later_met": 2, "four_months_met": 2},
            4,
            {"weekly_met": 2, "monthly_met": 2},
            "more_often",
            id="half of them",
        ),
    ],
)
def test_what_would_raise_follow_along(given, score, change, text):
    found = lift(23, **(NO_MONTHS | given))
    assert (found.next_score, found.change, found.text) == (score, change, text)


def test_follow_along_of_which_nobody_knows_later_contact_has_bounds():
    found = score(23, **NO_MONTHS, later_met=None)
    assert (found.floor, found.notes) == (1, ("contact_unknown",))


def test_nothing_is_above_the_last_rung_or_component_that_a_scale_knows():
    rung = Rung(3, "all", (Condition("done"),))
    ladder = Item(1, "all", 1, "x", "ladder", quantity=Quantity("rungs"), rungs=(rung,))
    given = {"done": 1}
    found = scored(ladder, given, rules=RULES)
    assert found.score == 3
    assert what_would_raise(ladder, found, given, rules=RULES) is None
    count = Item(
        *(1, "all", 1, "x", "count"),
        quantity=Quantity("components"),
        components=("a",),
        mapping=(1, 4),
    )
    given = {"components_met": 1, "components_total": 1}
    found = scored(count, given, rules=RULES)
    assert what_would_raise(count, found, given, rules=RULES) is None


def test_points_of_specialists_are_not_known_while_one_of_them_is_unknown():
    assert score(18, per_es_scores=[1] * 20 + [None]).score == 1
    assert lift(18, per_es_scores=[1] * 20 + [None]) is None


def test_teams_read_as_none_are_not_raised_by_a_share_that_nobody_recorded():
    rules = rules_of(IPS25, {"HR-4b": "none_attached"})
    given = {"attached_teams": None, "clients_from_top_two": None, "caseload": 9}
    found = scored(IPS25.item(4), given, rules=rules)
    assert found.score == 2
    assert what_would_raise(IPS25.item(4), found, given, rules=rules) is None


def test_nobody_who_entered_has_no_days_at_all():
    found = score(15, days_completed=[], days_open=[], contacts_tracked=False)
    assert found.notes == ("zero_denominator", "not_tracked")
    assert found.extras == {"value_with_open": None, "open_cases": 0}


def test_a_step_above_the_nearest_anchors():
    bands = Bands(anchors={5: Fraction(6), 2: Fraction(2)}, otherwise=(1, 1))
    assert bands.step(2) == Step(2, "at_least", Fraction(2))
    assert bands.step(3) is None
    assert bands.step(5) == Step(5, "more_than", Fraction(4))


@pytest.mark.parametrize(
    ("no", "quantities"),
    [
        pytest.param(1, {"active_clients": 80, "es_fte": 4}, id="already the highest"),
        pytest.param(
            4,
            {"attached_teams": None, "clients_from_top_two": 1, "caseload": 9},
            id="not clear",
        ),
        pytest.param(
            12, {"met": ["4"], "not_met": ["5"], "open": ["1", "2", "3"]}, id="judged"
        ),
    ],
)
def test_nothing_is_said_to_raise(no, quantities):
    assert lift(no, **quantities) is None


def test_an_approximate_item_is_raised_from_the_midpoint():
    found = lift(9, IPS15, approx_percent=60)
    assert (found.next_score, found.change) == (4, {"points": Fraction(5, 2)})
    less = lift(2, IPS15, approx_percent=35)
    assert (less.next_score, less.change, less.text) == (4, {"points": 5}, "fewer")
