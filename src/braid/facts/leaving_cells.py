"""Lay figures out as cells of one table: every count that they tell, and what adds up.

Links are made wherever they hold in the figures themselves, so that nobody can use one
that was not reckoned with; a link that holds by chance only hides more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from braid.facts import leaving_overlaps as overlaps
from braid.method.small_numbers.rules import Sum
from braid.packs import measures
from braid.packs.measures.statistics import Times

if TYPE_CHECKING:
    from braid.packs.measures import Measure
    from braid.packs.measures.figures import Figure

Key = TypeVar("Key", bound=Hashable)
Kind = tuple[str, str]
"""What a number of a figure is: an amount, rows, what is left out for a reason."""
ROWS: Kind = ("rows", "")
PLAIN: Kind = ("count", "")
SUMS = frozenset({"days", "minutes", "hours", "fte", "pay", "gross", "net", "cost"})
"""Words in the name of an amount that adds up other things than it counts."""
MOST_PARTS = 3  # of an amount that is found to be the sum of others


class Adds(NamedTuple, Generic[Key]):
    """The figure `whole` is the sum of the figures `parts`, and of what none counts."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass(slots=True)
class Cells:
    """Counts, which add up, which are parts of a rate, and where each number stands.

    `unsaid` are rests of nothing, which nobody prints and nobody knows to be nothing.
    `together` are figures of which the first is the sum of the others.
    """

    counts: list[int] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    of_rates: set[int] = field(default_factory=set)
    unsaid: set[int] = field(default_factory=set)
    places: dict[Hashable, dict[Kind, int]] = field(default_factory=dict)
    together: list[tuple[Hashable, ...]] = field(default_factory=list)

    def add(self, key: Hashable, counted: Mapping[Kind, int]) -> None:
        """Give each count of a figure a place."""
        first = len(self.counts)
        self.places[key] = {kind: first + n for n, kind in enumerate(counted)}
        self.counts.extend(counted.values())

    def of(self, key: Hashable, kind: Kind) -> int:
        """Return a count, nought where the figure does not tell it."""
        at = self.places[key].get(kind)
        return 0 if at is None else self.counts[at]

    def is_sum(
        self, whole: tuple[Hashable, Kind], *parts: tuple[Hashable, Kind]
    ) -> None:
        """Note that a number is the sum of others, where figures tell all and it holds."""
        named = [self.places[key].get(kind) for key, kind in (whole, *parts)]
        found = [at for at in named if at is not None]
        if len(found) < len(named) or len(found) < 2 or found[0] in found[1:]:
            return
        if self.counts[found[0]] == sum(self.counts[at] for at in found[1:]):
            self.sums.append(Sum(found[0], tuple(found[1:])))

    def is_rate(self, hits: tuple[Hashable, Kind], rest: tuple[Hashable, Kind]) -> None:
        """Note the two parts of a rate, of which nought tells as much as all."""
        self.of_rates |= {self.places[key][kind] for key, kind in (hits, rest)}

    def link(self, adds: Adds[Any], *, is_whole: bool = True) -> Hashable | None:
        """Link a figure to its parts; return what stands for the rest that none counts.

        With `is_whole` a rest of nothing is known to be nothing.
        """
        whole, parts = adds
        key = ("rest", whole, parts)
        if key in self.places:
            return None
        rest = {
            kind: self.of(whole, kind) - sum(self.of(part, kind) for part in parts)
            for kind in self.places[whole]
        }
        least = 1 if is_whole else 0
        left = {kind: count for kind, count in rest.items() if count >= least}
        self.add(key, left)
        nothing = (self.places[key][kind] for kind, count in left.items() if not count)
        self.unsaid.update(nothing)
        for kind in [kind for kind, count in rest.items() if count >= 0]:
            told = [(part, kind) for part in parts if kind in self.places[part]]
            if told:
                more = [(key, kind)] if kind in left else []
                self.is_sum((whole, kind), *told, *more)
        self.together.append((whole, *parts, *([key] if left else [])))
        return key if left else None


def is_sum(measure: Measure, name: str) -> bool:
    """Say whether an amount adds up days, minutes or money instead of counting."""
    if any(name in use.defined.decimals for use in measure.words):
        return True
    words = set(name.split("_"))
    return bool(words & SUMS) and not words <= {"hours", "unknown"}


def measure_of(figure: Figure) -> Measure:
    """Return the measure that a figure is of.

    A measure with options set is named with them, a blank between: each is another.
    """
    return measures.get(figure.measure.partition(" ")[0], figure.version)


def side(measure: Measure, names: Sequence[str]) -> Kind | None:
    """Return what stands on one side of a ratio; None where it is no count."""
    if any(is_sum(measure, name) for name in names):
        return None
    return ("amount", names[0]) if len(names) == 1 else ("added", "+".join(names))


def laid_out(figures: Mapping[Key, Figure], sums: Iterable[Adds[Key]] = ()) -> Cells:
    """Return the cells of all figures together."""
    cells = Cells()
    for key, figure in figures.items():
        cells.add(key, counted(figure))
    _merge(cells, figures)
    of_measure: dict[Any, list[Any]] = defaultdict(list)
    for key, figure in figures.items():
        of_measure[figure.measure, figure.version].append(key)
    periods = list(_by_period(figures))
    for adds in (*_by_group(figures), *periods, *sums):
        whole = figures[adds.whole]
        is_whole = len(adds.parts) > 1 or adds not in periods
        if (rest := cells.link(adds, is_whole=is_whole)) is not None:
            of_measure[whole.measure, whole.version].append(rest)
    for alike in _of_one_group(figures):
        of = figures[alike[0]]
        spans = {key: _span(figures[key]) for key in alike}
        of_measure[of.measure, of.version] += overlaps.link(cells, spans)
    for keys in of_measure.values():
        told = [key for key in keys if key in figures]
        measure = measure_of(figures[told[0]])
        for each in keys:
            _link_rates(cells, each, measure)
        _link_amounts(cells, told, keys)
    return cells


def laid_out_counts(
    numbers: Mapping[Key, int],
    sums: Iterable[Adds[Key]] = (),
    rates: Iterable[tuple[Key, Key]] = (),
) -> Cells:
    """Return the cells of plain counts."""
    cells = Cells()
    for key, count in numbers.items():
        cells.add(key, {PLAIN: count})
    for adds in sums:
        cells.link(adds)
    for hits, whole in rates:
        rest = cells.link(Adds(whole, (hits,)), is_whole=False)
        if rest is not None and numbers[whole]:
            cells.is_rate((hits, PLAIN), (rest, PLAIN))
    return cells


# ---- One figure --------------------------------------------------------------------------


def counted(figure: Figure) -> dict[Kind, int]:
    """Return every count that a figure tells, the rest of its rates included."""
    measure = measure_of(figure)
    found: dict[Kind, int] = {
        ("amount", name): int(amount)
        for name, amount in figure.amounts.items()
        if not is_sum(measure, name)
    }
    for ratio in measure.ratios.values():
        for names in (ratio.of, ratio.to):
            if (kind := side(measure, names)) is not None:
                found[kind] = int(sum(figure.amounts[name] for name in names))
    found[ROWS] = figure.rows
    found |= {
        ("of", name): said.rows
        for name, said in figure.statistics.items()
        if measure.statistics[name].unit_mean is None
    }
    for name, hits, whole in _rates(measure):
        if found[hits] <= found[whole]:
            found["rest", name] = found[whole] - found[hits]
    return found | {("left_out", r): n for r, n in figure.left_out.items()}


def _rates(measure: Measure) -> Iterator[tuple[str, Kind, Kind]]:
    """Yield each rate of a measure by its name: what it counts, and of what."""
    for name, ratio in measure.ratios.items():
        of, to = side(measure, ratio.of), side(measure, ratio.to)
        if ratio.form == "share" and of is not None and to is not None:
            yield name, of, to
    for name, statistic in measure.statistics.items():
        read = statistic.read
        if isinstance(read, Times) and read.event in measure.amounts:
            yield name, ("amount", read.event), ("of", name)


def _link_rates(cells: Cells, key: Hashable, measure: Measure) -> None:
    """Link the sides of each ratio to their amounts and to the rest of a rate."""
    for ratio in measure.ratios.values():
        for names in (ratio.of, ratio.to):
            kind = side(measure, names)
            if kind is not None and kind[0] == "added":
                cells.is_sum((key, kind), *((key, ("amount", n)) for n in names))
    for name, hits, whole in _rates(measure):
        parts = [(key, hits), (key, ("rest", name))]
        told = [part for part in parts if part[1] in cells.places[key]]
        if told:
            cells.is_sum((key, whole), *told)
        if len(told) == len(parts) and cells.of(key, whole):
            cells.is_rate(*told)


# ---- Figures of one another --------------------------------------------------------------


def _by_group(figures: Mapping[Key, Figure]) -> Iterator[Adds[Key]]:
    """Yield each figure with the figures of its groups, one key at a time."""
    known: dict[Any, Key] = {}
    for key, figure in figures.items():
        asked = (figure.measure, figure.version, figure.period)
        known.setdefault((asked, frozenset(figure.group.items())), key)
    parts: dict[tuple[Any, str], list[Key]] = defaultdict(list)
    for (asked, group), key in known.items():
        for pair in sorted(group, key=str):
            parts[(asked, group - {pair}), pair[0]].append(key)
    for (whole, _name), found in parts.items():
        if whole in known:
            yield Adds(known[whole], tuple(found))


def _by_period(figures: Mapping[Key, Figure]) -> Iterator[Adds[Key]]:
    """Yield each figure with those of the same group whose days lie within its days."""
    for keys in _of_one_group(figures):
        for whole in keys:
            within = [key for key in keys if _is_within(figures[key], figures[whole])]
            for key in within:
                yield Adds(whole, (key,))
            side_by_side = _side_by_side(within, figures)
            if len(side_by_side) > 1:
                yield Adds(whole, side_by_side)


def _of_one_group(figures: Mapping[Key, Figure]) -> Iterator[list[Key]]:
    """Yield the figures of several periods of one measure and group."""
    same: dict[Any, list[Key]] = defaultdict(list)
    for key, figure in figures.items():
        group = frozenset(figure.group.items())
        same[figure.measure, figure.version, group].append(key)
    for keys in same.values():
        if len(keys) > 1 and not measure_of(figures[keys[0]]).window.is_one_day:
            yield keys


def _span(figure: Figure) -> tuple[date, date]:
    """Return the first day of a figure's period, and the first day after it."""
    return figure.period.first_day, figure.period.last_day + timedelta(1)


def _is_within(inner: Figure, outer: Figure) -> bool:
    one, other = inner.period, outer.period
    days, all_days = (one.first_day, one.last_day), (other.first_day, other.last_day)
    return all_days[0] <= days[0] and days[1] <= all_days[1] and days != all_days


def _side_by_side(
    keys: Iterable[Key], figures: Mapping[Key, Figure]
) -> tuple[Key, ...]:
    """Return periods of which none overlaps the one before."""
    chosen: list[Key] = []
    for key in sorted(keys, key=lambda key: figures[key].period.last_day):
        last = figures[chosen[-1]].period.last_day if chosen else None
        if last is None or figures[key].period.first_day > last:
            chosen.append(key)
    return tuple(chosen)


def _merge(cells: Cells, figures: Mapping[Key, Figure]) -> None:
    """Give an amount that several measures tell alike one place."""
    known: dict[Any, int] = {}
    for key, figure in figures.items():
        where = (figure.period, frozenset(figure.group.items()))
        for kind, at in cells.places[key].items():
            if kind[0] == "amount":
                same = known.setdefault((where, kind, cells.counts[at]), at)
                cells.places[key][kind] = same


# ---- Amounts of one another --------------------------------------------------------------


def _link_amounts(
    cells: Cells, figures: Sequence[Hashable], all_of: Sequence[Hashable]
) -> None:
    """Link each amount to those that it is the sum of in every figure of a measure."""
    kinds = {
        kind: None
        for key in figures
        for kind in cells.places[key]
        if kind[0] in ("amount", "rows", "of")
    }
    columns = {kind: tuple(cells.of(key, kind) for key in figures) for kind in kinds}
    filled = [kind for kind in kinds if any(columns[kind])]
    added: dict[tuple[int, ...], list[tuple[Kind, ...]]] = defaultdict(list)
    for number in range(1, MOST_PARTS + 1):
        for some in combinations(filled, number):
            total = tuple(map(sum, zip(*(columns[kind] for kind in some), strict=True)))
            added[total].append(some)
    for kind in filled:
        for parts in added[columns[kind]]:
            told_once = len(parts) > 1 or kind < parts[0]
            if kind not in parts and told_once:
                for key in all_of:
                    _link_alike(cells, key, kind, parts)


def _link_alike(cells: Cells, key: Hashable, kind: Kind, parts: Sequence[Kind]) -> None:
    """Link an amount of one figure to those that it is the sum of, but for noughts."""
    told = [(key, part) for part in parts if part in cells.places[key]]
    total = sum(cells.of(key, part) for _key, part in told)
    if told and kind in cells.places[key] and total == cells.of(key, kind):
        cells.is_sum((key, kind), *told)
