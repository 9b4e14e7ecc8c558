"""`braid funding simulate` over a folder of facts, as one JSON document."""

import json

import pytest
from click.testing import CliRunner

from braid.facts import commands as facts
from braid.facts.models import Snapshot
from braid.funding.cli import funding
from tests.cast import TODAY
from tests.funding.simulating.test_simulation_pages import OWN

BOUND = """\
contract: proposal
version: 1
bindings:
  - {parameter: LASTED, value: "900.00", source: invented, bound_by: Ben, day: 2026-01-01}
"""


@pytest.fixture
def folder(story, today):
    """The folder of the story's facts as Ben froze them."""
    built = facts.build(
        actor=story.world.ben.actor, unit=story.world.north, today=TODAY
    )
    return Snapshot.objects.get(pk=built.manifest.snapshot).folder


def _simulate(folder, tmp_path, *more, own=OWN):
    (tmp_path / "own.yaml").write_text(own)
    (tmp_path / "bound.yaml").write_text(BOUND)
    return CliRunner().invoke(
        funding,
        [
            "simulate",
            f"{tmp_path / 'own.yaml'}",
            "--facts",
            f"{folder}",
            "--json",
            *more,
        ],
    )


def test_a_file_over_a_folder_of_facts_gives_one_document(folder, tmp_path):
    found = json.loads(_simulate(folder, tmp_path).stdout)["simulations"]

    assert len(found) == 1
    assert found[0]["contract"] == "proposal"
    assert found[0]["total"] == {"outcomes": 1, "amount": "400.00", "unbound": 0}
    assert "act otherwise" in found[0]["caution"]


def test_what_is_filled_in_makes_money_of_what_was_counted(folder, tmp_path):
    lower = OWN.replace("at_least: 21", "at_least: 20")
    bound = ("--bindings", f"{tmp_path / 'bound.yaml'}")
    without = json.loads(_simulate(folder, tmp_path, own=lower).stdout)
    filled = json.loads(_simulate(folder, tmp_path, *bound, own=lower).stdout)

    assert without["simulations"][0]["total"]["unbound"] == 1
    assert filled["simulations"][0]["total"]["amount"] == "1300.00"


def test_a_second_contract_stands_beside_the_first(folder, tmp_path):
    found = json.loads(
        _simulate(
            folder, tmp_path, "--against", "us-or-vr-ips", "--no-sensitivity"
        ).stdout
    )
    assert [one["contract"] for one in found["simulations"]] == [
        "proposal",
        "us-or-vr-ips",
    ]
    assert found["simulations"][0]["sensitivity"] == []
    assert found["parity"]["lose"] == 1


@pytest.mark.parametrize(
    ("more", "told"),
    [
        pytest.param(("--group", "shoe_size"), "shoe_size", id="no such group"),
        pytest.param(("--against", "nothing"), "no pack 'nothing'", id="no contract"),
    ],
)
def test_what_cannot_be_asked_is_said(folder, tmp_path, more, told):
    found = _simulate(folder, tmp_path, *more)

    assert found.exit_code != 0
    assert told in found.output + (found.stderr or "")


def test_a_file_with_faults_is_told_with_its_line(folder, tmp_path):
    found = _simulate(folder, tmp_path, own=OWN.replace("job_start", "job_begin"))

    assert found.exit_code != 0
    assert [fault["line"] for fault in json.loads(found.stdout)["faults"]] == [11]


def test_without_json_it_is_told_for_a_person_to_read(folder, tmp_path):
    (tmp_path / "own.yaml").write_text(OWN)
    found = CliRunner().invoke(
        funding, ["simulate", f"{tmp_path / 'own.yaml'}", "--facts", f"{folder}"]
    )
    assert "In all: 1 outcomes, USD 400.00." in found.stdout
    assert "lasted, hours 20 instead of 21: +1 outcomes" in found.stdout
