"""The rosters that tests read, and small files made on the spot."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from braid.exchange.roster.plan import (
    Answer,
    Existing,
    ExistingPerson,
    ExistingRow,
    Place,
    Plan,
)
from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.reading.sheets import SourceFile
from braid.exchange.roster.setup import Setup, SpecialistPost, read_setup

FOLDER = Path(__file__).parents[2] / "rosters"
SETS = ("uk-roster", "dk-csv", "nl-xlsx", "us-csv")
TODAY = date(2026, 6, 30)


@dataclass(frozen=True)
class Roster:
    """One of the sets: its files, what is stated of it, the truth about it."""

    name: str
    files: tuple[SourceFile, ...]
    setup: Setup
    truth: dict[str, Any]

    @property
    def as_of(self) -> date:
        return date.fromisoformat(self.truth["as_of"])

    def answers(self) -> list[Answer]:
        """Return what the service says to every question."""
        return [
            Answer(place_of(fault), fault["answer"], fault["field"])
            for fault in self.truth["faults"]
            if fault["action"] == "ask"
        ]

    def plan(self, **given: Any) -> Plan:
        return make_plan(self.files, self.setup, self.as_of, **given)


@cache
def roster(name: str) -> Roster:
    folder = FOLDER / name
    setup = read_setup(json.loads((folder / "unit.json").read_text("utf-8")))
    files = tuple(
        open_file(path.name, path, encoding=setup.encoding)
        for path in sorted(folder.iterdir())
        if path.suffix in (".csv", ".xlsx")
    )
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    return Roster(name, files, setup, truth)


@cache
def plan_of(name: str) -> Plan:
    return roster(name).plan()


@cache
def answered_plan_of(name: str) -> Plan:
    return roster(name).plan(answers=roster(name).answers())


def place_of(fault: dict[str, Any]) -> Place:
    return Place(fault["file"], fault["sheet"], fault["row"])


# Small files

UNIT = Setup(
    unit="North",
    specialists=(SpecialistPost("Ada Holm"), SpecialistPost("Ben Marsh")),
    treatment_teams=("East team", "West team"),
    date_order="dmy",
    decimal_mark=".",
    duration_unit="minutes",
)
CASELOAD = """\
Client ID;Surname;Forename;DOB;Team;ES;Referral date;Working at referral;Accepted;Discharged
7;Oak;Una;3/4/1990;East team;Ada Holm;5/1/2026;no;12/1/2026;
8;Elm;Per;9/9/1985;West team;Ben Marsh;6/1/2026;no;13/1/2026;2/3/2026
"""


def file_of(name: str, text: str) -> SourceFile:
    """Return a CSV file with this text."""
    return open_file(name, text.encode())


def plan_for(**texts: str) -> Plan:
    """Return the plan of small CSV files, `caseload` the usual one if it is missing."""
    return plan_with(UNIT, texts)


def plan_with(setup: Setup, texts: dict[str, str], **given: Any) -> Plan:
    texts = {"caseload": CASELOAD, **texts}
    files = [file_of(f"{name}.csv", text) for name, text in texts.items() if text]
    return make_plan(files, setup, TODAY, **given)


def workbook(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return a workbook without formulas: text that begins with = stays text."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_as_text(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _as_text(sheet: Any, value: Any) -> Any:
    if isinstance(value, str) and value.startswith("="):
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        return cell
    return value


def grid(file: SourceFile, sheet: str | None = None) -> list[list[Any]]:
    """Return a sheet as rows of equal width, blank rows included."""
    found = next(one for one in file.sheets if one.name == sheet)
    width = max(len(row.values) for row in found.rows)
    rows: list[list[Any]] = []
    for row in found.rows:
        rows.extend([None] * width for _ in range(row.number - 1 - len(rows)))
        rows.append([*row.values, *[None] * (width - len(row.values))])
    return rows


def csv_bytes(
    rows: Sequence[Sequence[Any]],
    delimiter: str = ",",
    encoding: str = "utf-8",
    days: str = "%d/%m/%Y",
) -> bytes:
    """Return rows as a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    for row in rows:
        writer.writerow(
            "" if v is None else v.strftime(days) if isinstance(v, date) else v
            for v in row
        )
    return out.getvalue().encode(encoding)


def after_import(plan: Plan, **given: Any) -> Existing:
    """Return what Braid holds once a plan was carried out and nothing edited."""
    ids = {person.record.key: f"person {n}" for n, person in enumerate(plan.people)}
    people = tuple(
        ExistingPerson(
            ids[person.record.key],
            person.record.client_number,
            person.record.given_name,
            person.record.family_name,
            person.record.birth_date,
            person.values_hash,
        )
        for person in plan.people
        if person.does != "wait"
    )
    rows = tuple(
        ExistingRow(
            f"row {n}",
            row.kind,
            ids.get(row.person or ""),
            row.key,
            row.occurrence,
            row.fingerprint,
            row.values_hash,
        )
        for n, row in enumerate(plan.rows)
        if row.record is not None and row.does != "wait"
    )
    answers = {(s.fingerprint, s.finding.field): s.answer for s in plan.settled}
    return Existing(people=people, rows=rows, answers=answers, **given)
