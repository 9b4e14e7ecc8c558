"""Items 12 to 25 all the way: from figures over quantities to what the scale says."""

from fractions import Fraction

import pytest

from braid.fidelity.quantities import QUANTITIES, services
from braid.method.scales import rules_of, scored
from braid.packs import scales

SCALE = scales.load()["ips-25"]
LOGGED = {"outside_minutes": 300, "in_person_minutes": 500, "scheduled_minutes": 600}
MET = {"community_minutes": 10, "f2f_minutes": 30, "all_minutes": 40}
STARTED = {f"{test}_due": 4 for test in services.TESTS} | {"later_due": 4}
MOST = {f"{test}_met": 3 for test in services.TESTS} | {"later_met": 4}


@pytest.mark.parametrize(
    ("item", "amounts", "floor", "ceiling"),
    [
        pytest.param(12, {}, 1, 5, id="12, nothing recorded"),
        pytest.param(
            12, {"starts": 5, "counselled": 5, "by_planner": 5}, 4, 5, id="12, planned"
        ),
        pytest.param(12, {"starts": 5, "counselled": 5}, 3, 3, id="12, told"),
        pytest.param(13, {}, 1, 5, id="13, nothing recorded"),
        pytest.param(
            13, {"talks": 1, "talk_due": 1, "talked_twice": 0}, 1, 4, id="13, not again"
        ),
        pytest.param(
            16, {"fitting": 9, "for_a_person": 10}, 5, 5, id="16, nine of ten"
        ),
        pytest.param(
            17,
            {"contacts": 48, "days_in_post": 56, "seekers": 9},
            2,
            5,
            id="17, nobody signed",
        ),
        pytest.param(
            19, {"jobs": 20, "kinds": 13, "over_cap": 5}, 4, 4, id="19, eight cleaners"
        ),
        pytest.param(20, {"jobs": 10, "kinds": 5}, 5, 5, id="20, ten jobs in pairs"),
        pytest.param(
            21, {"competitive_and_permanent": 9, "current_jobs": 9}, 1, 1, id="21, few"
        ),
        pytest.param(23, STARTED, 1, 1, id="23, asked for and never met"),
        pytest.param(23, STARTED | {"later_met": 1}, 2, 2, id="23, met later"),
        pytest.param(23, STARTED | MOST, 3, 5, id="23, three of four in all tests"),
        pytest.param(
            23, STARTED | MOST | {"loss_met": 2}, 3, 4, id="23, half of the losses"
        ),
        pytest.param(
            23, {"before_due": 1, "before_met": 1}, 1, 5, id="23, a start of yesterday"
        ),
        pytest.param(
            24, {"weeks": 8, "weeks_logged": 8} | LOGGED, 4, 4, id="24, logged"
        ),
        pytest.param(24, MET, 2, 2, id="24, contacts"),
        pytest.param(
            25, {"disengaged": 2, "tried": 2, "by_others": 1}, 2, 3, id="25, by others"
        ),
    ],
)
def test_the_scale_takes_the_quantities(item, amounts, floor, ceiling):
    quantity = QUANTITIES[item]
    figures = dict.fromkeys(quantity.measures, amounts)
    found = scored(SCALE.item(item), quantity.read(figures), rules=rules_of(SCALE))
    assert (found.floor, found.ceiling) == (floor, ceiling)
    assert found.score == (floor if floor == ceiling else None)


def test_who_still_waits_is_counted_beside_the_mean():
    waits = {
        "episodes": 5,
        "with_contact": 3,
        "days": 70,
        "without_contact": 2,
        "days_open": 290,
    }
    quantities = QUANTITIES[15].read({services.RAPID: waits})
    found = scored(SCALE.item(15), quantities, rules=rules_of(SCALE))
    assert found.value == Fraction(70, 3)
    assert found.extras["value_with_open"] == Fraction(360, 5)
    assert (found.score, found.notes) == (4, ("not_tracked",))
