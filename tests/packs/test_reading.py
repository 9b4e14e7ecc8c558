"""YAML as packs use it: every value knows its line, and nothing is guessed."""

from datetime import date

import pytest

from braid.packs.reading import read


def _read(tmp_path, text):
    path = tmp_path / "pack.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path)


def test_read_gives_values_and_the_line_of_each(tmp_path):
    document = _read(tmp_path, "id: dk\n\nclocks:\n  - limit: 30\n    unit: day\n")
    assert document.data == {"id": "dk", "clocks": [{"limit": 30, "unit": "day"}]}
    lines = {at: line for at, (_, line) in document.lines.items()}
    assert lines["id",] == 1
    assert lines["clocks",] == 3
    assert lines["clocks", 0, "unit"] == 5


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("no", "no", id="Norway is not false"),
        pytest.param("yes", "yes", id="a plain word"),
        pytest.param("on", "on", id="another plain word"),
        pytest.param("true", True, id="true"),
        pytest.param("false", False, id="false"),
        pytest.param("null", None, id="null"),
        pytest.param("~", None, id="tilde"),
        pytest.param("", None, id="nothing"),
        pytest.param("30", 30, id="whole number"),
        pytest.param("-3", -3, id="negative number"),
        pytest.param("0.10", "0.10", id="decimals stay exact"),
        pytest.param("2026.10", "2026.10", id="a version keeps its last zero"),
        pytest.param("0101999999", "0101999999", id="leading zero is kept"),
        pytest.param("12:30", "12:30", id="a time is no number"),
        pytest.param("1_000", "1_000", id="no underscores in numbers"),
        pytest.param("2026-01-05", date(2026, 1, 5), id="day"),
        pytest.param('"2026-01-05"', "2026-01-05", id="quoted day"),
    ],
)
def test_read_scalar(tmp_path, written, value):
    assert _read(tmp_path, f"value: {written}\n").data == {"value": value}


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        pytest.param("a: 1\nb: [1\n", 3, "expected", id="open bracket"),
        pytest.param("a: &x 1\nb: *x\n", 2, "alias", id="alias"),
        pytest.param("a: 1\nb: !!python/name:os.system\n", 2, "tag", id="tag"),
        pytest.param(
            "a: 1\nday: 2026-02-30\n", 2, "day is out of range", id="30 February"
        ),
        pytest.param("a: 1\n? [b, c]\n: 2\n", 2, "key is", id="a list as a key"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "single document", id="two documents"),
        pytest.param(b"a: \xff\xfe\n", 1, "YAML", id="not UTF-8"),
        pytest.param("a: \x07\n", 1, "YAML", id="a control character"),
    ],
)
def test_read_tells_what_is_not_yaml_and_where(tmp_path, text, line, part):
    document = _read(tmp_path, text)
    (fault,) = document.faults
    assert (fault.path, fault.line) == (str(tmp_path / "pack.yaml"), line)
    assert part in fault.message


def test_read_tells_every_key_given_twice(tmp_path):
    document = _read(tmp_path, "a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert [fault.line for fault in document.faults] == [2, 3]
    assert "'c' is given twice" in document.faults[0].message


def test_read_of_an_empty_file_is_nothing(tmp_path):
    document = _read(tmp_path, "# only a comment\n")
    assert (document.data, document.faults) == (None, [])


def test_read_of_a_folder_is_a_fault_and_no_crash(tmp_path):
    (fault,) = read(tmp_path).faults
    assert fault.path == str(tmp_path)
    assert "cannot be read" in fault.message


def test_a_fault_at_an_unknown_key_points_to_what_is_around_it(tmp_path):
    document = _read(tmp_path, "id: dk\nclocks:\n  rapid_search: {limit: 30}\n")
    assert document.fault("x", ("clocks", "rapid_search", "unit")).line == 3
    assert document.fault("x", ("switches",)).line == 1
