"""The figures of one service, in the keys and shapes in which services compare them.

That they are those of the four rosters is held where rosters are imported.
"""

import json
import re
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from tests.facts import busy, sound

from braid.facts.numbers import rounded
from braid.facts.read import Facts
from braid.facts.service_figures import service_figures
from braid.kernel.errors import InputFault

TRUTH = Path(__file__).parents[1] / "rosters" / "dk-csv" / "truth.json"
NAMES = {"s0": "Kim Vester", "s2": "Lea Bro", "s4": "Kim Vester"}


@pytest.fixture(scope="module")
def north():
    with busy.facts() as facts:
        yield service_figures(facts, busy.AS_OF, "north", NAMES)


def shape(figures):
    """Return the keys all the way down; those of specialists and quarters are as one."""
    if not isinstance(figures, dict):
        return None
    return {
        key if re.fullmatch("[a-z0-9_]+", key) else "each": (
            None if key == "jobs_by_type" else shape(value)
        )
        for key, value in figures.items()
    }


def test_keys_and_shapes_are_those_in_which_services_compare(north):
    expected = json.loads(TRUTH.read_text())["figures"]["before_answers"]
    assert list(north) == list(expected)
    assert shape(north) == shape(expected)
    json.dumps(north)


def test_only_the_unit_counts(north):
    with busy.facts() as facts:
        south = service_figures(facts, busy.AS_OF, "south", {})
        episodes = facts.table("episodes").num_rows
    assert north["counts"]["referrals"] + south["counts"]["referrals"] == episodes
    assert set(south["item17_employer_contacts"]) <= {"s1", "s3", "s5"}
    assert north["quarters"].keys() != {}


def test_specialists_of_one_name_are_told_apart(north):
    assert set(north["item17_employer_contacts"]) == {
        "Kim Vester (s0)",
        "Kim Vester (s4)",
        "Lea Bro",
    }


def test_specialists_add_up_to_the_unit(north):
    caseload = north["item01_caseload"]
    held = sum(each["caseload"] for each in caseload["per_specialist"].values())
    assert held + caseload["no_specialist"] == caseload["total"]
    teams = north["item04_top_two_teams"]
    shares = teams["per_specialist"].values()
    assert sum(each["from_top_two"] for each in shares) == teams["pooled_numerator"]
    assert sum(each["caseload"] for each in shares) == teams["pooled_denominator"]


def test_who_left_has_no_line_but_their_people_are_in_the_whole():
    rows = sound.rows()
    rows["staff_teams"][0]["last_day"] = sound.AS_OF - timedelta(1)
    with sound.facts(rows) as facts:
        figures = service_figures(facts, sound.AS_OF, "north", {"ada": "Ada"})
    assert figures["item01_caseload"] == {
        "total": 1,
        "fte": 0.0,
        "ratio": None,
        "per_specialist": {},
        "no_specialist": 0,
    }


def test_earlier_day_is_told_as_it_was():
    day = sound.day(4, 13)
    with sound.facts() as facts:
        figures = service_figures(facts, day, "north", {})
    assert figures["item01_caseload"]["total"] == 2
    assert list(figures["quarters"]) == ["2026Q1", "2026Q2"]
    assert figures["counts"]["jobs"] == 0
    assert figures["item15_rapid_search"]["mean_days"] == 28.0


def test_kinds_of_job_have_the_words_of_services():
    rows = sound.rows()
    rows["jobs"][0]["placement"] = "unpaid_internship"
    rows["jobs"].append(rows["jobs"][0] | {"job_id": "j2", "placement": None})
    with sound.facts(rows) as facts:
        counts = service_figures(facts, sound.AS_OF, "north", {})["counts"]
    assert counts["jobs_by_type"] == {"internship": 1, "unknown": 1}


def test_empty_unit_has_figures_without_values():
    with Facts.of({}, as_of=busy.AS_OF) as facts:
        figures = service_figures(facts, busy.AS_OF, "north", {})
    assert figures["item01_caseload"]["ratio"] is None
    assert figures["item24_community"] == {}
    assert figures["quarters"]["2026Q2"]["rate"] is None
    assert figures["time_to_first_competitive_job"]["km_started_by_day_365"] is None
    assert figures["counts"]["jobs_by_type"] == {}


def test_day_after_the_facts_is_refused():
    with sound.facts() as facts, pytest.raises(InputFault):
        service_figures(facts, sound.AS_OF + timedelta(1), "north", {})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (Fraction(2, 3), 0.666667),
        (Fraction(1, 2_000_000), 0.000001),
        (Fraction(-1, 2_000_000), -0.000001),
        (Fraction(53, 3), 17.666667),
        (0.25, 0.25),
    ],
    ids=["none", "two thirds", "half up", "half away", "a ratio", "a float"],
)
def test_values_have_six_decimals(value, shown):
    assert rounded(value) == shown
