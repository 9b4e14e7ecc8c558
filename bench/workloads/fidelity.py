"""Live fidelity of a unit from its facts, and of all units from a snapshot.

The floor is one statement that reads every row of the facts once. All units are worked
out from the files, and read from what is kept beside them; both must say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from shutil import rmtree

from bench import record
from bench.record import Made
from bench.workload import Goal, Side, Workload, Wrong
from braid.access.models import Team
from braid.access.queries import places
from braid.facts import commands
from braid.facts import queries as facts
from braid.facts.models import Snapshot
from braid.facts.queries import unit_facts
from braid.facts.reading import Facts
from braid.facts.schema import TABLES
from braid.fidelity import stored
from braid.fidelity.live import live
from braid.packs import scales
from braid.site.demo.cast import BEN, SAM

EVERY_ROW = "SELECT bit_xor(hash(one)) AS seen FROM {name} AS one"


def workloads(made: Made) -> Iterator[Workload]:
    """Yield a unit, all units worked out, and all units as they are kept."""
    unit = _OfUnit(made)
    yield Workload(
        name="live fidelity of a unit",
        ours=Side(unit.work_out),
        peer=None,
        floor=Side(unit.read),
        check=unit.check,
        goals=(Goal("cpu", 50),),
        calls=5,
    )
    every = _OfAll(made)
    try:
        yield Workload(
            name="live fidelity of all units",
            ours=Side(every.work_out),
            peer=None,
            floor=Side(every.read),
            check=every.check,
            goals=(Goal("cpu", 300),),
            rounds=5,
            calls=1,
        )
        yield Workload(
            name="live fidelity, as kept",
            ours=Side(every.take),
            peer=None,
            floor=None,
            check=every.check,
            goals=(Goal("cpu", 50),),
            calls=5,
        )
    finally:
        every.take_away()


class _OfUnit:
    """A unit whose page of fidelity is opened, with its facts drawn."""

    def __init__(self, made: Made) -> None:
        actor = places(record.member(BEN), record.noon(made.day))[0].actor
        team = Team.objects.get(pk__in=actor.teams)
        self._unit, self._day = str(team.pk), made.day
        self._facts = unit_facts(actor, team, made.day)
        self._scale = scales.get(stored.USUAL)
        self._known = 0

    def work_out(self) -> None:
        found = live(self._facts, self._scale, days=[self._day], units=[self._unit])
        self._known = sum(
            bool(one.figures) for one in found[self._unit, self._day].items
        )

    def read(self) -> None:
        for name in TABLES:
            self._facts.run_sql(EVERY_ROW.format(name=name))

    def check(self) -> None:
        if not self._known:
            raise Wrong("no item has a figure")


class _OfAll:
    """The snapshot of everything that one office oversees."""

    def __init__(self, made: Made) -> None:
        actor = places(record.member(SAM), record.noon(made.day))[0].actor
        built = commands.build(actor=actor, today=made.day, afresh=True)
        self._snapshot = Snapshot.objects.get(pk=built.manifest.snapshot)
        self._facts = facts.opened(self._snapshot)
        self._scale = scales.get(stored.USUAL)
        stored.keep(self._snapshot)
        self._said: dict[str, object] = {}

    def work_out(self) -> None:
        found = live(self._facts, self._scale, days=[self._snapshot.as_of])
        self._said["worked out"] = {
            unit: tuple((one.scored.floor, one.scored.ceiling) for one in row.items)
            for (unit, _day), row in found.items()
        }

    def take(self) -> None:
        self._said["kept"] = stored.bounds_of(
            self._snapshot.folder, self._scale.id, self._scale.version, self._missing
        )

    def _missing(self) -> Facts:
        raise Wrong("nothing was kept beside the snapshot")

    def read(self) -> None:
        for name in TABLES:
            self._facts.run_sql(EVERY_ROW.format(name=name))

    def check(self) -> None:
        """Both ways must come to the same items, of some units."""
        said = list(self._said.values())
        if any(one != said[0] or not one for one in said):
            raise Wrong("what is kept is not what is worked out")

    def take_away(self) -> None:
        self._facts.close()
        rmtree(self._snapshot.folder)
        self._snapshot.delete()
