"""Formulas: the value stored beside one is taken and told; none is ever worked out."""

from dataclasses import replace
from datetime import date

from tests.exchange.roster.rosters import CASELOAD, TODAY, UNIT, workbook

from braid.exchange.roster.plan import Answer, Place
from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.reading.sheets import Row

PEOPLE = [line.split(";") for line in CASELOAD.splitlines()]
HEAD = ["Client ID", "Employer", "Type", "Start date", "Hrs/wk", "Shift"]
LOG = ["Date", "Client ID", "Client", "ES", "Mins"]


def plan_of(head, rows, formulas, **given):
    """Return the plan of a sheet with formulas, (row, column) -> text, at some cells."""
    book = workbook({"Caseload": PEOPLE, "Sheet": [head, *rows]})
    file = open_file("book.xlsx", book)
    people, sheet = file.sheets
    texts = dict(formulas)
    numbered = [Row(n, tuple(row)) for n, row in enumerate([head, *rows], 1)]
    sheet = replace(sheet, rows=tuple(numbered), formulas=texts)
    return make_plan([replace(file, sheets=(people, sheet))], UNIT, TODAY, **given)


def said(plan):
    return [(f.kind, f.place.row, f.field, f.until_answered) for f in plan.findings]


def job(hours, start="2/2/2026"):
    return ["7", "Mill", "Competitive", start, hours, None]


def test_stored_value_is_taken_and_told():
    plan = plan_of(HEAD, [job(22.5)], {(2, 4): "7.5*3"})
    assert said(plan) == [("formula_cell", 2, "hours", None)]
    assert plan.rows[-1].record.terms[0].weekly_hours == 22.5


def test_formula_without_a_stored_value_is_asked():
    plan = plan_of(HEAD, [job(None)], {(2, 4): "7.5*3"})
    assert said(plan) == [("formula_without_value", 2, "hours", "field_blank")]
    assert plan.findings[0].shape.form == "hours"
    answer = Answer(Place("book.xlsx", "Sheet", 2), {"hours": 22.5})
    plan = plan_of(HEAD, [job(None)], {(2, 4): "7.5*3"}, answers=[answer])
    assert not plan.findings


def test_day_without_a_stored_value_keeps_the_row_out():
    plan = plan_of(HEAD, [job(16, None)], {(2, 3): "TODAY()"})
    assert said(plan) == [("formula_without_value", 2, "start", "row_out")]
    assert plan.findings[0].shape.form == "date"
    assert plan.counts.jobs == 0


def test_formula_in_a_column_that_is_not_read_is_nobodys_business():
    assert not plan_of(HEAD, [job(16)], {(2, 5): "A1"}).findings


def test_column_of_formulas_is_told_once():
    rows = [
        [date(2026, 2, 1 + n % 28), 7, "Una Oak", "Ada Holm", 10 + n] for n in range(25)
    ]
    formulas = {(n, 2): f"VLOOKUP(B{n},Caseload!A:C,2)" for n in range(2, 27)}
    plan = plan_of(LOG, rows, formulas)
    assert said(plan) == [("formula_column", 1, "name", None)]
    assert plan.findings[0].heading == "Client"
    assert plan.counts.contacts == 25


def test_formulas_filled_down_are_no_rows():
    rows = [
        [date(2026, 2, 1), 7, "Una Oak", "Ada Holm", 10],
        [None, None, "", None, None],
        [None, None, 0, None, None],
    ]
    plan = plan_of(LOG, rows, {(3, 2): "IF(A3=0,0)", (4, 2): "IF(A4=0,0)"})
    assert not plan.findings
    assert plan.counts.contacts == 1
    assert plan.totals.read == 3
