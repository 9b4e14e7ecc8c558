"""`braid funding`: contracts, and runs of them over a folder of facts."""

import csv
import json

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from braid.packs import loader
from braid.site import cli
from tests.packs.contract_files import GOOD

GRANTED = [f"t{number:02}" for number in range(1, 11)]
SINCE = ["n01", "n02"]  # who started after the regime changed


def braid(*words):
    return CliRunner().invoke(
        cli.main, ["funding", *(str(word) for word in words)], catch_exceptions=False
    )


def document(*words, code=0):
    done = braid(*words, "--json")
    assert done.exit_code == code, done.stderr
    return json.loads(done.stdout)


def event(episode, kind, day):
    return {
        "episode_id": episode,
        "unit_id": "u",
        "contract_id": "nl-uwv-ips",
        "kind": kind,
        "day": day,
    }


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """Ten trajectories granted in 2017, seven begun, and two more in 2018; as CSV."""
    folder = tmp_path_factory.mktemp("facts")
    tables = {
        "organisations": [{"org_id": "o", "sector": "ips_provider", "country": "nl"}],
        "teams": [{"team_id": "u", "org_id": "o", "kind": "ips_unit"}],
        "episodes": [
            {
                "episode_id": each,
                "unit_id": "u",
                "person_key": each,
                "referred_on": "2017-01-01",
                "accepted_on": "2017-01-02",
                "at_referral": "out_of_work",
                "first_of_person": "true",
            }
            for each in GRANTED + SINCE
        ],
        "funder_events": [
            *(event(each, "grant", "2017-03-01") for each in GRANTED),
            *(event(each, "consent", "2017-06-01") for each in GRANTED[:7]),
            *(event(each, "consent", "2018-09-10") for each in SINCE),
        ],
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


# ---- Contracts ---------------------------------------------------------------------------


def test_contracts_are_listed_in_every_version_with_what_is_open():
    listed = document("contracts")["contracts"]
    uwv = [each for each in listed if each["contract"] == "nl-uwv-ips"]
    assert [each["version"] for each in uwv] == [1, 2]
    assert set(uwv[0]["open"]) == {
        "PLACEMENT_HOURS",
        "PLACEMENT_REQUIREMENTS",
        "PLACEMENT_REMAINDER",
        "VAT_PERCENT",
    }
    assert uwv[0]["valid_to"] == "2018-06-30"
    assert "nl-uwv-ips@2: 2018-07-01 to further notice" in braid("contracts").stdout


def test_one_contract_is_told_in_plain_words():
    told = braid("contracts", "nl-uwv-ips@1").stdout
    assert (
        "An advance of 40% of 8,000.00 EUR is paid when the funder has granted" in told
    )
    said = document("contracts", "uk-ipspc")
    assert said["words"][0]["title"] == "What this contract is"


# ---- Runs --------------------------------------------------------------------------------


def test_a_change_of_regime_nets_what_was_advanced(facts, tmp_path):
    first = document("run", "nl-uwv-ips", "--facts", facts, "--as-of", "2018-06-30")
    assert first["totals"]["due"] == {"count": 10, "amount": "32000.00"}
    (tmp_path / "first.json").write_text(json.dumps(first))
    second = document(
        *("run", "nl-uwv-ips", "--facts", facts, "--as-of", "2018-07-01"),
        *("--previous", tmp_path / "first.json"),
    )
    assert second["totals"]["due"]["amount"] == "33600.00"
    (tmp_path / "second.json").write_text(json.dumps(second))
    third = document(
        *("run", "nl-uwv-ips", "--facts", facts, "--as-of", "2018-09-30"),
        *("--previous", tmp_path / "second.json"),
    )
    assert third["totals"]["due"]["amount"] == "6400.00"
    assert {line["episode"] for line in third["lines"]} == set(SINCE)


def test_a_line_has_the_keys_that_others_rely_on_and_every_step(facts):
    said = document("run", "nl-uwv-ips", "--facts", facts, "--as-of", "2018-07-01")
    assert {"run", "snapshot", "lines", "totals"} <= set(said)
    line = said["lines"][0]
    assert {
        *("episode", "milestone", "reached_on", "amount", "currency", "clause"),
        *("state", "reasons", "evidence"),
    } <= set(line)
    assert {"required", "present"} <= set(line["evidence"])
    assert [step["step"] for step in line["steps"]][:3] == [
        "version",
        "population",
        "entry",
    ]


def test_the_same_run_is_the_same_document(facts):
    asked = ("run", "nl-uwv-ips", "--facts", facts, "--as-of", "2018-07-01", "--json")
    assert braid(*asked).stdout == braid(*asked).stdout


def test_all_lines_are_written_as_parquet_and_the_sums_told(facts, tmp_path):
    words = ("run", "nl-uwv-ips@1", "--facts", facts, "--as-of", "2018-06-30")
    file = tmp_path / "lines.parquet"
    told = document(*words, "--lines", file)
    plain = document(*words)
    rows = pq.read_table(file).to_pylist()
    assert told["lines"] == len(rows) == len(plain["lines"]) > 0
    assert told["totals"] == plain["totals"]
    for row, line in zip(rows, plain["lines"], strict=True):
        for name in ("episode", "milestone", "reached_on", "amount", "event_key"):
            assert row[name] == line[name]
        assert json.loads(row["reasons"]) == line["reasons"]
    refused = braid("run", "nl-uwv-ips", "--as-of", "2018-06-30", "--lines", file)
    assert refused.exit_code == 2
    assert "--facts" in refused.stderr


def test_only_versions_up_to_the_one_named_are_looked_at(facts):
    said = document("run", "nl-uwv-ips@1", "--facts", facts, "--as-of", "2018-09-30")
    assert said["versions"] == [1]
    assert said["totals"]["due"]["amount"] == "32000.00"


def test_what_is_filled_in_is_read_from_a_file(facts, tmp_path):
    values = tmp_path / "values.yaml"
    values.write_text(
        "contract: nl-uwv-ips\nversion: 2\nbindings:\n"
        '  - {parameter: VAT_PERCENT, value: "21", source: law, bound_by: x, '
        "day: 2018-07-01}\n"
    )
    asked = ("run", "nl-uwv-ips", "--facts", facts, "--as-of", "2018-09-30")
    started = [
        each
        for each in document(*asked, "--bindings", values)["lines"]
        if each["kind"] == "milestone"
    ]
    assert {(each["net"], each["vat"]) for each in started} == {("6611.57", "1388.43")}


def test_for_a_person_it_is_told_in_lines_and_a_sum(facts):
    told = braid("run", "nl-uwv-ips", "--facts", facts, "--as-of", "2017-12-31").stdout
    assert "t01 advance advance: 2017-03-01, 3200.00 EUR, due" in told
    assert told.rstrip().endswith(
        "Due: 10 lines, 32000.00 EUR. Counted: 0. Held: 0. Not bound: 0."
    )


# ---- What is refused ---------------------------------------------------------------------


def test_every_fault_of_a_file_is_told_with_path_and_line_and_nothing_is_run(
    facts, tmp_path
):
    path = tmp_path / "spoilt.yaml"
    path.write_text(
        GOOD.replace("{word: job_start}", "{word: start}").replace("91, of", "92, of")
    )
    said = document("run", path, "--facts", facts, "--as-of", "2025-06-30", code=1)
    assert [fault["line"] for fault in said["faults"]] == sorted(
        fault["line"] for fault in said["faults"]
    )
    assert {fault["path"] for fault in said["faults"]} == {str(path)}
    assert len(said["faults"]) == 2
    told = braid("run", path, "--facts", facts, "--as-of", "2025-06-30")
    assert told.exit_code == 1
    assert told.stderr.count(f"{path}:") == 2
    assert told.stdout == ""


def test_a_file_is_run_with_its_other_versions_beside_it(facts, tmp_path):
    folder = loader.DATA / "contracts"
    for name in ("nl-uwv-ips-1", "nl-uwv-ips-2"):
        text = (folder / f"{name}.yaml").read_text("utf-8")
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    asked = ("--facts", facts, "--as-of", "2018-07-01")
    said = document("run", tmp_path / "nl-uwv-ips-2.yaml", *asked)
    assert said["versions"] == [1, 2]
    assert document("run", "nl-uwv-ips", *asked)["lines"] == said["lines"]


def test_faults_of_values_are_told_too(facts, tmp_path):
    values = tmp_path / "values.yaml"
    values.write_text(
        "contract: nl-uwv-ips\nversion: 2\nbindings:\n"
        "  - {parameter: VAT, value: 21, source: law, bound_by: x, day: 2018-07-01}\n"
    )
    said = document(
        *("run", "nl-uwv-ips", "--facts", facts, "--as-of", "2018-09-30"),
        *("--bindings", values),
        code=1,
    )
    assert [
        (f["line"], "no parameter 'VAT'" in f["message"]) for f in said["faults"]
    ] == [(4, True)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("nl-uvw",), "There is no contract 'nl-uvw'", id="contract"),
        pytest.param(("nl-uwv-ips@9",), "has no version 9", id="version"),
        pytest.param(
            ("nl-uwv-ips", "--previous", __file__), "This is no run", id="previous"
        ),
    ],
)
def test_wrong_use_ends_with_two(facts, words, told):
    done = braid("run", *words, "--facts", facts, "--as-of", "2018-09-30")
    assert done.exit_code == 2
    assert told in done.stderr
