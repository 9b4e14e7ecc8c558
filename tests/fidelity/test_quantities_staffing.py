"""Items 1 to 3: what the figures of staff say in the quantities of the scale."""

from datetime import date
from fractions import Fraction

import pytest

from braid.fidelity.quantities import QUANTITIES, counted, staffing
from braid.method.measures import Asked
from braid.packs import measures
from braid.packs.measures.figures import figures, tallies

CASELOAD, TIME, PHASES = (
    *("item01_caseload", "item02_employment_time", "item03_phases"),
)


@pytest.mark.parametrize(
    ("item", "said", "expected"),
    [
        pytest.param(
            1,
            {CASELOAD: {"episodes": 82, "fte": Fraction(4)}},
            {"active_clients": 82, "es_fte": Fraction(4)},
            id="clients and posts",
        ),
        pytest.param(
            1,
            {CASELOAD: {"episodes": 10, "fte": 0}},
            {"active_clients": 10, "es_fte": Fraction(0)},
            id="nobody in post: the scale has no score for that",
        ),
        pytest.param(
            1,
            {CASELOAD: {"episodes": 10, "fte": Fraction(1), "fte_unknown": 1}},
            None,
            id="a post whose share is not known",
        ),
        pytest.param(1, {}, None, id="not measured"),
        pytest.param(
            2,
            {TIME: {"employment_minutes": 955, "worked_minutes": 1000}},
            {"employment_minutes": 955, "worked_minutes": 1000},
            id="time logged",
        ),
        pytest.param(
            2, {TIME: {"leave_minutes": 444}}, None, id="leave alone is no work"
        ),
        pytest.param(
            3,
            {PHASES: {"phases": 5, "contacts": 40}},
            {"phases_delivered": 5},
            id="five phases",
        ),
        pytest.param(
            3,
            {PHASES: {"contacts_without_phase": 12}},
            None,
            id="contacts without a phase",
        ),
    ],
)
def test_raw_quantities(item, said, expected):
    assert QUANTITIES[item].read(said) == expected


def test_time_and_phases_are_of_one_specialist_and_the_caseload_of_the_unit():
    assert [QUANTITIES[item].per_specialist for item in (1, 2, 3)] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        pytest.param({"ada": (21, 1)}, {"ada": 21}, id="one too many"),
        pytest.param({"ada": (20, 1)}, {}, id="the limit itself"),
        pytest.param(
            {"ada": (11, Fraction(1, 2))}, {"ada": 22}, id="eleven for half a post"
        ),
        pytest.param({"ada": (5, 0)}, {}, id="no share of full time"),
        pytest.param({None: (40, 1)}, {}, id="who waits is nobody's"),
    ],
)
def test_specialists_over_the_limit(amounts, expected):
    by_specialist = {
        staff: {"episodes": episodes, "fte": fte}
        for staff, (episodes, fte) in amounts.items()
    }
    assert staffing.over_limit(by_specialist) == expected


def test_a_post_of_an_unknown_share_is_passed_over():
    unknown = {"episodes": 40, "fte": Fraction(1), "fte_unknown": 1}
    assert staffing.over_limit({"ada": unknown}) == {}


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        pytest.param({"episodes": 130, "fte": 6}, Fraction(65, 3), id="exact"),
        pytest.param({"episodes": 5, "fte": 0}, None, id="nobody in post"),
        pytest.param(
            {"episodes": 5, "fte": 1, "fte_unknown": 2}, None, id="a share not known"
        ),
        pytest.param({}, None, id="nothing"),
    ],
)
def test_the_mean_of_the_month_ends(amounts, expected):
    assert staffing.month_end_mean({"item01_month_ends": amounts}) == expected


def test_what_was_left_out_stands_beside_the_amounts():
    measure, asked = measures.get(CASELOAD), Asked.on(date(2026, 6, 30))
    (use,) = measure.words
    blank = dict.fromkeys(use.defined.columns)
    row = {**blank, "period": "on", "episodes": 0, "without_specialist": 0, "fte": 0}
    rows = [row | {"episodes": 3}, row | {"left_out": "fte_unknown"}]
    (figure,) = figures(measure, [tallies(measure, use, rows)], [asked])
    assert counted(figure)["episodes"] == 3
    assert QUANTITIES[1].read({CASELOAD: counted(figure)}) is None


@pytest.mark.parametrize("item", sorted(QUANTITIES))
def test_every_measure_behind_an_item_comes_with_braid(item):
    known = measures.load()
    quantity = QUANTITIES[item]
    assert quantity.measures
    for name in quantity.measures:
        assert "unit_id" in known[name].by
        if quantity.per_specialist:
            assert "staff_id" in known[name].by
