"""Text in cells never runs, and comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.cells import as_text, as_written, csv_text

RUN = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠A"]


@pytest.mark.parametrize("text", RUN)
def test_what_could_run_gets_a_mark(text):
    assert as_text(text) == "'" + text
    assert as_written(as_text(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "'quoted'", "O'Neill", "''", " x", "12"])
def test_other_text_stays(text):
    assert as_text(text) == text
    assert as_written(text) == text


@pytest.mark.parametrize("value", [-1, -1.5, None, True])
def test_what_is_no_text_stays_what_it_is(value):
    assert as_text(value) is value


@given(st.text())
def test_every_text_comes_back(text):
    assert as_written(as_text(text)) == text
    assert as_text(text)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"}


def test_a_csv_keeps_numbers_and_empty_cells():
    text = csv_text([["name", "hours"], ["=cmd()", -2], ["a,b\r\nc", None]])
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [["name", "hours"], ["'=cmd()", "-2"], ["a,b\r\nc", ""]]
