"""The import plan: what is in the files and what importing them would do.

A plan is immutable. Preview, questions and commit read the same one; an answer, a
corrected mapping or a setup makes a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from braid.exchange.roster.records import Kind, PersonRecord, Record
from braid.exchange.roster.setup import Setup
from braid.exchange.roster.wording import Sentence

Action = Literal["accept_warn", "reject_row", "ask"]
Mark = Literal["accept", "accept_warn", "reject_row", "ask"]
Does = Literal["create", "update", "nothing", "wait", "reject"]
Until = Literal["row_out", "field_blank"]
AnswerValue = Mapping[str, Any]
"""How a question is answered: `{"team": "North"}`, `{"reject": True}` and so on."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of a table: its letter, its heading as typed, its roster field."""

    letter: str
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a table is and what its columns mean: kept, corrected, used again.

    `kind` is one of `records.KINDS`, `lists` (names only) or `ignore`. A later file
    is matched by sheet and caption, or by its headings alone (`signature`).
    """

    file: str
    sheet: str | None
    caption: str | None
    kind: str
    columns: tuple[MappedColumn, ...]

    @property
    def signature(self) -> tuple[str, ...]:
        """Return the headings, by which a table is known again under another name."""
        return tuple(column.heading for column in self.columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """The mapping of every table of an import. Plain values all through."""

    tables: tuple[TableMapping, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the layout as JSON can hold it."""
        return {
            "tables": [
                {
                    "file": table.file,
                    "sheet": table.sheet,
                    "caption": table.caption,
                    "kind": table.kind,
                    "columns": [
                        [column.letter, column.heading, column.field]
                        for column in table.columns
                    ],
                }
                for table in self.tables
            ]
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Layout":
        """Return the layout that `as_dict` wrote."""
        return cls(
            tuple(
                TableMapping(
                    table["file"],
                    table["sheet"],
                    table["caption"],
                    table["kind"],
                    tuple(MappedColumn(*column) for column in table["columns"]),
                )
                for table in data["tables"]
            )
        )


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file as it was read. `notes` say what is hidden, or was told otherwise."""

    name: str
    sha256: str
    size: int
    format: Literal["xlsx", "ods", "csv"]
    encoding: str | None
    delimiter: str | None
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column of a recognised table. `confidence` of its field runs from 0 to 1.

    `elsewhere`: its field is one of the other kind of thing that the rows tell of.
    """

    letter: str
    heading: str
    group: str
    field: str | None
    confidence: float
    hidden: bool
    samples: tuple[str, ...]
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class SkippedRows:
    """Rows that are not data: title, heading, group, caption, blank, total, note."""

    first: int
    last: int
    why: str


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table found in a file, its kind and the meaning of its columns.

    A table whose rows tell of two kinds of thing (a caseload list with columns for a
    job) stands twice in a plan, and so do its rows: a `Place` and a kind name one.
    `rows` counts data rows. `specialist` is who the table's surroundings name.
    """

    file: str
    sheet: str | None
    caption: str | None
    kind: str
    confidence: float
    language: str | None
    heading_row: int
    rows: int
    columns: tuple[ColumnSeen, ...]
    skipped: tuple[SkippedRows, ...]
    specialist: str | None = None

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the headings that no field was found for; they are not imported."""
        return tuple(
            column.heading
            for column in self.columns
            if column.field is None and not column.elsewhere
        )


@dataclass(frozen=True, slots=True)
class Need:
    """Something to be stated once for the whole import. `guess` is used meanwhile.

    `key` is a key of the setup (`date_order`, `decimal_mark`, `encoding`, …), or
    `vocabulary.<list>.<word>` for a word that nobody explained.
    """

    key: str
    sentence: Sentence
    choices: tuple[str, ...] = ()
    guess: object = None


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """What an answer may hold: one of `keys`; `choices` where the list is closed.

    `form`: choice, date, minutes, hours, amount, person, text or decision.
    """

    keys: tuple[str, ...]
    form: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """File, sheet (None in CSV) and the number of the row as the program shows it."""

    file: str
    sheet: str | None
    row: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be said about a row or a cell.

    `column`, `heading` and `field` are None where the whole row is meant; `column`
    and `heading` also where the table has no such column. `value` is the cell as
    text: it may be about a person and is masked where people are. `other` is the row
    that the sentence compares this one with, `known` the id of whom it means in Braid.
    """

    place: Place
    kind: str
    action: Action
    sentence: Sentence
    column: str | None = None
    heading: str | None = None
    field: str | None = None
    value: str | None = None
    until_answered: Until | None = None
    shape: AnswerShape | None = None
    proposal: AnswerValue | None = None
    other: Place | None = None
    known: str | None = None

    @property
    def message(self) -> str:
        """Return the sentence in English."""
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service says when asked; without a field it is for the whole row."""

    place: Place
    answer: AnswerValue
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A question that was answered. `fingerprint` finds the row again next month."""

    finding: Finding
    answer: AnswerValue
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One data row and what importing it does.

    `person` (key of a `PersonRecord`) and `key` make it the same thing in a later
    file; `occurrence` (from 1) tells equal ones apart. `fingerprint` is of the row as
    typed, `values_hash` of the record as it would be stored. `record` is None when the
    row stays out. `existing` is the id of the record it updates or equals: store its
    new key and occurrence with it. `joins` is the row that tells of the same episode
    and holds the record of both.
    """

    place: Place
    kind: Kind
    mark: Mark
    does: Does
    person: str | None
    key: str
    occurrence: int
    fingerprint: str
    values_hash: str
    record: Record | None
    existing: str | None = None
    joins: Place | None = None


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """A person whom the rows are about; `places` are their rows of a caseload list.

    `existing` is the id in Braid of somebody who is there already.
    """

    record: PersonRecord
    does: Does
    values_hash: str
    places: tuple[Place, ...]
    existing: str | None = None


@dataclass(frozen=True, slots=True)
class Vanished:
    """A record of an earlier import that the files no longer hold: kept, and said."""

    kind: Kind
    person: str | None
    key: str
    occurrence: int
    existing: str


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """An answer that could not be used; its question still stands."""

    place: Place
    field: str | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a plan brings; `jobs_by_type` in roster words, `unknown` included."""

    clients: int
    referrals: int
    episodes: int
    contacts: int
    employer_contacts: int
    employer_contacts_f2f: int
    jobs: int
    jobs_by_type: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RowTotals:
    """How many data rows were read and how they were marked."""

    read: int
    accepted: int
    warned: int
    rejected: int
    asked: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an import would do; `plan_hash` is the same for the same plan.

    `existing_episodes`: key of an episode as records name it -> its id in Braid, for
    episodes that no row of the files tells of.
    """

    unit: str
    as_of: date
    layout_id: str | None
    files: tuple[FileSeen, ...]
    tables: tuple[TableSeen, ...]
    layout: Layout
    setup: Setup
    needs: tuple[Need, ...]
    people: tuple[PlannedPerson, ...]
    rows: tuple[PlannedRow, ...]
    findings: tuple[Finding, ...]
    settled: tuple[Settled, ...]
    answer_faults: tuple[AnswerFault, ...]
    vanished: tuple[Vanished, ...]
    existing_episodes: Mapping[str, str]
    totals: RowTotals
    counts: Counts
    plan_hash: str

    @property
    def questions(self) -> tuple[Finding, ...]:
        """Return the findings that wait for an answer."""
        return tuple(f for f in self.findings if f.action == "ask")


@dataclass(frozen=True, slots=True)
class ExistingPerson:
    """A person the unit has in Braid. `values_hash` is of the last import, else ''."""

    id: str
    client_number: str | None
    given_name: str
    family_name: str
    birth_date: date | None
    values_hash: str = ""
    edited_since: bool = False


@dataclass(frozen=True, slots=True)
class ExistingEpisode:
    """An episode the unit has in Braid; `person` is the id of its person."""

    id: str
    person: str
    referred_on: date | None
    accepted_on: date | None
    exited_on: date | None


@dataclass(frozen=True, slots=True)
class ExistingRow:
    """A record of an earlier import, as it was then; `edited_since` by hand or not.

    `person` is the id of its person, None for nobody. A record typed into Braid by
    hand can be given too: with its natural key, an empty fingerprint and
    `edited_since` true, it is never overwritten.
    """

    id: str
    kind: Kind
    person: str | None
    key: str
    occurrence: int
    fingerprint: str
    values_hash: str
    edited_since: bool = False


@dataclass(frozen=True, slots=True)
class Existing:
    """What Braid holds for the unit. `answers`: by fingerprint of the row and field."""

    people: tuple[ExistingPerson, ...] = ()
    episodes: tuple[ExistingEpisode, ...] = ()
    rows: tuple[ExistingRow, ...] = ()
    answers: Mapping[tuple[str, str | None], AnswerValue] = field(default_factory=dict)
