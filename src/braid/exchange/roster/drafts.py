"""Rows while they are being planned: what was read, what was answered, what is said."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from braid.exchange.roster import faults as said
from braid.exchange.roster.cells import BLANK, Column, Reading, unvalued_formula
from braid.exchange.roster.columns import DAYS, KEY_DAYS
from braid.exchange.roster.faults import FIELD_BLANK, ROW_OUT, Fault, warn
from braid.exchange.roster.plan import (
    AnswerValue,
    Finding,
    Mark,
    Place,
    Settled,
    SkippedRows,
)
from braid.exchange.roster.reading.sheets import Row, Value, column_letter
from braid.exchange.roster.recognising import Recognised
from braid.exchange.roster.records import Kind
from braid.exchange.roster.values.texts import clean

MANY_FORMULAS = 20
NO_ANSWER: AnswerValue = {}
DECISIONS = frozenset(
    ("merge_into", "client", "reject", "separate", "keep", "keep_person")
)
"""Answers about the row itself; every other key names a field."""


@dataclass(slots=True)
class Source:
    """A table with its readers, and who is meant where no column names a specialist.

    `around`: row number from which on -> specialist, None where the place for a name
    is there and empty. `twin`: the other kind of thing that the same rows tell of.
    """

    recognised: Recognised
    columns: Mapping[str, Column]
    around: list[tuple[int, str | None]] = field(default_factory=list)
    skipped: list[SkippedRows] = field(default_factory=list)
    mapped: frozenset[int] = frozenset()
    twin: "Recognised | None" = None

    def __post_init__(self) -> None:
        columns = self.recognised.fields.values()
        self.mapped = frozenset(column.index for column in columns)

    @property
    def kind(self) -> Kind:
        return cast(Kind, self.recognised.kind)

    @property
    def file(self) -> str:
        return self.recognised.table.file

    @property
    def sheet(self) -> str | None:
        return self.recognised.table.sheet.name

    def place(self, row: int) -> Place:
        return Place(self.file, self.sheet, row)

    def position(self, name: str) -> tuple[str | None, str | None]:
        """Return letter and heading of a field's column, None where it has none."""
        column = self.recognised.fields.get(name)
        if column is None:
            return None, None
        return column_letter(column.index), column.heading

    def specialist_at(self, row: int) -> tuple[bool, str | None]:
        """Say whether the surroundings of a row name a specialist's place, and whom."""
        found: tuple[bool, str | None] = (False, None)
        for first, name in self.around:
            if first <= row:
                found = (True, name)
        return found


class Draft:
    """A data row on its way into the plan."""

    __slots__ = (
        "answer",
        "answered",
        "cells",
        "findings",
        "fingerprint",
        "number",
        "out",
        "place",
        "raw",
        "rejected",
        "settled",
        "source",
    )

    def __init__(self, source: Source, row: Row) -> None:
        self.source = source
        self.number = row.number
        self.place = source.place(row.number)
        self.raw = row.values
        self.cells: dict[str, Any] = {}
        self.findings: list[Finding] = []
        self.settled: list[Settled] = []
        self.answer: AnswerValue = NO_ANSWER
        self.answered: frozenset[str] = frozenset()
        self.fingerprint = ""
        self.out = False
        self.rejected = False

    @property
    def stands(self) -> bool:
        """Say whether the row is in: neither left out nor waiting for an answer."""
        return not (self.out or self.rejected)

    @property
    def mark(self) -> Mark:
        """Return the mark of the row: the gravest thing said about it."""
        actions = {finding.action for finding in self.findings}
        if self.rejected or "reject_row" in actions:
            return "reject_row"
        if "ask" in actions or self.out:
            return "ask"
        return "accept_warn" if actions else "accept"

    def get(self, name: str) -> Any:
        """Return the value of a field, None where it is blank or not known."""
        return self.cells.get(name)

    def typed(self, name: str) -> Value:
        """Return the cell of a field as it stands in the file."""
        column = self.source.recognised.fields.get(name)
        if column is None or column.index >= len(self.raw):
            return None
        return self.raw[column.index]

    def text(self, name: str) -> str:
        """Return the cell of a field as clean text, '' where it is blank."""
        value = self.typed(name)
        return "" if value is None else clean(str(value))

    def is_missing(self, name: str) -> bool:
        """Say whether a field holds nothing, as "-" does, and nothing was said of it."""
        blank = self.reading(name) == BLANK
        return blank and all(f.field != name for f in self.findings)

    def reading(self, name: str) -> Reading:
        """Return what the cell of a field holds, whatever was answered about it."""
        column = self.source.columns.get(name)
        return BLANK if column is None else column.read(self.typed(name))

    def rest(self, name: str) -> Any:
        """Return what a field's reader kept beside the value."""
        return self.reading(name).rest

    def say(self, name: str | None, fault: Fault, *, still: bool = False) -> bool:
        """Note what is wrong with the row or one of its fields.

        A question that the answer at hand settles is noted as settled, unless it
        `still` stands with it. Returns whether it stands.
        """
        letter, heading = self.source.position(name) if name else (None, None)
        finding = Finding(
            self.place,
            fault.kind,
            fault.action,
            fault.sentence,
            letter,
            heading,
            name,
            self.text(name) or None if name else None,
            fault.until,
            fault.shape,
            fault.proposal,
            fault.other,
            fault.known,
        )
        keys = fault.shape.keys if fault.shape is not None else ()
        used = {key: self.answer[key] for key in keys if key in self.answer}
        if used and not still:
            self.settle(finding, used)
            return False
        self.findings.append(finding)
        if fault.until == ROW_OUT:
            self.out = True
        if fault.action == "reject_row":
            self.rejected = True
        return True

    def settle(self, finding: Finding, used: AnswerValue) -> None:
        """Note what was found, and the answer that settles it."""
        self.settled.append(Settled(finding, used, self.fingerprint))

    def forget(self) -> None:
        """Take back all that was said of the row."""
        self.findings.clear()
        self.settled.clear()
        self.out = False


def read_drafts(source: Source, give: Callable[[Draft], None]) -> Iterator[Draft]:
    """Yield the data rows of a table; rows without a value in any field are blank.

    `give` hands a row its answers before its cells are spoken of.
    """
    layout = [
        (name, source.recognised.fields[name].index, column)
        for name, column in source.columns.items()
    ]
    formulas = _formula_fields(source, layout)
    for row in source.recognised.table.rows:
        values = row.values
        if _says_nothing(source, row, formulas):
            continue
        draft = Draft(source, row)
        pending: list[tuple[str, Fault]] = []
        for name, index, column in layout:
            value = values[index] if index < len(values) else None
            reading = column.read(value)
            if reading.value is not None:
                draft.cells[name] = reading.value
            if reading.fault is not None:
                pending.append((name, reading.fault))
            if formulas and (row.number, index) in formulas and name != "key":
                pending.append((name, _formula_fault(name, value)))
        has_place, specialist = source.specialist_at(row.number)
        if has_place and "spec" not in source.columns and specialist is not None:
            draft.cells["spec"] = specialist
        draft.fingerprint = digest(content(draft))
        give(draft)
        for name, fault in pending:
            draft.say(name, fault)
        yield draft


def _says_nothing(
    source: Source, row: Row, formulas: frozenset[tuple[int, int]]
) -> bool:
    """Say whether a row is blank, or tells only of the other kind of thing in it."""

    def tells(table: Recognised, fields: Iterable[str]) -> bool:
        at = [table.fields[name].index for name in fields]
        return any(
            (i < len(row.values) and row.values[i] is not None)
            or (row.number, i) in formulas
            for i in at
        )

    own = source.recognised
    if not tells(own, (name for name in own.fields if name != "key")):
        source.skipped.append(SkippedRows(row.number, row.number, "blank"))
        return True
    if source.twin is None or tells(own, own.own):
        return False
    return own.kind == "jobs" or tells(source.twin, source.twin.own)


def _formula_fields(
    source: Source, layout: Sequence[tuple[str, int, Column]]
) -> frozenset[tuple[int, int]]:
    """Return the formula cells of the table that are worth a word each."""
    columns = {index for _, index, _ in layout}
    table = source.recognised.table
    rows = {row.number for row in table.rows}
    met = [at for at in table.sheet.formulas if at[1] in columns and at[0] in rows]
    many = {
        column
        for column in columns
        if (n := sum(at[1] == column for at in met)) >= MANY_FORMULAS
        and n * 2 > len(rows)
    }
    return frozenset(at for at in met if at[1] not in many)


def formula_columns(source: Source) -> Iterator[Finding]:
    """Yield one warning for each column that is made of formulas."""
    table = source.recognised.table
    rows = {row.number for row in table.rows}
    for name, column in source.recognised.fields.items():
        met = sum(
            at[1] == column.index and at[0] in rows for at in table.sheet.formulas
        )
        if met >= MANY_FORMULAS and met * 2 > len(rows):
            yield Finding(
                source.place(table.heading_row),
                "formula_column",
                "accept_warn",
                warn("formula_column", said.FORMULA_COLUMN).sentence,
                column_letter(column.index),
                column.heading,
                name,
            )


def _formula_fault(name: str, value: Value) -> Fault:
    if value is None:
        until = ROW_OUT if name in KEY_DAYS else FIELD_BLANK
        return unvalued_formula(name, "date" if name in DAYS else None, until)
    return warn("formula_cell", said.FORMULA_CELL)


def content(draft: Draft) -> tuple[object, ...]:
    """Return what a row says, the same however its dates and spaces are typed."""
    said_in_row: list[object] = []
    for name in sorted(draft.source.recognised.fields):
        if name == "key":
            continue
        value = draft.cells.get(name)
        if value is None:
            value = draft.text(name).casefold() or None
        elif isinstance(value, str):
            value = value.casefold()
        if value is not None:
            said_in_row.append((name, value))
    if "spec" not in draft.source.recognised.fields and "spec" in draft.cells:
        said_in_row.append(("spec", draft.cells["spec"]))
    return (draft.source.recognised.kind, *said_in_row)


def unmapped(draft: Draft) -> tuple[str, ...]:
    """Return the texts of the columns that no field was found for."""
    known = draft.source.mapped
    return tuple(
        clean(str(value)).casefold()
        for index, value in enumerate(draft.raw)
        if value is not None and index not in known
    )


def digest(value: object) -> str:
    """Return a short digest of plain values."""
    return hashlib.blake2b(repr(value).encode(), digest_size=16).hexdigest()
