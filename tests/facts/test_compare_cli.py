"""`braid facts compare` and `braid facts schema`."""

import json

import pytest
from click.testing import CliRunner
from tests.facts.sound import day, rows
from tests.facts.test_snapshots import write

from braid.facts.cli import facts
from braid.facts.frictionless import package


@pytest.fixture
def two(tmp_path):
    changed = rows()
    changed["contacts"][0] |= {
        "place": "home",
        "mode": "in_person",
        "day": day(9, 21),
    }
    write(tmp_path / "one")
    write(tmp_path / "other", changed, snapshot="s2")
    return str(tmp_path / "one"), str(tmp_path / "other")


def told(*arguments):
    return CliRunner().invoke(facts, list(arguments))


def test_what_changed_and_why_a_figure_moved(two):
    answer = told("compare", *two, "--measure", "item24_community", "--json")
    assert answer.exit_code == 0
    said = json.loads(answer.output)
    assert (said["before"]["snapshot"], said["after"]["snapshot"]) == ("s1", "s2")
    assert said["tables"] == [
        {"table": "contacts", "unit": "north", "came": 0, "went": 0, "changed": 1}
    ]
    (row,) = said["measure"]["rows"]
    assert row["how"] == "entered"
    (reason,) = row["because"]
    assert (reason["table"], reason["columns"]) == (
        "contacts",
        ["day", "mode", "place"],
    )


def test_the_same_in_lines_for_a_person(two):
    lines = told("compare", *two, "--measure", "item24_community").output.splitlines()
    assert lines[0] == "contacts north: 0 came, 0 went, 1 changed"
    assert any("because of contacts: day, mode, place" in line for line in lines)


def test_two_sets_that_are_one(two):
    assert told("compare", two[0], two[0]).output == "Nothing changed.\n"


@pytest.mark.parametrize(
    "name", ["nowhere", "9f9f", "0199a1b2-0000-7000-8000-000000000000"]
)
@pytest.mark.django_db
def test_what_is_no_set_is_refused(two, name):
    answer = told("compare", two[0], name, "--json")
    assert answer.exit_code == 2
    assert json.loads(answer.output)["error"]["reason"] == "facts_unknown"


def test_an_unknown_measure_is_refused(two):
    answer = told("compare", *two, "--measure", "luck", "--json")
    assert answer.exit_code == 2
    assert json.loads(answer.output)["error"]["reason"] == "measure_unknown"


def test_the_schema_is_printed_or_written(tmp_path):
    assert json.loads(told("schema").output) == package()
    answer = told("schema", "--out", str(tmp_path / "schema"))
    assert answer.exit_code == 0
    written = (tmp_path / "schema" / "datapackage.json").read_text()
    assert json.loads(written) == package()
