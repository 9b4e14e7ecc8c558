"""One unit whose figures are asked for, as several workloads need it."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from bench import record
from bench.record import Made
from braid.access.models import Team
from braid.access.policy import Actor
from braid.access.queries import places
from braid.facts.extraction import extract
from braid.facts.reading import Facts
from braid.facts.schema import TABLES
from braid.site.demo.cast import BEN


class Unit:
    """The unit of the supervisor, on the day that the record was made for."""

    def __init__(self, made: Made) -> None:
        self.day: date = made.day
        self.actor: Actor = places(record.member(BEN), record.noon(made.day))[0].actor
        self.team = Team.objects.get(pk__in=self.actor.teams)
        self.id = str(self.team.pk)

    @cached_property
    def facts(self) -> Facts:
        """Facts drawn once, which keep nothing of what was asked of them before."""
        return self.draw()

    def draw(self) -> Facts:
        """Draw all facts of the unit from the record."""
        return Facts.of(extract([self.team.pk]), as_of=self.day)

    def draw_and_leave(self) -> None:
        """Draw all facts, and no more."""
        with self.draw():
            pass

    def read(self) -> None:
        """Read every row of the facts once, which is the least that figures take."""
        read_rows(self.facts)


def read_rows(facts: Facts) -> None:
    """Read every row of facts once."""
    for name in TABLES:
        facts.run_sql(f"SELECT bit_xor(hash(one)) AS seen FROM {name} AS one")
