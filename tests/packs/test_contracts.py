"""Contracts as data: what comes with Braid, and what is filled into it."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from tests.packs.contract_files import GOOD

from braid.facts.codes import CODES
from braid.kernel.errors import PackFault, PackFaults
from braid.method.contracts import shape, vocabulary
from braid.packs import contracts, loader
from braid.packs.contracts import keys
from braid.packs.contracts.situations import Given, run_of, run_situation
from braid.packs.shapes import Situation

EDITIONS = [e for e in loader.editions("contracts") if Path(loader.DATA) == e.folder]
NAMES = [f"{e.pack.id}-{e.pack.version}" for e in EDITIONS]


# ---- What comes with Braid ---------------------------------------------------------------


def test_every_scheme_is_there():
    assert set(contracts.load()) >= {
        "nl-uwv-ips",
        "nl-cmd-2019",
        "nl-municipal-2023",
        "nl-amsterdam-like",
        "uk-mhep-haringey-barnet",
        "uk-mhep-tower-hamlets",
        "uk-ipspc",
        "us-ttw-mo-2025",
        "us-wi-job-development-2024",
        "us-tn-ips-2019",
        "us-or-vr-ips",
        "us-wa-fcs",
        "au-des-like",
    }
    assert [each.version for each in contracts.versions("nl-uwv-ips")] == [1, 2]


@pytest.mark.parametrize("edition", EDITIONS, ids=NAMES)
def test_its_situations_hold(edition):
    found = [
        (situation.that, told)
        for situation in edition.situations
        for told in run_situation(edition.pack, situation)
    ]
    assert found == []


@pytest.mark.parametrize("edition", EDITIONS, ids=NAMES)
def test_what_is_written_of_a_contract_is_read_as_the_same(edition, tmp_path):
    path = tmp_path / "again.yaml"
    path.write_text(_quoted(contracts.written(edition.pack.contract)), "utf-8")
    assert contracts.read_contract(path) == edition.pack.contract


def _quoted(document):
    """Return a document as YAML, its days bare and its amounts in quotes."""
    text = yaml.safe_dump(document, sort_keys=False, default_flow_style=False)
    return re.sub(r"'(\d{4}-\d{2}-\d{2})'", r"\1", text)


def test_amounts_that_are_not_public_are_open_in_every_file():
    opened = {
        edition.pack.id: set(contracts.parameters(edition.pack.contract))
        for edition in EDITIONS
    }
    assert {"ENG", "START", "SUSTAIN_LOWER", "SUSTAIN_UPPER"} <= opened[
        "uk-mhep-tower-hamlets"
    ]
    assert opened["nl-municipal-2023"] == {"TRAJECTORY_PRICE"}
    assert {"P2_SSDI", "P2_SSI"} == opened["us-ttw-mo-2025"]
    assert {"TRIGGER", "BONUS"} == opened["nl-amsterdam-like"]
    assert "RETENTION_LOWER" in opened["us-wi-job-development-2024"]
    assert EDITIONS[0].pack.open_values[0].startswith("open: ")


def test_a_version_is_found_by_its_number_and_by_a_day():
    assert contracts.get("nl-uwv-ips").version == 2
    assert contracts.get("nl-uwv-ips", 1).valid_to == date(2018, 6, 30)
    assert contracts.in_force("nl-uwv-ips", date(2018, 6, 30)).version == 1
    assert contracts.in_force("nl-uwv-ips", date(2018, 7, 1)).version == 2
    assert contracts.in_force("nl-uwv-ips", date(2001, 1, 1)).version == 1
    with pytest.raises(PackFault, match=r"no version 7\. Known are: 1, 2"):
        contracts.get("nl-uwv-ips", 7)
    with pytest.raises(PackFault, match="no pack 'nl-uvw'"):
        contracts.get("nl-uvw")


def test_the_vocabulary_says_the_same_codes_as_the_facts():
    assert CODES["funder_event"] == vocabulary.FUNDER_EVENTS
    assert CODES["plan_event"] == vocabulary.PLAN_EVENTS
    assert CODES["at_referral"] == vocabulary.AT_REFERRAL
    assert CODES["evidence_kind"] == (*shape.EVIDENCE, "other")


def test_every_key_of_a_file_is_in_the_reference():
    of_a_file = {key.name for key in keys.keys_of(shape.Contract)}
    of_a_milestone = {key.name for key in keys.keys_of(shape.Milestone)}
    assert (set(keys.OF_A_FILE), set(keys.OF_A_MILESTONE)) == (
        of_a_file,
        of_a_milestone,
    )


# ---- What is filled in -------------------------------------------------------------------

BOUND = """\
contract: example
version: 1
bindings:
  - parameter: START
    value: "300.00"
    source: schedule 2
    bound_by: R. Bos
    day: 2025-01-10
"""


def example(tmp_path, text=GOOD):
    path = tmp_path / "example.yaml"
    path.write_text(text, "utf-8")
    return contracts.read_contract(path)


def bound(tmp_path, text):
    path = tmp_path / "values.yaml"
    path.write_text(text, "utf-8")
    return contracts.read_bindings(path, example(tmp_path))


def test_an_amount_is_filled_in_with_name_and_day(tmp_path):
    found = bound(tmp_path, BOUND)
    assert found.get("START") == Decimal("300.00")
    assert (found.bindings[0].bound_by, found.bindings[0].day) == (
        "R. Bos",
        date(2025, 1, 10),
    )
    assert found.get("STOP") is None


def test_faults_of_values_are_told_all_at_once(tmp_path):
    text = BOUND.replace("version: 1", "version: 2").replace('"300.00"', "300.00")
    text += "  - {parameter: STARTS, value: '1.00', source: x, bound_by: y}\n"
    with pytest.raises(PackFaults) as caught:
        bound(tmp_path, text)
    told = {(f.line, f.message) for f in caught.value.faults}
    assert {line for line, _ in told} == {2, 5, 9}
    assert any("'bindings.1.day' is missing" in each for _, each in told)
    assert any("no parameter 'STARTS'" in each for _, each in told)


def test_an_open_rule_is_bound_to_a_condition_or_to_none():
    pilot = contracts.get("nl-amsterdam-like")
    row = ("s", "b", date(2023, 1, 1))
    found = contracts.bind(pilot, [("TRIGGER", {"word": "job_start"}, *row)])
    assert found.get("TRIGGER") == shape.Word(word="job_start")
    assert contracts.bind(pilot, [("TRIGGER", "none", *row)]).get("TRIGGER") == "none"
    for wrong in ("500.00", {"word": "job_started"}, {"parameter": "X"}):
        with pytest.raises(PackFaults):
            contracts.bind(pilot, [("TRIGGER", wrong, *row)])


def test_a_situation_that_does_not_hold_is_told_in_a_sentence(tmp_path):
    pack = contracts.ContractPack(example(tmp_path))

    def told(given, expect):
        return run_situation(pack, Situation(that="x", input=given, expect=expect))

    assert told({"as_of": date(2025, 6, 30)}, {"totals": {"counted": 1}}) == [
        "totals counted is 0, expected was 1."
    ]
    assert "is no month" in " ".join(
        told(
            {
                "as_of": date(2025, 6, 30),
                "work": [
                    {
                        "episode_id": "ada",
                        "first_day": "2025-01-01",
                        "months": {"May": {}},
                    }
                ],
            },
            {"totals": {}},
        )
    )
    assert told({"as_of": date(2025, 6, 30)}, {})[0].startswith("nothing is expected")


# ---- What no scheme of Braid says, in a file of this test --------------------------------


def ran(tmp_path, text, **given):
    """Return the lines of one person by milestone, over a history of this test."""
    history = {
        "as_of": date(2026, 3, 31),
        "bindings": {"START": "300.00"},
        "tables": {
            "residence": [
                {
                    "episode_id": "ada",
                    "area": "example-area",
                    "first_day": date(2020, 1, 1),
                }
            ],
            "funder_events": [
                {"episode_id": "ada", "kind": "consent", "day": date(2025, 1, 20)}
            ],
            **given.pop("tables", {}),
        },
        **given,
    }
    found = run_of(example(tmp_path, text), Given.model_validate(history))
    return {line["milestone"]: line for line in found["lines"] if line["reached_on"]}


def job(first_day):
    return [{"episode_id": "ada", "first_day": first_day, "weekly_hours": "20"}]


@pytest.mark.parametrize(
    ("received_on", "reasons"),
    [
        pytest.param(date(2025, 5, 2), [], id="on the sixtieth day"),
        pytest.param(date(2025, 5, 3), ["evidence_late"], id="W41 on the sixty-first"),
    ],
)
def test_evidence_that_comes_too_late_does_not_pay_and_is_counted(
    tmp_path, received_on, reasons
):
    paper = {"episode_id": "ada", "kind": "payslip", "received_on": received_on}
    lines = ran(
        tmp_path, GOOD, work=job(date(2025, 3, 3)), tables={"evidence": [paper]}
    )
    assert lines["start"]["reached_on"] == "2025-03-03"
    assert lines["start"]["reasons"] == reasons
    assert lines["start"]["counts"] is True


@pytest.mark.parametrize(
    ("run_off", "reasons"),
    [
        pytest.param("", ["outside_period"], id="without a run-off"),
        pytest.param("run_off_days: 9\n", ["outside_period"], id="nine days"),
        pytest.param("run_off_days: 10\n", [], id="W42 ten days"),
    ],
)
def test_what_is_reached_after_the_last_day_pays_in_the_run_off(
    tmp_path, run_off, reasons
):
    paper = {
        "episode_id": "ada",
        "kind": "payslip",
        "received_on": date(2025, 10, 20),
    }
    lines = ran(
        tmp_path,
        GOOD.replace("source: invented, for", f"{run_off}source: invented, for"),
        work=job(date(2025, 10, 12)),  # the ninety-first day is 10 January
        tables={"evidence": [paper]},
    )
    assert lines["thirteen"]["reached_on"] == "2026-01-10"
    assert lines["thirteen"]["reasons"] == reasons
