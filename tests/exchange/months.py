"""The sets as grids of cells that a test can edit, and the record as plain values."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from openpyxl import load_workbook
from tests.exchange.looking import rows
from tests.exchange.roster.rosters import workbook

FOLDER = Path(__file__).parents[1] / "rosters"
ENCODINGS = {"dk-csv": ("cp1252", ";"), "us-csv": ("utf-8-sig", ",")}
DAYS = {"dk-csv": "%d-%m-%Y", "us-csv": "%m/%d/%Y", "nl-xlsx": "%d-%m-%Y"}
Cells = list[Any]
Row = dict[str, Any]


@cache
def _json(name: str, file: str) -> Any:
    return json.loads((FOLDER / name / file).read_text("utf-8"))


@dataclass
class Table:
    """A table within a sheet; its rows are asked and edited by field of the roster."""

    grid: list[Cells]
    head: Cells
    columns: dict[str, int]
    faulty: frozenset[int]
    write_day: Callable[[date], Any]
    ends_at_blank: bool

    def data(self) -> Iterator[tuple[int, Cells]]:
        """Yield the rows that hold something, each with its place."""
        for place in range(self._place(self.head) + 1, len(self.grid)):
            if any(cell not in (None, "") for cell in self.grid[place]):
                yield place, self.grid[place]
            elif self.ends_at_blank:
                return

    def clean(self) -> list[Cells]:
        """Return the rows of which the truth finds nothing to say."""
        return [cells for place, cells in self.data() if place + 1 not in self.faulty]

    def get(self, row: Cells, name: str) -> Any:
        value = row[self.columns[name]] if name in self.columns else None
        return value if value != "" else None

    def told(self, row: Cells) -> Row:
        return {name: self.get(row, name) for name in self.columns}

    def first(self, fits: Callable[[Row], object]) -> Cells:
        return next(row for row in self.clean() if fits(self.told(row)))

    def set(self, row: Cells, **values: Any) -> None:
        for name, value in values.items():
            shown = self.write_day(value) if isinstance(value, date) else value
            row[self.columns[name]] = shown

    def add(self, like: Cells, **values: Any) -> Cells:
        """Add a row beneath one that it is like but for these values."""
        row = list(like)
        self.set(row, **values)
        self.grid.insert(self._place(like) + 1, row)
        return row

    def delete(self, row: Cells) -> None:
        del self.grid[self._place(row)]

    def _place(self, row: Cells) -> int:
        return next(n for n, cells in enumerate(self.grid) if cells is row)

    def turn_round(self) -> None:
        """Let the rows stand in the opposite order."""
        data = [(place, row) for place, row in self.data() if self.get(row, "mode")]
        places = [place for place, _row in data]
        for place, (_place, row) in zip(places, reversed(data), strict=True):
            self.grid[place] = row


@dataclass
class Version:
    """The files of a set as cells, to be edited and written again."""

    name: str
    sheets: dict[tuple[str, str | None], list[Cells]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.truth = _json(self.name, "truth.json")
        self.setup = _json(self.name, "unit.json")
        self.as_of = date.fromisoformat(self.truth["as_of"])
        for path in sorted((FOLDER / self.name).iterdir()):
            if path.suffix == ".xlsx":
                self._read_workbook(path)
            elif path.suffix == ".csv":
                self.sheets[path.name, None] = self._read_csv(path)

    def _read_workbook(self, path: Path) -> None:
        for sheet in load_workbook(path, data_only=True):
            grid = [list(cells) for cells in sheet.iter_rows(values_only=True)]
            self.sheets[path.name, sheet.title] = grid

    def _read_csv(self, path: Path) -> list[Cells]:
        encoding, delimiter = ENCODINGS[self.name]
        with path.open(encoding=encoding, newline="") as file:
            return list(csv.reader(file, delimiter=delimiter))

    def table(self, title: str, sheet: str | None = None) -> Table:
        """Return a table by its title in the truth: a file, a sheet or a caption."""
        mapping = next(
            tables.get(title, tables)
            if title not in self.truth["expected_mapping"]
            else self.truth["expected_mapping"][title]
            for file, tables in self.truth["expected_mapping"].items()
            if title in (file, *tables)
        )
        key = next(k for k in self.sheets if (sheet or title) in k)
        head = self._head(self.sheets[key], mapping)
        columns = {
            mapping[heading]: at
            for at, heading in enumerate(self.sheets[key][head])
            if heading in mapping
        }
        faulty = frozenset(
            f["row"] for f in self.truth["faults"] if (f["file"], f["sheet"]) == key
        )
        grid, beneath = self.sheets[key], self.name == "nl-xlsx"
        return Table(grid, grid[head], columns, faulty, self.write_day, beneath)

    @staticmethod
    def _head(grid: list[Cells], mapping: dict[str, str]) -> int:
        return next(
            n
            for n, cells in enumerate(grid)
            if set(mapping) <= set(filter(None, cells))
        )

    def write_day(self, day: date) -> Any:
        if self.name == "uk-roster":
            return datetime.combine(day, datetime.min.time())
        return day.strftime(DAYS[self.name])

    def files(self) -> list[tuple[str, list[bytes]]]:
        """Return the files as they would be brought."""
        names = dict.fromkeys(file for file, _sheet in self.sheets)
        return [(name, [self._bytes(name)]) for name in names]

    def _bytes(self, name: str) -> bytes:
        if (name, None) not in self.sheets:
            own = {s: grid for (file, s), grid in self.sheets.items() if file == name}
            return workbook(own)
        encoding, delimiter = ENCODINGS[self.name]
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(self.sheets[name, None])
        return out.getvalue().encode(encoding)


# The record of a unit as plain values, the same whatever holds it

NAME = ("given_name", "family_name")
OF_EPISODE = tuple(f"episode__applicant__{name}" for name in NAME)
OF_JOB = tuple(f"job__{name}" for name in OF_EPISODE)
FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "people.applicant": (
        "episodes__unit",
        (*NAME, "birth_date", "phone", "identifiers__masked"),
    ),
    "people.episode": (
        "unit",
        (
            *("applicant__given_name", "applicant__family_name", "referred_on"),
            *("referral_source", "referral_words", "at_referral", "accepted_on"),
            *("entered_on", "profile_started_on", "exited_on", "exit_reason", "state"),
        ),
    ),
    "people.caseloadspell": (
        "episode__unit",
        (*OF_EPISODE, "specialist__name", "first_day", "last_day", "ended_because"),
    ),
    "people.treatmentspell": (
        "episode__unit",
        (*OF_EPISODE, "team__name", "first_day", "last_day"),
    ),
    "people.note": ("episode__unit", (*OF_EPISODE, "text")),
    "work.contact": (
        "episode__unit",
        (
            *(*OF_EPISODE, "episode__referred_on", "day", "staff__name", "minutes"),
            *("mode", "place", "place_words", "attended", "note"),
        ),
    ),
    "work.employercontact": (
        "unit",
        (
            *(*OF_EPISODE, "day", "staff__name", "employer__name", "mode"),
            *("spoke_to", "outcome", "learned"),
        ),
    ),
    "work.job": (
        "episode__unit",
        (
            *(*OF_EPISODE, "employer__name", "title", "first_day", "last_day"),
            *("placement", "permanence", "held_at_referral", "end_reason"),
            *("end_words", "note"),
        ),
    ),
    "work.jobterms": (
        "job__episode__unit",
        (*OF_JOB, "first_day", "last_day", "weekly_hours", "pay", "pay_unit"),
    ),
    "work.paidwork": (
        "job__episode__unit",
        (*OF_JOB, "first_day", "last_day", "hours"),
    ),
    "teamwork.attendance": (
        "meeting__unit",
        ("meeting__day", "meeting__team__name", "staff__name", "present"),
    ),
}
Held = dict[str, Counter[tuple[Any, ...]]]


def record_of(unit: Any) -> Held:
    """Return what a unit holds, by kind, each record as a tuple of plain values."""
    found = {}
    for kind, (path, names) in FIELDS.items():
        held = rows(kind).filter(**{path: unit}).order_by().distinct()
        told = held.values_list("pk", *names)
        found[kind] = Counter(tuple(values) for _pk, *values in told)
    return found


def more(held: Held, than: Held) -> dict[str, int]:
    """Return how many records of each kind one has that the other has not."""
    left = {kind: (held[kind] - than[kind]).total() for kind in held}
    return {kind: number for kind, number in left.items() if number}


def logged(batch: Any) -> Counter[tuple[str, str]]:
    """Return what the change log says of an import: how often which field changed."""
    changes = apps.get_model("access.change").objects
    since = changes.filter(changed_at__gte=batch.commit_began_at)
    return Counter(since.values_list("record_kind", "field"))
