"""Tables of counts and of durations, read from CSV: all that is wrong told at once.

Values are never repeated in a sentence: a column in the wrong place may hold anything.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from braid.kernel.errors import InputFault

LARGEST = 64 * 1024**2  # bytes
SHOWN = 100  # faults; the rest is counted
WHOLE = re.compile(r"[0-9]{1,12}(?:\.0+)?")
NEGATIVE = re.compile(r"-[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: row and column as a spreadsheet counts them, heading is row 1."""

    row: int | None
    column: str
    rule: str
    expected: str

    @property
    def sentence(self) -> str:
        where = [f"row {self.row}"] * (self.row is not None)
        where += [f"column '{self.column}'"] * bool(self.column)
        place = ", ".join(where)
        return (
            f"{place[0].upper()}{place[1:]}: {self.expected}"
            if place
            else self.expected
        )


class FileFaults(InputFault):
    """A file of which nothing is worked out, with all that has to be mended in it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        said = [fault.sentence for fault in self.faults[:SHOWN]]
        more = len(self.faults) - SHOWN
        if more > 0:
            said.append(f"{more} more of these.")
        super().__init__("\n".join(said), field="file", reason="file_unfit")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it, its cells by the headings, without spaces around."""

    number: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class Table:
    """A table as it was read, and what was found wrong with it so far."""

    rows: list[Row]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: Row | None, column: str, rule: str, expected: str) -> None:
        self.faults.append(Fault(row.number if row else None, column, rule, expected))

    def whole(self, row: Row, column: str) -> int | None:
        """Return a cell as a whole number from 0; None and a fault where it is none."""
        text = row.cells[column]
        if WHOLE.fullmatch(text):
            return int(text.partition(".")[0])
        if not text:
            self.fault(row, column, "blank", "is blank. Expected is a whole number.")
        elif NEGATIVE.fullmatch(text):
            self.fault(row, column, "negative", "is below 0. Expected is 0 or more.")
        else:
            self.fault(row, column, "not_a_number", "is not a whole number.")
        return None

    def name(self, row: Row, column: str) -> str | None:
        """Return a cell that names something; None and a fault where it is blank."""
        text = row.cells[column]
        if not text:
            self.fault(row, column, "blank", "is blank. Expected is a name.")
        return text or None

    def must_be_sound(self) -> None:
        """Raise FileFaults where anything is wrong, in the order of the rows."""
        if self.faults:
            raise FileFaults(sorted(self.faults, key=lambda fault: fault.row or 0))


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """Return the table of a CSV file that has `columns`; others may be there too.

    Raises FileFaults where it is no such file: nothing in it, not UTF-8, not one column.
    """
    lines = _records(_text(path))
    number, heading = next(lines, (0, []))
    names = [cell.casefold() for cell in heading]
    if not any(names):
        raise _unfit("file_empty", "The file is empty. Expected is a row of headings.")
    wanted = f"is missing. Expected are the columns {', '.join(columns)}."
    faults = [
        Fault(number, name, "column_missing", wanted)
        for name in columns
        if name not in names
    ]
    faults += [
        Fault(number, name, "column_twice", "stands there twice.")
        for name in columns
        if names.count(name) > 1
    ]
    if faults:
        raise FileFaults(faults)
    table = Table([])
    for number, cells in lines:
        row = Row(number, dict(zip(names, cells + [""] * len(names), strict=False)))
        table.rows.append(row)
        if any(cells[len(names) :]):
            table.fault(row, "", "too_many_cells", "has more cells than the heading.")
    if not table.rows:
        table.fault(None, "", "no_rows", "The file has headings and no rows.")
    return table


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise _unfit("file_unreadable", "There is no such file to read.") from error
    if len(content) > LARGEST:
        limit = LARGEST // 1024**2
        raise _unfit("file_too_large", f"The file is larger than {limit} MiB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise _unfit(
            "not_utf8",
            "holds bytes that are no UTF-8 text. Save the file as CSV in UTF-8.",
            row,
        ) from error
    if "\0" in text:
        raise _unfit("not_text", "The file is not text. Save it as CSV in UTF-8.")
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every row with something in it, with its number; any ends of lines do."""
    first_line = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    reader = csv.reader(
        io.StringIO(text, newline=None), delimiter=delimiter, strict=True
    )
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield number, stripped
    except csv.Error as error:
        sentence = "cannot be read: a quotation mark is not closed, or stands inside."
        raise _unfit("quotes_unfit", sentence, number + 1) from error


def _unfit(rule: str, expected: str, row: int | None = None) -> FileFaults:
    return FileFaults([Fault(row, "", rule, expected)])


@dataclass(frozen=True, slots=True)
class Arm:
    """A group as its source printed it: how many of `n` had the event."""

    name: str
    events: int
    n: int


def read_counts(path: Path) -> dict[str, list[Arm]]:
    """Return the arms of each id, in the order of the file. Raises FileFaults."""
    table = read_table(path, ("id", "arm", "events", "n"))
    found: dict[str, list[Arm]] = {}
    first_rows: dict[str, Row] = {}
    named: set[tuple[str, str]] = set()
    for row in table.rows:
        name, arm = table.name(row, "id"), table.name(row, "arm")
        events, n = table.whole(row, "events"), table.whole(row, "n")
        if events is not None and n is not None and events > n:
            table.fault(row, "events", "events_exceed_n", "is more than column 'n'.")
        if name is None or arm is None:
            continue
        first_rows.setdefault(name, row)
        if (name, arm) in named:
            table.fault(row, "arm", "arm_twice", "names an arm of this id twice.")
        named.add((name, arm))
        found.setdefault(name, []).append(Arm(arm, events or 0, n or 0))
    for name, arms in found.items():
        if len(arms) < 2:
            expected = "is the only arm of this id. Two or more are compared."
            table.fault(first_rows[name], "arm", "one_arm", expected)
    table.must_be_sound()
    return found


@dataclass(frozen=True, slots=True)
class Duration:
    """Somebody followed for some days, whether the event came, and what else is known."""

    days: int
    event: bool
    group: str | None
    covariates: dict[str, str | None]


def read_durations(
    path: Path, by: str | None = None, covariates: Sequence[str] = ()
) -> list[Duration]:
    """Return who was followed, each in one row. Raises FileFaults."""
    by = by.casefold() if by else None
    others = [name.casefold() for name in covariates]
    needed = ("duration", "event", *filter(None, (by,)), *others)
    table = read_table(path, tuple(dict.fromkeys(needed)))
    found = []
    for row in table.rows:
        days, event = table.whole(row, "duration"), _event(table, row)
        group = table.name(row, by) if by else None
        known = {name: row.cells[name] or None for name in others}
        if days is not None and event is not None:
            found.append(Duration(days, event, group, known))
    table.must_be_sound()
    return found


def _event(table: Table, row: Row) -> bool | None:
    value = {"1": True, "0": False}.get(row.cells["event"])
    if value is None:
        table.fault(row, "event", "not_0_or_1", "is neither 1 (event) nor 0 (none).")
    return value
