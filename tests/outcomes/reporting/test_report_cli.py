"""`braid outcomes report`: to read, as a file, and what it refuses."""

import csv
import io
import json

import openpyxl
import pyarrow.csv
import pytest
from click.testing import CliRunner
from tests.facts import busy

from braid.site import cli


def braid(*words):
    return CliRunner().invoke(
        cli.main,
        ["outcomes", "report", *(str(word) for word in words)],
        catch_exceptions=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two units as a folder without a manifest."""
    made = tmp_path_factory.mktemp("facts")
    for name, table in busy.tables().items():
        pyarrow.csv.write_csv(table, made / f"{name}.csv")
    return made


def asked(folder, *more, report="ilc-quarterly", period="2026Q2"):
    return braid(report, "--facts", folder, "--period", period, *more)


def test_the_document_is_alone_on_stdout(folder):
    done = asked(folder, "--format", "json")
    assert done.exit_code == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["report"], said["period"]["id"]) == ("ilc-quarterly", "2026Q2")
    assert len(said["hash"]) == 64
    assert said["profile"] is None
    assert done.stdout == asked(folder, "--json").stdout


def test_without_a_format_it_is_text_to_be_read(folder):
    said = asked(folder).stdout
    assert "IPS learning community, quarterly, 2026Q2" in said
    assert "exact figures, for the unit itself" in said
    assert "    north: " in said
    assert "Quarterly report of a site (ilc_quarterly 2026.1)" in said


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "pdf"])
def test_the_name_of_the_file_says_its_format(folder, tmp_path, ending):
    out = tmp_path / f"report.{ending}"
    done = asked(folder, "--out", out)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    data = out.read_bytes()
    if ending == "json":
        assert json.loads(data)["report"] == "ilc-quarterly"
    elif ending == "csv":
        assert next(csv.DictReader(io.StringIO(data.decode())))["line"] == "served"
    elif ending == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == [
            "Report",
            "Definitions",
        ]
    else:
        assert data.startswith(b"%PDF")


def test_one_unit_mode_rule_and_language(folder):
    done = asked(
        folder,
        *("--unit", "north", "--mode", "compatible", "--profile", "report"),
        *("--option", "scope=episode", "--language", "da", "--json"),
        report="ips-grow",
    )
    said = json.loads(done.stdout)
    assert said["title"] == "IPS Grow, kvartalsvis (kompatibel)"
    assert [unit["id"] for unit in said["units"]] == ["north"]
    assert said["profile"] == "nhs-mhsds"
    assert {one["option"]: one["choice"] for one in said["options"]}[
        "scope"
    ] == "episode"


def test_restated_is_labelled(folder):
    done = asked(folder, "--restate", report="ips-grow", period="2024Q1")
    assert done.stdout.startswith("IPS Grow, quarterly (corrected), 2024Q1, restated")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        pytest.param(["--mode", "x"], "has no option 'mode'", id="mode"),
        pytest.param(["--option", "x"], "NAME=CHOICE", id="half an option"),
        pytest.param(["--profile", "x"], "no rule for small numbers", id="rule"),
        pytest.param(["--unit", "x"], "Theirs are: north, south", id="unit"),
        pytest.param(["--format", "pdf"], "Name it with --out", id="pdf to stdout"),
        pytest.param(["--out", "x.doc"], "json, xlsx, csv, pdf", id="other ending"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(folder, more, told):
    done = asked(folder, *more)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stdout == ""


def test_wrong_use_is_json_where_json_is_asked_for(folder):
    done = asked(folder, "--json", report="ilc")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["error"]["reason"] == "report_unknown"


def test_a_period_or_folder_that_is_none(folder, tmp_path):
    assert "written like 2026Q1" in asked(folder, period="2026Q9").stderr
    done = asked(tmp_path / "nowhere")
    assert (done.exit_code, done.stderr) == (2, "There is no such folder of facts.\n")


def test_facts_that_cannot_be_true_are_no_report(tmp_path):
    (tmp_path / "episodes.csv").write_text(
        "episode_id,unit_id,person_key,accepted_on,at_referral,first_of_person\n"
        "e1,north,p1,2026-06-31,out_of_work,true\n"
    )
    done = asked(tmp_path)
    assert done.exit_code == 1
    assert "2026-06-31" in done.stderr or "accepted_on" in done.stderr


@pytest.mark.django_db
def test_a_unit_of_this_installation_is_drawn_fresh(world, today):
    done = braid("ilc-quarterly", "--period", "2026Q3", "--unit", "north", "--json")
    said = json.loads(done.stdout)
    assert [unit["name"] for unit in said["units"]] == ["North"]
    assert (said["snapshot"], said["hash"]) == (None, None)


@pytest.mark.django_db
def test_without_a_snapshot_it_says_how_to_get_one(world, today):
    done = braid("ilc-quarterly", "--period", "2026Q3")
    assert done.exit_code == 2
    assert "braid facts build" in done.stderr
