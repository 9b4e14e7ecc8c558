"""What we hand out as a table runs nowhere, and our own reader gives it back unchanged."""

import ast
import csv
import io
import random
from pathlib import Path

from openpyxl import Workbook, load_workbook

from braid.exchange.blank import blank_workbook
from braid.exchange.roster.reading.opening import open_file
from braid.kernel.cells import as_text, csv_text

SOURCE = Path(__file__).parents[2] / "src" / "braid"
MANY = 10_000
BEGINNINGS = [
    *"=+-@＝＋－＠'\"\t",
    "''=",
    "'+",
    "' -",
    "=cmd|'/C calc'!A0",
    "@SUM(",
    "-2+3",
]
LETTERS = "abzæøÅ€ 0123456789=+-@'\"(),;|!&<>\t日本語😀"


def texts(seed, breaks):
    """Return strings, most of which would run somewhere, all of which say something."""
    chance = random.Random(seed)
    found = []
    while len(found) < MANY:
        begin = chance.choice([*BEGINNINGS, *breaks, ""])
        rest = "".join(
            chance.choice([*LETTERS, *breaks]) for _ in range(chance.randrange(12))
        )
        if (begin + rest).strip():
            found.append(begin + rest)
    return found


def read_back(name, data):
    return [row.values[1] for row in open_file(name, data).sheets[0].rows]


def test_ten_thousand_texts_through_a_csv():
    given = texts("csv", ["\r", "\n", "\r\n"])
    data = csv_text([n, text] for n, text in enumerate(given)).encode("utf-8-sig")
    raw = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    cells = [row[1] for row in raw]
    assert [cell for cell in cells if cell[0] in "=+-@＝＋－＠\t\r\n"] == []
    assert read_back("fuzz.csv", data) == given


def test_ten_thousand_texts_through_a_workbook():
    given = texts("xlsx", ["\n"])  # a workbook keeps a line end as one character
    book = Workbook()
    for number, text in enumerate(given):
        book.active.append([number, as_text(text)])
    out = io.BytesIO()
    book.save(out)
    formulas = [
        cell.value
        for row in load_workbook(io.BytesIO(out.getvalue())).active.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas == []
    assert read_back("fuzz.xlsx", out.getvalue()) == given


def test_the_blank_workbooks_hold_no_formula():
    for country in ("DK", "NL", "GB", "US", "XX"):
        book = load_workbook(io.BytesIO(blank_workbook(country).data))
        cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
        assert cells
        assert [cell.value for cell in cells if cell.data_type == "f"] == []


def calls(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield node, getattr(node.func, "attr", getattr(node.func, "id", ""))


def is_wrapped(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "as_text"


def test_every_table_is_written_through_the_one_function():
    passed_by = []
    for path in SOURCE.rglob("*.py"):
        text = path.read_text()
        writes_books = "Workbook(" in text
        for node, name in calls(path):
            where = f"{path.relative_to(SOURCE)}:{node.lineno}"
            owner = getattr(getattr(node.func, "value", None), "id", "")
            writes_csv = owner == "csv" and name in {"writer", "DictWriter"}
            if writes_csv and path.name != "cells.py":
                passed_by.append(where)
            if name in {"write_csv", "to_csv", "to_excel"}:
                passed_by.append(where)
            if not writes_books or owner != "sheet":
                continue
            values = []
            if name == "append":
                row = node.args[0]
                values = [row.elt] if isinstance(row, ast.ListComp) else row.elts
            elif name == "cell":
                values = node.args[2:] + [k.value for k in node.keywords]
            passed_by += [where for value in values if not is_wrapped(value)]
    assert passed_by == []
