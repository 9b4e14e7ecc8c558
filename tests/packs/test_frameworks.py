"""Frameworks for pattern matching: whole tables, and which logic fits best."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from braid.packs import frameworks, loader
from braid.packs.frameworks import Fit, Framework, fitting, run_situation, without_data

EDITIONS = loader.editions("frameworks")
LOGICS = frameworks.get("institutional-logics")


@pytest.mark.parametrize(
    ("pack", "situation"),
    [
        pytest.param(edition.pack, situation, id=f"{edition.pack.id}: {situation.that}")
        for edition in EDITIONS
        for situation in edition.situations
    ],
)
def test_every_situation_holds(pack, situation):
    assert run_situation(pack, situation) == []


def test_the_framework_of_three_logics_has_nine_rows():
    assert [logic.id for logic in LOGICS.logics] == [
        "employment-services",
        "treatment",
        "ips",
    ]
    assert len(LOGICS.dimensions) == 9 and len(set(LOGICS.codes)) == 27
    assert not LOGICS.reviewed  # an expert confirms the cells first


CODED = st.dictionaries(
    st.sampled_from(LOGICS.codes),
    st.dictionaries(st.sampled_from(Fit), st.integers(0, 5)),
)


@given(CODED, st.sampled_from(LOGICS.dimensions), st.sampled_from(LOGICS.logics))
def test_one_more_match_never_makes_a_logic_fit_worse(coded, row, logic):
    code = f"{logic.id}:{row.id}"
    before = fitting(LOGICS, coded)[row.id].best
    held = coded.get(code, {})
    more = {**coded, code: {**held, Fit.MATCH: held.get(Fit.MATCH, 0) + 1}}
    after = fitting(LOGICS, more)[row.id].best
    assert after
    if logic.id in before:
        assert after == (logic.id,)


@given(CODED)
def test_a_dimension_without_data_has_no_best_logic(coded):
    met = fitting(LOGICS, coded)
    assert all(not met[name].best for name in without_data(LOGICS, coded))


def test_a_code_of_another_framework_is_refused():
    with pytest.raises(ValueError, match="no code"):
        fitting(LOGICS, {"market:price": {Fit.MATCH: 1}})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            lambda d: d["dimensions"][0]["expects"].pop("ips"),
            "says nothing",
            id="a hole",
        ),
        pytest.param(
            lambda d: d["dimensions"][0]["expects"].update(market={"en": "x"}),
            "too much",
            id="a cell of no logic",
        ),
        pytest.param(
            lambda d: d["dimensions"].append(d["dimensions"][0]),
            "more than once",
            id="twice",
        ),
    ],
)
def test_a_table_that_is_not_whole_is_refused(change, told):
    data = LOGICS.model_dump(mode="json")
    change(data)
    with pytest.raises(ValidationError, match=told):
        Framework.model_validate(data)
