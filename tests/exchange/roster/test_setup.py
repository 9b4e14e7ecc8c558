"""What is stated once is read whole, and every fault of it is named at once."""

from datetime import date

import pytest

from braid.exchange.roster.setup import Setup, SetupFaults, SpecialistPost, read_setup


def test_nothing_needs_to_be_stated():
    assert read_setup({}) == Setup()
    assert read_setup({"encoding": None, "specialists": []}) == Setup()


def test_everything_that_is_stated_is_read():
    setup = read_setup(
        {
            "unit": "North",
            "as_of": "2026-06-30",
            "country": "dk",
            "specialists": [{"name": " Ada Holm ", "fte": 1, "start": "2025-01-01"}],
            "treatment_teams": ["East"],
            "offices": ["clinic"],
            "encoding": "windows-1252",
            "date_order": "mdy",
            "decimal_mark": ",",
            "duration_unit": "hours",
            "vocabulary": {"place": {"Hut": "home"}, "yes_no": {"aye": True}},
        }
    )
    assert setup.as_of == date(2026, 6, 30)
    assert setup.country == "DK"
    assert setup.specialists == (
        SpecialistPost("Ada Holm", 1.0, date(2025, 1, 1), None),
    )
    assert setup.vocabulary == {"place": {"Hut": "home"}, "yes_no": {"aye": True}}


FAULTS = {
    "unit": "",
    "as_of": "30/06/2026",
    "country": "Denmark",
    "treatment_teams": "East",
    "offices": ["moon"],
    "date_order": "ddmmyy",
    "decimal_mark": ";",
    "duration_unit": "days",
    "encoding": 7,
    "specialists": [
        {"name": "", "fte": 3, "start": "soon"},
        "Ada",
        {"name": "Ben", "start": "2026-02-01", "end": "2026-01-01", "fte": True},
    ],
    "vocabulary": {"place": {"Hut": "moon"}, "colour": {}, "yes_no": {"aye": 1}},
    "decimal_marc": ".",
}


def test_all_faults_are_named_at_once():
    with pytest.raises(SetupFaults) as caught:
        read_setup(FAULTS)
    told = [str(fault) for fault in caught.value.faults]
    assert {text.split("”")[0].strip("“") for text in told} == {
        "unit",
        "as_of",
        "country",
        "treatment_teams",
        "offices: moon",
        "date_order",
        "decimal_mark",
        "duration_unit",
        "encoding",
        "specialists[0].name",
        "specialists[0].fte",
        "specialists[0].start",
        "specialists[1]",
        "specialists[2].fte",
        "specialists[2].end",
        "vocabulary.place.Hut",
        "vocabulary.colour",
        "vocabulary.yes_no.aye",
        "decimal_marc",
    }
    assert all("Expected: " in text for text in told)
    assert str(caught.value).splitlines() == told


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("specialists", "Ada"),
        ("vocabulary", ["x"]),
        ("specialists", [{"name": "Ada", "fte": float("nan")}]),
        ("specialists", [{"name": "Ada", "fte": "1"}]),
    ],
)
def test_value_of_another_kind_is_named(key, value):
    with pytest.raises(SetupFaults) as caught:
        read_setup({key: value})
    assert str(caught.value).startswith(f"“{key}")


@pytest.mark.parametrize("data", [[], "setup", None, 7])
def test_setup_is_an_object(data):
    with pytest.raises(SetupFaults, match="not a JSON object"):
        read_setup(data)
