"""What the words of a contract say of one case: days on which they hold, and events."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from braid.kernel.dates import add_months
from braid.method.contracts import spans
from braid.method.contracts.case import Case
from braid.method.contracts.events import Edges, Event, Unbound, compares, in_order
from braid.method.contracts.shape import (
    AllOf,
    AnyOf,
    Bindings,
    Condition,
    Contract,
    Level,
    NoneOf,
    Open,
    Reached,
    Word,
)
from braid.method.contracts.spans import Spans
from braid.method.contracts.words import EVENTS, SPANS
from braid.method.contracts.work import Work

ONE_DAY = timedelta(1)
DIAGNOSIS = "diagnosis_group"


class Known:
    """What is known of a case on a day, in the words of one version of a contract.

    `reached` tells the day on which a milestone is reached, None where it is not.
    """

    def __init__(
        self,
        case: Case,
        contract: Contract,
        as_of: date,
        bindings: Bindings | None,
        reached: Callable[[str], date | None],
    ) -> None:
        self.case = case
        self.contract = contract
        self.as_of = as_of
        self.bindings = bindings
        self._reached = reached
        self._work: dict[str, Work] = {}
        self.entry: Event | None = None
        self.memo: dict[Any, Any] = {}

    def work(self, profile: str = "strict") -> Work:
        """Return the work of the case for a competitive profile."""
        found = self._work.get(profile)
        if found is None:
            found = Work(self.case, self.as_of, profile)  # type: ignore[arg-type]
            self._work[profile] = found
        return found

    # Values

    def bound(self, name: str) -> Any:
        """Return the value of a parameter. Raises Unbound."""
        value = None if self.bindings is None else self.bindings.get(name)
        if value is None:
            raise Unbound(name)
        return value

    def number(self, value: Any) -> Decimal:
        """Return a number, a parameter looked up. Raises Unbound."""
        if isinstance(value, Open):
            value = self.bound(value.parameter)
        return Decimal(value)

    def level(self, name: str, day: date) -> Decimal | None:
        """Return the amount of a level in the year of a day; None where none is known.

        The first of the year whose `when` holds.
        """
        for each in self.contract.levels:
            of_year = each.name == name and each.year == day.year
            if of_year and (each.when is None or self.holds(each.when, day)):
                return each.value
        return None

    def edge(self, value: Any, day: date) -> Decimal | None:
        """Return the number of a comparison on a day; None: a level not known."""
        if isinstance(value, Level):
            return self.level(value.level, day)
        return self.number(value)

    # Conditions

    def holds(
        self, condition: Condition, day: date, *, profile: str = "strict"
    ) -> bool:
        """Say whether a condition holds on a day. Raises Unbound."""
        match condition:
            case Open(parameter=name):
                value = self.bound(name)
                return value == "none" or self.holds(value, day, profile=profile)
            case AnyOf(any_of=parts):
                return any(self.holds(each, day, profile=profile) for each in parts)
            case AllOf(all_of=parts):
                return all(self.holds(each, day, profile=profile) for each in parts)
            case NoneOf(none_of=parts):
                return not any(self.holds(each, day, profile=profile) for each in parts)
            case Reached(milestone=name):
                reached = self._reached(name)
                return reached is not None and reached <= day
            case Word():
                return self.word_holds(condition, day, profile)

    def word_holds(self, word: Word, day: date, profile: str) -> bool:
        if word.word == "weekly_hours":
            work = self.work(profile)
            found = work.hours_on(work.jobs, day)
            return self._compares_hours(word, found.amount, found.known)
        if word.word == "benefit":
            return self.benefit(word, day)
        return spans.holds(self._spans(word, profile), day)

    def _compares_hours(self, word: Word, amount: Any, known: bool) -> bool:
        rises = word.at_least is not None or word.above is not None
        return (known or rises) and compares(self.numbers(word), amount)

    def numbers(self, word: Word) -> Any:
        return Edges(
            *(
                None if value is None else self.number(value)
                for value in (word.at_least, word.above, word.at_most, word.below)
            )
        )

    def benefit(self, word: Word, day: date) -> bool:
        if word.at == "entry":
            if self.entry is None:
                return False
            day = self.entry.day
        first = last = day
        if word.at == "month":
            first = day.replace(day=1)
            last = add_months(first, 1) - ONE_DAY
        return any(
            row["benefit"] in word.among
            and row["first_day"] <= last
            and (row["last_day"] or date.max) >= first
            for row in self.case.of("benefit_spells")
        )

    def spans(self, condition: Condition, profile: str = "strict") -> Spans:
        """Return the days on which a condition holds. Raises Unbound."""
        match condition:
            case Open(parameter=name):
                value = self.bound(name)
                return spans.ALWAYS if value == "none" else self.spans(value, profile)
            case AnyOf(any_of=parts):
                return spans.union(
                    span for each in parts for span in self.spans(each, profile)
                )
            case AllOf(all_of=parts):
                found = spans.ALWAYS
                for each in parts:
                    found = spans.common(found, self.spans(each, profile))
                return found
            case NoneOf(none_of=parts):
                return spans.without(
                    spans.union(s for each in parts for s in self.spans(each, profile))
                )
            case Reached(milestone=name):
                return spans.since(self._reached(name))
            case Word():
                return self._spans(condition, profile)

    def _spans(self, word: Word, profile: str) -> Spans:
        return SPANS[word.word](self, word, profile)

    # Events

    def events(self, condition: Condition, profile: str = "strict") -> list[Event]:
        """Return the events of a condition in order: when it came to hold.

        Of a word each of its rows, of several those after which the whole holds.
        """
        match condition:
            case Open(parameter=name):
                value = self.bound(name)
                return [] if value == "none" else self.events(value, profile)
            case Word():
                return sorted(
                    EVENTS[condition.word](self, condition, profile), key=in_order
                )
            case Reached(milestone=name):
                reached = self._reached(name)
                first = self.case.episodes[0]["episode_id"]
                return [] if reached is None else [Event(reached, name, first)]
            case AnyOf(any_of=parts):
                found = [each for part in parts for each in self.events(part, profile)]
                return sorted(found, key=in_order)
            case AllOf(all_of=parts):
                found = [each for part in parts for each in self.events(part, profile)]
                days = self.spans(condition, profile)
                return [
                    e for e in sorted(found, key=in_order) if spans.holds(days, e.day)
                ]
            case NoneOf():
                first_row = self.case.episodes[0]["episode_id"]
                return [
                    Event(first, first_row, first_row)
                    for first, _ in self.spans(condition, profile)
                    if date.min < first <= self.as_of
                ]

    def first_event(self, condition: Condition) -> Event | None:
        """Return the first event of a condition by the day, if it has come."""
        found = self.events(condition)
        return found[0] if found and found[0].day <= self.as_of else None

    def first_of(self, conditions: Iterable[Condition]) -> Event | None:
        """Return the first event of the first condition that has any."""
        for each in conditions:
            found = self.first_event(each)
            if found is not None:
                return found
        return None


__all__ = ["Event", "Known", "Unbound", "compares"]
