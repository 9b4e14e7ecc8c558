"""Live fidelity: the page of a unit, its items from facts, and all units of a snapshot.

The page is asked as its view asks for it, with the policy: while nothing changes, after
a contact was corrected, and in a process that has drawn nothing yet, of which no goal is
demanded. The floor of the first is a look at the triggers and at where the journal
stands, of the others drawing the unit and no more; the peer of the second draws all and
keeps nothing. Of one item every specialist and every day of the trend is asked beside
pandas and beside SQL by hand; all three must come to the same minutes. All units are
worked out from the files of a snapshot, and read from what is kept beside them; both
must say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from shutil import rmtree
from typing import Any

from django.core.cache import cache
from django.db.models import F

from bench import record
from bench.record import Made
from bench.scene import Unit, read_rows
from bench.workload import Goal, Side, Workload, Wrong
from bench.workloads.fidelity_by_hand import OneItem
from braid.access.queries import places
from braid.facts import commands, fresh, journal, marks, watching
from braid.facts import queries as facts
from braid.facts.models import Snapshot
from braid.facts.reading import Facts
from braid.fidelity import stored
from braid.fidelity.live import asking, board, kept, live, treatment
from braid.packs import scales
from braid.site.demo.cast import SAM
from braid.work.models import Contact


def workloads(made: Made) -> Iterator[Workload]:
    """Yield a page in three states, a unit from its facts, one item, and all units."""
    unit = _Page(made)
    yield Workload(
        name="live fidelity, nothing new",
        ours=Side(unit.page),
        peer=None,
        floor=Side(unit.look),
        check=unit.check,
        goals=(Goal("cpu", 50),),
        calls=5,
    )
    yield Workload(
        name="live fidelity, a contact later",
        ours=Side(unit.page, before=unit.correct),
        peer=Side(unit.work_out_anew, before=unit.correct),
        floor=Side(unit.draw_and_leave),
        check=unit.check,
        goals=(Goal("cpu", 200), Goal("to_peer", 0.75)),
        rounds=5,
        calls=1,
    )
    yield Workload(
        name="live fidelity, first in a process",
        ours=Side(unit.page, before=unit.forget),
        peer=None,
        floor=Side(unit.draw_and_leave),
        check=unit.check,
        rounds=5,
        calls=1,
    )
    yield Workload(
        name="live fidelity from facts",
        ours=Side(unit.work_out),
        peer=None,
        floor=Side(unit.read),
        check=unit.check,
        goals=(Goal("cpu", 200),),
        rounds=5,
        calls=1,
    )
    item = OneItem(unit, unit.days)
    yield Workload(
        name="live fidelity, one item by day",
        ours=Side(item.by_measure),
        peer=Side(item.by_pandas),
        floor=Side(item.by_hand),
        check=item.check,
        goals=(Goal("to_peer", 0.2), Goal("to_floor", 1.5)),
        calls=3,
    )
    yield from _of_all(_OfAll(made))


def _of_all(every: _OfAll) -> Iterator[Workload]:
    try:
        yield Workload(
            name="live fidelity of all units",
            ours=Side(every.work_out),
            peer=None,
            floor=Side(every.read),
            check=every.check,
            goals=(Goal("cpu", 300),),
            rounds=3,
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


class _Page(Unit):
    """The page of live fidelity of a unit, as its supervisor opens it."""

    def __init__(self, made: Made) -> None:
        super().__init__(made)
        of = asking.scope(self.actor, self.id)
        self._asked = asking.asked(of, {}, self.day)
        self._scale = scales.get(stored.USUAL)
        self._columns = (treatment.MEETINGS,)
        self._found: list[Any] = []
        contacts = Contact.objects.system("which contact the benchmarks correct")
        self._contact = contacts.filter(episode__unit=self.team).latest("day").pk
        self.days = (self.day, *board.ends_of_quarters(self.day))

    def page(self) -> None:
        found = kept.page(self.actor, self._asked, columns=self._columns)
        self._found.append(found.board)

    def work_out_anew(self) -> None:
        """Draw everything and work everything out, with nothing that is kept."""
        with self.draw() as drawn:
            self._found.append(board.board_of(drawn, self._asked))
            for column in self._columns:
                treatment.by_team(drawn, self._asked, column)

    def work_out(self) -> None:
        """Work the items out from facts that are drawn."""
        live(self.facts, self._scale, days=[self.day], units=[self.id])

    def look(self) -> None:
        """See whether anything was noted, as little as can be asked."""
        watching.is_complete()
        journal.last_position()

    def correct(self) -> None:
        """Let somebody correct a contact."""
        rows = Contact._base_manager.filter(pk=self._contact)
        rows.update(minutes=F("minutes") + 1)
        self._found.clear()

    def forget(self) -> None:
        """Let go of all that is kept, here and for other processes."""
        fresh.forget()
        marks.forget()
        cache.clear()
        self._found.clear()

    def check(self) -> None:
        """Hold what is kept against a board worked out of everything anew."""
        with self.draw() as drawn:
            expected = board.board_of(drawn, self._asked)
        if not any(one.figures for one in expected.now.items):
            raise Wrong("no item has a figure")
        if any(found != expected for found in self._found[-1:]):
            raise Wrong("the page is not what all facts drawn anew say")


class _OfAll:
    """The snapshot of everything that one office oversees; built when it is asked for."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._scale = scales.get(stored.USUAL)
        self._said: dict[str, object] = {}

    @cached_property
    def _snapshot(self) -> Snapshot:
        actor = places(record.member(SAM), record.noon(self._made.day))[0].actor
        built = commands.build(actor=actor, today=self._made.day, afresh=True)
        found = Snapshot.objects.get(pk=built.manifest.snapshot)
        stored.keep(found)
        return found

    @cached_property
    def _facts(self) -> Facts:
        return facts.opened(self._snapshot)

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
        read_rows(self._facts)

    def check(self) -> None:
        """Both ways must come to the same items, of some units."""
        said = list(self._said.values())
        if any(one != said[0] or not one for one in said):
            raise Wrong("what is kept is not what is worked out")

    def take_away(self) -> None:
        if "_snapshot" in self.__dict__:
            if "_facts" in self.__dict__:
                self._facts.close()
            rmtree(self._snapshot.folder)
            self._snapshot.delete()
