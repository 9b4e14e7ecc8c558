"""Telling edits and records in plain values: days, codes, and names instead of ids."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from braid.exchange import linked
from braid.exchange.choices import LinkKind
from braid.exchange.commands import wanted
from braid.exchange.commands.values import Ids
from braid.exchange.comparing import Edit, Standing
from braid.exchange.differences import FieldChange, Told

DESCRIBED: Mapping[str, tuple[str, ...]] = {
    LinkKind.CASELOAD: ("referred_on", "accepted_on", "exited_on"),
    LinkKind.CONTACTS: ("day", "staff_id", "mode", "minutes"),
    LinkKind.EMPLOYER_CONTACTS: ("day", "employer_id", "staff_id"),
    LinkKind.JOBS: ("employer_id", "title", "first_day", "last_day"),
    LinkKind.MEETINGS: ("day", "team_id", "staff_id"),
}
"""The fields by which a reader knows a record of each kind again."""
OF_PART: Mapping[str, tuple[str, ...]] = {
    wanted.IDENTIFIER: ("value",),
    wanted.ENTRY: (),  # the episode's own state tells it
    wanted.NOTE: ("text",),
    wanted.CASELOAD: ("specialist_id", "first_day", "last_day"),
    wanted.TREATMENT: ("team_id", "first_day", "last_day"),
    wanted.TERMS: (
        *("first_day", "last_day", "weekly_hours", "pay", "pay_unit", "currency"),
    ),
    wanted.PAID_WORK: ("first_day", "last_day", "hours"),
}
"""What is told of a part that is made or goes."""
BLANK = (None, "")


class Teller:
    """Knows what the records are called that edits and standing records name.

    All of them are noted first, then their names are read at once.
    """

    def __init__(self, ids: Ids, applicants: Iterable[UUID]) -> None:
        self._wanted: dict[str, set[UUID]] = {linked.APPLICANT: set(applicants)}
        self._names: dict[str, Mapping[UUID, Any]] = {}
        known = (
            (linked.USER, ids.staff),
            (linked.TEAM, ids.teams),
            (linked.EMPLOYER, ids.employers),
        )
        for kind, named in known:
            keys = {key for key in named.values() if isinstance(key, UUID)}
            self._wanted[kind] = keys

    def note(self, edits: Iterable[Edit]) -> None:
        for one in edits:
            for values in (one.before, one.after):
                self._note(one.kind, values)

    def note_described(self, standing: Standing) -> None:
        self._note(standing.kind, standing.values)

    def _note(self, kind: str, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            target = linked.points_at(kind, name)
            if target in linked.NAMED_BY and isinstance(value, UUID):
                self._wanted.setdefault(target, set()).add(value)

    def _name(self, kind: str, key: UUID) -> Any:
        if kind not in self._names:
            self._names[kind] = linked.named(kind, self._wanted.get(kind, ()))
        return self._names[kind].get(key, "")

    def person(self, key: UUID | None) -> str:
        """Return what somebody is called, '' for nobody."""
        return str(self._name(linked.APPLICANT, key)) if key else ""

    def changes(self, edits: Iterable[Edit]) -> Iterator[FieldChange]:
        """Yield what differs, field by field; blank fields of new parts are left out."""
        for one in edits:
            names = one.after if one.does == "change" else OF_PART[one.kind]
            for name in names:
                old = self._plain(one.kind, name, one.before.get(name))
                new = self._plain(one.kind, name, one.after.get(name))
                if one.does == "change" or old not in BLANK or new not in BLANK:
                    field = name.removesuffix("_id")
                    yield FieldChange(one.kind, field, one.does, old, new)

    def described(
        self, row_kind: str, kind: str, values: Mapping[str, Any]
    ) -> Iterator[Told]:
        """Yield the fields by which a record is known again, without blank ones."""
        for name in DESCRIBED.get(row_kind, ()):
            value = self._plain(kind, name, values.get(name))
            if value not in BLANK:
                yield Told(kind, name.removesuffix("_id"), value)

    def _plain(self, kind: str, name: str, value: Any) -> Any:
        if isinstance(value, UUID):
            target = linked.points_at(kind, name)
            value = self._name(target, value) if target in linked.NAMED_BY else ""
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Decimal):
            return format(value.normalize(), "f")
        if value is None or isinstance(value, bool | int):
            return value
        return str(value)
