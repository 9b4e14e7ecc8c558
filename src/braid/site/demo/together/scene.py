"""One unit of the demo as its meetings see it: who is there, who agreed to what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from braid.access.models import Team
from braid.site.demo import cast, tables
from braid.site.demo.agreed import Around
from braid.site.demo.days import is_workday, pace, workday_from
from braid.site.demo.dice import Dice
from braid.site.demo.keys import Keys
from braid.site.demo.values import Life, UnitRecord

WEEK = timedelta(days=7)
OF_TEAM, OF_JOB_CENTRE = "treatment", "job_search_support"


@dataclass(frozen=True, slots=True)
class Person:
    """One course with what was agreed in it."""

    episode_id: UUID
    life: Life
    around: Around

    def shares(self, purpose: str, day: date) -> frozenset[str]:
        """Return the classes that a receiver reads on a day, for a purpose."""
        return self.around.shares(purpose, day)

    def is_open(self, day: date) -> bool:
        accepted, exited = self.life.accepted_on, self.life.exited_on
        return accepted is not None and accepted <= day < (exited or date.max)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that the meetings of one unit lean on."""

    unit: Team
    record: UnitRecord
    people: Sequence[Person]
    keys: Keys
    today: date
    first_day: date
    seed: int

    @property
    def words(self) -> Any:
        return tables.load()["together"]

    def dice(self, purpose: str) -> Dice:
        return Dice(f"{self.seed} {self.record.unit} {purpose}")

    def habits(self, team: str) -> dict[str, Any]:
        """Return how a treatment team or job centre works together with the unit."""
        found: dict[str, Any] = self.words["teams"][team]
        return found

    def staff(self, key: str | None) -> UUID | None:
        return self.keys.staff.get(key or "")

    def on_caseload(self, team: str, day: date) -> list[Person]:
        return [
            one for one in self.people if one.life.team == team and one.is_open(day)
        ]

    def specialists(self, day: date) -> list[UUID]:
        """Return who had somebody of the unit on a day, in order."""
        held = {one.life.holder_on(day) for one in self.people if one.is_open(day)} - {
            None
        }
        return [self.keys.staff[str(key)] for key in sorted(map(str, held))]

    @property
    def supervisor(self) -> UUID:
        return next(
            self.keys.staff[each.key]
            for each in cast.colleagues()
            if each.works_as == "supervisor" and each.team == self.record.unit
        )

    def colleagues(self, team: str, works_as: str) -> list[UUID]:
        return [
            self.keys.staff[each.key]
            for each in cast.colleagues()
            if each.works_as == works_as and each.team == team
        ]

    def every(self, weeks: int, weekday: int, dice: Dice) -> Iterator[date]:
        """Yield the workdays on which something takes place every some weeks."""
        day = self.first_day
        day += timedelta((weekday - day.weekday()) % 7)
        while day < self.today:
            if is_workday(day) and dice.chance(pace(day)):
                yield day
            day += weeks * WEEK

    @property
    def next_workday(self) -> date:
        return workday_from(self.today)
