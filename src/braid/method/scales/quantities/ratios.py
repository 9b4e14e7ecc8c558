"""Words whose value is one number over another, or a number somebody worked out."""

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from braid.method.scales.inputs import Form, Key, must_not_exceed
from braid.method.scales.quantities.case import (
    PERCENT,
    Case,
    Lift,
    Reading,
    Word,
)
from braid.method.scales.shape import Item, Step

# ---- How far a share or ratio is from a step ---------------------------------------------


def next_step(case: Case, score: int) -> Step:
    """Return the limit of the next higher score; there is one under the highest."""
    higher = (case.bands.step(each) for each in range(score + 1, case.highest + 1))
    return next(step for step in higher if step is not None)


def value_of(reading: Reading) -> Fraction:
    """Return the value of a score that is clear."""
    return cast(Fraction, reading.value)


def fewer_or_more(step: Step, part: int | Fraction, whole: Fraction) -> int:
    """Return how many more or fewer a count must be to reach a step of `part / whole`."""
    wanted = step.at * whole
    if step.side == "at_most":
        return int(part - wanted.__floor__()) if part > wanted else 0
    if step.side == "at_least":
        return max(0, (wanted - part).__ceil__())
    return max(0, (wanted - part).__floor__() + 1)


def distance(step: Step, value: Fraction) -> Fraction:
    """Return how far a value is from a step, without its sign."""
    return abs(step.at - value)


def _rise(
    case: Case, reading: Reading, part: int, whole: Fraction, unit: int, text: str
) -> Lift:
    """Return the lift of `part / whole`, whose whole stays, in `unit`s of the bands."""
    step = next_step(case, reading.floor)
    change: dict[str, Fraction | int | str] = {
        "points": distance(step, value_of(reading) * unit),
        "count": fewer_or_more(step, part, whole / unit),
    }
    return Lift(step.score, change, text)


def _unit(case: Case) -> int:
    """Return how many units of the bands one is."""
    return PERCENT if case.parameter("as") == "percent" else 1


# ---- ratio -------------------------------------------------------------------------------


def _ratio_forms(item: Item) -> Sequence[Form]:
    given = item.quantity.given if item.quantity else {}
    to = "whole" if given["as"] == "percent" else "number"
    return (Form((Key(str(given["of"])), Key(str(given["to"]), to))),)


def _parts(case: Case) -> tuple[int, Fraction]:
    of, to = str(case.parameter("of")), str(case.parameter("to"))
    part, whole = case.given[of], Fraction(case.given[to])
    if _unit(case) == PERCENT:
        must_not_exceed(part, whole, (of, to))
    return part, whole


def _ratio(case: Case) -> Reading:
    part, whole = _parts(case)
    if whole == 0:
        return case.nothing()
    value = part / whole
    unit = _unit(case)
    floor, ceiling = case.banded(value * unit)
    return Reading(floor, ceiling, value)


def _ratio_rise(case: Case, reading: Reading) -> Lift:
    part, whole = _parts(case)
    step = next_step(case, reading.floor)
    fewer = step.side == "at_most"
    text = "fewer" if fewer else "more_of_them"
    return _rise(case, reading, part, whole, _unit(case), text)


RATIO = Word("ratio", frozenset({"of", "to", "as"}), _ratio_forms, _ratio, _ratio_rise)
"""`of` over `to`; `as: percent` where `of` is a part of `to` and bands are in per cent."""


# ---- number ------------------------------------------------------------------------------


def _number_forms(item: Item) -> Sequence[Form]:
    given = item.quantity.given if item.quantity else {}
    keys = given["keys"]
    names = keys if isinstance(keys, tuple) else ()
    return tuple(Form((Key(name, str(given["as"])),)) for name in names)


def _number(case: Case) -> Reading:
    (value,) = case.given.values()
    value = Fraction(value)
    floor, ceiling = case.banded(value)
    notes = ("nearest_anchor",) if case.bands.anchors else ()
    return Reading(floor, ceiling, value / _unit(case), notes)


def _number_rise(case: Case, reading: Reading) -> Lift:
    step = next_step(case, reading.floor)
    unit = _unit(case)
    change = {"points": distance(step, value_of(reading) * unit)}
    return Lift(step.score, change, "fewer" if step.side == "at_most" else "more")


NUMBER = Word("number", frozenset({"keys", "as"}), _number_forms, _number, _number_rise)
"""A number under one of several names, `as` a percent, a number or a whole one."""


# ---- variety -----------------------------------------------------------------------------

CAP_PERCENT = 15


def _variety_forms(item: Item) -> Sequence[Form]:
    given = item.quantity.given if item.quantity else {}
    return (Form((Key(str(given["key"]), "counts"),)),)


def unrepeated(counts: Sequence[int]) -> dict[str, int]:
    """Return how many of all are not too many of their kind, by method.

    `distinct` counts each kind once. `largest_share` lets a kind have 15 per cent of
    all, rounded up and at least one.
    """
    cap = max(1, -(-CAP_PERCENT * sum(counts) // PERCENT))
    excess = sum(max(0, count - cap) for count in counts)
    return {"distinct": len(counts), "largest_share": sum(counts) - excess}


def _variety(case: Case) -> Reading:
    counts = case.given[str(case.parameter("key"))]
    all_of_them = sum(counts)
    if all_of_them == 0:
        return case.nothing()
    extras: dict[str, object] = {}
    found: dict[str, tuple[Fraction, tuple[int, int]]] = {}
    for letter, (method, kept) in zip("ab", unrepeated(counts).items(), strict=True):
        share = Fraction(kept, all_of_them)
        found[method] = share, case.banded(share * PERCENT)
        extras[f"method_{letter}"] = {
            "percent": share * PERCENT,
            "score": found[method][1][0],
        }
    share, (floor, ceiling) = found[str(case.settings.get("variety"))]
    scores = {score for _share, score in found.values()}
    notes = ("methods_differ",) if len(scores) > 1 else ()
    return Reading(floor, ceiling, share, notes, extras)


def _variety_rise(case: Case, reading: Reading) -> Lift:
    counts = case.given[str(case.parameter("key"))]
    kept = unrepeated(counts)[str(case.settings.get("variety"))]
    return _rise(case, reading, kept, Fraction(sum(counts)), PERCENT, "fewer_alike")


VARIETY = Word("variety", frozenset({"key"}), _variety_forms, _variety, _variety_rise)
"""How many of all jobs are not one more of the same kind; both methods are shown."""


# ---- jobs --------------------------------------------------------------------------------


def _jobs_forms(item: Item) -> Sequence[Form]:
    given = item.quantity.given if item.quantity else {}
    return (Form((Key(str(given["of"])), Key(str(given["to"])))),)


def _jobs(case: Case) -> Reading:
    part, whole = _parts(case)
    few = whole < int(case.parameter("fewer_than"))
    value = part / whole if whole else None
    without = case.banded(value * PERCENT) if value is not None else None
    if few and case.settings.get("few_jobs") == "lowest":
        shown = without[0] if without else None
        extras = {"score_without_floor": shown}
        return Reading(
            case.lowest, case.lowest, value, ("fewer_than_ten_jobs",), extras
        )
    return case.nothing() if without is None else Reading(*without, value)


def _jobs_rise(case: Case, reading: Reading) -> Lift:
    part, whole = _parts(case)
    missing = int(int(case.parameter("fewer_than")) - whole)
    if missing <= 0 or case.settings.get("few_jobs") != "lowest":
        return _rise(case, reading, part, whole, PERCENT, "more_of_them")
    step = next_step(case, reading.floor)
    # All jobs that are added count: so few are the smallest change there is.
    while not step.holds(Fraction(part + missing) / (whole + missing) * PERCENT):
        missing += 1
    lowest, _ = case.banded(Fraction(part + missing) / (whole + missing) * PERCENT)
    return Lift(lowest, {"count": missing}, "more_jobs")


JOBS = Word(
    "jobs", frozenset({"of", "to", "as", "fewer_than"}), _jobs_forms, _jobs, _jobs_rise
)
"""A share of jobs, the lowest score where there are `fewer_than` so many, none included."""
