"""Tables with all their margins, and a reader who works out what they can from them."""

from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from braid.method.small_numbers.rules import Marks, Rule
from braid.method.small_numbers.tables import Sum, protect

EXACT = Rule(5, shows_zero=True, has_two_marks=True)
MHSDS = Rule(5, shows_zero=False, base=5)
HES = Rule(8, shows_zero=True, base=5)
CBS = Rule(10, shows_zero=True, has_two_marks=True)
CMS = Rule(11, shows_zero=True, has_two_marks=True)
RULES = {"exact": EXACT, "mhsds": MHSDS, "hes": HES, "cbs": CBS, "cms": CMS}


def with_margins(inner):
    """Return the counts of a cube with every margin, flat, and what adds up."""
    table = np.asarray(inner)
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis, keepdims=True)], axis)
    places = np.arange(table.size).reshape(table.shape)
    sums = []
    for axis in range(table.ndim):
        for line in np.moveaxis(places, axis, -1).reshape(-1, table.shape[axis]):
            sums.append(Sum(int(line[-1]), tuple(map(int, line[:-1]))))
    return [int(count) for count in table.ravel()], sums


def with_hierarchy(inner, organisations):
    """Add to a table units by groups the sums of the units of each organisation."""
    counts, sums = with_margins(inner)
    rows, columns = np.asarray(inner).shape
    wide, total = columns + 1, rows * (columns + 1)
    for column in range(wide):
        above = []
        for units in organisations:
            parts = tuple(unit * wide + column for unit in units)
            above.append(len(counts))
            counts.append(sum(counts[part] for part in parts))
            sums.append(Sum(above[-1], parts))
        sums.append(Sum(total + column, tuple(above)))
    return counts, sums


def with_periods(first, second):
    """Return two periods and their sum, each with its margins, cell by cell."""
    one, sums = with_margins(first)
    other, _ = with_margins(second)
    counts = [*one, *other, *(a + b for a, b in zip(one, other, strict=True))]
    size = len(one)
    moved = [
        Sum(whole + n * size, tuple(part + n * size for part in parts))
        for n in range(3)
        for whole, parts in sums
    ]
    whole = [Sum(n + 2 * size, (n, n + size)) for n in range(size)]
    return counts, moved + whole


def with_rates(whole, hits):
    """Return hits and the rest of each group and of all, and the parts of rates."""
    inner = np.stack([hits, whole - hits], 1)
    counts, sums = with_margins(inner)
    rows = np.arange(len(counts)).reshape(-1, 3)
    rates = {int(at) for *parts, of in rows if counts[of] for at in parts}
    return counts, sums, rates


def told(found, rule, rates=frozenset(), unsaid=frozenset()):
    """Return what each cell says by itself to who reads only what is printed.

    Where one table tells small cells from those beside them, a mark says so much more.
    """
    of = {place: mask.marks for places, mask in found.masks for place in places}
    marks = [of.get(place) for place in found.stands]
    said = []
    for n, cell in enumerate(found.cells):
        lowest = 0 if n in rates or not rule.shows_zero else 1
        if n in unsaid or (cell.is_hidden and marks[n] is Marks.ANY):
            said.append((0, None))
        elif cell.printed is None and cell.is_small:
            said.append(tuple(rule.label(n in rates)))
        elif cell.printed is None:
            said.append((rule.below if marks[n] is Marks.TWO else lowest, None))
        elif rule.base is None or (cell.printed == 0 and rule.shows_zero):
            said.append((cell.printed, cell.printed))
        else:
            half = rule.base // 2
            said.append((max(rule.below, cell.printed - half), cell.printed + half))
    return said


def matrix_of(sums, number):
    """Return what adds up, a row each."""
    matrix = np.zeros((len(sums), number))
    for row, (whole, parts) in enumerate(sums):
        matrix[row, whole] = -1
        matrix[row, list(parts)] = 1
    return matrix


def ends(places, matrix, said):
    """Return the least and the most that cells together can be."""
    goal = np.zeros(len(said))
    found = []
    for goal[places] in (1, -1):
        answer = linprog(goal, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=said)
        unbounded = answer.status in (3, 4)
        found.append(None if unbounded else answer.fun)
    low = 0 if found[0] is None else int(np.ceil(found[0] - 1e-6))
    high = 10**9 if found[1] is None else int(np.floor(-found[1] + 1e-6))
    return low, high


def narrow(found, sums, rule, rates=frozenset(), unsaid=frozenset()):
    """Return the hidden cells that linear programmes tell, and how near.

    One is told where its interval is narrower than its label, or, where noughts are
    hidden so that any mark may be one, where that of a small one has not all its label.
    """
    first = {
        place
        for places, mask in found.masks
        for place, is_small in zip(places, mask.small, strict=False)
        if is_small
    }
    small = {place for place, stands in enumerate(found.stands) if stands in first}
    said = told(found, rule, rates, unsaid)
    matrix = matrix_of(sums, len(said))
    anything = [(0, None)] * len(said)
    found_narrow = []
    for place in sorted(found.hidden):
        low, high = ends(place, matrix, said)
        label = rule.label(place in rates and place in small)
        is_cut = low > label.low or high < label.high
        is_told = place in small and is_cut and not rule.shows_zero
        is_told |= high - low + 1 < label.width
        # What sums alone leave is not told by what is shown: who is in no row, say.
        if is_told and ends(place, matrix, anything) != (low, high):
            found_narrow.append((place, low, high))
    return found_narrow


def narrow_unions(found, counts, sums, rule, rates=frozenset()):
    """Return the hidden parts of one whole that are few and told together, how near.

    Whatever is left of a whole beside what is shown of it, and every choice of that.
    """
    said, matrix = told(found, rule, rates), matrix_of(sums, len(counts))
    few = set()
    for _whole, parts in sums:
        hidden = [part for part in parts if found.cells[part].is_hidden]
        for number in range(2, len(hidden) + 1):
            for some in combinations(hidden, number):
                together = sum(counts[part] for part in some)
                if rule.is_small(together, rates.issuperset(some)):
                    few.add(some)
    found_narrow = []
    for some in sorted(few):
        low, high = ends(list(some), matrix, said)
        if high - low + 1 < rule.label().width:
            found_narrow.append((some, low, high))
    return found_narrow


def shown(counts, sums, rule, **more):
    """Return a protected table, and what of it is printed."""
    found = protect(counts, sums, rule, **more)
    return found, tuple((cell.printed, cell.is_small) for cell in found.cells)
