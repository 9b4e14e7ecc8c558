"""What a file is, its content says; what is no roster is refused in a sentence."""

import io
import random
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from tests.exchange.roster.fuzzing import assert_accounted
from tests.exchange.roster.rosters import FOLDER, workbook

from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading import delimited, gathering, opening
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.setup import Setup
from braid.kernel.errors import InputFault

TODAY = date(2026, 6, 30)


def rows(file, sheet=0):
    return [row.values for row in file.sheets[sheet].rows]


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "met"),
    [
        pytest.param(COMPOUND + "Workbook".encode("utf-16-le"), ".xls", id="old xls"),
        pytest.param(
            COMPOUND + "WordDocument".encode("utf-16-le"), ".doc", id="old Word"
        ),
        pytest.param(
            COMPOUND + "EncryptedPackage".encode("utf-16-le"), "password", id="locked"
        ),
        pytest.param(b"%PDF-1.7 ...", "PDF", id="PDF"),
        pytest.param(b"\x89PNG\r\n....", "picture", id="picture"),
        pytest.param(b"<html><table><tr><td>a</td>", "web page", id="page as xls"),
        pytest.param(b'<?xml version="1.0"?><Workbook/>', "XML", id="XML"),
        pytest.param(archive("a.txt"), "without a workbook", id="zip"),
        pytest.param(archive("word/document.xml"), "without a workbook", id="docx"),
        pytest.param(archive("xl/workbook.bin"), "binary workbook", id="xlsb"),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf\r\n;;;\r\n", "empty", id="blank"),
        pytest.param(b"a,b\x00c\n1,2\n", "neither text", id="binary"),
    ],
)
def test_what_is_no_roster_is_named(data, met):
    with pytest.raises(InputFault) as caught:
        open_file("list.csv", data)
    assert met in str(caught.value)
    assert str(caught.value).count(". ") <= 2


def test_ending_does_not_decide():
    assert open_file("list.csv", workbook({"A": [["a", "b"]]})).format == "xlsx"
    assert open_file("list.xlsx", b"a;b\n1;2\n").format == "csv"


def test_path_is_read_like_bytes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b\n1;2\n")
    assert open_file("a.csv", path) == open_file("a.csv", b"a;b\n1;2\n")


def test_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MAX_BYTES", 10)
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b\n1;2\n1;2\n")
    with pytest.raises(InputFault, match="too large"):
        open_file("a.csv", path)


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(delimited, "MAX_ROWS", 3)
    with pytest.raises(InputFault, match="too many rows"):
        open_file("a.csv", b"a;b\n" * 4)


def test_too_many_columns_are_refused():
    with pytest.raises(InputFault, match="row 1 has too many columns"):
        open_file("a.csv", b";".join([b"x"] * 1_001) + b"\n")


def test_too_long_cell_is_refused():
    with pytest.raises(InputFault, match="row 2"):
        open_file("a.csv", b"a;b\n" + b"x" * 40_000 + b";1\n")


def test_open_quotation_mark_is_named():
    with pytest.raises(InputFault, match="quotation mark"):
        open_file("a.csv", b'a;b\n1;"2\n' + b"3;4\n" * 50_000)


def test_progress_is_told():
    told = []
    open_file("a.csv", b"a;b\n" * 2_500, progress=lambda *step: told.append(step))
    assert told == [("a.csv", 1_000), ("a.csv", 2_000)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiter_is_found(delimiter):
    text = "Date;Name;Hours\n1/2/2026;Oak;7\n2/2/2026;Elm;8\n".replace(";", delimiter)
    assert rows(open_file("a", text.encode()))[1] == ("1/2/2026", "Oak", "7")


def test_decimal_commas_do_not_pass_for_delimiters():
    data = b"Name;Hours\nOak;0,25\nElm;0,50\nAsh;0,75\n"
    assert rows(open_file("a", data))[1] == ("Oak", "0,25")


def test_line_that_names_the_delimiter_is_no_row():
    file = open_file("a", b"sep=|\na|b,c\n1|2,5\n")
    assert [row.number for row in file.sheets[0].rows] == [2, 3]
    assert rows(file)[1] == ("1", "2,5")


def test_rows_are_numbered_as_a_spreadsheet_program_shows_them():
    data = b'a;b\n\n"two\nlines";2\n;;\n5;6\n'
    numbers = [row.number for row in open_file("a", data).sheets[0].rows]
    assert numbers == [1, 3, 5]


def test_line_of_broken_text_is_named():
    data = "a;b\nÅse;1\nØrn;2\n".encode("cp1252")
    with pytest.raises(InputFault, match="Line 2"):
        open_file("a", data, encoding="utf-8")
    wide = "a;b\n1;2\n".encode("utf-16-le") + b"\x00\xd8\n\x00"
    with pytest.raises(InputFault, match="Line 3"):
        open_file("a", b"\xff\xfe" + wide)


def test_rows_without_numbers_are_counted():
    cells = (
        b"<row><c><v>1</v></c><c><f>A1</f><v>2</v></c></row><row><c><v>3</v></c></row>"
    )
    file = open_file("a", with_cells(cells))
    assert rows(file) == [(1, 2), (3,)]
    assert file.sheets[0].formulas == {(1, 1): "A1"}


# Workbooks


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_values_keep_their_kind():
    moment = datetime(2026, 1, 5, 9, 30)
    data = workbook({"A": [["x", 7, 7.5, True, date(2026, 1, 5), moment, time(1, 30)]]})
    assert rows(open_file("a", data))[0] == (
        "x",
        7,
        7.5,
        True,
        date(2026, 1, 5),
        moment,
        time(1, 30),
    )


def test_hidden_things_are_read_and_named():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a", "b"])
    sheet.append([1, 2])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[2].hidden = True
    book.create_sheet("Old").append(["c", "d"])
    book["Old"].sheet_state = "hidden"
    file = open_file("a", saved(book))
    assert file.sheets[0].hidden_columns == {1}
    assert file.sheets[0].hidden_rows == {2}
    assert file.sheets[1].hidden
    assert rows(file, 1) == [("c", "d")]
    assert [str(note) for note in file.notes] == [
        "Rows of the sheet “Sheet” are hidden; they were read.",
        "The sheet “Old” is hidden; it was read.",
    ]


def test_formula_is_told_and_never_worked_out():
    book = openpyxl.Workbook()
    book.active.append(["a", "=1+1"])
    sheet = open_file("a", saved(book)).sheets[0]
    assert sheet.formulas == {(1, 1): "1+1"}
    assert sheet.rows[0].values == ("a",)


def test_stored_value_of_a_formula_is_read():
    sheet = next(
        s
        for s in open_file("t", FOLDER / "uk-roster" / "ips-tracker.xlsx").sheets
        if s.name == "Job outcomes"
    )
    assert sheet.formulas[100, 8] == "7.5*3"
    assert next(r for r in sheet.rows if r.number == 100).values[8] == 22.5


def test_cells_merged_downwards_stand_in_each_row():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["ES", "Ref"], ["Ada", 1], [None, 2], [None, 3], ["Ben", 4]):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("A7:C7")
    found = [row.values for row in open_file("a", saved(book)).sheets[0].rows]
    assert found[1:] == [("Ada", 1), ("Ada", 2), ("Ada", 3), ("Ben", 4)]


def test_macros_and_links_are_left_alone():
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook({"A": [["a", "b"]]}))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for part in old.infolist():
            new.writestr(part, old.read(part))
        new.writestr("xl/vbaProject.bin", b"macro")
        new.writestr("xl/externalLinks/externalLink1.xml", b"<a/>")
    notes = [str(note) for note in open_file("a", out.getvalue()).notes]
    assert [note.split(";")[0] for note in notes] == [
        "The workbook holds macros",
        "The workbook links to other files",
    ]


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(b'<row r="99999999"><c r="A99999999"/></row>', id="row too far"),
        pytest.param(b'<row r="1"><c r="ZZZZ1"/></row>', id="column too far"),
        pytest.param(b'<row r="1"><c r="B7"><v>1</v></c></row>', id="cell elsewhere"),
        pytest.param(b'<row r="x"/>', id="no number"),
        pytest.param(b'<row r="1"><c r="1A"/></row>', id="no reference"),
    ],
)
def test_sheet_that_no_program_writes_is_refused(cells):
    with pytest.raises(InputFault, match="damaged"):
        open_file("a", with_cells(cells))


def with_cells(cells: bytes) -> bytes:
    """Return a workbook whose only sheet holds these rows, as XML."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook({"A": [["a", "b"]]}))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for part in old.infolist():
            own = SHEET + b"<sheetData>" + cells + b"</sheetData></worksheet>"
            is_sheet = part.filename.endswith("sheet1.xml")
            new.writestr(part, own if is_sheet else old.read(part))
    return out.getvalue()


def test_workbook_of_too_many_rows_or_columns_is_refused(monkeypatch):
    wide = workbook({"A": [["x"] * 1_001]})
    with pytest.raises(InputFault, match="row 1 has too many columns"):
        open_file("a", wide)
    monkeypatch.setattr(gathering, "MAX_ROWS", 2)
    with pytest.raises(InputFault, match="too many rows"):
        open_file("a", workbook({"A": [["x"]] * 3}))


def test_progress_through_a_workbook_is_told():
    told = []
    data = workbook({"A": [["x", 1]] * 1_200, "B": [["y", 2]] * 900})
    open_file("a", data, progress=lambda *step: told.append(step))
    assert told == [("a", 1_000), ("a", 2_000)]


# Garbled files: refused in a sentence, or read without losing a row


def planned_or_refused(data: bytes) -> None:
    try:
        file = open_file("garbled", data)
    except InputFault as fault:
        assert "garbled" in str(fault)
    else:
        assert_accounted(make_plan([file], Setup(), TODAY), [file])


def small_workbook() -> bytes:
    return workbook(
        {
            "Caseload": [
                ["Ref", "Surname", "DOB", "Accepted"],
                ["A1", "Oak", date(1990, 1, 1), date(2026, 1, 5)],
                ["A2", "Elm", "1/2/1980", "31/6/2026"],
            ]
        }
    )


@pytest.mark.parametrize("name", ["list.xlsx", "LIST.XLSM", "list.ods"])
def test_bytes_under_the_name_of_a_workbook_are_called_damaged(name):
    data = random.Random(7).randbytes(3000)
    with pytest.raises(InputFault, match="neither a workbook nor text") as fault:
        open_file(name, b"\x01" + data)
    assert fault.value.reason == "damaged"


def test_text_under_the_name_of_a_workbook_is_read_in_any_encoding():
    for codec in ("utf-8", "utf-16"):
        file = open_file("list.xlsx", "Ref;Name\n1;Åse\n".encode(codec))
        assert file.format == "csv"


@pytest.mark.parametrize("seed", range(60))
def test_garbled_workbook_does_no_harm(seed):
    rng = random.Random(seed)
    data = bytearray(small_workbook())
    if seed % 3 == 0:
        del data[rng.randrange(len(data)) :]
    for _ in range(rng.randrange(1, 30) if data else 0):
        data[rng.randrange(len(data))] = rng.randrange(256)
    planned_or_refused(bytes(data))


@pytest.mark.parametrize("seed", range(60))
def test_garbled_sheet_does_no_harm(seed):
    rng = random.Random(seed)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(small_workbook())) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        target = rng.choice([p.filename for p in old.infolist()])
        for part in old.infolist():
            content = bytearray(old.read(part))
            if part.filename == target:
                for _ in range(rng.randrange(1, 12)):
                    at = rng.randrange(len(content))
                    if rng.random() < 0.5:
                        content[at] = rng.randrange(256)
                    else:
                        del content[at : at + rng.randrange(1, 40)]
            new.writestr(part.filename, bytes(content))
    planned_or_refused(out.getvalue())
