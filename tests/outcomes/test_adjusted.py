"""Hazard ratios with other things held equal, against a second library."""

import random
import sys

import numpy as np
import pytest
from statsmodels.duration.hazard_regression import PHReg

from braid.kernel.errors import InputFault
from braid.outcomes.adjusted import Person, adjusted, is_available


def invented(n, seed=1):
    """People of whom the second group starts sooner and age makes starts later."""
    chance = random.Random(seed)
    people = []
    for _ in range(n):
        group, age = chance.choice(["usual", "ips"]), chance.randint(20, 60)
        pace = (2.2 if group == "ips" else 1) * 0.97 ** (age - 20)
        days, until = chance.expovariate(pace / 300), chance.randint(30, 900)
        known = {
            "group": group,
            "age": age,
            "sex": chance.choice(["woman", "man", "other"]),
        }
        people.append(Person(int(min(days, until)) + 1, days <= until, known))
    return people


def refused(people, **wish):
    with pytest.raises(InputFault) as fault:
        adjusted(people, **({"group": None, "equal": ()} | wish))
    return fault.value.reason


def test_ratios_are_those_of_another_library():
    people = invented(400)
    first = people[0].known["group"]
    found = adjusted(people, group="group", equal=["age"])
    columns = [
        [one.known["group"] != first for one in people],
        [one.known["age"] for one in people],
    ]
    theirs = PHReg(
        np.array([one.days for one in people], float),
        np.array(columns, float).T,
        status=np.array([one.event for one in people], int),
        ties="efron",
    ).fit()
    expected = np.exp(np.column_stack([theirs.params, theirs.conf_int()]))
    for ratio, row, p in zip(found.ratios, expected, theirs.pvalues, strict=True):
        assert (ratio.value, ratio.low, ratio.high) == pytest.approx(
            tuple(row), rel=1e-4
        )
        assert ratio.p == pytest.approx(p, rel=1e-2, abs=1e-12)
    assert (found.n, found.left_out, found.is_thin) == (400, 0, False)


def test_words_have_a_term_each_against_the_first():
    people = invented(300)
    found = adjusted(people, group="group", equal=["sex"]).ratios
    seen = list(dict.fromkeys(one.known["sex"] for one in people))
    assert [(ratio.level, ratio.reference) for ratio in found[1:]] == [
        (level, seen[0]) for level in seen[1:]
    ]


def test_a_group_is_never_a_number():
    people = [
        Person(one.days, one.event, {"arm": 1 + (one.known["group"] == "ips")})
        for one in invented(200)
    ]
    (ratio,) = adjusted(people, group="arm", equal=[]).ratios
    assert {ratio.level, ratio.reference} == {"1", "2"}


def test_who_lacks_a_value_is_left_out_and_counted():
    people = invented(200)
    gap = Person(5, True, {"group": "ips", "age": None})
    found = adjusted([*people, gap], group="group", equal=["age"])
    assert (found.n, found.left_out) == (200, 1)
    assert found.ratios == adjusted(people, group="group", equal=["age"]).ratios


def test_few_events_are_told():
    assert adjusted(invented(20), group="group", equal=["age", "sex"]).is_thin


@pytest.mark.parametrize(
    ("people", "wish", "reason"),
    [
        pytest.param([], {"equal": ["age"]}, "too_few_events", id="nobody"),
        pytest.param(
            [Person(9, False, {"age": n}) for n in range(9)],
            {"equal": ["age"]},
            "too_few_events",
            id="no events",
        ),
        pytest.param(
            [Person(9, True, {"age": 30})] * 9,
            {"equal": ["age"]},
            "one_value",
            id="alike",
        ),
        pytest.param(
            [Person(n + 1, True, {"id": f"p{n}"}) for n in range(50)],
            {"equal": ["id"]},
            "too_many_values",
            id="a name for everybody",
        ),
        pytest.param(
            [Person(n + 1, n < 10, {"x": int(n < 10)}) for n in range(20)],
            {"equal": ["x"]},
            "no_convergence",
            id="told apart wholly",
        ),
        pytest.param(
            [
                Person(n + 1, n % 2 == 0, {"x": n % 7, "y": 2 * (n % 7)})
                for n in range(50)
            ],
            {"equal": ["x", "y"]},
            "no_convergence",
            id="two columns that say the same",
        ),
    ],
)
def test_where_there_is_no_model_it_says_why(people, wish, reason):
    assert refused(people, **wish) == reason


def test_an_absent_extra_is_told_before_anything_is_tried(monkeypatch):
    assert is_available()
    monkeypatch.setitem(sys.modules, "lifelines", None)
    assert refused(invented(50), equal=["age"]) == "extra_missing"
