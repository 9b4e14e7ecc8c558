"""What the service said when asked: found for a row, checked, and put in its place."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from braid.exchange.roster.cells import MOST_HOURS, MOST_PAID_HOURS, MOST_PAY
from braid.exchange.roster.codes import INTERNSHIP, UNPAID_INTERNSHIP
from braid.exchange.roster.columns import DAYS, LIST_OF, STAFF
from braid.exchange.roster.drafts import DECISIONS, Draft
from braid.exchange.roster.plan import (
    Answer,
    AnswerFault,
    AnswerValue,
    Place,
)
from braid.exchange.roster.values.texts import clean
from braid.exchange.roster.who import Roll
from braid.exchange.roster.wording import N_, say
from braid.packs.layouts import FIELDS, LISTS

MOST: Mapping[str, int] = {
    "hours": MOST_HOURS,
    "new_hours": MOST_HOURS,
    "paid_hours": MOST_PAID_HOURS,
    "wage": MOST_PAY,
}
MINUTES_A_DAY = 24 * 60


class Unusable(ValueError):
    """An answer that is not of the kind that its field wants."""


class Answers:
    """The answers at hand: those given now by row, and those remembered by content."""

    def __init__(
        self,
        given: Iterable[Answer],
        remembered: Mapping[tuple[str, str | None], AnswerValue],
        specialists: Roll,
        teams: Roll,
    ) -> None:
        self._given: dict[Place, dict[str, Any]] = {}
        for answer in given:
            self._given.setdefault(answer.place, {}).update(answer.answer)
        self._remembered: dict[str, dict[str, Any]] = {}
        for (fingerprint, _), value in remembered.items():
            self._remembered.setdefault(fingerprint, {}).update(value)
        self._specialists = specialists
        self._teams = teams
        self._met: set[Place] = set()
        self.faults: list[AnswerFault] = []

    def give(self, draft: Draft) -> None:
        """Hand a row its answers, and put those about fields in their place."""
        if not self._given and not self._remembered:
            return
        remembered = self._remembered.get(draft.fingerprint, {})
        given = self._given.get(draft.place)
        if given is not None:
            self._met.add(draft.place)
        answer = {**remembered, **given} if given else remembered
        draft.answer = {
            key: value
            for key, value in answer.items()
            if key in DECISIONS or self._usable(draft, key, value)
        }

    def _usable(self, draft: Draft, key: str, value: Any) -> bool:
        """Put an answer about a field in place of what was read, if it is of use."""
        twin = draft.source.twin
        kind = draft.source.kind
        if twin and key not in FIELDS[kind] and key in FIELDS.get(twin.kind, ()):
            return False  # it is for the other thing that the row tells of
        try:
            self._put(draft, key, value)
        except (InvalidOperation, ValueError, TypeError):
            text = N_("The answer for “%(field)s” cannot be used. Give it anew.")
            self._fault(draft.place, key, text)
            return False
        return True

    def name_strangers(self) -> None:
        """Name the answers for rows that the files do not have."""
        for place in self._given.keys() - self._met:
            text = N_("The files have no such data row. Check file, sheet and row.")
            self._fault(place, None, text)

    def unknown_person(self, draft: Draft) -> None:
        """Name an answer that points at nobody."""
        text = N_("The answer names nobody on the caseload list. Give it anew.")
        self._fault(draft.place, "client", text)

    def _fault(self, place: Place, name: str | None, text: str) -> None:
        sentence = say(text, field=name) if name and "%(field)s" in text else say(text)
        self.faults.append(AnswerFault(place, name, sentence))

    def _put(self, draft: Draft, name: str, value: Any) -> None:
        kind = draft.source.kind
        if name not in FIELDS[kind]:
            raise Unusable
        parsed = self._parsed(kind, name, value)
        if parsed is None:
            draft.cells.pop(name, None)
        else:
            draft.cells[name] = parsed
        draft.answered = draft.answered | {name}

    def _parsed(self, kind: str, name: str, value: Any) -> Any:
        if value is None:
            return None
        if name in DAYS:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        if name == "minutes":
            return int(_up_to(MINUTES_A_DAY, Decimal(str(value)).to_integral_exact()))
        if name in MOST:
            return _up_to(MOST[name], Decimal(str(value)))
        if name in STAFF or name == "team":
            roll = self._teams if name == "team" else self._specialists
            meant = roll.resolve(clean(str(value)))[0]
            if meant is None and roll.names:
                raise Unusable
            return meant or clean(str(value))
        if (kind, name) in LIST_OF:
            return _word(LIST_OF[kind, name], value)
        return clean(str(value))


def _up_to(most: int, number: Decimal) -> Decimal:
    if not number.is_finite() or not 0 <= number <= most:
        raise Unusable
    return number


def _word(list_name: str, value: Any) -> str:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    word = INTERNSHIP if value == UNPAID_INTERNSHIP else str(value)
    if word not in LISTS[list_name]:
        raise Unusable
    return word
