"""Compiled statements outlive a process, and never say what the method no longer says."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from tests.facts import busy

from braid.facts import foreign, measuring, statements
from braid.facts.measuring import compile_ahead, measured, periods_of, rows_behind
from braid.packs import measures

NAMES = ("item24_community", "out_first_job", "sustained_13w")
COMPILED = ("_compiled_sums", "_compiled_rows", "_compiled_first_days")
CACHED = (measuring._sums_sql, measuring._rows_sql, measuring._first_days)


def new_process():
    """Forget what this process has compiled, as if another one began."""
    statements._folder.cache_clear()
    for function in CACHED:
        function.cache_clear()
    measuring.unpacked.__globals__["_parts"].clear()
    measuring.unpacked.__globals__["_names"].clear()


@pytest.fixture
def place(tmp_path):
    """A folder of statements in which there is none yet."""
    statements.lie_in(tmp_path / "statements")
    new_process()
    yield tmp_path / "statements"
    statements.lie_in(settings.BRAID_DATA / statements.FOLDER)
    new_process()


@pytest.fixture
def compiled(monkeypatch):
    """The statements that are compiled, by what they are for."""
    found = []
    for name in COMPILED:
        before = getattr(measuring, name)

        def told(*given, name=name, before=before):
            found.append(name)
            return before(*given)

        monkeypatch.setattr(measuring, name, told)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return busy.frozen(tmp_path_factory.mktemp("statements") / "facts")


def few():
    return busy.facts()


def many(folder):
    facts, faults = foreign.open_folder(folder)
    assert (faults, facts.keeps) == ([], True)
    return facts


def told(facts):
    with facts:
        return [
            (figure.period, figure.group, figure.amounts, figure.value, figure.left_out)
            for name in NAMES
            for figure in measured(measures.get(name), facts).figures(["unit_id"])
        ] + rows_behind(
            measures.get("item24_community"),
            facts,
            periods=periods_of(measures.get("item24_community"), facts),
        )


def files(place):
    return sorted(path for path in place.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", ["few", "many"])
def test_the_next_process_compiles_nothing_and_answers_the_same(
    place, compiled, folder, kind
):
    drawn = few if kind == "few" else lambda: many(folder)
    first = told(drawn())
    assert len(compiled) == len(files(place)) > 3
    compiled.clear()
    new_process()
    assert told(drawn()) == first
    assert compiled == []


def test_it_does_not_even_load_ibis(place, folder):
    told(many(folder))
    asked = (
        "import sys; from pathlib import Path; from braid.facts import statements\n"
        f"statements.lie_in(Path({str(place)!r}))\n"
        "from braid.facts.read import Facts, measures\n"
        f"with Facts.read({str(folder)!r}) as facts:\n"
        "    print(len(measures.run('item24_community', facts, by=['unit_id'])))\n"
        "print('ibis' in sys.modules)"
    )
    words = [sys.executable, "-c", asked]
    end = subprocess.run(words, capture_output=True, text=True, check=True)
    # The sums by units are another statement than those by all keys.
    assert end.stdout.split() == ["2", "True"]
    end = subprocess.run(words, capture_output=True, text=True, check=True)
    assert end.stdout.split() == ["2", "False"]


DAMAGE = {
    "cut off": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "a bit turned": lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    "of another length": lambda data: data + b" ",
    "no text at all": lambda data: b"\xff" * 80,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_compiled_anew_and_mended(place, compiled, damage):
    first = told(few())
    sound = {path: path.read_bytes() for path in files(place)}
    for path, data in sound.items():
        path.write_bytes(damage(data))
    compiled.clear()
    new_process()
    assert told(few()) == first
    assert len(compiled) == len(sound)
    assert {path: path.read_bytes() for path in files(place)} == sound


@pytest.mark.parametrize("what", ["source", "library"])
def test_another_version_empties_the_folder(place, compiled, monkeypatch, what):
    told(few())
    (before,) = place.iterdir()
    if what == "source":
        found = [("method/new.py", b"1")]
        monkeypatch.setattr(statements, "_sources", lambda patterns: found)
    else:
        monkeypatch.setattr(statements, "version", lambda name: "99.0")
    compiled.clear()
    new_process()
    told(few())
    (after,) = place.iterdir()
    assert after.name != before.name
    assert len(compiled) == len(files(place))


def test_what_else_lies_beside_it_stays(place):
    place.mkdir()
    (place / "notes.txt").write_text("of somebody")
    told(few())
    assert (place / "notes.txt").read_text() == "of somebody"


def test_the_source_of_every_word_counts():
    names = {name for name, _text in statements._sources(statements.SOURCES)}
    assert {
        "method/measures/outreach.py",
        "method/measures/reference/outreach.py",
        "method/competitive.py",
        "kernel/dates.py",
        "facts/measuring.py",
        "facts/schema.py",
    } <= names


def test_without_source_nothing_is_kept(place, compiled, monkeypatch):
    monkeypatch.setattr(statements, "_sources", lambda patterns: [])
    new_process()
    told(few())
    assert compiled
    assert files(place) == []


def test_a_folder_that_others_may_write_to_is_left_alone(place, compiled):
    place.mkdir()
    place.chmod(0o777)
    told(few())
    assert compiled
    assert files(place) == []


def test_a_folder_that_cannot_be_made_keeps_nobody_from_an_answer(tmp_path, place):
    (tmp_path / "file").write_text("")
    statements.lie_in(tmp_path / "file" / "statements")
    assert told(few())


def test_a_full_disk_keeps_nobody_from_an_answer(place, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(statements.private_files, "replace", full)
    assert told(few())
    assert files(place) == []


def test_only_the_account_itself_may_read_them(place):
    told(few())
    assert {path.stat().st_mode & 0o077 for path in place.rglob("*")} == {0}


def test_a_notebook_keeps_them_with_the_account(place, monkeypatch, tmp_path):
    statements.lie_in(None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert statements.place() == tmp_path / "cache" / "braid" / "statements"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert statements.place().parts[-3:] == (".cache", "braid", "statements")


def test_an_installation_keeps_them_in_its_data():
    assert statements.place() == settings.BRAID_DATA / "statements"


def test_what_pages_ask_can_be_compiled_ahead(place, compiled, folder):
    for name in NAMES:
        assert compile_ahead(measures.get(name)) > 1
    compiled.clear()
    new_process()
    for facts in (few(), many(folder)):
        with facts:
            for name in NAMES:
                measured(measures.get(name), facts, periods=[busy_period()]).figures()
    assert compiled == []


def busy_period():
    from braid.method.measures import Asked

    return Asked("span", busy.AS_OF.replace(year=2025), busy.AS_OF, busy.AS_OF)


def test_the_text_of_a_statement_does_not_hang_on_the_process(place):
    """Else a part of many would be worked out once for each way it is named."""
    asked = (
        "from braid.facts import measuring\n"
        "from braid.packs import measures\n"
        "m = measures.get('sustained_13w')\n"
        "w = measuring._Wanted.of(m, m.words[0])\n"
        "print(measuring._compiled_sums(w, 'duckdb', True))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", asked],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
