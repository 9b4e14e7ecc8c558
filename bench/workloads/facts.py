"""Freezing the facts of everything that one office oversees, as a snapshot.

The floor is reading the largest tables of the record, every column, and leaving it.
"""

from collections.abc import Iterator
from shutil import rmtree

from django.db import connection

from bench import record
from bench.record import Made
from bench.workload import Goal, Side, Workload, Wrong
from braid.access.queries import places
from braid.facts import commands
from braid.facts.commands import Built
from braid.facts.models import Snapshot
from braid.people.models import Episode
from braid.site.demo.cast import SAM
from braid.work.models import Contact, EmployerContact

READ = (Contact, EmployerContact, Episode)
AT_ONCE = 10_000


def workloads(made: Made) -> Iterator[Workload]:
    """Yield one build; how many rows it has is known after a first one."""
    build = _Build(made)
    rows = build.rows()
    yield Workload(
        name="facts built",
        ours=Side(build.build, after=build.take_away),
        peer=None,
        floor=Side(read_tables),
        check=build.check,
        goals=(Goal("rate", 20_000),),
        by="wall",
        rounds=3,
        calls=1,
        rows=rows,
    )


def read_tables() -> None:
    """Read the rows of the largest tables."""
    with connection.cursor() as cursor:
        for model in READ:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            while cursor.fetchmany(AT_ONCE):
                pass


class _Build:
    """A snapshot that is made and taken away again."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._actor = places(record.member(SAM), record.noon(made.day))[0].actor
        self._built: Built | None = None

    def build(self) -> None:
        self._built = commands.build(actor=self._actor, today=self._made.day)

    def rows(self) -> int:
        """Return how many rows the facts have."""
        self.build()
        number = sum(self._built.manifest.rows.values()) if self._built else 0
        self.take_away()
        return number

    def check(self) -> None:
        """Hold the number of contacts against that of the record."""
        if self._built is None:
            return
        frozen = self._built.manifest.rows["contacts"]
        if frozen != self._made.contacts:
            raise Wrong(f"{frozen} of {self._made.contacts} contacts were frozen")

    def take_away(self) -> None:
        if self._built is not None:
            rmtree(self._built.folder)
            Snapshot.objects.filter(pk=self._built.manifest.snapshot).delete()
            self._built = None
