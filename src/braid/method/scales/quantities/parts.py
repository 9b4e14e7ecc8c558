"""Words that count what is present, or ask which description the record bears out."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, cast

from braid.kernel.errors import InputFault
from braid.method.scales.inputs import Form, Key, must_not_exceed
from braid.method.scales.quantities.case import PERCENT, Case, Lift, Reading, Word
from braid.method.scales.shape import Condition, Item, Rung

MET, NOT_MET, OPEN = "met", "not_met", "open"
HOW_MANY, OF_HOW_MANY = "components_met", "components_total"
NAMED = Form(tuple(Key(name, "names") for name in (MET, NOT_MET, OPEN)))


def _sorted_out(given: Mapping[str, Any], known: Sequence[str]) -> list[list[str]]:
    """Return the names that are met, not met and open.

    Raises: InputFault (`input_unfit`) unless every known name is in one of them, once.
    """
    lists = [given[MET], given[NOT_MET], given[OPEN]]
    if sorted(name for each in lists for name in each) != sorted(known):
        raise InputFault(
            f"'{MET}', '{NOT_MET}' and '{OPEN}' must name each of {', '.join(known)} "
            "once, and nothing else.",
            field=MET,
            reason="input_unfit",
        )
    return lists


# ---- components --------------------------------------------------------------------------


def _components_forms(item: Item) -> Sequence[Form]:
    return (Form((Key(HOW_MANY), Key(OF_HOW_MANY))), NAMED)


def _components(case: Case) -> Reading:
    known = case.item.components
    mapping = cast(Sequence[int], case.settings.get("mapping", case.item.mapping))
    if MET in case.given:
        met, _not, undecided = _sorted_out(case.given, known)
        low, high = len(met), len(met) + len(undecided)
        extras = {"open": undecided} if undecided else {}
        return Reading(mapping[low], mapping[high], Fraction(low), (), extras)
    low = case.given[HOW_MANY]
    if case.given[OF_HOW_MANY] != len(known):
        raise Key(OF_HOW_MANY).unfit(f"{len(known)}, for so many parts has the item")
    must_not_exceed(low, len(known), (HOW_MANY, OF_HOW_MANY))
    return Reading(mapping[low], mapping[low], Fraction(low))


def _components_rise(case: Case, reading: Reading) -> Lift | None:
    mapping = cast(Sequence[int], case.settings.get("mapping", case.item.mapping))
    here = int(reading.value or 0)
    higher = (
        Lift(score, {"components": more}, "more_components")
        for more, score in enumerate(mapping[here:])
        if score > reading.floor
    )
    return next(higher, None)


COMPONENTS = Word(
    "components", frozenset(), _components_forms, _components, _components_rise
)
"""How many components are present; those that are open give floor and ceiling."""


# ---- rungs -------------------------------------------------------------------------------


def _rungs_forms(item: Item) -> Sequence[Form]:
    """Return that the keys may be unknown but for the first: its `of` is the window."""
    keys: dict[str, Key] = {}
    for condition in (c for rung in item.rungs for c in rung.conditions):
        if condition.of:
            keys.setdefault(condition.of, Key(condition.of))
    for condition in (c for rung in item.rungs for c in rung.conditions):
        keys.setdefault(condition.key, Key(condition.key, may_be_unknown=True))
    return (Form(tuple(keys.values())),)


def _rungs(case: Case) -> Reading:
    wholes = set()
    for condition in (c for rung in case.item.rungs for c in rung.conditions):
        if condition.of:
            whole = case.given[condition.of]
            must_not_exceed(
                case.given[condition.key], whole, (condition.key, condition.of)
            )
            wholes.add(whole)
    if wholes and not any(wholes):
        return case.nothing()
    floor, ceiling = _highest(case, unknown=False), _highest(case, unknown=True)
    ceiling = max(floor, ceiling)
    notes: tuple[str, ...] = ()
    if any(value is None for value in case.given.values()):
        notes = ("contact_unknown",)
        if case.settings.get("contact_unknown") == "absent":
            ceiling = floor
    return Reading(floor, ceiling, None, notes)


def _highest(case: Case, *, unknown: bool) -> int:
    """Return the highest rung that holds where what is unknown is so, or is not."""
    for rung in sorted(case.item.rungs, key=lambda each: -each.score):
        if rung.judged and not unknown:
            continue
        joined: Callable[..., bool] = all if rung.how == "all" else any
        if joined(_holds(c, case.given, unknown=unknown) for c in rung.conditions):
            return rung.score
    return case.lowest


def _holds(condition: Condition, given: Mapping[str, Any], *, unknown: bool) -> bool:
    part = given[condition.key]
    if part is None:
        return unknown
    if condition.of is None:
        return bool(part > 0)
    whole = given[condition.of]
    if whole == 0:
        return unknown
    return bool(part * PERCENT >= whole * condition.percent)


def _rungs_rise(case: Case, reading: Reading) -> Lift | None:
    higher = [rung for rung in case.item.rungs if rung.score > reading.floor]
    if not higher:
        return None
    rung = min(higher, key=lambda each: each.score)
    missing = {c.key: _missing(c, case.given) for c in rung.conditions}
    if rung.how == "any":
        least = min(missing, key=lambda key: missing[key])
        missing = {least: missing[least]}
    change = {key: count for key, count in missing.items() if count}
    return _lift(rung, change)


def _lift(rung: Rung, change: Mapping[str, int]) -> Lift:
    return Lift(
        rung.score, dict(change), "more_often" if change else "reviewer_decides"
    )


def _missing(condition: Condition, given: Mapping[str, Any]) -> int:
    part = given[condition.key] or 0
    if condition.of is None:
        return max(0, 1 - part)
    wanted = Fraction(given[condition.of] * condition.percent, PERCENT)
    return max(0, (wanted - part).__ceil__())


RUNGS = Word("rungs", frozenset(), _rungs_forms, _rungs, _rungs_rise)
"""From the highest description downwards the first that the record bears out."""


# ---- judged ------------------------------------------------------------------------------


SIGNALS = "signals"


def _judged_forms(item: Item) -> Sequence[Form]:
    return (NAMED, Form((Key(SIGNALS, "signals"),)))


def _judged(case: Case) -> Reading:
    """Read descriptions by their score: what is held to be so, not so, or open.

    Signals are only figures to look at: with them every score is possible.
    """
    if SIGNALS in case.given:
        return Reading(case.lowest, case.highest, extras=dict(case.given))
    known = [str(score) for score in range(case.lowest, case.highest + 1)]
    met, not_met, _open = _sorted_out(case.given, known)
    floor = max((int(name) for name in met), default=case.lowest)
    possible = [int(name) for name in known if name not in not_met]
    return Reading(floor, max([floor, *possible]))


JUDGED = Word("judged", frozenset(), _judged_forms, _judged)
"""Descriptions that a reviewer holds to be so; the record may say some of them."""
