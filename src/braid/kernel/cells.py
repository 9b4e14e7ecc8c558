"""Text in the cells of what we hand out: never a formula, and the same when it returns.

A spreadsheet program runs what begins like a formula. Every text that could goes out
with a quotation mark in front, and our readers take that mark away again.
Source: OWASP, "CSV Injection".
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

Value = TypeVar("Value")
MARK = "'"
# The ASCII beginnings of a formula, their full-width forms, and what programs skip.
_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_MARKED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def as_text(value: Value) -> Value | str:
    """Return a value for a cell; a text that could run gets a mark, others stay."""
    if isinstance(value, str) and _RUNS.match(value):
        return MARK + value
    return value


def as_written(text: str) -> str:
    """Return what `as_text` was given."""
    if text[:1] == MARK and _MARKED.match(text):
        return text[1:]
    return text


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180); no text in it can run. None is an empty cell."""
    into = io.StringIO(newline="")
    writer = csv.writer(into)
    for row in rows:
        writer.writerow([as_text(value) for value in row])
    return into.getvalue()
