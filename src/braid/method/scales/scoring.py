"""From raw quantities to the score of an item, and from specialists to a programme."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import cast

from braid.kernel.errors import InputFault
from braid.method.scales.inputs import must_be_mapping, read
from braid.method.scales.quantities import WORDS
from braid.method.scales.quantities.case import HALF, Case, Lift, Reading, Word
from braid.method.scales.rules import Rules, Settings
from braid.method.scales.shape import Item, Scored

PER_ES = "per_es_scores"
LOWEST, HIGHEST = 1, 5


def scored(item: Item, quantities: Mapping[str, object], *, rules: Rules) -> Scored:
    """Return the score of an item from raw quantities, or its floor and ceiling.

    Quantities are given by name: whole numbers, decimals as text, None where unknown.
    An item rated per specialist also takes `per_es_scores`, whose mean is scored.
    Raises: InputFault (`input_missing`, `input_unknown`, `input_unfit`, `not_computed`,
    and for scores as `rating`).
    """
    must_be_mapping(quantities)
    if item.per_es and PER_ES in quantities:
        return _of_specialists(item, quantities, rules)
    case = _case(item, quantities, rules)
    reading = _word(item).read(case)
    return _said(item, reading, case.settings)


def what_would_raise(
    item: Item, found: Scored, quantities: Mapping[str, object], *, rules: Rules
) -> Lift | None:
    """Return the smallest change of the quantities that would raise a clear score.

    `change` holds exact amounts by name and `text` the key of its sentence. None where
    the score is the highest, not clear, or not from quantities. A mirror, no forecast.
    """
    if found.score is None or found.score >= HIGHEST:
        return None
    if item.per_es and PER_ES in quantities:
        scores = cast(Sequence[Scored | int | None], quantities[PER_ES])
        return _points_of_specialists(found.score, scores)
    word = _word(item)
    if word.rise is None:
        return None
    case = _case(item, quantities, rules)
    return word.rise(case, word.read(case))


def rating(value: object, *, field: str = "score") -> int | None:
    """Return a score as it is given: a whole number from 1 to 5, or None.

    Raises: InputFault (`score_not_integer`, `score_out_of_range`); nothing is coerced.
    """
    if value is None:
        return None
    if type(value) is not int:
        raise InputFault(
            "A score is a whole number from 1 to 5. Leave it empty where the evidence is "
            "insufficient.",
            field=field,
            reason="score_not_integer",
        )
    if not LOWEST <= value <= HIGHEST:
        raise InputFault(
            f"A score of {value} is not on the scale: it runs from 1 to 5. Leave it empty "
            "where the evidence is insufficient.",
            field=field,
            reason="score_out_of_range",
        )
    return value


def programme(
    item: Item, scores: Sequence[Scored | int | None], *, rules: Rules
) -> Scored:
    """Return the score of a programme from those of its specialists: the nearest point.

    Floors and ceilings are averaged apart; None counts as 1 to 5. Left out, and counted
    in `left_out`, is who has nothing to rate: no denominator, or no job seekers in the
    window. `value` is the mean of scores that are all clear.
    """
    settings = Settings(item, rules)
    kept = [each for each in scores if not _nothing_to_rate(each)]
    bounds = [_bounds(each) for each in kept]
    extras: dict[str, object] = {"left_out": len(scores) - len(kept)}
    if not bounds:
        settings.get("zero")
        nothing = Reading(LOWEST, HIGHEST, None, ("zero_denominator",), extras)
        return _said(item, nothing, settings)
    if all(isinstance(e, Scored) and e.extras.get("no_team") for e in kept):
        settings.get("teams_unknown")
        return _said(item, Reading(LOWEST, LOWEST, None, (), extras), settings)
    low, high = (
        Fraction(sum(each[side] for each in bounds), len(bounds)) for side in (0, 1)
    )
    value = low if all(one == other for one, other in bounds) else None
    floor, ceiling, notes = _nearest(low, high, settings)
    return _said(item, Reading(floor, ceiling, value, notes, extras), settings)


def _nearest(
    low: Fraction, high: Fraction, settings: Settings
) -> tuple[int, int, tuple[str, ...]]:
    """Return two means as whole points; a half as the rule for ties says."""
    tie = settings.get("tie")
    is_tie = low == high and (low - HALF).denominator == 1
    notes = ("half_point_tie",) if is_tie else ()
    if is_tie and tie == "ask":
        return low.__floor__(), low.__ceil__(), notes
    if tie == "half_down":
        return (low - HALF).__ceil__(), (high - HALF).__ceil__(), notes
    return (low + HALF).__floor__(), (high + HALF).__floor__(), notes


def _nothing_to_rate(each: Scored | int | None) -> bool:
    if not isinstance(each, Scored):
        return False
    return "zero_denominator" in each.notes or each.extras.get("in_mean") is False


def _bounds(each: Scored | int | None) -> tuple[int, int]:
    if isinstance(each, Scored):
        return each.floor, each.ceiling
    score = rating(each, field=PER_ES)
    return (LOWEST, HIGHEST) if score is None else (score, score)


def _of_specialists(
    item: Item, quantities: Mapping[str, object], rules: Rules
) -> Scored:
    scores = quantities[PER_ES]
    if len(quantities) > 1 or not isinstance(scores, list | tuple):
        raise InputFault(
            f"'{PER_ES}' is a list of scores and stands alone. Take the other keys out, "
            "or give the quantities of one specialist.",
            field=PER_ES,
            reason="input_unknown" if len(quantities) > 1 else "input_unfit",
        )
    return programme(item, scores, rules=rules)


def _points_of_specialists(
    score: int, scores: Sequence[Scored | int | None]
) -> Lift | None:
    """Return how many points specialists lack together, where all of theirs are clear."""
    bounds = [_bounds(each) for each in scores if not _nothing_to_rate(each)]
    if any(low != high for low, high in bounds):
        return None
    wanted = ((score + HALF) * len(bounds)).__ceil__()
    points = wanted - sum(low for low, _high in bounds)
    return Lift(score + 1, {"points": max(1, points)}, "points_of_specialists")


def _word(item: Item) -> Word:
    if item.quantity is None:
        said = "is judged by reviewers" if item.documented else "is not documented here"
        raise InputFault(
            f"Item {item.no} {said}: no quantities give its score. Score it with the "
            "others in `braid fidelity score`.",
            field="item",
            reason="not_computed",
        )
    return WORDS[item.quantity.word]


def _case(item: Item, quantities: Mapping[str, object], rules: Rules) -> Case:
    word = _word(item)
    given = read(quantities, word.forms(item), item=item.no)
    return Case(item, given, Settings(item, rules))


def _said(item: Item, reading: Reading, settings: Settings) -> Scored:
    clear = reading.floor == reading.ceiling
    return Scored(
        item=item,
        status="scored" if clear else "insufficient",
        score=reading.floor if clear else None,
        floor=reading.floor,
        ceiling=reading.ceiling,
        value=reading.value,
        rule=settings.used(),
        notes=reading.notes,
        extras=reading.extras,
    )
