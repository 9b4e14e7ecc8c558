"""Bringing a workbook with 20,000 contacts into the record, every commit on the disk.

The peer is Django's `bulk_create` of the same rows, which checks nothing and records
nobody; the floor is SQLite's own `executemany` into the same table. Reading and planning
a workbook has neither: beneath it is openpyxl alone, which unpacks the cells.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from bench import record
from bench.workload import Goal, Side, Workload, Wrong
from braid.access.models import Team
from braid.access.policy import Actor
from braid.access.queries import places
from braid.exchange import commands as exchange
from braid.exchange.models import ImportBatch
from braid.people.models import Episode
from braid.site.demo.cast import ADA, BEN
from braid.work.commands import NewContact, record_contacts
from braid.work.models import Contact

PEOPLE, DAYS, DAYS_APART = 100, 200, 9
ROWS = PEOPLE * DAYS
MINUTES = (30, 45, 60, 90)
TABLE = Contact._meta.db_table
GOALS = (Goal("rate", 3000), Goal("to_peer", 1 / 0.6))


def workloads() -> Iterator[Workload]:
    """Yield recording rows that are parsed, saving an import, and planning it."""
    actor = places(record.member(BEN), timezone.now())[0].actor
    unit = Team.objects.get(pk__in=actor.teams)
    table, bringing = ContactTable(), Bringing(actor, unit, _workbook())
    rows, values = _rows(), table.values(actor, unit)

    def recorded() -> None:
        record_contacts(actor=actor, unit=unit, rows=rows)

    @transaction.atomic
    def bare() -> None:
        Contact.objects.bulk_create([Contact(**one) for one in plain])

    plain = [asdict(row) for row in rows]
    peer = Side(bare, after=table.empty)
    floor = Side(lambda: table.insert(values), after=table.empty)
    ways: dict[str, Side] = {
        "contacts recorded": Side(recorded, after=table.empty),
        "import saved": Side(bringing.save, bringing.plan, bringing.undo),
    }
    heavy: dict[str, Any] = {"by": "wall", "rounds": 7, "calls": 1, "rows": ROWS}
    for name, ours in ways.items():
        yield Workload(name, ours, peer, floor, table.check, goals=GOALS, **heavy)
    planned, unpacked = Side(bringing.plan), Side(bringing.only_unpack)
    yield Workload("import planned", planned, None, unpacked, bringing.check, **heavy)


def _visits() -> Iterator[tuple[int, date, int]]:
    """Yield person, day and minutes of every contact; nobody is met twice on a day."""
    begun = timezone.localdate() - timedelta(days=(DAYS + 1) * DAYS_APART)
    for number in range(DAYS):
        for person in range(PEOPLE):
            day = begun + timedelta(days=number * DAYS_APART + person % DAYS_APART)
            yield person, day, MINUTES[(number + person) % len(MINUTES)]


def _rows() -> list[NewContact]:
    """Return the contacts as they are after parsing."""
    episodes = Episode.objects.system("whom the benchmarks record contacts with")
    keys = list(episodes.order_by("pk").values_list("pk", flat=True)[:PEOPLE])
    staff, how = record.member(ADA).pk, ("in_person", "home")
    return [
        NewContact(keys[person], day, staff, minutes, *how, attended=True)
        for person, day, minutes in _visits()
    ]


def _workbook() -> bytes:
    """Return the same contacts as a service keeps them, with other people."""
    begun = next(_visits())[1]
    names = [(f"B-{n:03}", f"Given{n:03}", f"Family{n:03}") for n in range(PEOPLE)]
    book = Workbook(write_only=True)
    _add_sheet(
        book,
        "Caseload",
        "Ref,Surname,Forename,ES,Referral,Accepted",
        (
            (ref, family, given, "Ada Holm", begun - timedelta(7), begun - timedelta(1))
            for ref, given, family in names
        ),
    )
    _add_sheet(
        book,
        "Contacts",
        "Date,Ref,ES,How,Where,Mins,Attended?",
        (
            (day, names[who][0], "Ada Holm", "Face to face", "Home visit", minutes, "Y")
            for who, day, minutes in _visits()
        ),
    )
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _add_sheet(
    book: Workbook, title: str, headings: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    sheet = book.create_sheet(title)
    for row in (headings.split(","), *rows):
        sheet.append(row)


class ContactTable:
    """The table of contacts, with those in it that were there from the beginning."""

    def __init__(self) -> None:
        self._last = self._ask(f"SELECT max(rowid) FROM {TABLE}")[0][0]

    def _ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def values(self, actor: Actor, unit: Team) -> list[tuple[Any, ...]]:
        """Return the rows as the table holds them, for the floor."""
        record_contacts(actor=actor, unit=unit, rows=_rows())
        found = self._ask(f"SELECT * FROM {TABLE} WHERE rowid > %s", self._last)
        self.empty()
        return found

    def insert(self, values: Sequence[tuple[Any, ...]]) -> None:
        marks = ",".join(["%s"] * len(values[0]))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", values)

    def check(self) -> None:
        asked = f"SELECT count(*) FROM {TABLE} WHERE rowid > %s"
        made = self._ask(asked, self._last)[0][0]
        if made != ROWS:
            raise Wrong(f"{made} of {ROWS} contacts stand in the table")

    def empty(self) -> None:
        self._ask(f"DELETE FROM {TABLE} WHERE rowid > %s", self._last)


class Bringing:
    """An import of the workbook: planned, saved, taken back."""

    def __init__(self, actor: Actor, unit: Team, workbook: bytes) -> None:
        self._actor, self._unit, self._workbook = actor, unit, workbook
        self._today = timezone.localdate()
        self._batch: ImportBatch
        self._prepared: exchange.Prepared

    def plan(self) -> None:
        """Store the workbook, read it and make the plan with its preview."""
        setup = {
            "as_of": self._today.isoformat(),
            "specialists": [{"name": "Ada Holm", "fte": 1.0}],
            "date_order": "ymd",
            "duration_unit": "minutes",
        }
        self._batch = exchange.open_batch(
            actor=self._actor,
            unit=self._unit,
            files=[("contacts.xlsx", BytesIO(self._workbook))],
            setup=setup,
        )
        self._prepared = exchange.plan_batch(
            actor=self._actor, batch=self._batch, today=self._today
        )

    def save(self) -> None:
        exchange.commit_batch(
            actor=self._actor,
            batch=self._batch,
            plan_hash=self._prepared.plan.plan_hash,
            today=self._today,
            prepared=self._prepared,
        )

    def undo(self) -> None:
        exchange.undo_batch(actor=self._actor, batch=self._batch)

    def only_unpack(self) -> None:
        """Unpack the cells, which is the least that reading them takes."""
        book = load_workbook(BytesIO(self._workbook), read_only=True)
        for sheet in book:
            for _row in sheet.iter_rows(values_only=True):
                pass

    def check(self) -> None:
        plan = self._prepared.plan
        taken = plan.totals.accepted, plan.counts.contacts
        if taken != (ROWS + PEOPLE, ROWS):
            raise Wrong(f"the plan takes {taken} of {ROWS} contacts, {PEOPLE} people")
