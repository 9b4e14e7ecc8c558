"""OpenDocument spreadsheets give the values that Excel workbooks give."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.roster.opendocument import (
    cell,
    content,
    one_sheet,
    packed,
    rows_as_sheet,
    spreadsheet,
)
from tests.exchange.roster.rosters import plan_of, roster

from braid.exchange.cli import _files
from braid.exchange.forms import ACCEPTED
from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading import content as reading_content
from braid.exchange.roster.reading import gathering
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.reading.sheets import Row, Sheet
from braid.kernel.errors import InputFault

WORKBOOKS = ("uk-roster", "nl-xlsx")


def read(data):
    return open_file("book.ods", data)


def rows(data):
    return [tuple(row) for row in read(data).sheets[0].rows]


def row(*cells, more=""):
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def typed(kind, attribute, shown=""):
    return (
        f'<table:table-cell office:value-type="{kind}" {attribute}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def repeated(times, of="columns"):
    return f' table:number-{of}-repeated="{times}"'


@pytest.mark.parametrize("name", WORKBOOKS)
def test_same_sheets_come_of_both_formats(name):
    (excel,) = roster(name).files
    file = open_file(excel.name, spreadsheet(excel.sheets))
    assert file.sheets == excel.sheets
    assert (file.format, excel.format) == ("ods", "xlsx")
    assert file.notes == excel.notes


@pytest.mark.parametrize("name", WORKBOOKS)
def test_same_plan_comes_of_both_formats(name):
    (excel,) = roster(name).files
    file = open_file(excel.name, spreadsheet(excel.sheets))
    plan = make_plan([file], roster(name).setup, roster(name).as_of)
    wanted = plan_of(name)
    assert plan.rows == wanted.rows
    assert plan.findings == wanted.findings
    assert plan.people == wanted.people
    assert plan.tables == wanted.tables
    assert plan.needs == wanted.needs
    assert asdict(plan.counts) == asdict(wanted.counts)
    assert [seen.format for seen in plan.files] == ["ods"]


@pytest.mark.parametrize(
    ("made", "value"),
    [
        pytest.param(typed("float", 'office:value="16"', "16,0"), 16, id="whole"),
        pytest.param(typed("float", 'office:value="22.5"', "22,5"), 22.5, id="decimal"),
        pytest.param(typed("float", 'office:value="1E+3"'), 1000.0, id="exponent"),
        pytest.param(
            typed("percentage", 'office:value="0.8"', "80 %"), 0.8, id="percentage"
        ),
        pytest.param(
            typed("currency", 'office:currency="EUR" office:value="13.8"', "€ 13,80"),
            13.8,
            id="currency",
        ),
        pytest.param(
            typed("date", 'office:date-value="2026-01-05"', "05/01/26"),
            date(2026, 1, 5),
            id="day",
        ),
        pytest.param(
            typed("date", 'office:date-value="2026-01-05T00:00:00"'),
            date(2026, 1, 5),
            id="midnight",
        ),
        pytest.param(
            typed("date", 'office:date-value="2026-01-05T09:30:00.000000000"'),
            datetime(2026, 1, 5, 9, 30),
            id="moment",
        ),
        pytest.param(
            typed("date", 'office:date-value="2026-02-30"', "30-02-2026"),
            "30-02-2026",
            id="no such day",
        ),
        pytest.param(
            typed("time", 'office:time-value="PT01H30M00S"'), time(1, 30), id="time"
        ),
        pytest.param(
            typed("time", 'office:time-value="PT26H30M00S"'),
            timedelta(hours=26, minutes=30),
            id="length",
        ),
        pytest.param(
            typed("boolean", 'office:boolean-value="true"', "WAAR"), True, id="true"
        ),
        pytest.param(
            typed("boolean", 'office:boolean-value="false"', "ONWAAR"),
            False,
            id="false",
        ),
        pytest.param(typed("string", "", "03/04/2025"), "03/04/2025", id="text date"),
        pytest.param(
            typed("string", 'office:string-value="stored"', "shown"),
            "stored",
            id="stored text",
        ),
        pytest.param(
            typed(
                "string",
                'calcext:value-type="error" office:string-value=""',
                "#DIV/0!",
            ),
            "#DIV/0!",
            id="error",
        ),
        pytest.param(
            "<table:table-cell><text:p>plain</text:p></table:table-cell>",
            "plain",
            id="no type",
        ),
    ],
)
def test_value_is_read_as_typed(made, value):
    ((_, (found,)),) = rows(one_sheet(row(made)))
    assert found == value
    assert type(found) is type(value)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(
        st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn")),
        min_size=1,
        max_size=12,
    ).filter(str.strip),
)


@given(st.lists(st.lists(VALUES, max_size=6), max_size=6))
def test_any_sheet_that_is_written_is_read_back(written):
    sheet = rows_as_sheet("A", written)
    (found,) = read(spreadsheet([sheet])).sheets
    assert [r.number for r in found.rows] == [r.number for r in sheet.rows]
    for one, other in zip(found.rows, sheet.rows, strict=True):
        wanted = list(other.values)
        while wanted and wanted[-1] is None:
            wanted.pop()
        assert list(one.values) == wanted


def test_text_is_read_as_it_is_shown():
    made = (
        "<table:table-cell office:value-type='string'><office:annotation><text:p>ask "
        "Ada</text:p></office:annotation><text:p>Oak,\n   <text:span>Una</text:span>"
        "<text:s text:c='2'/>(Mrs)</text:p><text:p>two<text:line-break/>three</text:p>"
        "<draw:frame><text:p>picture</text:p></draw:frame></table:table-cell>"
    )
    assert rows(one_sheet(row(made))) == [(1, ("Oak, Una  (Mrs)\ntwo\nthree",))]


def test_what_is_written_once_stands_as_often_as_it_says():
    cells = cell("a") + cell(None, repeated(2)) + cell(7, repeated(3))
    made = row(cells) + row(cell(None), more=repeated(5, "rows"))
    made += row(cell("b"), more=repeated(2, "rows"))
    assert rows(one_sheet(made)) == [
        (1, ("a", None, None, 7, 7, 7)),
        (7, ("b",)),
        (8, ("b",)),
    ]


def test_empty_cells_to_the_end_of_the_sheet_cost_nothing():
    blank = cell(None, repeated(16_384))
    made = row(cell("a"), blank) + row(blank, more=repeated(1_048_575, "rows"))
    assert rows(one_sheet(made)) == [(1, ("a",))]


def test_hidden_things_are_read_and_named():
    sheet = Sheet(
        "Shown",
        (Row(1, ("a", "b")), Row(2, (1, 2))),
        hidden_columns=frozenset((1,)),
        hidden_rows=frozenset((2,)),
    )
    file = read(spreadsheet([sheet, Sheet("Old", (Row(1, ("c",)),), hidden=True)]))
    assert file.sheets[0] == sheet
    assert file.sheets[1].hidden
    assert [str(note) for note in file.notes] == [
        "Rows of the sheet “Shown” are hidden; they were read.",
        "The sheet “Old” is hidden; it was read.",
    ]


def test_filtered_rows_are_hidden_rows():
    made = row(cell(1)) + row(cell(2), more=' table:visibility="filter"')
    assert read(one_sheet(made)).sheets[0].hidden_rows == {2}


def test_cells_merged_downwards_stand_in_each_row():
    merged = ' table:number-rows-spanned="3" table:number-columns-spanned="1"'
    covered = "<table:covered-table-cell/>"
    made = (
        row(cell("Ada", merged), cell(1))
        + row(covered, cell(2))
        + row(covered, cell(3))
        + row(cell("Ben"), cell(4))
    )
    sheet = read(one_sheet(made)).sheets[0]
    assert sheet.merged == ((1, 0, 3, 0),)
    assert [r.values for r in sheet.rows] == [
        ("Ada", 1),
        ("Ada", 2),
        ("Ada", 3),
        ("Ben", 4),
    ]


@pytest.mark.parametrize(
    "written", ["of:=7.5*3", "msoxl:=7.5*3", "=7.5*3"], ids=["open", "excel", "bare"]
)
def test_formula_is_told_beside_the_value_stored_with_it(written):
    made = row(
        cell(22.5, f' table:formula="{written}"'),
        cell(None, f' table:formula="{written}"'),
    )
    sheet = read(one_sheet(made)).sheets[0]
    assert sheet.formulas == {(1, 0): "7.5*3", (1, 1): "7.5*3"}
    assert sheet.rows[0].values == (22.5,)


def test_formula_without_a_value_is_a_row_all_the_same():
    made = row(cell(None, ' table:formula="of:=1+1"'), more=repeated(2, "rows"))
    sheet = read(one_sheet(made)).sheets[0]
    assert sheet.rows == (Row(1, ()), Row(2, ()))
    assert set(sheet.formulas) == {(1, 0), (2, 0)}


@pytest.mark.parametrize(
    "aside",
    [
        "<table:tracked-changes><table:table-cell><text:p>old</text:p>"
        "</table:table-cell></table:tracked-changes>",
        "<table:dde-links><table:table table:name='B'><table:table-row>"
        "<table:table-cell><text:p>old</text:p></table:table-cell></table:table-row>"
        "</table:table></table:dde-links>",
    ],
    ids=["earlier states", "links to other programs"],
)
def test_what_is_no_part_of_the_sheets_is_left_alone(aside):
    sheet = f'<table:table table:name="A">{row(cell("new"))}</table:table>'
    file = read(packed(content(aside + sheet)))
    assert [s.name for s in file.sheets] == ["A"]
    assert file.sheets[0].rows == (Row(1, ("new",)),)


def test_table_within_a_cell_is_no_sheet():
    inner = f'<table:table table:name="B">{row(cell("in"))}</table:table>'
    made = row(f"<table:table-cell>{inner}</table:table-cell>", cell("out"))
    (sheet,) = read(one_sheet(made)).sheets
    assert sheet.rows == (Row(1, (None, "out")),)


def test_grouped_rows_are_read():
    made = (
        f"<table:table-header-rows>{row(cell('a'))}</table:table-header-rows>"
        f"<table:table-row-group>{row(cell('b'))}</table:table-row-group>"
    )
    assert rows(one_sheet(made)) == [(1, ("a",)), (2, ("b",))]


def test_macros_and_links_are_left_alone():
    source = '<table:table-source xlink:href="file:///x.ods"/>'.replace("xlink:", "")
    sheet = f'<table:table table:name="A">{source}{row(cell("a"))}</table:table>'
    data = packed(content(sheet), **{"Basic/Standard/Module1.xml": b"<a/>"})
    assert [str(note).split(";")[0] for note in read(data).notes] == [
        "The workbook holds macros",
        "The workbook links to other files",
    ]


LOCKED = (
    '<manifest:file-entry manifest:full-path="content.xml">'
    "<manifest:encryption-data/></manifest:file-entry>"
)


@pytest.mark.parametrize(
    ("data", "met"),
    [
        pytest.param(packed(b"\x93\x11", manifest=LOCKED), "password", id="locked"),
        pytest.param(
            packed("<a/>", **{"encrypted-package": b"x"}), "password", id="locked whole"
        ),
        pytest.param(
            packed(
                content("").replace("spreadsheet", "text"),
                "application/vnd.oasis.opendocument.text",
            ),
            "without sheets",
            id="a letter",
        ),
        pytest.param(packed(content("<table:table>")), "damaged", id="broken off"),
        pytest.param(packed(b""), "damaged", id="empty content"),
        pytest.param(
            packed('<!DOCTYPE a [<!ENTITY b "c">]>' + content("")),
            "document type",
            id="entities",
        ),
        pytest.param(
            packed(f"<!--{'a' * 70_000}--><!DOCTYPE a>" + content("")[38:]),
            "document type",
            id="entities after a long comment",
        ),
        pytest.param(
            one_sheet(row(cell("x"), more=repeated(1_048_577, "rows"))),
            "damaged",
            id="row beyond the last",
        ),
        pytest.param(
            one_sheet(row(cell("x", repeated("-3")))), "damaged", id="repeated -3 times"
        ),
        pytest.param(
            one_sheet(row(cell("x", repeated(1_001)))), "columns", id="too wide"
        ),
        pytest.param(
            one_sheet(row(cell("x", repeated(900)), more=repeated(200_000, "rows"))),
            "repeats too many",
            id="one cell, many times",
        ),
        pytest.param(
            packed(content('<table:table table:name="A"></table:table>' * 2)),
            "names",
            id="two sheets of one name",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data, met):
    with pytest.raises(InputFault, match=met) as caught:
        read(data)
    assert "book.ods" in str(caught.value)
    assert str(caught.value).count(". ") <= 2


def test_part_that_unpacks_a_thousandfold_is_refused():
    with pytest.raises(InputFault, match="unpacks to far more"):
        read(one_sheet(row(cell("x")) + " " * 20_000_000))


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(gathering, "MAX_ROWS", 3)
    with pytest.raises(InputFault, match="too many rows"):
        read(one_sheet(row(cell("x"), more=repeated(4, "rows"))))


def test_too_many_formulas_are_refused(monkeypatch):
    monkeypatch.setattr(reading_content, "MOST_FORMULAS", 3)
    made = row(cell(1, ' table:formula="of:=1"'), more=repeated(4, "rows"))
    with pytest.raises(InputFault, match="damaged"):
        read(one_sheet(made))


def test_long_text_is_cut_where_excel_would():
    ((_, (text,)),) = rows(one_sheet(row(cell("ab" * 40_000))))
    assert len(text) == 32_767


def test_progress_is_told():
    told = []
    data = one_sheet(row(cell("x"), more=repeated(2_500, "rows")))
    open_file("book.ods", data, progress=lambda *step: told.append(step))
    assert told == [("book.ods", 1_000), ("book.ods", 2_000)]


def test_spreadsheets_are_taken_wherever_files_are_brought(tmp_path):
    (tmp_path / "book.ods").write_bytes(one_sheet(row(cell("x"))))
    assert _files((tmp_path,)) == [tmp_path / "book.ods"]
    assert ".ods" in ACCEPTED.split(",")
