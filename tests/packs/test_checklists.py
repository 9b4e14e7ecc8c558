"""Checklists of reporting and appraisal: as many items as published, profiles, faults."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from braid.packs import checklists, loader
from braid.packs.checklists import FILLED, Checklist, profile, run_situation

EDITIONS = loader.editions("checklists")
CASP = checklists.get("casp")


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


def test_the_lists_are_as_long_as_published():
    found = {name: len(pack.items) for name, pack in checklists.load().items()}
    assert found == {"casp": 10, "coreq": 32, "emerge": 19, "srqr": 21}


def test_prompts_are_short_and_end_as_questions():
    for pack in checklists.load().values():
        for item in pack.items:
            assert item.prompt["en"].endswith("?") and len(item.prompt["en"]) < 110


def test_every_source_that_fills_an_item_is_used():
    used = {
        item.filled_from for pack in checklists.load().values() for item in pack.items
    }
    assert used == set(FILLED)


IDS = [item.id for item in CASP.items]
SAID = ["yes", "no", "", " "]


@given(st.dictionaries(st.sampled_from(IDS), st.sampled_from(SAID)))
def test_every_item_is_answered_once_or_open(answers):
    met = profile(CASP, answers)
    assert sum(met.counts.values()) + len(met.open) == 10
    assert set(met.counts) == {"yes", "no", "unclear"}


@pytest.mark.parametrize(
    ("answers", "told"),
    [({"11": "yes"}, "no item '11'"), ({"1": "maybe"}, "no answer")],
)
def test_an_answer_must_fit_its_list(answers, told):
    with pytest.raises(ValueError, match=told):
        profile(CASP, answers)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(lambda d: d["items"].pop(3), "numbered from 1", id="a gap"),
        pytest.param(
            lambda d: d["items"][8].update(group="valid"), "order of their", id="order"
        ),
        pytest.param(lambda d: d.pop("answers"), "closed answers", id="no answers"),
        pytest.param(
            lambda d: d["items"][0].update(filled_from="magic"),
            "Input should",
            id="source",
        ),
        pytest.param(
            lambda d: d["items"][0].update(topic={"da": "Mål"}), "English", id="English"
        ),
    ],
)
def test_a_faulty_list_is_refused(change, told):
    data = CASP.model_dump(mode="json")
    change(data)
    with pytest.raises(ValidationError, match=told):
        Checklist.model_validate(data)
