"""`braid voices read` and `pseudonyms`: from a file to a text that names nobody."""

import json
import stat

import pytest
from click.testing import CliRunner
from tests.voices.importing import made

from braid.site import cli

TALK = (
    "Interviewer: Hvem hjalp dig?",
    "Karla: Mette, på 12 34 56 78.",
    "Interviewer: Ok.",
)


def braid(*words):
    return CliRunner().invoke(
        cli.main, ["voices", *(str(word) for word in words)], catch_exceptions=False
    )


def document(*words):
    done = braid(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def reason(*words):
    done = braid(*words, "--json")
    assert done.exit_code == 2, done.output
    return json.loads(done.stdout)["error"]["reason"]


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.docx"
    path.write_bytes(made.docx(*TALK))
    return path


@pytest.fixture
def decided(talk, tmp_path):
    """Decide every hit of the talk, but for the kinds that are left open."""

    def made(*left_open):
        path = tmp_path / "decisions.json"
        hits = document("pseudonyms", talk, "--country", "dk")["hits"]
        said = {
            hit["id"]: {"verdict": "accept", "by": "ada"}
            for hit in hits
            if hit["kind"] not in left_open
        }
        path.write_text(json.dumps(said), "utf-8")
        return path

    return made


def test_reading_says_what_is_in_a_file_and_names_nobody(talk):
    found = document("read", talk)
    assert (found["format"], found["turns"], found["words"]) == ("docx", 3, 13)
    assert found["speakers"] == [
        {"speaker": "[1]", "turns": 2},
        {"speaker": "[2]", "turns": 1},
    ]
    assert found["notices"][0]["kind"] == "spoke_once"
    shown = braid("read", talk).stdout
    assert "Karla" not in shown and "13 words" in shown
    assert document("read", talk, "--identify")["speakers"][1]["speaker"] == "Karla"


def test_a_guessed_encoding_is_said_with_its_rivals(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Søren: så\nÆgir: nå".encode("cp1252"))
    shown = braid("read", path).stdout
    assert "Encoding: cp1252 (a guess)" in shown and "mac_roman" in shown
    assert document("read", path, "--charset", "cp850")["charset"]["used"] == "cp850"


def test_the_text_is_written_to_a_new_file_of_its_owner(talk, tmp_path):
    out = tmp_path / "talk.txt"
    document("read", talk, "--out", out)
    assert out.read_text("utf-8") == "\n".join(TALK)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert reason("read", talk, "--out", out) == "not_new"


def test_what_cannot_be_read_is_said(tmp_path):
    assert reason("read", tmp_path / "none.docx") == "unreadable"
    (tmp_path / "a.docx").write_bytes(b"hej")
    assert reason("read", tmp_path / "a.docx") == "unknown"


def test_hits_are_shown_without_their_words_unless_asked(talk):
    found = document("pseudonyms", talk, "--country", "dk")
    assert found["counts"] == {"person": 1, "phone": 1, "word": 1}
    assert found["undecided"] == 3
    shown = braid("pseudonyms", talk, "--country", "dk").stdout
    assert "3 undecided" in shown and "Mette" not in shown
    named = braid("pseudonyms", talk, "--country", "dk", "--identify").stdout
    assert "«Mette»" in named


def test_nothing_is_written_while_a_hit_is_open(talk, tmp_path, decided):
    out = tmp_path / "out.txt"
    options = ["--country", "dk", "--decisions", decided("phone"), "--out", out]
    assert reason("pseudonyms", talk, *options) == "undecided"
    assert not out.exists()


def test_a_decided_text_names_nobody_and_its_table_lies_apart(talk, tmp_path, decided):
    out, table = tmp_path / "out.txt", tmp_path / "table.json"
    found = document(
        *("pseudonyms", talk, "--country", "dk", "--decisions", decided()),
        *("--out", out, "--table", table),
    )
    assert out.read_text("utf-8").split("\n")[1] == "[P1]: [P2], på [phone]."
    assert json.loads(table.read_text("utf-8"))["Mette"] == "[P2]"
    assert stat.S_IMODE(table.stat().st_mode) == 0o600
    assert found["report"]["replaced"] == {"person": 1, "phone": 1, "word": 1}
    assert found["undecided"] == 0


def test_the_study_s_names_are_told_by_a_list(talk, tmp_path):
    names = tmp_path / "names.csv"
    names.write_text("name,kind,also\nMette Holm,person,Mette|MH\n", "utf-8")
    found = document("pseudonyms", talk, "--country", "dk", "--names", names)
    assert found["counts"] == {"person": 2, "phone": 1}


@pytest.mark.parametrize(
    "text", ["nme\nMette\n", "name,kind\nMette,ghost\n", "name\na,b\n"]
)
def test_a_list_that_is_none_is_told_with_its_line(talk, tmp_path, text):
    names = tmp_path / "names.csv"
    names.write_text(text, "utf-8")
    done = braid("pseudonyms", talk, "--names", names)
    assert done.exit_code == 2
    assert "Line 2 of the list" in done.stderr and "Mette" not in done.stderr


@pytest.mark.parametrize(
    "text", ["", "[]", '{"1-2": {}}', '{"1-2": {"verdict": "no"}}']
)
def test_decisions_that_are_none_are_refused(talk, tmp_path, text):
    path = tmp_path / "decisions.json"
    path.write_text(text, "utf-8")
    assert reason("pseudonyms", talk, "--decisions", path) == "decisions_unfit"
