"""Specialists averaged, quantities refused, house rules: what no case tells."""

from decimal import Decimal
from fractions import Fraction

import pytest

from braid.kernel.errors import InputFault
from braid.method.scales import (
    CHOICES,
    Bands,
    Item,
    Step,
    programme,
    rules_of,
    scored,
)
from braid.packs import scales as packs

IPS25, IPS15, JISEF = (packs.get(each) for each in ("ips-25", "ips-15", "jisef"))
RULES = rules_of(IPS25)


def score(no, rules=RULES, **quantities):
    return scored(IPS25.item(no), quantities, rules=rules)


def refused(call, *args, **named):
    with pytest.raises(InputFault) as caught:
        call(*args, **named)
    assert str(caught.value).count(". ") <= 2
    return caught.value.reason


# ---- Specialists -------------------------------------------------------------------------


def contacts(rate, seekers=12, review="weekly"):
    return score(
        17, face_to_face_per_week=rate, form_review=review, job_seekers=seekers
    )


def test_a_specialist_without_job_seekers_is_left_out_of_the_mean():
    found = programme(IPS25.item(17), [contacts(6), contacts(0, 0)], rules=RULES)
    assert (found.score, found.extras["left_out"]) == (5, 1)
    averaged = rules_of(IPS25, {"HR-17c": "averaged"})
    nobody = scored(
        IPS25.item(17),
        {"face_to_face_per_week": 0, "form_review": "weekly", "job_seekers": 0},
        rules=averaged,
    )
    found = programme(IPS25.item(17), [contacts(6), nobody], rules=averaged)
    assert (found.score, found.value) == (3, Fraction(3))


def test_a_programme_of_nobody_has_no_score():
    found = programme(IPS25.item(17), [contacts(0, 0)], rules=RULES)
    assert (found.score, found.floor, found.ceiling) == (None, 1, 5)
    assert found.notes == ("zero_denominator",)
    assert "HR-zero" in found.rule


def test_floors_and_ceilings_of_specialists_are_averaged_apart():
    scores = [contacts(6), contacts(6, review=None)]
    found = programme(IPS25.item(17), scores, rules=RULES)
    assert (found.status, found.floor, found.ceiling) == ("insufficient", 4, 5)
    assert found.value is None


def test_bounds_that_meet_are_the_score_though_one_specialist_is_unknown():
    found = programme(IPS25.item(18), [5] * 20 + [None], rules=RULES)
    assert (found.score, found.status, found.value) == (5, "scored", None)


def without_team():
    return score(4, attached_teams=0, clients_from_top_two=0, caseload=20)


def in_one_team():
    return score(4, attached_teams=1, clients_from_top_two=20, caseload=20)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param([without_team(), without_team()], 1, id="all of them"),
        pytest.param([without_team(), in_one_team()], 4, id="one of two"),
    ],
)
def test_a_programme_is_separate_where_no_specialist_is_in_a_team(scores, expected):
    found = programme(IPS25.item(4), scores, rules=RULES)
    assert found.score == expected


def test_a_specialist_without_a_caseload_has_nothing_to_rate():
    nobody = score(4, attached_teams=1, clients_from_top_two=0, caseload=0)
    assert nobody.notes == ("zero_denominator",)
    found = programme(IPS25.item(4), [nobody, in_one_team()], rules=RULES)
    assert (found.score, found.extras["left_out"]) == (5, 1)


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        ([5, 6], "score_out_of_range"),
        ([5, True], "score_not_integer"),
        ([5, "4"], "score_not_integer"),
    ],
)
def test_scores_of_specialists_are_never_coerced(scores, reason):
    assert refused(score, 17, per_es_scores=scores) == reason


# ---- Raw quantities ----------------------------------------------------------------------

CASELOAD = {"active_clients": 80, "es_fte": 4}
MINUTES = {
    "basis": "logged_time",
    "community_minutes": 1,
    "in_person_minutes": 2,
    "all_minutes": 3,
}
WEEKS = dict.fromkeys(
    (
        *("weeks", "weeks_with_contact", "months", "months_face_to_face"),
        *("months_with_contact", "quarters", "quarters_face_to_face"),
        "quarters_with_contact",
    ),
    0,
)


@pytest.mark.parametrize(
    ("no", "quantities", "reason", "part"),
    [
        pytest.param(1, {}, "input_missing", "es_fte", id="nothing"),
        pytest.param(
            1, {"es_fte": 4}, "input_missing", "active_clients", id="one only"
        ),
        pytest.param(
            1, CASELOAD | {"posts": 1}, "input_unknown", "es_fte", id="a wrong key"
        ),
        pytest.param(
            1, CASELOAD | {"es_fte": 4.5}, "input_unfit", "es_fte", id="a float"
        ),
        pytest.param(
            1, CASELOAD | {"es_fte": "1e9"}, "input_unfit", "es_fte", id="1e9"
        ),
        pytest.param(
            1, CASELOAD | {"es_fte": "-1"}, "input_unfit", "es_fte", id="below 0"
        ),
        pytest.param(
            1, CASELOAD | {"es_fte": None}, "input_unfit", "unknown", id="null"
        ),
        pytest.param(
            1, CASELOAD | {"active_clients": True}, "input_unfit", "", id="true"
        ),
        pytest.param(
            1, CASELOAD | {"active_clients": "80"}, "input_unfit", "", id="text"
        ),
        pytest.param(1, [80, 4], "input_unfit", "by name", id="a list"),
        pytest.param(
            1, {"per_es_scores": [5]}, "input_unknown", "es_fte", id="item 1 by ES"
        ),
        pytest.param(
            2,
            {"employment_minutes": 2, "worked_minutes": 1},
            "input_unfit",
            "larger",
            id="a part larger than its whole",
        ),
        pytest.param(
            3, {"phases_delivered": 7}, "input_unfit", "to 6", id="seven phases"
        ),
        pytest.param(
            4,
            {"attached_teams": 1, "clients_from_top_two": 3, "caseload": 2},
            "input_unfit",
            "larger",
            id="more from teams than there are",
        ),
        pytest.param(
            5,
            {"components_met": 3, "components_total": 6},
            "input_unfit",
            "5",
            id="another number of components",
        ),
        pytest.param(
            5,
            {"components_met": 6, "components_total": 5},
            "input_unfit",
            "larger",
            id="more components than there are",
        ),
        pytest.param(
            5,
            {"met": ["a"], "not_met": ["a"], "open": ["b", "c", "d", "e"]},
            "input_unfit",
            "once",
            id="a component twice",
        ),
        pytest.param(
            6,
            WEEKS | {"weeks": 2, "weeks_with_contact": 3},
            "input_unfit",
            "larger",
            id="more weeks with contact than weeks",
        ),
        pytest.param(
            6, WEEKS | {"weeks": None}, "input_unfit", "unknown", id="no window"
        ),
        pytest.param(
            9,
            {"met": ["6"], "not_met": [], "open": []},
            "input_unfit",
            "5",
            id="score 6",
        ),
        pytest.param(
            15,
            {"mean_days_to_first_contact": "30"},
            "input_missing",
            "contacts_tracked",
            id="not said whether tracked",
        ),
        pytest.param(
            15,
            {"mean_days_to_first_contact": "30", "contacts_tracked": 1},
            "input_unfit",
            "true or false",
            id="1 for true",
        ),
        pytest.param(
            15,
            {
                "mean_days_to_first_contact": 30,
                "days_open": [],
                "contacts_tracked": True,
            },
            "input_unknown",
            "together",
            id="two ways at once",
        ),
        pytest.param(
            15,
            {"days_completed": [1, -1], "days_open": [], "contacts_tracked": True},
            "input_unfit",
            "list",
            id="days below 0",
        ),
        pytest.param(
            17,
            {"face_to_face_per_week": 6, "form_review": "daily", "job_seekers": 1},
            "input_unfit",
            "weekly, monthly, none",
            id="another review",
        ),
        pytest.param(
            17, {"per_es_scores": 4}, "input_unfit", "list", id="one score by itself"
        ),
        pytest.param(
            17,
            {"per_es_scores": [4], "job_seekers": 1},
            "input_unknown",
            "alone",
            id="scores and quantities",
        ),
        pytest.param(
            19, {"counts_per_type": [1, 0]}, "input_unfit", "from 1", id="0 jobs"
        ),
        pytest.param(19, {"counts_per_type": 3}, "input_unfit", "list", id="no list"),
        pytest.param(
            24, {"community_percent": "100.1"}, "input_unfit", "100", id="101 %"
        ),
        pytest.param(
            24, {"community_percent": "many"}, "input_unfit", "100", id="many"
        ),
        pytest.param(
            24, MINUTES | {"basis": "guess"}, "input_unfit", "logged_time", id="a guess"
        ),
        pytest.param(
            24,
            MINUTES | {"all_minutes": 1},
            "input_unfit",
            "larger",
            id="too few minutes",
        ),
    ],
)
def test_quantities_that_cannot_be_are_refused_in_a_sentence(
    no, quantities, reason, part
):
    with pytest.raises(InputFault) as caught:
        scored(IPS25.item(no), quantities, rules=RULES)
    assert caught.value.reason == reason
    assert part in str(caught.value)


@pytest.mark.parametrize("posts", ["2.5", Decimal("2.5"), Fraction(5, 2), "5/2"])
def test_a_ratio_may_be_given_in_every_exact_way(posts):
    assert score(1, active_clients=45, es_fte=posts).value == Fraction(18)


def test_item_6_over_no_time_at_all_has_no_score():
    found = score(6, **WEEKS)
    assert (found.score, found.notes) == (None, ("zero_denominator",))


def test_jobs_of_nobody_have_no_variety():
    assert score(19, counts_per_type=[]).notes == ("zero_denominator",)


def test_signals_leave_every_score_to_the_reviewer():
    found = score(9, signals={"share_refused": Fraction(1, 4)})
    assert (found.status, found.floor, found.ceiling) == ("insufficient", 1, 5)
    assert found.extras["signals"] == {"share_refused": Fraction(1, 4)}
    assert refused(score, 9, signals=0.25) == "input_unfit"


def test_what_is_not_documented_or_not_computed_says_so():
    quantities = {"met": [], "not_met": [], "open": []}
    assert refused(scored, JISEF.item(9), quantities, rules=RULES) == "not_computed"
    with pytest.raises(InputFault, match="not documented"):
        scored(JISEF.item(9), {}, rules=RULES)
    judged = Item(1, "staffing", 1, "x", "ladder")
    with pytest.raises(InputFault, match="judged by reviewers"):
        scored(judged, {}, rules=RULES)


# ---- House rules -------------------------------------------------------------------------


def test_only_rules_that_had_a_say_stand_beside_a_score():
    one = score(4, attached_teams=1, clients_from_top_two=20, caseload=20)
    assert one.rule == ("HR-pct",)
    three = score(4, attached_teams=3, clients_from_top_two=20, caseload=20)
    assert three.rule == ("HR-pct", "HR-4a")
    unknown = score(4, attached_teams=None, clients_from_top_two=20, caseload=20)
    assert unknown.rule == ("HR-pct", "HR-4b")


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [({"HR-99": "x"}, "rule_unknown"), ({"HR-17a": "x"}, "variant_unknown")],
)
def test_a_rule_or_variant_that_is_not_there_is_refused(chosen, reason):
    assert refused(rules_of, IPS25, chosen) == reason


def test_every_choice_of_the_engine_is_offered_by_a_rule():
    offered = {
        (name, value)
        for scale in (IPS25, IPS15)
        for rule in scale.rules
        for sets in rule.variants.values()
        for name, value in sets.items()
        if name in CHOICES
    }
    assert offered == {(name, one) for name, found in CHOICES.items() for one in found}


def test_bands_that_do_not_say_what_holds_otherwise_are_a_defect():
    bands = Bands(steps=(Step(5, "at_least", Fraction(1)),))
    with pytest.raises(ValueError, match="otherwise"):
        bands.bounds(Fraction(0))
