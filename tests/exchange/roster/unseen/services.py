"""Five invented small services: languages and layouts that no pack was made for.

Their tables stand in `tables.txt`; what each holds is counted by hand in
`test_unseen.py`.
"""

from datetime import date
from pathlib import Path
from typing import Any

from tests.exchange.roster.opendocument import rows_as_sheet, spreadsheet
from tests.exchange.roster.rosters import csv_bytes, workbook

from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.reading.sheets import SourceFile

AS_OF = date(2026, 6, 30)
Rows = list[list[Any]]


def _sections() -> dict[str, Rows]:
    """Return the tables by name; a blank line is a row without cells."""
    found: dict[str, Rows] = {}
    name = ""
    text = (Path(__file__).parent / "tables.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("## "):
            name = line.removeprefix("## ")
            found[name] = []
        elif name:
            found[name].append([cell or None for cell in line.split("|")])
    return found


TABLES = _sections()


def _of(language: str) -> dict[str, Rows]:
    names = (name for name in TABLES if name.startswith(f"{language} "))
    return {name.removeprefix(f"{language} "): TABLES[name] for name in names}


def _as_days(rows: Rows) -> Rows:
    """Return rows with days in place of texts like 5.1.2026, and numbers for figures."""
    return [[_as_day(cell) for cell in row] for row in rows]


def _as_day(cell: str | None) -> Any:
    figures = (cell or "").split(".")
    if len(figures) == 3 and all(part.isdigit() for part in figures):
        return date(int(figures[2]), int(figures[1]), int(figures[0]))
    return int(cell) if cell and cell.isdigit() and len(cell) < 3 else cell


def norwegian() -> list[SourceFile]:
    """Return a workbook: people on one sheet, a table of contacts a month on the next.

    The list of people holds days under a title; the logs hold texts like 05.01.26.
    """
    tables = _of("nb")
    title: Rows = [["IPS Nordfjord – deltakere"], ["Ajour pr.", "30.06.2026"], []]
    data = workbook(
        {
            "Deltakere": [*title, *_as_days(tables["people"])],
            "Kontakter 2026": tables["contacts"],
            "Arbeidsgiverbesøk": tables["employers"],
            "Jobb": tables["jobs"],
        }
    )
    return [open_file("nordfjord.xlsx", data)]


def swedish() -> list[SourceFile]:
    """Return an .ods file: a sheet a specialist, two tables on each; jobs with ticks.

    Days are typed as 26-01-05, durations with their unit.
    """
    sheets = [rows_as_sheet(name, rows) for name, rows in _of("sv").items()]
    return [open_file("sjoviken.ods", spreadsheet(sheets))]


def german() -> list[SourceFile]:
    """Return four semicolon files in Windows-1252, ticks for the kind of job."""
    return _as_files("de", "cp1252")


def french() -> list[SourceFile]:
    return _as_files("fr", "utf-8")


def spanish() -> list[SourceFile]:
    return _as_files("es", "utf-8")


def _as_files(language: str, encoding: str) -> list[SourceFile]:
    return [
        open_file(f"{name}.csv", csv_bytes(rows, ";", encoding))
        for name, rows in _of(language).items()
    ]
