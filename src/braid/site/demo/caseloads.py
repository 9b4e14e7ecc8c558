"""Who has which episode: by team and by room, handed over when a specialist leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from braid.site.demo import cast
from braid.site.demo.cast import Specialist
from braid.site.demo.days import DAY
from braid.site.demo.values import Holder, Life

FULL = 20  # episodes that a full-time specialist has at most


class Caseloads:
    """Gives episodes to the specialists of a unit in the order of acceptance."""

    def __init__(
        self,
        specialists: Iterable[Specialist],
        first_day: date,
        today: date,
        reserved: Mapping[str, int],
    ) -> None:
        self._first_day, self._today = first_day, today
        self._specialists = tuple(specialists)
        self._room = {
            each.key: FULL * float(each.fte) - reserved.get(each.key, 0)
            for each in self._specialists
        }
        self._held: dict[str, list[tuple[date, date | None]]] = {
            each.key: [] for each in self._specialists
        }

    def assign(self, lives: Iterable[Life]) -> list[Life]:
        """Return the lives with their holders."""
        return [
            self._with_holders(life)
            for life in sorted(lives, key=lambda life: life.accepted_on or date.max)
        ]

    def in_post(self, each: Specialist) -> tuple[date, date | None]:
        """Return the first and last day of a specialist in the unit."""
        return cast.in_post(each, self._first_day, self._today)

    def _with_holders(self, life: Life) -> Life:
        if life.accepted_on is None:
            waits = bool(life.states)
            holders = (Holder(None, life.referred_on),) if waits else ()
            return replace(life, holders=holders)
        holders = ()
        if (life.accepted_on - life.referred_on).days > 14:
            holders = (Holder(None, life.referred_on, life.accepted_on - DAY),)
        return replace(life, holders=(*holders, *self._shares(life, life.accepted_on)))

    def _shares(self, life: Life, first: date) -> tuple[Holder, ...]:
        last = life.exited_on - DAY if life.exited_on else None
        ended = "exit" if last else ""
        chosen = self._freest(life.team, first)
        leaves = self.in_post(chosen)[1]
        if leaves is None or (last is not None and last <= leaves):
            self._held[chosen.key].append((first, last))
            return (Holder(chosen.key, first, last, ended),)
        self._held[chosen.key].append((first, leaves))
        after = self._shares(life, leaves + DAY)
        return (Holder(chosen.key, first, leaves, "specialist_left"), *after)

    def _freest(self, team: str, day: date) -> Specialist:
        present = [each for each in self._specialists if self._is_in_post(each, day)]
        of_team = [each for each in present if team in each.teams]
        return min(of_team or present, key=lambda each: self._fullness(each, day))

    def _is_in_post(self, each: Specialist, day: date) -> bool:
        first, last = self.in_post(each)
        # Nobody new is given to somebody who leaves within two weeks.
        return first <= day and (last is None or day < last - 14 * DAY)

    def _fullness(self, each: Specialist, day: date) -> float:
        held = sum(
            first <= day and (last is None or day <= last)
            for first, last in self._held[each.key]
        )
        return (held + 1) / max(self._room[each.key], 0.5)
