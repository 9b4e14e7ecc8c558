"""`braid fidelity live` over a folder of facts: every item with its figures and rows."""

import json

import pytest
from click.testing import CliRunner

from braid.fidelity.cli import fidelity
from tests.facts.busy import frozen


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return frozen(tmp_path_factory.mktemp("live") / "facts")


@pytest.fixture
def asked(folder):
    def ask(*words, code=0):
        found = CliRunner().invoke(
            fidelity, ["live", "--facts", str(folder), *words, "--json"]
        )
        assert found.exit_code == code, found.output
        return json.loads(found.stdout)

    return ask


def test_every_item_has_its_bounds_window_rule_and_rows(asked):
    document = asked("--unit", "north", "--rows")
    assert [item["item"] for item in document["items"]] == list(range(1, 26))
    low, high = document["interval"]
    assert low == sum(item["floor"] for item in document["items"])
    assert high == sum(item["ceiling"] for item in document["items"])
    for item in document["items"]:
        keys = {"score", "floor", "ceiling", "value", "numerator", "denominator"}
        assert keys | {"window", "rule", "rows"} <= item.keys()
        assert item["score"] in {None, item["floor"]}
        for figure in item["figures"]:
            assert bool(figure["numerator"]) <= bool(figure["rows"])


def test_a_day_before_gives_the_windows_of_that_day(asked):
    document = asked("--unit", "north", "--on", "2026-06-01")
    assert document["on"] == "2026-06-01"
    ends = {
        figure["window"][1] for item in document["items"] for figure in item["figures"]
    }
    assert ends == {"2026-06-01"}


def test_another_variant_of_a_house_rule_changes_its_item(asked):
    """People without a contact yet are counted with the days they have waited."""
    usual = asked("--unit", "north")["items"][14]
    other = asked("--unit", "north", "--rule", "HR-15b=counted")["items"][14]
    assert usual["value"] != other["value"] == usual["value_with_open"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param(["--unit", "nowhere"], "unit_unknown", id="no such unit"),
        pytest.param(["--scale", "ips-99"], "scale_unknown", id="no such scale"),
        pytest.param(["--rule", "HR-17a"], "rule_unfit", id="half a rule"),
        pytest.param(
            ["--unit", "north", "--rule", "HR-f2f=phone_and_video"],
            "rule_of_gathering",
            id="a rule about how figures are gathered",
        ),
        pytest.param(
            ["--unit", "north", "--on", "2199-01-01"],
            "after_the_facts",
            id="a day after the facts",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(asked, words, reason):
    assert asked(*words, code=2)["error"]["reason"] == reason
