"""How much a plan brings: people, referrals, episodes, contacts, jobs."""

from collections import Counter
from collections.abc import Iterable

from braid.exchange.roster.codes import placement_word
from braid.exchange.roster.plan import Counts, PlannedRow, RowTotals
from braid.exchange.roster.records import (
    ContactRecord,
    EmployerContactRecord,
    EpisodeRecord,
    JobRecord,
)


def count(rows: Iterable[PlannedRow]) -> Counts:
    """Return the counts of the rows that are in; a row without a record is not.

    People: those of the referrals. Contacts kept and not kept count; employer
    contacts of any way; jobs by type in roster words, `unknown` where none is known.
    """
    people: set[str] = set()
    found: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for row in rows:
        record = row.record
        if isinstance(record, ContactRecord):
            found["contacts"] += 1
        elif isinstance(record, EmployerContactRecord):
            found["employer_contacts"] += 1
            found["f2f"] += record.mode == "in_person"
        elif isinstance(record, EpisodeRecord):
            people.add(record.person)
            found["referrals"] += 1
            found["episodes"] += record.accepted_on is not None
        elif isinstance(record, JobRecord):
            types[placement_word(record.placement)] += 1
    return Counts(
        len(people),
        found["referrals"],
        found["episodes"],
        found["contacts"],
        found["employer_contacts"],
        found["f2f"],
        types.total(),
        dict(sorted(types.items())),
    )


def total_rows(rows: Iterable[PlannedRow]) -> RowTotals:
    """Return how many data rows were read and how they were marked."""
    marks = Counter(row.mark for row in rows)
    return RowTotals(
        marks.total(),
        marks["accept"],
        marks["accept_warn"],
        marks["reject_row"],
        marks["ask"],
    )
