"""Freezing the facts of everything that one office oversees, as a snapshot.

The floor is reading the largest tables of the record, every column, and leaving it. For
a build after a day's changes the peer is one that draws everything; both must come to
the same hash.
"""

from collections.abc import Iterator
from datetime import timedelta
from shutil import rmtree

from django.db import connection
from django.db.models import F

from bench import record
from bench.record import Made
from bench.workload import Goal, Side, Workload, Wrong
from braid.access.queries import places
from braid.facts import commands
from braid.facts.commands import Built
from braid.facts.models import Snapshot
from braid.kernel.ids import new_id
from braid.people.models import Episode
from braid.site.demo.cast import SAM
from braid.work.models import Contact, EmployerContact, PaidWork

READ = (Contact, EmployerContact, Episode)
AT_ONCE = 10_000
# Of a thousand episodes, what comes and what is corrected on a day; at least one.
COME = {Contact: 55, EmployerContact: 28}
CORRECTED = {Contact: ("minutes", 5), PaidWork: ("hours", 2)}
EXITED = 1


def workloads(made: Made) -> Iterator[Workload]:
    """Yield a build, whose rows are known after a first one, and one by what changed."""
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
    day = _Day(made)
    try:
        yield Workload(
            name="facts, incremental build",
            ours=Side(day.build, before=day.pass_by, after=day.keep_the_last),
            peer=Side(day.build_afresh, after=day.keep_the_last),
            floor=None,
            check=day.check,
            goals=(Goal("cpu", 3_000),),
            rounds=3,
            calls=1,
            rows=rows,
        )
    finally:
        day.undo()


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
        self._built = commands.build(
            actor=self._actor, today=self._made.day, afresh=True
        )

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
            _take_away(self._built)
            self._built = None


class _Day:
    """Snapshots of one day after the other, each with the changes of its day."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._actor = places(record.member(SAM), record.noon(made.day))[0].actor
        self._today = made.day
        self._share = max(made.episodes / 1000, 0.1)
        self._come: dict[type, list[object]] = {}
        self._corrected: dict[type, list[object]] = {}
        self._exited: list[object] = []
        self._built: list[Built] = []
        self.build_afresh()

    def build(self) -> None:
        self._build(afresh=False)

    def build_afresh(self) -> None:
        self._build(afresh=True)

    def _build(self, *, afresh: bool) -> None:
        built = commands.build(actor=self._actor, today=self._today, afresh=afresh)
        self._built.append(built)
        if afresh is (built.base is not None):
            raise Wrong("a build went on from what it should not, or did not")

    def pass_by(self) -> None:
        """Let a day pass: what the one before brought is taken back, and new is added."""
        self.undo()
        self._today += timedelta(days=1)
        for model, number in COME.items():
            self._come[model] = _copied(model, self._number(number), self._made)
        for model, (field, number) in CORRECTED.items():
            self._corrected[model] = _keys(model, self._number(number))
            _add(model, self._corrected[model], field, 1)
        self._exited = _keys(Episode, self._number(EXITED))
        _add(Episode, self._exited, "exited_on", timedelta(days=1))

    def undo(self) -> None:
        """Leave the record as it was found."""
        for model, keys in self._come.items():
            model._base_manager.filter(pk__in=keys).delete()
        for model, keys in self._corrected.items():
            _add(model, keys, CORRECTED[model][0], -1)
        _add(Episode, self._exited, "exited_on", timedelta(days=-1))
        self._come, self._corrected, self._exited = {}, {}, []

    def keep_the_last(self) -> None:
        """Take away all but the last snapshot, from which the next build goes on."""
        while len(self._built) > 1:
            _take_away(self._built.pop(0))

    def check(self) -> None:
        """Hold a build by what changed against one that draws everything."""
        last = self._built[-1]
        if last.base is None:
            return
        self.build_afresh()
        if last.manifest.hash != self._built[-1].manifest.hash:
            raise Wrong("what was drawn by changes is not what is in the record")

    def _number(self, of_a_thousand: int) -> int:
        return max(1, round(of_a_thousand * self._share))


def _keys(model: type, number: int) -> list[object]:
    rows = model._base_manager.order_by("pk")
    if model is Episode:
        rows = rows.filter(exited_on__isnull=False)
    return list(rows.values_list("pk", flat=True)[:number])


def _copied(model: type, number: int, made: Made) -> list[object]:
    """Add rows like those of the last days; return their keys."""
    rows = list(model._base_manager.filter(day__lte=made.day).order_by("-day")[:number])
    for row in rows:
        row.pk = new_id()
    model._base_manager.bulk_create(rows)
    return [row.pk for row in rows]


def _add(model: type, keys: list[object], field: str, amount: object) -> None:
    rows = model._base_manager.filter(pk__in=keys)
    rows.update(**{field: F(field) + amount})


def _take_away(built: Built) -> None:
    rmtree(built.folder)
    Snapshot.objects.filter(pk=built.manifest.snapshot).delete()
