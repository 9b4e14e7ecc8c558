"""Weeks, months and pay periods of a case, and whether each one holds enough."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from braid.kernel.dates import add_months, iso_week_start
from braid.method.contracts.conditions import Known, compares
from braid.method.contracts.shape import Threshold, Window
from braid.method.contracts.work import Held, Measure, Value, Work
from braid.method.measures.words import Row

ONE_DAY = timedelta(1)
WEEK = 7
HOURS = ("weekly_hours", "paid_hours")


@dataclass(frozen=True, slots=True)
class Slot:
    """A week, month or pay period, both days inside."""

    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


def weeks(origin: date, kind: str, last_day: date) -> list[Slot]:
    """Return the weeks from the one that holds a day, up to one that ends by another."""
    begins = iso_week_start(origin) if kind == "iso" else origin
    number = ((last_day - begins).days + 1) // WEEK
    return [
        Slot(first, first + timedelta(WEEK - 1))
        for n in range(max(0, number))
        for first in [begins + timedelta(WEEK * n)]
    ]


def months(origin: date, last_day: date) -> list[Slot]:
    """Return the calendar months from the one that holds a day, that are over."""
    found, first = [], origin.replace(day=1)
    while (last := add_months(first, 1) - ONE_DAY) <= last_day:
        found.append(Slot(first, last))
        first = last + ONE_DAY
    return found


def pay_periods(rows: Sequence[Row], origin: date) -> list[Slot]:
    """Return the periods of paid work that end on a day or later, in order."""
    found = {(row["first_day"], row["last_day"]) for row in rows}
    return [Slot(first, last) for first, last in sorted(found) if last >= origin]


def months_before(day: date, number: int) -> list[Slot]:
    """Return so many calendar months before the one that holds a day."""
    first = day.replace(day=1)
    return [
        Slot(begins, add_months(begins, 1) - ONE_DAY)
        for n in range(number, 0, -1)
        for begins in [add_months(first, -n)]
    ]


def weeks_before(day: date, number: int) -> list[Slot]:
    """Return so many times seven days before a day."""
    return [
        Slot(day - timedelta(WEEK * n), day - timedelta(WEEK * (n - 1) + 1))
        for n in range(number, 0, -1)
    ]


ValueOf = Callable[[str, Slot], Value]
"""What a slot holds of a measure."""


def of_jobs(work: Work, jobs: Sequence[Held], sick_counts: bool | None) -> ValueOf:
    """Return what jobs held in a slot, hours a week where those are asked for."""

    def value(measure: str, slot: Slot) -> Value:
        if measure not in HOURS:
            return work.total(jobs, _money(measure), slot.first_day, slot.last_day)
        found = work.total(jobs, "hours", slot.first_day, slot.last_day, sick_counts)
        if measure == "paid_hours" or slot.days == WEEK:
            return found
        return Value(found.amount * WEEK / slot.days, found.known)

    return value


def of_earnings(rows: Sequence[Row], as_of: date) -> ValueOf:
    """Return what was earned in a slot, in any job; an amount is spread over its days."""
    known = [row for row in rows if row["last_day"] <= as_of]

    def value(measure: str, slot: Slot) -> Value:
        column = "hours" if measure in HOURS else measure
        total = Fraction(0)
        for row in known:
            if row[column] is None:
                continue
            first, last = row["first_day"], row["last_day"]
            inside = (min(last, slot.last_day) - max(first, slot.first_day)).days + 1
            length = (last - first).days + 1
            if inside == length:
                total += Fraction(row[column])
            elif inside > 0:
                total += Fraction(row[column]) * inside / length
        if measure == "weekly_hours" and slot.days != WEEK:
            total = total * WEEK / slot.days
        return Value(total)

    return value


def _money(measure: str) -> Measure:
    return "gross" if measure == "gross" else "net"


def satisfies(known: Known, threshold: Threshold, found: Value, day: date) -> bool:
    """Say whether a value satisfies a threshold on a day. Raises Unbound.

    What is not fully known satisfies only what more could not undo. A level that is not
    known for the year is never satisfied.
    """
    rises = threshold.at_least is not None or threshold.above is not None
    edges = {
        name: known.edge(given, day)
        for name in ("at_least", "above", "at_most", "below")
        for given in [getattr(threshold, name)]
        if given is not None
    }
    if None in edges.values() or not (found.known or rises):
        return False
    return compares(_Given(**edges), found.amount)


class _Given:
    """The comparison of a threshold with its numbers looked up."""

    def __init__(self, **edges: object) -> None:
        for name in ("at_least", "above", "at_most", "below"):
            setattr(self, name, edges.get(name))


def completing(
    good: Iterable[bool], window: Window, *, repeated: bool
) -> Iterator[tuple[int, int]]:
    """Yield the slots that complete n of `of`, each with the first of its n.

    From the start only the first `of` slots are looked at. One that is not `repeated`
    yields every slot in which the rule is satisfied; else none is used twice.
    """
    found: list[int] = []
    for number, is_good in enumerate(good):
        if window.anchor == "start" and number >= window.of:
            return
        if not is_good:
            continue
        found.append(number)
        if len(found) < window.n:
            continue
        first = found[-window.n]
        span = window.n if window.consecutive else window.of
        if number - first < span:
            yield first, number
            if repeated:
                found.clear()
