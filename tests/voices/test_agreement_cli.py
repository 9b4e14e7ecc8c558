"""`braid voices agreement`: every case that a table can hold, and what is wrong."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from tests.method.agreement import cases

from braid.site import cli
from braid.voices import agreement_files

NAMED = {
    "cohen_kappa": "kappa",
    "cohen_kappa_weighted": "kappa_weighted",
    "fleiss_kappa": "fleiss",
    "character_units": "kappa",
}
# A matrix of one's own and a closed form are the library's; D4 is a heading alone.
BY_FILE = [case for case in cases.CASES if case not in ("K5", "A5")]


def braid(*words):
    return CliRunner().invoke(
        cli.main,
        ["voices", "agreement", *(str(word) for word in words)],
        catch_exceptions=False,
    )


def document(*words):
    done = braid(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refused(*words):
    done = braid(*words, "--json")
    assert done.exit_code == 2, done.output
    error = json.loads(done.stdout)["error"]
    assert error["message"].count(". ") < 3
    return error


@pytest.fixture
def write(tmp_path):
    """Write a file as text or as bytes and return its path."""

    def written(content, name="codings.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


def table(units, coders=None):
    coders = coders or len(units[0])
    lines = [",".join(["unit", *(f"coder {n + 1}" for n in range(coders))])]
    for at, unit in enumerate(units):
        said = ("" if value is None else str(value) for value in unit)
        lines.append(",".join([f"u{at}", *said]))
    return "\n".join([*lines, ""])


@pytest.mark.parametrize("case", BY_FILE)
def test_every_case_of_a_file(case, write):
    units = cases.units(case)
    path = write(table(units, coders=None if units else 2))
    wanted, kind = cases.expected(case), cases.CASES[case]["statistic"]
    weights = cases.given(case).get("weights")
    levels = [
        each for each in ("nominal", "ordinal", "interval", "ratio") if each in wanted
    ]
    for level in levels or ["nominal"]:
        options = ["--weights", weights] if weights else []
        found = document(path, "--level", level, *options)
        pairs = {
            NAMED.get(kind, "alpha"): wanted.get("kappa", wanted.get(level)),
            "p_o": wanted.get("p_o", found["p_o"]),
            "alpha": wanted.get("alpha", wanted.get(level, found["alpha"])),
        }
        for key, value in pairs.items():
            assert cases.is_near(found[key], value, case), key
        assert found["n_units"] == wanted.get("n", found["n_units"])
        assert found["table"] == wanted["table"] if "table" in wanted else True
        if found["p_o"] is not None:
            assert found["percent"] == pytest.approx(100 * found["p_o"])
        because = wanted.get("undefined_because", {})
        assert because.items() <= found["undefined_because"].items()


def test_a_statistic_that_is_defined_has_no_reason(write):
    found = document(write("unit,ada,ben\n1,a,a\n2,a,b\n3,b,b\n"))
    assert set(found["undefined_because"]) == {"fleiss"}
    assert "kappa_weighted" not in found
    assert found["fleiss"] is None


def test_disagreements_are_listed_with_their_lines(write):
    path = write("unit;Ada;Ben;Cora\n\n1;ja;ja;\n2;ja;nej;ja\n3;;nej;\n4;nej;;ja\n")
    found = document(path)
    assert found["disagreements"] == [
        {"unit": "2", "line": 4, "values": ["ja", "nej", "ja"]},
        {"unit": "4", "line": 6, "values": ["nej", None, "ja"]},
    ]
    assert (found["coders"], found["n_units"]) == (["Ada", "Ben", "Cora"], 3)
    assert found["undefined_because"]["kappa"] == "not_two_coders"
    assert found["prevalence"] == pytest.approx({"ja": 5 / 7, "nej": 2 / 7})


def test_an_interval_is_drawn_when_asked_for(write):
    units = [("a", "a")] * 20 + [("b", "b")] * 20 + [("a", "b")] * 5
    path = write(table(units))
    found = document(path, "--interval", "--seed", 4)["intervals"]
    assert set(found) == {"kappa", "alpha"}
    for drawn in found.values():
        assert drawn["low"] < 0.78 < drawn["high"] <= 1
        assert (drawn["draws"], drawn["undefined"], drawn["seed"]) == (1000, 0, 4)
    assert document(path, "--interval", 50)["intervals"]["kappa"]["draws"] == 50
    assert "intervals" not in document(path)


def test_a_person_reads_sentences(write):
    done = braid(write("unit,ada,ben\n1,a,a\n2,a,b\n3,b,b\n"), "--interval")
    assert "Cohen's kappa: 0.400 (95 % interval" in done.stdout
    assert "Fleiss' kappa: undefined: it is for three coders or more" in done.stdout
    assert "line 3, 2: a, b" in done.stdout
    assert "Note: by one custom" in done.stdout


@pytest.mark.parametrize(
    ("content", "options", "line", "column", "rule"),
    [
        pytest.param("", [], None, None, "file_empty", id="nothing in it"),
        pytest.param("a,b,c\n1,x,x\n", [], 1, "unit", "column_missing", id="no units"),
        pytest.param("unit,a\n1,x\n", [], 1, None, "too_few_coders", id="one coder"),
        pytest.param("unit,a,a\n1,x,x\n", [], 1, "a", "column_twice", id="twice"),
        pytest.param("unit,,b\n1,x,x\n", [], 1, None, "heading_blank", id="no name"),
        pytest.param("unit,a,b\n1,x\n", [], 2, None, "too_few_cells", id="cut off"),
        pytest.param(
            "unit,a,b\n1,x,y,z\n", [], 2, None, "too_many_cells", id="too long"
        ),
        pytest.param(
            "unit,a,b\n,x,y\n", [], 2, "unit", "blank", id="unit without name"
        ),
        pytest.param(
            "unit,a,b\n1,x,y\n1,x,y\n", [], 3, "unit", "unit_twice", id="unit twice"
        ),
        pytest.param('unit,a,b\n1,"x,y\n', [], 2, None, "quotes_unfit", id="quotation"),
        pytest.param(b"unit,a,b\n1,\xe6,y\n", [], 2, None, "not_utf8", id="not UTF-8"),
        pytest.param(b"PK\x03\x04\x00", [], None, None, "not_text", id="no text"),
        pytest.param(
            "unit,a,b\n1,1,2\n2,1,x\n",
            ["--level", "interval"],
            *(3, "b", "not_a_number"),
            id="word as a distance",
        ),
        pytest.param(
            "unit,a,b\n1,-1,2\n", ["--level", "ratio"], 2, "a", "below_zero", id="minus"
        ),
        pytest.param(
            f"unit,a,b\n1,{'x' * 2000},2\n", [], 2, "a", "too_long", id="long"
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    content, options, line, column, rule, write
):
    error = refused(write(content), *options)
    fault = error["faults"][0]
    assert (fault["line"], fault["column"], fault["rule"]) == (line, column, rule)
    assert error["message"].startswith("codings.csv")
    for place in filter(None, (line and f"line {line}", column and f"'{column}'")):
        assert place in error["message"]


def test_a_value_never_stands_in_a_fault(write):
    done = braid(write("unit,a,b\nMette Holm,1,psykose\n"), "--level", "ratio")
    assert done.exit_code == 2
    assert "psykose" not in done.stderr and "Mette" not in done.stderr


def test_all_faults_are_counted(write):
    error = refused(write("unit,a,b\n" + ",x,y\n" * 300))
    assert error["number"] >= 300
    assert len(error["faults"]) == agreement_files.SHOWN
    assert f"{error['number'] - 1} more faults" in error["message"]


def test_no_file_and_a_file_too_large_are_told(tmp_path, write, monkeypatch):
    assert refused(tmp_path / "none.csv")["faults"][0]["rule"] == "file_unreadable"
    assert refused(tmp_path)["faults"][0]["rule"] == "file_unreadable"
    monkeypatch.setattr(agreement_files, "LARGEST", 10)
    assert refused(write("unit,a,b\n1,x,y\n"))["faults"][0]["rule"] == "file_too_large"


def test_agreement_needs_no_installation(tmp_path, write):
    path = write("unit,a,b\n1,x,y\n2,x,x\n")
    script = (
        "import sys; from braid.site import cli\n"
        f"try: cli.main(['voices', 'agreement', {str(path)!r}, '--json'])\n"
        "except SystemExit: pass\n"
        "print('django.apps' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"BRAID_DATA": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["n_units"] == 2
    assert not (tmp_path / "none").exists()
