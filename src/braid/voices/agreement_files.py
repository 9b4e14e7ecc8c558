"""What coders said of units, read from CSV: the columns unit, then one a coder.

Faults are told with file, line and column; a value itself is never repeated, for a
cell in the wrong place may hold anything.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from braid.kernel.errors import InputFault
from braid.method.agreement import Level
from braid.method.agreement.ratings import number

LARGEST = 64 * 1024**2  # bytes
SHOWN = 100  # faults; the rest is counted
UNIT = "unit"
LONGEST_CELL = 1_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: the line counts from 1, and 0 means the file as a whole."""

    line: int
    column: str
    rule: str
    expected: str


class FileFaults(InputFault):
    """A file of which nothing is worked out: the first fault in words, all as a list."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        self.number = len(self.faults)
        super().__init__(
            told(file, self.faults[0], self.number - 1),
            field="file",
            reason="file_unfit",
        )


def told(file: str, fault: Fault, more: int = 0) -> str:
    """Return a fault as sentences, the place first."""
    line = f"line {fault.line}" if fault.line else ""
    column = f"column '{fault.column}'" if fault.column else ""
    place = ", ".join(filter(None, (file, line, column)))
    others = f" The file has {more} more faults." if more else ""
    return f"{place}: {fault.expected}{others}"


@dataclass(slots=True)
class Said:
    """Units in the order of the file, what each coder said of them, and on which line."""

    coders: tuple[str, ...]
    names: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    units: list[tuple[str | None, ...]] = field(default_factory=list)


def read_said(path: Path, level: Level = Level.NOMINAL) -> Said:
    """Return what a CSV file says; a blank cell is missing. Raises: FileFaults.

    The separator is a comma, a semicolon or a tab. For the levels interval and ratio
    every value must be a number, for ratio none below 0.
    """
    records = _records(path)
    line, heading = next(records, (0, []))
    if not any(heading):
        raise _unfit(path, "file_empty", "The file is empty. Expected is a heading.")
    while not heading[-1]:
        heading.pop()
    _must_have_coders(path, line, heading)
    found, faults = Said(tuple(heading[1:])), list[Fault]()
    seen: set[str] = set()
    for line, cells in records:
        faults += _faults_of(line, cells, heading, level)
        if cells[0] in seen:
            said = "names a unit twice. Expected is one line for each unit."
            faults.append(Fault(line, UNIT, "unit_twice", said))
        seen.add(cells[0])
        found.names.append(cells[0])
        found.lines.append(line)
        found.units.append(tuple(cell or None for cell in cells[1 : len(heading)]))
    if faults:
        raise FileFaults(path.name, faults)
    return found


def _must_have_coders(path: Path, line: int, heading: Sequence[str]) -> None:
    faults = []
    if heading[0].casefold() != UNIT:
        said = "is not the first column. Expected are unit, then a column a coder."
        faults.append(Fault(line, UNIT, "column_missing", said))
    elif len(heading) < 3:
        said = (
            "There are fewer than two coders. Expected are unit, then a column a coder."
        )
        faults.append(Fault(line, "", "too_few_coders", said))
    if "" in heading:
        said = "A heading is blank. Expected is a name for each coder."
        faults.append(Fault(line, "", "heading_blank", said))
    twice = {name for name in heading if name and heading.count(name) > 1}
    for name in sorted(twice):
        said = "stands there twice. Expected is a name for each coder."
        faults.append(Fault(line, name, "column_twice", said))
    if faults:
        raise FileFaults(path.name, faults)


def _faults_of(
    line: int, cells: Sequence[str], heading: Sequence[str], level: Level
) -> Iterator[Fault]:
    if not cells[0]:
        yield Fault(line, UNIT, "blank", "is blank. Expected is a name for the unit.")
    if len(cells) < len(heading):
        said = (
            "There are fewer cells than headings. Leave a cell blank where a value is "
        )
        yield Fault(line, "", "too_few_cells", f"{said}missing.")
    elif any(cells[len(heading) :]):
        yield Fault(line, "", "too_many_cells", "There are more cells than headings.")
    for name, cell in zip(heading[1:], cells[1:], strict=False):
        if len(cell) > LONGEST_CELL:
            said = (
                f"is longer than {LONGEST_CELL} characters. Expected is a short value."
            )
            yield Fault(line, name, "too_long", said)
        elif cell and level in (Level.INTERVAL, Level.RATIO):
            yield from _number_faults(line, name, cell, level)


def _number_faults(line: int, name: str, cell: str, level: Level) -> Iterator[Fault]:
    value = number(cell)
    if value is None:
        said = f"is not a number, which the level {level} needs."
        yield Fault(line, name, "not_a_number", said)
    elif value < 0 and level is Level.RATIO:
        said = "is below 0. The level ratio counts from 0; interval does not."
        yield Fault(line, name, "below_zero", said)


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield every record with something in it, with the line it begins on."""
    text = _text(path)
    first = text.lstrip().partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=mark, strict=True)
    line = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield line, stripped
            line = reader.line_num + 1
    except csv.Error:
        said = "A quotation mark is not closed, or a cell is far too long."
        raise FileFaults(path.name, [Fault(line, "", "quotes_unfit", said)]) from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        said = "The file cannot be read. Check its name and place."
        raise _unfit(path, "file_unreadable", said) from None
    if len(content) > LARGEST:
        said = f"The file is larger than {LARGEST // 1024**2} MiB."
        raise _unfit(path, "file_too_large", said)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = "There are bytes that are no UTF-8 text. Save the file as CSV in UTF-8."
        raise FileFaults(path.name, [Fault(line, "", "not_utf8", said)]) from None
    if "\0" in text:
        said = "The file is not text. Save it as CSV in UTF-8."
        raise _unfit(path, "not_text", said)
    return text


def _unfit(path: Path, rule: str, said: str) -> FileFaults:
    return FileFaults(path.name, [Fault(0, "", rule, said)])
