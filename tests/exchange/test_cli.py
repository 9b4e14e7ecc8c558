"""`braid roster` from the shell: JSON, exit codes, what is masked."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.exchange.conftest import FILES, SETUP
from tests.exchange.looking import document, importing, rows

from braid.access.models import AuditEntry, Organisation, Team
from braid.exchange.cli import roster
from braid.exchange.models import ImportBatch
from braid.exchange.shell.figure_texts import part_label
from braid.facts.service_figures import FIGURES

pytestmark = pytest.mark.django_db

SOURCE = Path(__file__).parents[2] / "src"
NAMES = ("Mia", "Holt", "Krog", "N-101", "N-999", "Nobody Known")


def test_inspect_says_what_columns_mean(run):
    result = run("inspect", "@caseload.csv", "@contacts.csv", "--json")
    assert result.exit_code == 0
    told = document(result)
    assert set(told) == {"layout", "tables"}
    table = told["tables"][0]
    assert set(table) == {
        "file",
        "sheet",
        "caption",
        "kind",
        "heading_row",
        "columns",
        "rows",
        "unknown",
    }
    assert (table["kind"], table["heading_row"], table["rows"]) == ("caseload", 1, 5)
    assert table["columns"]["Ref"] == "cid"
    assert table["unknown"] == []


def test_inspect_reads_well(run):
    told = run("inspect", "@caseload.csv").stdout
    assert "caseload list, 5 rows, headings in row 1" in told
    assert "client number" in told and "Next: braid roster import" in told


def test_import_reads_well(run, folder, world):
    said = [{"file": "contacts.csv", "row": 900, "answer": {"reject": True}}]
    (folder / "answers.json").write_text(json.dumps(said))
    told = run(*importing("--answers", "@answers.json")).stdout
    for words in (
        "15  rows read",
        "3  contacts",
        "1 × No treatment team is called so.",
        "caseload.csv E5",
        "1 × The same as row 3; one of them was taken.\n      contacts.csv, row 7",
        "Answer not used: contacts.csv, row 900",
        "Nothing was saved. Add --commit to save this.",
    ):
        assert words in told
    saved = run(*importing("--commit")).stdout
    assert "Created" in saved and "braid roster undo" in saved
    (folder / "contacts.csv").write_text(FILES["contacts.csv"].replace(",45,", ",50,"))
    changed = run(*importing()).stdout
    assert "Would be changed\n  1  contacts with applicants" in changed
    assert "Would be created" not in changed


def test_findings_of_one_kind_say_what_they_have_in_common(run, folder, world):
    lines = FILES["contacts.csv"].splitlines()
    (folder / "contacts.csv").write_text("\n".join([*lines, *lines[1:4]]) + "\n")
    told = run(*importing()).stdout
    assert "4 × The same as row …; one of them was taken." in told
    assert "contacts.csv, row 7; contacts.csv, row 8" in told


def undated(folder, **more):
    setup = {key: one for key, one in SETUP.items() if key != "as_of"} | more
    (folder / "unit.json").write_text(json.dumps(setup))


def test_day_of_the_files_that_nobody_said_is_guessed_and_asked(run, folder, world):
    undated(folder)
    told = document(run(*importing("--json")))
    assert told["as_of"] == "2026-05-12"
    (need,) = (need for need in told["needs"] if need["key"] == "as_of")
    assert "on 12 May 2026, so they were read as of that day" in need["message"]
    assert "12 May 2026" in run(*importing()).stdout
    stated = document(run(*importing("--json", "--as-of", "2026-06-30")))
    assert stated["as_of"] == "2026-06-30" and stated["needs"] == []


def test_undo_reads_well(run, world):
    batch = document(run(*importing("--commit", "--json")))["batch"]
    rows("work.contact").filter(minutes=45).update(row_version=2)
    assert "contacts.csv  2  edited since" in run("undo", batch).stdout
    rows("work.contact").filter(minutes=45).update(row_version=1)
    assert "The import was taken back." in run("undo", batch).stdout


def test_file_that_is_no_roster_is_told_on_stderr(run, folder, world):
    (folder / "caseload.csv").write_bytes(b"%PDF-1.7")
    for words in (("inspect", "@caseload.csv"), importing()):
        result = run(*words)
        assert result.exit_code == 1
        assert "a PDF document" in result.stderr and result.stdout == ""


def test_inspect_stores_nothing(run):
    run("inspect", "@caseload.csv")
    assert not ImportBatch.objects.system("look").exists()


def test_folder_stands_for_the_rosters_in_it(run, folder):
    result = run("inspect", str(folder), "--json")
    assert {t["file"] for t in document(result)["tables"]} == set(FILES)


def test_dry_run_tells_all_and_saves_nothing(run, world):
    result = run(*importing("--json", "--figures"))
    assert result.exit_code == 0
    told = document(result)
    assert told["batch"] is None and told["committed"] is False
    assert told["rows"] == {
        "read": 15,
        "accepted": 10,
        "warned": 1,
        "rejected": 1,
        "asked": 3,
    }
    assert told["created"]["contacts"] == 3 and told["created"]["specialists"] == 1
    assert set(told["figures"]) == set(FIGURES)
    assert told["figures"]["counts"]["clients"] == 5
    assert "Ida Berg" in told["figures"]["item01_caseload"]["per_specialist"]
    assert not rows("work.contact").exists()
    assert not ImportBatch.objects.system("look").exists()


def test_figures_are_the_same_before_and_with_the_commit(run, world):
    before = document(run(*importing("--json", "--figures")))["figures"]
    saved = document(run(*importing("--json", "--figures", "--commit")))["figures"]
    again = document(run(*importing("--json", "--figures")))["figures"]
    assert before == saved == again


def test_figures_read_well(run, world):
    shown = run(*importing("--figures")).stdout
    assert "What you would see\n  Caseload for each full-time specialist\n" in shown
    assert "    2026Q2: served 4, working 1, " in shown
    assert "contacts with employers, face to face 1" in shown and "f2f" not in shown


def test_every_part_of_a_figure_has_a_word(run, world):
    def parts(values):
        for name, one in values.items():
            if isinstance(one, dict):
                yield from parts(one)
            else:
                yield name

    told = document(run(*importing("--json", "--figures")))["figures"]
    named = {name for values in told.values() for name in parts(values)}
    assert named and not [name for name in named if "_" in part_label(name)]


def test_findings_name_their_place_and_say_what_to_do(run, world):
    found = document(run(*importing("--json")))["findings"]
    team = next(f for f in found if f["kind"] == "unknown_team")
    expected = {
        "file": "caseload.csv",
        "sheet": None,
        "row": 5,
        "column": "E",
        "heading": "Team",
        "field": "team",
        "action": "ask",
        "value": "North Pole",
        "message": "No treatment team is called so. Which team is meant?",
    }
    assert expected.items() <= team.items()


@pytest.mark.parametrize("more", [(), ("--json",)], ids=["text", "json"])
def test_names_and_numbers_of_applicants_are_masked(run, world, more):
    result = run(*importing(*more))
    assert not [name for name in NAMES if name in result.output]


def test_identify_shows_them(run, world):
    assert "N-999" in run(*importing("--json", "--identify")).output


def test_commit_saves_the_plan_of_the_dry_run(run, world):
    dry = document(run(*importing("--json")))
    done = document(run(*importing("--json", "--commit")))
    assert done["committed"] is True
    assert done["plan_hash"] == dry["plan_hash"]
    assert done["created"] == dry["created"]
    batch = ImportBatch.objects.system("look").get(pk=done["batch"])
    assert (batch.state, batch.unit) == ("committed", world.north)


def test_shell_is_audited_as_the_shell(run, world):
    run(*importing("--commit"))
    entry = AuditEntry.objects.get(action="import_committed")
    assert (entry.system, entry.actor_id) == ("shell", None)


def test_person_named_with_as_is_audited(run, world):
    run(*importing("--commit", "--as", "ben{at}example.org"))
    entry = AuditEntry.objects.get(action="import_committed")
    assert entry.actor_id == world.ben.user.pk


def test_person_who_may_not_import_is_refused(run, world):
    result = run(*importing("--commit", "--as", "ada{at}example.org", "--json"))
    assert result.exit_code == 1
    assert document(result)["error"]["code"] == "refused"


def test_missing_unit_is_made_with_its_organisation(run, db):
    result = run(*importing("--country", "GB", "--commit", "--json"))
    assert result.exit_code == 0
    unit = Team.objects.get(slug="north")
    assert (unit.name, unit.organisation.country) == ("North", "gb")


def test_missing_unit_joins_the_only_organisation_of_its_country(run, world):
    Organisation.objects.exclude(slug="havnelund").update(country="nl")
    files = importing("--commit")
    run(*(w if w != "north" else "north-two" for w in files))
    assert Team.objects.get(slug="north-two").organisation == world.havnelund


def test_answers_settle_questions(run, folder, world):
    said = [{"file": "contacts.csv", "row": 5, "answer": {"reject": True}}]
    (folder / "answers.json").write_text(json.dumps(said))
    told = document(run(*importing("--answers", "@answers.json", "--json")))
    assert told["rows"]["asked"] == 2 and told["answers_refused"] == []


def test_answer_that_cannot_be_used_is_exit_1(run, folder, world):
    said = [{"file": "contacts.csv", "row": 900, "answer": {"reject": True}}]
    (folder / "answers.json").write_text(json.dumps(said))
    result = run(*importing("--answers", "@answers.json", "--json"))
    assert result.exit_code == 1
    assert document(result)["answers_refused"][0]["row"] == 900


def test_file_that_is_no_roster_is_exit_1_with_a_sentence(run, folder, world):
    (folder / "caseload.csv").write_bytes(b"%PDF-1.7")
    result = run(*importing("--json"))
    assert result.exit_code == 1
    error = document(result)["error"]
    assert error["reason"] == "not_a_table" and "caseload.csv" in error["message"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("import", "@caseload.csv"), "--unit"),
        (("import", "@nothing.csv", "--unit", "north"), "does not exist"),
        (("inspect",), "FILE"),
        (("undo", "not-an-id"), "not a valid UUID"),
        (("undo", "00000000-0000-4000-8000-000000000000"), "no such import"),
        (("import", "@caseload.csv", "--unit", "x"), "--country"),
        (importing("--as", "nobody{at}example.org"), "nobody has this address"),
        (importing("--answers", "@caseload.csv"), "no JSON document"),
        (importing("--answers", "@unit.json"), "list of objects"),
        (importing("--as-of", "yesterday"), "does not match"),
        (importing("--country", "Denmark"), "two letters"),
        (importing("--layout", "my-own"), "uk-roster"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_use_is_exit_2(run, world, words, says):
    result = run(*words)
    assert result.exit_code == 2
    assert says in result.output


def test_name_of_a_new_unit_must_be_short_and_plain(run, world):
    words = importing("--commit", "--country", "DK")
    result = run(*("North Unit" if word == "north" else word for word in words))
    assert result.exit_code == 2
    assert "small letters" in result.output


def test_wrong_setup_is_exit_2_and_says_everything(run, folder, world):
    (folder / "unit.json").write_text('{"date_order": "x", "as_of": "never"}')
    result = run(*importing())
    assert result.exit_code == 2
    assert "date_order" in result.output and "as_of" in result.output


def test_own_fault_is_exit_3_with_a_reference_and_no_values(run, world, monkeypatch):
    from braid.exchange.shell import importing as shell_side

    def breaks(*_args):
        raise RuntimeError(NAMES)

    monkeypatch.setattr(shell_side, "find_unit", breaks)
    result = run(*importing("--json"))
    assert result.exit_code == 3
    error = document(result)["error"]
    log = Path(error["log"])
    assert error["reference"] in log.name
    assert "RuntimeError" in log.read_text() and "Mia" not in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_undo_takes_back_and_says_so(run, world):
    batch = document(run(*importing("--commit", "--json")))["batch"]
    result = run("undo", batch, "--json")
    assert result.exit_code == 0
    assert document(result) == {"batch": batch, "undone": True, "held": []}
    assert not rows("work.contact").exists()


def test_undo_that_is_held_is_exit_1_and_names_rows(run, world):
    batch = document(run(*importing("--commit", "--json")))["batch"]
    rows("work.contact").filter(minutes=45).update(row_version=2)
    result = run("undo", batch, "--json")
    assert result.exit_code == 1
    assert document(result)["held"] == [
        {
            "kind": "contacts",
            "file": "contacts.csv",
            "sheet": None,
            "row": 2,
            "why": "edited",
        }
    ]


@pytest.mark.parametrize("command", ["inspect", "import", "undo"])
def test_help_shows_an_example(command):
    result = CliRunner().invoke(roster, [command, "--help"])
    assert result.exit_code == 0
    assert f"Example: braid roster {command}" in " ".join(result.output.split())


def shell(folder, *words, code="", **environment):
    """Run the command in a process of its own with a database of its own."""
    program = f"{code}\nfrom braid.exchange.cli import roster\nroster()"
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("BRAID_")},
            "DJANGO_SETTINGS_MODULE": "braid.site.settings",
            "BRAID_DATA": str(folder / "var"),
            "PYTHONPATH": str(SOURCE),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


LOOKED_AT = ("work_contact", "exchange_importedrow")


def stored(folder, table):
    with sqlite3.connect(folder / "var" / "braid.sqlite3") as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


KILLED = f"""
import os, django
django.setup()
from braid.exchange.commands import writing
writing._save_links = lambda writing: os.kill(os.getpid(), {signal.SIGKILL.value})
"""


@pytest.mark.long
def test_missing_database_is_made_and_a_kill_in_the_middle_leaves_nothing(folder):
    def commit(name, code=""):
        files = [str(folder / "caseload.csv"), str(folder / name)]
        unit = ["--unit", "north", "--country", "DK", "--json"]
        setup = ["--setup", str(folder / "unit.json")]
        return shell(folder, "import", *files, *unit, *setup, "--commit", code=code)

    first = commit("contacts.csv")
    assert first.returncode == 0, first.stderr
    before, links = (stored(folder, table) for table in LOOKED_AT)
    later = FILES["contacts.csv"].replace("2026-01-14", "2026-01-15")
    (folder / "more.csv").write_text(later)
    assert commit("more.csv", code=KILLED).returncode == -signal.SIGKILL
    assert [stored(folder, table) for table in LOOKED_AT] == [before, links]
    done = commit("more.csv")
    assert json.loads(done.stdout)["created"]["contacts"] == 1
    assert stored(folder, "work_contact") == before + 1
