"""Tables are found wherever they stand, and rows that are no data are told apart."""

from datetime import date

import pytest
from tests.exchange.roster.rosters import file_of, workbook

from braid.exchange.roster.lexicon import lexicon
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.tables import find_tables

HEAD = ["Ref", "Surname", "Forename", "DOB", "Accepted"]
BORN = date(1990, 4, 3)


def person(number):
    return [f"A{number}", "Oak", "Una", BORN, date(2026, 1, number)]


def tables_in(*rows, names=frozenset(), headings=frozenset()):
    file = open_file("book.xlsx", workbook({"Sheet": rows}))
    return find_tables(file, lexicon(), headings, names)


def why(table):
    return {
        row: skipped.why
        for skipped in table.skipped
        for row in range(skipped.first, skipped.last + 1)
    }


def test_table_begins_anywhere():
    (table,) = tables_in(
        ["North IPS – people"],
        ["As at 30/06/2026"],
        [],
        [None, None, *HEAD],
        [None, None, *person(1)],
    )
    assert table.heading_row == 4
    assert [column.index for column in table.columns] == [2, 3, 4, 5, 6]
    assert why(table) == {1: "title", 2: "title", 3: "blank", 4: "heading"}


def test_group_headings_stand_over_their_columns():
    (table,) = tables_in(
        ["Client", None, None, None, "Course"], HEAD, person(1), person(2)
    )
    assert table.heading_row == 2
    assert [c.group for c in table.columns] == ["Client"] * 4 + ["Course"]
    assert why(table) == {1: "group", 2: "heading"}


def test_tables_stand_under_one_another():
    first, second = tables_in(
        ["People"],
        HEAD,
        person(1),
        [],
        ["Contacts"],
        ["Date", "Ref", "ES", "Mins"],
        [date(2026, 1, 5), "A1", "Ada", 30],
    )
    assert [t.caption for t in (first, second)] == ["People", "Contacts"]
    assert [len(t.rows) for t in (first, second)] == [1, 1]
    assert why(second) == {4: "blank", 5: "caption", 6: "heading"}


def test_table_may_follow_without_a_blank_row():
    first, second = tables_in(
        HEAD, person(1), ["Date", "Ref", "ES", "Mins"], [BORN, "A1", "Ada", 30]
    )
    assert (len(first.rows), len(second.rows)) == (1, 1)


def test_blank_rows_do_not_end_a_table():
    (table,) = tables_in(HEAD, person(1), [], [], person(2))
    assert [row.number for row in table.rows] == [2, 5]
    assert why(table) == {1: "heading", 3: "blank", 4: "blank"}


def test_headings_that_are_repeated_are_no_data():
    (table,) = tables_in(HEAD, person(1), HEAD, person(2))
    assert [row.number for row in table.rows] == [2, 4]
    assert why(table)[3] == "heading"


@pytest.mark.parametrize(
    "row",
    [
        ["TOTAL", 2],
        ["Total clients:", 2],
        [None, None, "I alt", 2],
        [7, "Totaal"],
        ["Sum", None, None, None, 14.5],
        [None, None, None, 14.5],
    ],
)
def test_totals_are_no_data(row):
    (table,) = tables_in(HEAD, person(1), person(2), [], row)
    assert len(table.rows) == 2
    assert why(table)[5] == "total"


def test_notes_below_are_no_data():
    (table,) = tables_in(
        HEAD, person(1), [], ["Grey rows are closed."], ["* ask Ada if unsure"]
    )
    assert len(table.rows) == 1
    assert [why(table)[row] for row in (4, 5)] == ["note", "note"]


def test_line_with_a_name_begins_a_section():
    (table,) = tables_in(
        HEAD, ["Ada Holm"], person(1), ["Ben Marsh"], person(2), names={"ada holm"}
    )
    assert table.sections == {2: "Ada Holm", 4: "Ben Marsh"}
    assert len(table.rows) == 2


def test_row_with_a_number_only_is_data():
    (table,) = tables_in(HEAD, person(1), ["A2"], person(3))
    assert [row.number for row in table.rows] == [2, 3, 4]


def test_labels_above_a_table_are_kept():
    (table,) = tables_in(
        ["Specialist", "Ada Holm"], ["As at:", "30-06-2026"], [], HEAD, person(1)
    )
    assert table.labels == {"specialist": "Ada Holm", "as_of": "30-06-2026"}


def test_empty_place_for_a_name_is_kept_as_such():
    (table,) = tables_in(["Specialist"], [], HEAD, person(1))
    assert table.labels == {"specialist": None}


def test_headings_in_an_unknown_language_are_found_by_their_shape():
    text = "Numero;Cognome;Nome;Nascita\n1;Quercia;Una;3/4/1990\n2;Olmo;Pia;4/4/1991\n"
    (table,) = find_tables(file_of("lista.csv", text), lexicon())
    assert table.heading_row == 1
    assert len(table.rows) == 2


def test_headings_of_a_kept_mapping_are_known():
    rows = ["Kode", "Hvem", "Noget"], ["x", "y", "z"], ["u", "v", "w"]
    assert not tables_in(*rows)
    (table,) = tables_in(*rows, headings=frozenset(("kode", "hvem", "noget")))
    assert table.heading_row == 1


def test_sheet_of_prose_holds_no_table():
    assert not tables_in(["Please keep this up to date."], [], ["Ask Ada if unsure."])
