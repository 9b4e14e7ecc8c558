"""Workbooks as nobody would keep them, and what must hold of any plan all the same."""

import csv
import io
import random
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from tests.exchange.roster.opendocument import cell, content, packed

from braid.exchange.roster.plan import Plan
from braid.exchange.roster.reading.sheets import SourceFile
from braid.exchange.roster.records import KINDS

HEADINGS = (
    "Client ID;Surname;Forename;DOB;Team;ES;Referral date;Accepted;Discharged;Notes",
    "Deltakernr;Navn;Født;Henvist;Startdato;Avsluttet;Jobbspesialist;Type jobb",
    "Date;Client ID;Client;ES;How;Where;Mins;Attended?",
    "Dato;Virksomhed;Jobkonsulent;Form;For borger;Resultat",
    "Ref;Client;Employer;Job title;Type;Contract;Start date;End date;Hrs/wk;Hourly pay",
    "Klient;Arbeitgeber;1. Arbeitsmarkt;Praktikum;Beginn;Ende;Std./Woche;Stundenlohn",
    "Date;Team;ES;There?",
    "ES;FTE;From;To;Treatment team",
    "Dossier;Nom;Né le;Admis",
)
TEXTS = (
    "", " ", "x", "A1", "A2", "N-7", "7", "Una Oak", "Oak, Una", "Elm", "Ada Holm",
    "Total", "TOTAL", "Ada Holm 07700 900142", "East team", "yes", "no", "Competitive",
    "face to face", "Home visit", "31/06/2026", "3/4/26", "25-04-03", "2026-13-45",
    "45750", "99999", "1.234", "1,5 t", "16-20 hrs", "3 d/wk", "€ 12,-", "=1+1",
    "=HYPERLINK(\"x\")", "@SUM(A1)", "#REF!", "Err:502", "see notes", "-", "?", "½",
    "\u202eevil", "a\u0301", "\U0001f600", "\ufeff", "\xa0", "0", "-5", "1e400", "∞",
    "١٢٣", "٣/٤/٢٠٢٦", "nan", "9" * 400, "long " * 700, "line\nbreak", "tab\tbed",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, None, None, True, False, 0, 1, -1, 7, 45, 45_750, 20_260_403, 10**15, 10**40,
    0.5, -0.0, 22.5, 1e300, 46_000.75, date(2026, 1, 5), date(1990, 4, 3),
    date(9999, 12, 31), date(1900, 3, 1), datetime(2026, 1, 5, 9, 30), time(1, 30),
    timedelta(hours=30),
)  # fmt: skip
Rows = list[list[Any]]


def wild_rows(rng: random.Random) -> Rows:
    """Return tables under one another, with whatever may stand in and around them."""
    rows: Rows = []
    for _ in range(rng.randrange(1, 4)):
        rows += [_wild_row(rng, rng.randrange(3)) for _ in range(rng.randrange(3))]
        heading = rng.choice(HEADINGS).split(";")
        if rng.random() < 0.3:
            rng.shuffle(heading)
        if rng.random() < 0.2:
            heading[rng.randrange(len(heading))] = rng.choice(TEXTS)
        rows.append(heading)
        for _ in range(rng.randrange(12)):
            rows.append(_wild_row(rng, rng.randrange(1, len(heading) + 2)))
            if rng.random() < 0.15:
                rows.append(list(rows[-1]))
    return rows


def _wild_row(rng: random.Random, width: int) -> list[Any]:
    return [
        rng.choice(TEXTS) if rng.random() < 0.7 else rng.choice(VALUES)
        for _ in range(width)
    ]


def wild_xlsx(rng: random.Random) -> bytes:
    """Return a workbook with formulas, merged cells, gaps and hidden things."""
    book = Workbook()
    for number in range(rng.randrange(1, 4)):
        sheet: Any = book.active if number == 0 else book.create_sheet(f"S{number}")
        for row in wild_rows(rng):
            sheet.append([_for_excel(value) for value in row])
        if rng.random() < 0.5:
            first, height = rng.randrange(1, 20), rng.randrange(1, 6)
            left, width = rng.randrange(1, 6), rng.randrange(3)
            sheet.merge_cells(
                start_row=first,
                end_row=first + height,
                start_column=left,
                end_column=left + width,
            )
        if rng.random() < 0.2:
            sheet.cell(rng.choice((5_000, 1_048_576)), rng.randrange(1, 30), "far away")
        sheet.sheet_state = rng.choice(("visible", "visible", "hidden"))
        sheet.row_dimensions[rng.randrange(1, 9)].hidden = rng.random() < 0.5
        sheet.column_dimensions["B"].hidden = rng.random() < 0.3
    book.worksheets[0].sheet_state = "visible"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _for_excel(value: Any) -> Any:
    if isinstance(value, str):
        return value[:32_000]
    return float(value) if isinstance(value, int) and abs(value) > 10**30 else value


def wild_ods(rng: random.Random) -> bytes:
    """Return a spreadsheet with cells and rows that stand often, far away or nowhere."""
    tables = []
    for number in range(rng.randrange(1, 3)):
        rows = "".join(
            f"<table:table-row{_times(rng, 'rows')}>{_wild_cells(rng, row)}"
            "</table:table-row>"
            for row in wild_rows(rng)
        )
        tables.append(f'<table:table table:name="S{number}">{rows}</table:table>')
    return packed(content("".join(tables)))


def _wild_cells(rng: random.Random, row: Sequence[Any]) -> str:
    made = []
    for value in row:
        more = _times(rng, "columns")
        if rng.random() < 0.05:
            more += ' table:formula="of:=[.A1]"'
        if rng.random() < 0.03:
            more += ' table:number-rows-spanned="3"'
        made.append(cell(value if value != "\ufeff" else "x", more))
    return "".join(made)


def _times(rng: random.Random, of: str) -> str:
    if rng.random() < 0.96:
        return ""
    often = (2, 3, 40, 2_000) if of == "rows" else (2, 3, 40)
    times = rng.choice(often) if rng.random() < 0.99 else rng.choice((0, 10**6))
    return f' table:number-{of}-repeated="{times}"'


def wild_csv(rng: random.Random) -> bytes:
    """Return a text file in some encoding, with lone surrogates and open quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=rng.choice(";,\t|"))
    writer.writerows(wild_rows(rng))
    text = out.getvalue()
    if rng.random() < 0.2:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(('"', "\ud800", "\r", "\x1a")) + text[at:]
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
    errors = "replace" if encoding == "cp1252" else "surrogatepass"
    return text.encode(encoding, errors)


WILD = {"xlsx": wild_xlsx, "ods": wild_ods, "csv": wild_csv}


def damaged(rng: random.Random, data: bytes) -> bytes:
    """Return a file as it comes out of a bad transfer, or with one part of it garbled."""
    how = rng.randrange(3)
    if how == 0:
        return data[: rng.randrange(len(data) + 1)]
    if how == 1 or not data.startswith(b"PK"):
        return _garbled(rng, data)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        target = rng.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            if name != target:
                new.writestr(name, part)
            elif rng.random() < 0.8:  # else it is missing
                new.writestr(name, _garbled(rng, part))
    return out.getvalue()


def _garbled(rng: random.Random, data: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(rng.randrange(1, 12)):
        if not found:
            break
        at = rng.randrange(len(found))
        if rng.random() < 0.5:
            found[at] = rng.randrange(256)
        else:
            del found[at : at + rng.randrange(1, 40)]
    return bytes(found)


# What holds of every plan


def assert_accounted(plan: Plan, files: Sequence[SourceFile]) -> None:
    """Hold a plan against its files: every row is read, skipped with a word, or named."""
    totals = plan.totals
    assert totals.read == len(plan.rows)
    assert totals.read == (
        totals.accepted + totals.warned + totals.rejected + totals.asked
    )
    _assert_no_row_is_lost(plan, files)
    _assert_rows_that_stay_out_are_named(plan)
    _assert_records_can_be_stored(plan)


def _assert_no_row_is_lost(plan: Plan, files: Sequence[SourceFile]) -> None:
    planned = {(row.place.file, row.place.sheet, row.place.row) for row in plan.rows}
    for file in files:
        seen = next(one for one in plan.files if one.sha256 == file.sha256)
        for sheet in file.sheets:
            tables = [
                t for t in plan.tables if (t.file, t.sheet) == (seen.name, sheet.name)
            ]
            if not tables:
                said = [str(note) for note in seen.notes]
                named = f"“{sheet.name or file.name}”"
                assert not sheet.rows or any(named in note for note in said)
                continue
            skipped = {
                number
                for table in tables
                for some in table.skipped
                for number in range(some.first, some.last + 1)
            }
            for row in sheet.rows:
                if row.number in skipped:
                    continue
                if (seen.name, sheet.name, row.number) not in planned:
                    above = [t for t in tables if t.heading_row < row.number]
                    assert above, f"row {row.number} belongs to no table"
                    last = max(t.heading_row for t in above)
                    kinds = {t.kind for t in above if t.heading_row == last}
                    assert not kinds & set(KINDS), f"row {row.number} is lost"


def _assert_rows_that_stay_out_are_named(plan: Plan) -> None:
    named = {(finding.place, finding.action) for finding in plan.findings}
    unnamed = {
        (t.file, t.sheet)
        for finding in plan.findings
        if finding.kind == "no_caseload"
        for t in plan.tables
    }
    for row in plan.rows:
        if row.record is not None or row.joins is not None:
            continue
        assert row.mark in ("ask", "reject_row")
        told = (row.place, row.mark) in named
        assert told or (row.place.file, row.place.sheet) in unnamed


def _assert_records_can_be_stored(plan: Plan) -> None:
    people = {person.record.key for person in plan.people}
    for row in plan.rows:
        record: Any = row.record
        if record is None:
            continue
        person = getattr(record, "person", None)
        assert person is None or person in people
        minutes = getattr(record, "minutes", None)
        assert minutes is None or 0 <= minutes <= 24 * 60
        for terms in getattr(record, "terms", ()):
            assert terms.weekly_hours is None or 0 < terms.weekly_hours <= 168
            assert terms.pay is None or Decimal(0) < terms.pay.copy_abs()
