"""A plan while it is made."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from braid.exchange.roster.courses import Course
from braid.exchange.roster.drafts import Draft, Source
from braid.exchange.roster.faults import Fault
from braid.exchange.roster.people import People
from braid.exchange.roster.person import Person
from braid.exchange.roster.plan import Existing, Finding, Place
from braid.exchange.roster.records import Kind, Record
from braid.exchange.roster.surveying import Survey


@dataclass(slots=True)
class Making:
    """The rows by kind, the records and courses that they gave so far.

    `records` and `owners` (whose record it is) go by the row, `courses` by the
    person's key; `joined`: a row -> where the row stands that tells of the same episode.
    """

    survey: Survey
    sources: list[Source]
    drafts: dict[Kind, list[Draft]]
    people: People
    existing: Existing
    records: dict[Draft, Record] = field(default_factory=dict)
    owners: dict[Draft, Person] = field(default_factory=dict)
    courses: dict[str, list[Course]] = field(default_factory=dict)
    known_episodes: dict[str, str] = field(default_factory=dict)
    joined: dict[Draft, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def everything(self) -> Iterator[Draft]:
        """Yield every data row."""
        return (draft for drafts in self.drafts.values() for draft in drafts)

    def rows(self, kind: Kind) -> Iterator[Draft]:
        """Yield the rows of a kind that were not rejected."""
        return (row for row in self.drafts.get(kind, ()) if not row.rejected)

    def nobody_known(self) -> bool:
        """Say whether there is neither a caseload list nor anybody in Braid."""
        return not self.people.everybody

    def keep(self, draft: Draft, record: Record, person: Person | None) -> None:
        """Note the record of a row and whose it is."""
        self.records[draft] = record
        if person is not None:
            self.owners[draft] = person

    def say_of_table(
        self, source: Source, fault: Fault, field: str | None = None
    ) -> None:
        """Say something once of a table or a column, at the row of its headings."""
        letter, heading = source.position(field) if field else (None, None)
        self.findings.append(
            Finding(
                source.place(source.recognised.table.heading_row),
                fault.kind,
                fault.action,
                fault.sentence,
                letter,
                heading,
                field,
                until_answered=fault.until,
                shape=fault.shape,
            )
        )
