"""Each format read back: the same numbers, their definitions, and nothing that runs."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pypdf
import pytest
from django.utils.translation import override
from tests.outcomes.reporting import stories

from braid.kernel.errors import InputFault
from braid.outcomes.reporting import texts
from braid.outcomes.reporting.document import from_json
from braid.outcomes.reporting.running import OF_REPORT, Order, run
from braid.outcomes.reporting.writing import FORMATS, written


def made(**changes):
    order = Order(**{"report": "ilc-quarterly", "period": "2025Q1"} | changes)
    with stories.two_sites() as held:
        return run(
            order, held, units={"x": "North", "y": "South"}, content_hash="ab" * 32
        )


@pytest.fixture(scope="module")
def exact():
    return made()


@pytest.fixture(scope="module")
def protected():
    return made(profile=OF_REPORT)


def rows_of(document):
    data = written(document, "csv").data.decode()
    return list(csv.DictReader(io.StringIO(data, newline="")))


def row(document, name, group=""):
    (found,) = [
        each
        for each in rows_of(document)
        if each["line"] == name and each["group"] == group
    ]
    return found


def words(document):
    reader = pypdf.PdfReader(io.BytesIO(written(document, "pdf").data))
    text = " ".join(page.extract_text() for page in reader.pages)
    return reader, " ".join(text.split())


def sheets(document):
    return openpyxl.load_workbook(io.BytesIO(written(document, "xlsx").data))


def test_json_is_the_document(exact):
    file = written(exact, "json")
    assert from_json(file.data.decode()) == exact
    assert json.loads(file.data)["hash"] == "ab" * 32
    assert (file.name, file.media_type) == (
        "ilc-quarterly-2025Q1.json",
        "application/json",
    )


def test_csv_has_a_row_a_line_each_complete_in_itself(exact):
    found = row(exact, "quarter_rate")
    assert (found["numerator"], found["denominator"], found["value"]) == (
        "20",
        "50",
        "0.4",
    )
    assert found["denominator_is"] == "people on the caseload on at least one day"
    assert found["definition"].startswith("What a site reports")
    assert (found["snapshot_hash"], found["as_of"]) == ("ab" * 32, "2025-03-31")
    assert row(exact, "quarter_rate", "North")["value"] == "0.45"
    assert len(rows_of(exact)) == len(exact.lines)


def test_csv_marks_what_is_kept_back_and_never_says_nought(protected):
    found = row(protected, "quarter_rate", "South")
    assert (found["value"], found["numerator"], found["denominator"]) == ("*", "*", "*")
    assert found["small_numbers"] == "nhs-mhsds"


def test_a_spreadsheet_has_numbers_as_numbers(exact):
    book = sheets(exact)
    sheet = book["Report"]
    lines = {cells[0].value: cells for cells in sheet.iter_rows() if cells[0].value}
    rate = lines[
        "Share of the people served who worked competitively, all sites pooled"
    ]
    assert (rate[3].value, rate[5].value) == (2, 10)  # the last of them: South
    values = [
        cells[2].value
        for cells in sheet.iter_rows()
        if cells[0].value
        and cells[0].value.startswith("Share of the people served who")
    ]
    assert values == [0.4, 0.45, 0.2]
    assert rate[2].number_format == "0.0%"


def test_a_spreadsheet_prints_snapshot_and_definitions(exact):
    book = sheets(exact)
    said = [cell.value for cells in book["Report"].iter_rows() for cell in cells]
    assert any("ab" * 32 in str(each) for each in said)
    definitions = list(book["Definitions"].iter_rows(values_only=True))
    assert definitions[1][:2] == ("ilc_quarterly", "2026.1")
    assert len(definitions[1][3]) > 80


def test_a_spreadsheet_marks_what_is_kept_back(protected):
    cells = list(sheets(protected)["Report"].iter_rows(values_only=True))
    (south,) = [
        each
        for each in cells
        if each[1] == "South" and str(each[0]).startswith("People who worked")
    ]
    assert south[2] == south[3] == "*"


def test_paper_is_tagged_and_says_what_was_divided_by_what(exact):
    reader, text = words(exact)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "IPS learning community, quarterly, 2025Q1"
    assert "40.0 %" in text
    assert "32.5 %" in text
    assert "20 (of these, people in a competitive job" in text
    assert "What the figures are" in text
    assert "ab" * 32 in text.replace(" ", "")


def test_paper_says_that_numbers_are_kept_back(protected):
    text = words(protected)[1]
    assert "nhs-mhsds" in text
    assert "too few to be shown" in text


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_is_in_the_language_of_its_document(format):
    with override("en"):
        document = made(language="da")
        data = written(document, format).data
    assert data
    if format == "csv":
        assert "Borgere i forløb" in data.decode()


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1"])
def test_a_name_that_could_run_does_not(exact, name):
    units = tuple(replace(unit, name=name) for unit in exact.units)
    document = replace(exact, units=units, title=name)
    for each in rows_of(document):
        assert all(
            not value.startswith(("=", "+", "@", "\t")) for value in each.values()
        )
    for sheet in sheets(document):
        for cells in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in cells)
            assert all(
                not str(cell.value).startswith(("=", "+", "@")) for cell in cells
            )


def test_no_other_format_is_made(exact):
    with pytest.raises(InputFault, match="Choose json, csv, xlsx, pdf"):
        written(exact, "docx")


def test_a_name_of_a_file_is_no_path(exact):
    days = replace(exact.period, id="2025-01-01/2025-03-31")
    file = written(replace(exact, period=days), "json")
    assert file.name == "ilc-quarterly-2025-01-01-2025-03-31.json"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"is_restated": True}, "restated", id="restated"),
        pytest.param({}, "", id="as it was in force"),
    ],
)
def test_the_heading_says_what_is_unusual(exact, changes, told):
    said = texts.heading(replace(exact, **changes))
    assert said.endswith(told) if told else said.endswith("2025Q1")


def test_half_a_per_mille_is_rounded_up(exact):
    (rate,) = [
        each for each in exact.lines if each.id == "quarter_rate" and not each.group
    ]
    # 1 of 16 is 6.25 per cent, which half-to-even would print as 6.2.
    assert texts.value_text(replace(rate, numerator=1, denominator=16)) == "6.3 %"
