"""`braid measures`: documents, words for people, and the code with which it ends."""

import json
from datetime import UTC, datetime

import pyarrow.csv
import pytest
from click.testing import CliRunner
from tests.facts import busy, sound

from braid.facts import snapshots
from braid.packs import measures
from braid.site import cli


def braid(*words):
    return CliRunner().invoke(
        cli.main, ["measures", *(str(word) for word in words)], catch_exceptions=False
    )


def document(*words):
    done = braid(*words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def write(folder, tables):
    folder.mkdir()
    for name, table in tables.items():
        pyarrow.csv.write_csv(table, folder / f"{name}.csv")
    return folder


@pytest.fixture(scope="module")
def units(tmp_path_factory):
    """Two units as a folder without a manifest."""
    return write(tmp_path_factory.mktemp("set") / "units", busy.tables())


DAY = ("--as-of", busy.AS_OF)


def test_list_says_what_each_measure_is():
    listed = document("list")["measures"]
    assert {each["id"] for each in listed} == set(measures.load())
    caseload = next(each for each in listed if each["id"] == "item01_caseload")
    assert caseload["window"] == {"day": True}
    assert (caseload["basis"], caseload["by"]) == ("accepted", ["unit_id", "staff_id"])
    assert caseload["about"].startswith("Everybody on the caseload")
    assert caseload["source"]["checked_on"] == "2026-11-22"


def test_list_speaks_other_languages():
    said = braid("list", "--language", "da").stdout
    assert "quarters 2026.1: Kvartal for kvartal\n" in said


def test_figure_is_a_document_with_all_that_is_needed_to_read_it(units):
    said = document("run", "item21_competitive_permanent", "--facts", units, *DAY)
    assert said["measure"] == "item21_competitive_permanent"
    assert said["version"] == "2026.1"
    assert said["period"] == {
        "id": "on",
        "first_day": "2026-06-30",
        "last_day": "2026-06-30",
    }
    assert (said["as_of"], said["snapshot"]) == ("2026-06-30", None)
    (result,) = said["results"]
    assert result["group"] == {}
    assert result["suppressed"] is False
    assert result["value"] == pytest.approx(
        result["numerator"] / result["denominator"], abs=5e-7
    )
    assert result["n"] > result["numerator"]
    assert said["amounts_mean"].keys() == result["amounts"].keys()
    assert said["left_out_because"].keys() == result["left_out"].keys()


def test_several_measures_are_a_list_each_once(units):
    names = ("counts", "quarters", "counts")
    said = document("run", *names, "--facts", units, *DAY)
    assert [each["measure"] for each in said] == ["counts", "quarters"]
    periods = [result["period"] for result in said[1]["results"]]
    assert said[1]["period"]["id"] == f"{periods[0]}/2026Q2"
    assert periods == sorted(periods)


def test_groups_add_up(units):
    name = "item17_employer_contacts"
    (whole,) = document("run", name, "--facts", units, *DAY)["results"]
    grouped = document(
        "run", name, "--facts", units, *DAY, "--by", "unit_id", "--by", "staff_id"
    )["results"]
    assert list(grouped[0]["group"]) == ["unit_id", "staff_id"]
    contacts = sum(each["amounts"]["contacts"] for each in grouped)
    assert contacts == whole["numerator"] > 0


def test_rows_behind_a_figure_sum_to_it(units):
    said = document("run", "item24_community", "--facts", units, *DAY, "--rows")
    (result,) = said["results"]
    assert sum(row["f2f_minutes"] for row in said["rows"]) == result["denominator"]
    kept = [row for row in said["rows"] if row["left_out"] is None]
    assert len(kept) == result["n"]
    assert {row["word"] for row in kept} == {"contact_minutes"}


def test_one_unit_of_a_folder(units):
    (north,) = document(
        "run", "counts", "--facts", units, *DAY, "--unit", "north", "--rows"
    )["results"]
    (both,) = document("run", "counts", "--facts", units, *DAY)["results"]
    assert 0 < north["amounts"]["clients"] < both["amounts"]["clients"]


def test_period_of_ones_own(units):
    said = document(
        "run",
        "quarters",
        "--facts",
        units,
        "--from",
        "2026-01-01",
        "--to",
        "2026-03-31",
    )
    own = said["results"][0]
    assert own["period"] == said["period"]["id"] == "2026-01-01/2026-03-31"
    quarters = document("run", "quarters", "--facts", units, "--as-of", "2026-03-31")
    assert quarters["results"][-1]["amounts"] == own["amounts"]


def test_figure_without_a_value_says_why(tmp_path):
    empty = {"episodes": busy.tables()["episodes"].slice(0, 0)}
    said = document("run", "quarters", "--facts", write(tmp_path / "e", empty), *DAY)
    (result,) = said["results"]
    assert (result["value"], result["reason"]) == (None, "empty_denominator")


def test_person_reads_definition_value_and_parts(units):
    done = braid("run", "item15_rapid_search", "--facts", units, *DAY, "--rows")
    said = done.stdout
    assert "Days to the first employer contact (item15_rapid_search 2026.1)\n" in said
    assert "basis: entered, as_of: 2026-06-30\n" in said
    assert "365 days:" in said
    assert "with_contact" in said
    assert "word first_employer_contact, period 365 days, unit_id" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing"], "'nothing' is no measure. Known are: "),
        (["counts", "--by", "colour"], "'counts' cannot be grouped by 'colour'."),
        (["counts", "--master", "yarn"], "Expected is local[2] or spark://host"),
        (["counts", "--unit", "west"], "Theirs are: north, south."),
        (["quarters", "--from", "2026-01-01"], "needs both --from and --to"),
        (
            ["quarters", "--from", "2026-01-01", "--to", "2026-01-02"],
            "not both",
        ),
    ],
    ids=[
        "a measure that is none",
        "a key that is none",
        "a master that is none",
        "a unit that is none",
        "a period without an end",
        "a period and a day",
    ],
)
def test_wrong_use_is_told_and_ends_with_two(units, words, told):
    done = braid("run", *words, "--facts", units, *DAY)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert done.stdout == ""


def test_measure_of_one_day_has_no_period(units):
    days = ("--from", "2026-01-01", "--to", "2026-03-31")
    done = braid("run", "counts", "--facts", units, *days)
    assert done.exit_code == 2
    assert "'counts' is counted on one day. Give --as-of" in done.stderr


def test_facts_that_cannot_be_read_end_with_one(units, tmp_path):
    done = braid("run", "counts", "--facts", units, "--json")
    assert (done.exit_code, done.stderr) == (1, "")
    assert json.loads(done.stdout)["violations"][0]["rule"] == "no_day"
    done = braid("run", "counts", "--facts", units)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Nothing says of which day these facts are." in done.stderr


def twice(table):
    return lambda rows: rows[table].append(rows[table][0])


def planted(table, number=0, **values):
    return lambda rows: rows[table][number].update(values)


UNSOUND = {
    "a key twice": (twice("employers"), "key_twice"),
    "two holders": (
        planted("caseload", 0, staff_id="ben", last_day=sound.day(4, 1)),
        "two_holders",
    ),
    "overlapping terms": (
        planted("job_terms", last_day=sound.day(6, 29)),
        "overlapping_terms",
    ),
    "an id that names no row": (planted("contacts", episode_id="e9"), "not_found"),
}


@pytest.mark.parametrize(("change", "rule"), UNSOUND.values(), ids=UNSOUND)
def test_facts_that_cannot_be_true_are_not_counted(tmp_path, change, rule):
    changed = sound.rows()
    change(changed)
    folder = write(tmp_path / "set", sound.tables(changed))
    words = ("run", "counts", "--facts", folder, "--as-of", sound.AS_OF)
    done = braid(*words, "--json")
    assert (done.exit_code, done.stderr) == (1, "")
    said = json.loads(done.stdout)
    assert (said["error"]["code"], said["error"]["reason"]) == (
        "facts_faults",
        "not_sound",
    )
    assert {v["rule"] for v in said["violations"]} == {rule}
    assert {v["severity"] for v in said["violations"]} == {"error"}
    done = braid(*words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"[{rule}]\n" in done.stderr


@pytest.fixture
def stated(tmp_path):
    """A sound set with its manifest."""
    folder = tmp_path / "stated"
    batches = ((n, iter(t.to_batches())) for n, t in sound.tables().items())
    snapshots.write(
        folder,
        batches,
        snapshot="s1",
        as_of=sound.AS_OF,
        made_at=datetime(2026, 10, 5, 7, tzinfo=UTC),
        units=["north"],
    )
    return folder


def test_other_tables_than_the_manifest_was_written_for_are_not_counted(stated):
    assert document("run", "counts", "--facts", stated)["snapshot"] == "s1"
    (stated / "absences.parquet").unlink()
    done = braid("run", "counts", "--facts", stated, "--json")
    assert done.exit_code == 1
    (only,) = json.loads(done.stdout)["violations"]
    assert only["rule"] == "other_content"


def test_warnings_are_numbered_and_the_figures_come(tmp_path):
    changed = sound.rows()
    planted("contacts", minutes=0)(changed)
    planted("jobs", placement=None)(changed)
    folder = write(tmp_path / "set", sound.tables(changed))
    words = ("--facts", folder, "--as-of", sound.AS_OF, "--json")
    done = braid("run", "counts", *words)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["measure"] == "counts"
    assert done.stderr == (
        "Warnings about these facts: 2. 'braid facts check' shows them.\n"
    )


REFUSALS = {
    "a day after the facts": (
        ["counts", "--as-of", "2026-10-06"],
        "after_the_facts",
    ),
    "a period that outlasts the facts": (
        ["quarters", "--from", "2026-10-01", "--to", "2026-12-31"],
        "after_the_facts",
    ),
    "a period the wrong way round": (
        ["quarters", "--from", "2026-03-31", "--to", "2026-01-01"],
        "period_reversed",
    ),
    "a key that is none": (["counts", "--by", "colour"], "key_unknown"),
    "a measure that is none": (["nothing"], "measure_unknown"),
    "a unit that is none": (["counts", "--unit", "west"], "unit_unknown"),
    "a folder that is not there": (["counts", "--facts", "gone"], "folder_unknown"),
    "a master of no engine": (
        ["counts", "--engine", "duckdb", "--master", "local[2]"],
        "master_of_no_engine",
    ),
    "a master that is none": (["counts", "--master", "yarn"], "master_wrong"),
}


@pytest.mark.parametrize(("words", "reason"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_one_document_or_one_sentence(stated, words, reason):
    done = braid("run", "--facts", stated, *words, "--json")
    assert (done.exit_code, done.stderr) == (2, "")
    error = json.loads(done.stdout)["error"]
    assert (error["code"], error["reason"]) == ("input_fault", reason)
    done = braid("run", "--facts", stated, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"{error['message']}\n"


# Of this installation


@pytest.fixture
def data(tmp_path, settings):
    settings.BRAID_DATA = tmp_path / "data"


def test_a_unit_is_drawn_fresh_from_the_record(lived, today, data):
    said = document("run", "counts", "--unit", "north")
    assert (said["as_of"], said["snapshot"]) == ("2026-10-05", None)
    (result,) = said["results"]
    assert result["amounts"]["clients"] == 2
    assert result["amounts"]["contacts"] == 2


def test_without_a_folder_the_latest_snapshot_is_read(lived, today, data):
    done = CliRunner().invoke(cli.main, ["facts", "build", "--json"])
    snapshot = json.loads(done.stdout)["snapshot"]
    said = document("run", "counts", "--by", "unit_id")
    assert said["snapshot"] == snapshot
    assert [result["amounts"]["contacts"] for result in said["results"]] != []


def test_without_a_snapshot_it_says_how_to_have_one(lived, today, data):
    done = braid("run", "counts")
    assert done.exit_code == 2
    assert "Build one with 'braid facts build'" in " ".join(done.stderr.split())


def test_unit_that_is_not_there_is_wrong_use(world, today, data):
    done = braid("run", "counts", "--unit", "nowhere")
    assert done.exit_code == 2
    assert done.stderr == "There is no such unit.\n"


@pytest.mark.parametrize("command", ["list", "run"])
def test_help_has_an_example(command):
    assert f"Example: braid measures {command}" in braid(command, "--help").stdout


def test_sound_facts_give_every_figure(tmp_path):
    folder = write(tmp_path / "sound", sound.tables())
    names = sorted(measures.load())
    said = document("run", *names, "--facts", folder, "--as-of", sound.AS_OF)
    assert [each["measure"] for each in said] == names
