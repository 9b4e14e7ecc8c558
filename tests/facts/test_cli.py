"""`braid facts`: what it prints, and with which code it ends."""

import json
import os
import subprocess
import sys

import pyarrow.csv
import pytest
from click.testing import CliRunner
from tests.factories.work import ContactFactory
from tests.facts.sound import rows, tables

from braid.facts.models import Snapshot
from braid.facts.read import Facts
from braid.facts.schema import TABLES
from braid.site import cli


def braid(*words):
    return CliRunner().invoke(cli.main, [str(word) for word in words])


@pytest.fixture
def data(tmp_path, settings):
    settings.BRAID_DATA = tmp_path / "data"
    return tmp_path


def write(folder, changed=None):
    folder.mkdir()
    for name, table in tables(changed).items():
        pyarrow.csv.write_csv(table, folder / f"{name}.csv")
    return folder


def test_building_says_what_was_frozen(lived, today, data):
    done = braid("facts", "build", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert list(said) == [
        *("snapshot", "as_of", "rows", "hash"),
        *("base", "drawn", "kept", "seconds"),
    ]
    assert (said["base"], said["kept"], said["drawn"]) == (None, 0, said["rows"])
    snapshot = Snapshot.objects.get(pk=said["snapshot"])
    assert (said["snapshot"], said["hash"]) == (str(snapshot.pk), snapshot.hash)
    assert said["as_of"] == "2026-10-05"
    assert set(said["rows"]) == set(TABLES)
    assert said["rows"]["contacts"] == 3


def test_building_again_says_what_was_drawn_and_what_was_kept(lived, today, data):
    first = json.loads(braid("facts", "build", "--json").stdout)
    ContactFactory(episode=lived.pat_episode)
    kept = f"{sum(first['rows'].values()):,}"
    said = braid("facts", "build").stdout
    how = "Drawn from the record: 1 rows of 1 tables; kept from 2026-10-05 07:00 UTC"
    assert f"{how}: {kept} rows." in said
    assert "Drawn from the record: all" in braid("facts", "build", "--afresh").stdout


def test_building_one_unit_into_a_folder(lived, today, data):
    before = Snapshot.objects.count()
    done = braid("facts", "build", "--unit", "north", "--out", data / "north")
    assert done.exit_code == 0, done.output
    assert "contacts: 2\n" in done.stdout
    with Facts.read(data / "north") as handed_on:
        assert len(handed_on.units) == 1
    assert Snapshot.objects.count() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--unit", "nowhere"], "There is no unit 'nowhere'."),
        (["--unit", "east"], "There is no unit 'east'."),
    ],
    ids=["a name of nothing", "a treatment team"],
)
def test_a_unit_that_is_not_there_is_wrong_use(world, today, data, words, said):
    done = braid("facts", "build", *words)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.django_db
def test_an_empty_installation_has_no_facts(data):
    done = braid("facts", "build")
    assert (done.exit_code, "no unit yet" in done.stderr) == (2, True)


def test_a_folder_that_holds_something_is_wrong_use(lived, today, data):
    (data / "notes.txt").write_text("mine")
    done = braid("facts", "build", "--out", data)
    assert (done.exit_code, done.stdout) == (2, "")
    sentence = "That folder is not empty. Name one that is not there yet."
    assert done.stderr == f"{sentence}\n"
    done = braid("facts", "build", "--out", data, "--json")
    assert (done.exit_code, done.stderr) == (2, "")
    assert json.loads(done.stdout) == {
        "error": {
            "code": "input_fault",
            "reason": "folder_not_empty",
            "message": sentence,
        }
    }


@pytest.mark.parametrize(
    "words",
    [("facts", "build"), ("measures", "run", "counts")],
    ids=["build", "run"],
)
def test_without_a_record_it_says_so_and_makes_none(tmp_path, words):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("BRAID_")}
    done = subprocess.run(
        [sys.executable, "-c", "from braid.site.cli import main; main()", *words],
        env=kept | {"BRAID_DATA": str(tmp_path), "BRAID_SECRET_KEY": "s" * 50},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("There is no record here yet. ")
    assert list(tmp_path.iterdir()) == []


def test_a_sound_folder(tmp_path):
    folder = write(tmp_path / "set")
    done = braid("facts", "check", folder, "--as-of", "2026-10-05", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"ok": True, "violations": []}
    assert braid("facts", "check", folder).stdout == "Sound.\n"


def test_warnings_are_told_and_are_no_failure(tmp_path):
    changed = rows()
    changed["contacts"][0]["minutes"] = 0
    folder = write(tmp_path / "set", changed)
    done = braid("facts", "check", folder, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["violations"] == [
        {
            "table": "contacts",
            "key": "c1",
            "rule": "no_minutes",
            "severity": "warning",
            "message": "The contact was attended and took 0 minutes.",
        }
    ]


def test_an_error_ends_with_one(tmp_path):
    changed = rows()
    changed["jobs"][0] |= {"placement": "dream_job", "episode_id": "e9"}
    folder = write(tmp_path / "set", changed)
    (folder / "staff.csv").write_text("staff_id,org_id,name\nada,havn,Ada\n")
    done = braid("facts", "check", folder, "--as-of", "2026-10-05", "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert found["ok"] is False
    assert {(v["table"], v["key"], v["rule"]) for v in found["violations"]} == {
        ("staff", "name", "unknown_column"),
        ("jobs", "j1", "unknown_code"),
        ("jobs", "j1", "not_found"),
    }
    told = braid("facts", "check", folder).stdout
    assert "error: jobs j1: jobs.placement holds a word that is not in" in told
    assert told.endswith("Not sound.\n")


def test_a_table_that_cannot_be_read_is_the_only_fault(tmp_path):
    folder = write(tmp_path / "set")
    (folder / "staff.csv").write_bytes(b"\xff\xfe")
    done = braid("facts", "check", folder, "--as-of", "2026-10-05", "--json")
    assert done.exit_code == 1
    (only,) = json.loads(done.stdout)["violations"]
    assert (only["table"], only["rule"]) == ("staff", "unreadable")


def test_ids_that_name_a_row_that_was_not_read_are_left_alone(tmp_path):
    folder = write(tmp_path / "set")
    with (folder / "jobs.csv").open("a") as jobs:
        jobs.write("j2,north\n")
    (folder / "absences.csv").write_text(
        "job_id,unit_id,first_day,paid\nj2,north,2026-07-01,true\n"
    )
    done = braid("facts", "check", folder, "--as-of", "2026-10-05", "--json")
    rules = [v["rule"] for v in json.loads(done.stdout)["violations"]]
    assert rules == ["wrong_row"]


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path):
    done = braid("facts", "check", tmp_path / "nowhere")
    assert done.exit_code == 2
