"""What facts say of each item of a scale, for units and days at once.

One statement a word answers all units, specialists and days together. What the record
says in part has a floor and a ceiling; what reviewers judge has signals; neither has a
score, and the sum of all is an interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from braid.fidelity.quantities import QUANTITIES, Quantity, counted
from braid.kernel.errors import InputFault
from braid.method.measures import Asked
from braid.method.scales import (
    PER_ES,
    Interval,
    Item,
    Lift,
    Rules,
    Scale,
    Scored,
    interval,
    programme,
    rules_of,
    scored,
    what_would_raise,
)
from braid.packs import measures, scales

if TYPE_CHECKING:
    from braid.facts.reading import Facts
    from braid.fidelity.quantities.shape import Amounts, Quantities
    from braid.packs.measures import Measure
    from braid.packs.measures.figures import Figure

UNIT, STAFF = "unit_id", "staff_id"
ANSWERED = "ips-25"  # the scale whose items the quantities are numbered by
SIGNALS = "signals"
Place = tuple[str, date]


@dataclass(frozen=True, slots=True)
class OfSpecialist:
    """What one specialist was rated by, and the score; None where there is nothing."""

    staff: str | None
    quantities: Mapping[str, Any] | None
    scored: Scored | None


@dataclass(frozen=True, slots=True)
class LiveItem:
    """What the facts say of one item of one unit on one day.

    `figures` are those of its measures, `quantities` what the scale scored; both are
    empty where no measure answers the item. `signals` stand beside an item of judgement.
    """

    item: Item
    scored: Scored
    figures: Mapping[str, Figure] = field(default_factory=dict)
    quantities: Mapping[str, Any] | None = None
    signals: Mapping[str, Fraction | None] = field(default_factory=dict)
    specialists: tuple[OfSpecialist, ...] = ()
    lift: Lift | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """All items of one unit on one day, and between which totals it lies."""

    unit: str
    day: date
    items: tuple[LiveItem, ...]
    interval: Interval


def live(
    facts: Facts,
    scale: Scale,
    *,
    days: Sequence[date],
    units: Iterable[str] | None = None,
    rules: Rules | None = None,
) -> dict[Place, Live]:
    """Return the items of each unit on each day, by default of all units of the facts.

    Raises: InputFault (`after_the_facts`) for a day after the facts, and
    (`rule_of_gathering`) for another variant of a rule that no score rests on.
    """
    rules = rules or rules_of(scale)
    _must_be_of_scores(rules)
    asked = _Asked(facts, scale, days)
    found = facts.units if units is None else list(units)
    return {
        (unit, day): _of_unit(scale, rules, asked, unit, day)
        for unit in found
        for day in days
    }


def _must_be_of_scores(rules: Rules) -> None:
    """See that no rule is set otherwise that is about how figures are gathered.

    The measures gather in one way; another variant would be named and change nothing.
    """
    for rule in rules.rules:
        chosen = rules.chosen.get(rule.id, rule.default)
        if chosen != rule.default and not rule.settles:
            raise InputFault(
                f"'{rule.id}' says how figures are gathered, and live figures follow "
                f"'{rule.default}'. Leave it out, or score the item from your own "
                "quantities with `braid fidelity item`.",
                field="rule",
                reason="rule_of_gathering",
            )


def measures_of(scale: Scale) -> tuple[str, ...]:
    """Return the ids of the measures that answer items of a scale, each once."""
    known = (quantity_of(item) for item in scale.items)
    return tuple(dict.fromkeys(name for one in known if one for name in one.measures))


def quantity_of(item: Item) -> Quantity | None:
    """Return how the facts answer an item, None where they do not.

    Another scale's item is answered as that of the 25-item scale with the same key,
    where both are scored from the same quantities.
    """
    known = _items().get(item.key)
    if known is None or item.quantity is None or known.quantity is None:
        return None
    same = known.quantity.word == item.quantity.word
    return QUANTITIES.get(known.no) if same else None


@cache
def _items() -> Mapping[str, Item]:
    return {item.key: item for item in scales.get(ANSWERED).items}


class _Asked:
    """The figures of all measures of a scale, by unit and day, and by specialist."""

    def __init__(self, facts: Facts, scale: Scale, days: Sequence[date]) -> None:
        self._whole: dict[Place, dict[str, Figure]] = defaultdict(dict)
        self._staff: dict[Place, dict[str | None, dict[str, Amounts]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        packs = measures.load()
        per_specialist = {
            name
            for item in scale.items
            if (quantity := quantity_of(item)) and quantity.per_specialist
            for name in quantity.measures
        }
        for name in measures_of(scale):
            self._ask(facts, packs[name], days, by_staff=name in per_specialist)

    def _ask(
        self, facts: Facts, measure: Measure, days: Sequence[date], *, by_staff: bool
    ) -> None:
        keys = [UNIT, STAFF] if by_staff else [UNIT]
        name = "fidelity", measure.id, by_staff, tuple(days)
        of_units, of_staff = facts.remembered(
            name, lambda: _figures(facts, measure, days, keys)
        )
        for figure in of_units:
            unit = figure.group[UNIT]
            if unit is not None:
                self._whole[unit, figure.period.last_day][measure.id] = figure
        named = {day.isoformat(): day for day in days}
        for (period, (unit, staff)), amounts in of_staff.items():
            if unit is not None:
                self._staff[unit, named[period]][staff][measure.id] = amounts

    def of_unit(self, place: Place, quantity: Quantity) -> dict[str, Figure]:
        found = self._whole.get(place, {})
        return {name: found[name] for name in quantity.measures if name in found}

    def of_specialists(
        self, place: Place, quantity: Quantity
    ) -> Iterator[tuple[str, dict[str, Amounts]]]:
        """Yield each specialist with the amounts of an item, in the order of the ids."""
        found = self._staff.get(place, {})
        for staff in sorted(name for name in found if name is not None):
            amounts = found[staff]
            kept = {
                name: amounts[name] for name in quantity.measures if name in amounts
            }
            if kept:
                yield staff, kept


def _figures(
    facts: Facts, measure: Measure, days: Sequence[date], keys: list[str]
) -> tuple[list[Figure], Mapping[tuple[str, tuple[str | None, ...]], Amounts]]:
    """Return the figures of units, and sums alone by all keys where there are more."""
    from braid.facts.measuring import measured

    periods = [period_of(measure, day) for day in days]
    answer = measured(measure, facts, periods=periods, keys=keys)
    by_all = answer.sums(keys) if len(keys) > 1 else {}
    return answer.figures([UNIT]), by_all


def period_of(measure: Measure, day: date) -> Asked:
    """Return the window of a measure that ends on a day, under the name of the day."""
    back = (measure.window.trailing_days or 1) - 1
    return Asked(day.isoformat(), day - timedelta(back), day, day)


def _of_unit(scale: Scale, rules: Rules, asked: _Asked, unit: str, day: date) -> Live:
    items = tuple(_of_item(item, rules, asked, (unit, day)) for item in scale.items)
    bounds = {one.item.no: (one.scored.floor, one.scored.ceiling) for one in items}
    return Live(unit, day, items, interval(scale, bounds))


def _of_item(item: Item, rules: Rules, asked: _Asked, place: Place) -> LiveItem:
    quantity = quantity_of(item)
    if quantity is None:
        return LiveItem(item, open_score(item))
    figures = asked.of_unit(place, quantity)
    if quantity.per_specialist:
        return _of_specialists(item, rules, quantity, asked, place, figures)
    found = quantity.read(_amounts(figures))
    if found is None or SIGNALS in found:
        return LiveItem(
            item, open_score(item), figures, signals=(found or {}).get(SIGNALS, {})
        )
    score = scored(item, found, rules=rules)
    lift = what_would_raise(item, score, found, rules=rules)
    return LiveItem(item, score, figures, found, lift=lift)


def _of_specialists(
    item: Item,
    rules: Rules,
    quantity: Quantity,
    asked: _Asked,
    place: Place,
    figures: Mapping[str, Figure],
) -> LiveItem:
    each = [
        _of_specialist(item, rules, staff, quantity.read(theirs))
        for staff, theirs in asked.of_specialists(place, quantity)
    ]
    signals = quantity.read(_amounts(figures)) if figures else None
    if signals is not None and SIGNALS in signals:
        return LiveItem(item, open_score(item), figures, signals=signals[SIGNALS])
    rated = [one.scored for one in each if one.scored is not None]
    whole = programme(item, rated, rules=rules)
    scores = {PER_ES: [one.score for one in rated]}
    clear = None not in scores[PER_ES] and bool(rated)
    lift = what_would_raise(item, whole, scores, rules=rules) if clear else None
    return LiveItem(
        item, whole, figures, scores if clear else None, {}, tuple(each), lift
    )


def _of_specialist(
    item: Item, rules: Rules, staff: str, found: Quantities | None
) -> OfSpecialist:
    if found is None or SIGNALS in found:
        return OfSpecialist(staff, None, None)
    return OfSpecialist(staff, found, scored(item, found, rules=rules))


def _amounts(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {name: counted(figure) for name, figure in figures.items()}


def open_score(item: Item) -> Scored:
    """Return that nothing is known of an item: from the lowest score to the highest."""
    return Scored(
        item=item,
        status="insufficient",
        score=None,
        floor=1,
        ceiling=5,
        value=None,
        rule=(),
        notes=(),
        extras={},
    )
