"""`braid demo`: makes, finds again, takes away; never somebody else's database."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import timedelta

import click
import pytest
from click.testing import CliRunner
from django.utils import timezone

from braid.site import serving
from braid.site.demo import large, making
from braid.site.demo import mark as marks
from braid.site.demo.command import demo
from braid.site.demo.fill import Filled, provider_slug
from braid.site.demo.mark import Mark
from tests import database
from tests.factories.access import OrganisationFactory

RUN = "from braid.site.demo.command import demo; demo()"
FILLED = Filled(1, 2, 3, 0.1)


@pytest.fixture
def mark_file(settings, tmp_path):
    settings.BRAID_DEMO_MARK = tmp_path / "demo.json"
    return settings.BRAID_DEMO_MARK


def _run(folder, *arguments):
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("BRAID_")
    }
    environment |= {"BRAID_DATA": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment["DJANGO_SETTINGS_MODULE"] = "braid.site.settings"
    return subprocess.run(
        [sys.executable, "-c", RUN, "--no-serve", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,  # a busy machine takes minutes over a migration
        check=False,
    )


def test_a_demo_is_made_found_again_and_taken_away(tmp_path, migrated):
    """The first is made in an empty database, the last where there is none at all."""
    database.lay(migrated, tmp_path)
    first = _run(tmp_path, "--size", "unit", "--json")
    made = json.loads(first.stdout)
    assert made.keys() == {"episodes", "contacts", "jobs", "seconds"}
    assert made["episodes"] >= 100
    token = json.loads((tmp_path / "demo.json").read_text())["token"]

    again = _run(tmp_path, "--size", "unit", "--json")
    assert json.loads(again.stdout) == made
    assert json.loads((tmp_path / "demo.json").read_text())["token"] == token

    fresh = _run(tmp_path, "--size", "unit", "--seed", "2", "--reset", "--json")
    assert json.loads(fresh.stdout)["episodes"] >= 100
    kept = json.loads((tmp_path / "demo.json").read_text())
    assert (kept["seed"], kept["token"] != token) == (2, True)


def test_reset_leaves_a_database_that_no_demo_made(tmp_path):
    path = tmp_path / "braid.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE access_organisation (id TEXT, slug TEXT)")
        database.execute("INSERT INTO access_organisation VALUES ('1', 'real')")
    database.close()
    answer = _run(tmp_path, "--reset")
    assert answer.returncode == 2
    assert "stays as it is" in answer.stderr
    assert path.exists()


def test_a_database_with_something_else_is_refused(db, mark_file):
    OrganisationFactory(slug="real")
    with pytest.raises(click.UsageError, match="something other than a demo"):
        making.made("unit", 1)
    assert not mark_file.exists()


def test_an_empty_database_is_filled_and_marked(db, mark_file):
    made = making.made("unit", 5)
    assert (made.size, made.seed, made.day) == ("unit", 5, timezone.localdate())
    assert marks.read() == made
    assert making.made("unit", 5) == made


def test_a_fill_that_fails_leaves_nothing(db, mark_file, monkeypatch):
    def fails(*args, **kwargs):
        OrganisationFactory(slug=provider_slug("x"))
        raise RuntimeError("power cut")

    monkeypatch.setattr(making, "fill", fails)
    with pytest.raises(RuntimeError):
        making.made("unit", 1)
    assert marks.read() is None
    assert making.is_empty_installation()


@pytest.mark.parametrize(
    ("age", "size", "said"),
    [
        (0, "demo", ""),
        (14, "demo", ""),
        (15, "demo", "make demo-reset"),
        (0, "unit", "Add --reset"),
    ],
    ids=["fresh", "two weeks old", "older", "another size was asked for"],
)
def test_a_demo_that_is_there_says_what_is_odd_about_it(
    db, mark_file, capsys, age, size, said
):
    OrganisationFactory(slug=provider_slug("t"))
    day = timezone.localdate() - timedelta(days=age)
    marks.write(Mark("demo", 1, day, "t", FILLED))
    making.made(size, 1)
    heard = capsys.readouterr()
    assert heard.out == ""
    assert (said in heard.err) if said else heard.err == ""


def test_a_database_on_a_server_is_not_deleted(db, monkeypatch):
    monkeypatch.setattr(making.connection, "vendor", "postgresql")
    with pytest.raises(click.UsageError, match="on a server"):
        making.take_away()


@pytest.fixture
def command(monkeypatch):
    """Run the command without a database or a server; return what was asked of them."""
    asked = []
    mark = Mark("demo", 1, timezone.localdate(), "t", FILLED)
    monkeypatch.setattr(serving, "prepare", lambda: asked.append("prepared"))
    monkeypatch.setattr(making, "take_away", lambda: asked.append("taken away"))
    monkeypatch.setattr(
        making, "made", lambda size, seed: asked.append((size, seed)) or mark
    )
    monkeypatch.setattr(
        large,
        "make_nation",
        lambda seed, reset: asked.append(("nation", seed, reset)) or FILLED,
    )
    monkeypatch.setattr(serving, "serve", lambda host, port: asked.append((host, port)))

    def run(*arguments):
        result = CliRunner().invoke(demo, arguments, catch_exceptions=False)
        return asked, result

    return run


def test_without_options_the_demo_is_made_and_shown(command):
    asked, result = command("--port", "8123")
    assert asked == ["prepared", ("demo", 1), ("127.0.0.1", 8123)]
    assert "1 episodes, 2 contacts, 3 jobs" in result.stdout


def test_one_document_and_no_server_when_asked_so(command):
    asked, result = command("--size", "unit", "--reset", "--no-serve", "--json")
    assert asked == ["taken away", "prepared", ("unit", 1)]
    assert json.loads(result.stdout) == {
        "episodes": 1,
        "contacts": 2,
        "jobs": 3,
        "seconds": 0.1,
    }


def test_of_a_nation_there_are_no_pages(command):
    asked, result = command("--size", "nation", "--reset", "--seed", "4")
    assert asked == [("nation", 4, True)]
    assert "1 episodes, 2 contacts, 3 jobs" in result.stdout
    assert "no pages" in result.stdout


def test_a_nation_in_one_document(command):
    _, result = command("--size", "nation", "--json")
    assert json.loads(result.stdout)["contacts"] == 2


def test_a_region_is_made_like_any_other_size(command):
    asked, _ = command("--size", "region", "--no-serve")
    assert asked == ["prepared", ("region", 1)]


@pytest.mark.parametrize(
    "arguments",
    [("--size", "world"), ("--seed", "x"), ("--port", "0")],
    ids=["a size that is not there", "a seed that is no number", "no port"],
)
def test_wrong_use_does_nothing(command, arguments):
    asked, result = command(*arguments)
    assert (asked, result.exit_code) == ([], 2)


def test_take_away_deletes_the_demo_with_its_mark(db, mark_file, monkeypatch, tmp_path):
    files = [tmp_path / f"demo.sqlite3{ending}" for ending in making.SQLITE_FILES]
    for file in files:
        file.write_text("")
    mark_file.write_text("{}")
    monkeypatch.setitem(making.connection.settings_dict, "NAME", str(files[0]))
    monkeypatch.setattr(making.connection, "close", lambda: None)
    making.take_away()
    assert not [file for file in (*files, mark_file) if file.exists()]
