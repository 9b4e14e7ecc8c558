"""What the pages show of a plan, as JSON: everything but the rows themselves.

A plan is made from files in seconds and its pages are many, so this is kept beside the
files, readable by the program alone, and thrown away when the import is saved.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from braid.exchange.differences import Differences
from braid.exchange.named import posts, teams_named
from braid.exchange.roster.plan import Finding, Place, Plan, TableSeen
from braid.exchange.roster.reading.sheets import (
    Row,
    SourceFile,
    Value,
    column_index,
)
from braid.exchange.roster.wording import Sentence

JSON_VALUES = (str, int, float, bool, type(None))
Key = tuple[str, str | None, int]
PERSONAL_FIELDS = frozenset(
    {"cid", "name", "last", "first", "dob", "phone", "notes", "key"}
)
"""Roster fields whose cells are about an applicant."""


def plain(value: Any) -> Any:
    """Return a plan's value as JSON can hold it; a sentence keeps its values apart."""
    if isinstance(value, Sentence):
        values = {key: _part(part) for key, part in value.values.items()}
        return {"text": value.text, "values": values}
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, JSON_VALUES) else str(value)


def _part(value: Any) -> Any:
    return {"day": value.isoformat()} if isinstance(value, date) else plain(value)


def preview_of(
    plan: Plan, files: Iterable[SourceFile], differences: Differences
) -> dict[str, Any]:
    """Return the preview of a plan; `files` are those it was made from."""
    return {
        "plan_hash": plan.plan_hash,
        "as_of": plan.as_of.isoformat(),
        "layout_id": plan.layout_id,
        "files": plain(plan.files),
        "tables": plain(plan.tables),
        "layout": plan.layout.as_dict(),
        "needs": plain(plan.needs),
        "totals": plain(plan.totals),
        "counts": plain(plan.counts),
        "outcome": outcome(plan, differences.changed),
        "findings": _findings(plan, files),
        "answer_faults": plain(plan.answer_faults),
        "specialists": plain(posts(plan)),
        "teams": list(dict.fromkeys(teams_named(plan))),
        "settled": len(plan.settled),
        "changes": plain(differences.changes),
        "vanished": plain(differences.gone),
        "examples": plain(differences.new),
    }


def outcome(plan: Plan, changed: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return how many of each kind are created, updated, left as they are or out.

    Rows that tell the same episode count once. `changed`: how many records of a kind
    come to say something else; a row that is only worded otherwise changes nothing.
    """
    found: dict[str, Counter[str]] = {"person": Counter()}
    for person in plan.people:
        found["person"][person.does] += 1
    for row in plan.rows:
        if row.joins is None:
            found.setdefault(row.kind, Counter())[row.does] += 1
    for kind, counter in found.items():
        known = counter["update"] + counter["nothing"]
        counter["update"] = changed.get(kind, 0)
        counter["nothing"] = known - counter["update"]
        counter["vanished"] = sum(gone.kind == kind for gone in plan.vanished)
    return {kind: dict(+counter) for kind, counter in found.items()}


def _findings(plan: Plan, files: Iterable[SourceFile]) -> list[dict[str, Any]]:
    asking = [f for f in plan.findings if f.action == "ask"]
    asked = {_key(place) for f in asking for place in (f.place, f.other) if place}
    rows = {key: row for key, row in _rows(files) if key in asked}
    tables = sorted(plan.tables, key=lambda table: table.heading_row)
    found = []
    for number, finding in enumerate(plan.findings):
        shown = {"number": number, **plain(finding)}
        if finding.action == "ask":
            for name, place in (("cells", finding.place), ("others", finding.other)):
                shown[name] = _cells(finding, place, tables, rows) if place else []
        found.append(shown)
    return found


def _key(place: Place) -> Key:
    return place.file, place.sheet, place.row


def _rows(files: Iterable[SourceFile]) -> Iterable[tuple[Key, Row]]:
    for file in files:
        for sheet in file.sheets:
            for row in sheet.rows:
                yield (file.name, sheet.name, row.number), row


def _table(tables: Iterable[TableSeen], place: Place) -> TableSeen | None:
    """Return the table that a row stands in: the last one that begins above it."""
    within = [
        table
        for table in tables
        if (table.file, table.sheet) == (place.file, place.sheet)
        and table.heading_row < place.row
    ]
    return within[-1] if within else None


def _cells(
    finding: Finding, place: Place, tables: Iterable[TableSeen], rows: Mapping[Key, Row]
) -> list[list[Any]]:
    """Return a row as heading, text and whether the question is about this cell."""
    table, row = _table(tables, place), rows.get(_key(place))
    if table is None or row is None:
        return []
    cells = []
    for column in table.columns:
        index = column_index(column.letter)
        value = row.values[index] if index < len(row.values) else None
        is_about = column.letter == finding.column
        if value is not None or is_about:
            cells.append([column.heading, _text(value), is_about])
    return cells


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
