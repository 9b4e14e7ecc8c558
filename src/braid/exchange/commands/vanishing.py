"""Why a record may be missing from the files: a guess in words, never an act. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from braid.exchange.commands import wanted
from braid.exchange.commands.differing import wanted_of
from braid.exchange.commands.values import Ids
from braid.exchange.comparing import Standing, compare
from braid.exchange.roster.plan import Place, Plan, PlannedRow, Vanished

DAY_OF: Mapping[str, str] = {
    "contacts": "day",
    "employer_contacts": "day",
    "jobs": "first_day",
    "meetings": "day",
}
BESIDE = (wanted.ENTRY, wanted.NOTE)
"""What an update adds whatever it changes."""
Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """Why a record is missing; `perhaps` is the new row that it may have become."""

    why: str = ""
    perhaps: Place | None = None


class Guessing:
    """What a plan holds, as far as it tells why a record is not in it."""

    def __init__(self, plan: Plan, ids: Ids) -> None:
        self._plan, self._ids = plan, ids
        self._listed = {p.existing for p in plan.people if p.existing and p.places}
        self._has_list = any(row.kind == "caseload" for row in plan.rows)
        self._first = dict(_first_days(plan.rows))
        self._near: dict[Key, list[PlannedRow]] = {}
        people = {p.record.key: p.existing for p in plan.people if p.existing}
        for row in plan.rows:
            if row.does == "create" and row.record is not None:
                person = people.get(row.person or "")
                for key in _masked(row.kind, person, row.key):
                    self._near.setdefault(key, []).append(row)

    def why(self, gone: Vanished, standing: Standing) -> Guess:
        """Guess why a record is not in the files any more."""
        became = self._became(gone, standing)
        if became is not None:
            return Guess("became", became)
        if self._has_list and gone.person and gone.person not in self._listed:
            return Guess("person_gone")
        day = standing.values.get(DAY_OF.get(gone.kind, ""))
        first = self._first.get(gone.kind)
        if day is not None and first is not None and day < first:
            return Guess("before_first")
        return Guess()

    def _became(self, gone: Vanished, standing: Standing) -> Place | None:
        """Return the one new row that says the same but for a single field."""
        found = {
            row.place
            for key in _masked(gone.kind, gone.person, gone.key)
            for row in self._near.get(key, ())
            if self._differs_once(row, standing)
        }
        return found.pop() if len(found) == 1 else None

    def _differs_once(self, row: PlannedRow, standing: Standing) -> bool:
        edits = compare(standing, wanted_of(row, standing, self._plan, self._ids))
        fields = [
            name
            for one in edits
            if one.kind not in BESIDE
            for name in one.after
            if one.does != "change" or one.kind == standing.kind
        ]
        return len(fields) == 1


def _first_days(rows: Iterable[PlannedRow]) -> Iterator[tuple[str, date]]:
    days: dict[str, list[date]] = {}
    for row in rows:
        day = getattr(row.record, DAY_OF.get(row.kind, ""), None)
        if day is not None:
            days.setdefault(row.kind, []).append(day)
    return ((kind, min(some)) for kind, some in days.items())


def _masked(kind: str, person: str | None, key: str) -> Iterator[Key]:
    """Yield a natural key with each of its parts left out in turn."""
    parts = key.split("|")
    for at in range(len(parts)):
        yield kind, person, str(at), *parts[:at], *parts[at + 1 :]
