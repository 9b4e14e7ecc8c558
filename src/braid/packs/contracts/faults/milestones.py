"""Milestones: what each kind needs, what it may not have, and what it waits for."""

from collections.abc import Iterator, Mapping
from typing import Any

from braid.packs.contracts.faults.walking import (
    Fault,
    known,
    listed,
    mappings,
    milestones,
    part,
    texts,
)
from braid.packs.reading import Document, Key

# Keys that only some kinds of milestone have, and those that a kind cannot do without.
_ONLY: Mapping[str, tuple[str, ...]] = {
    "window": ("sustained", "earnings"),
    "threshold": ("sustained", "earnings"),
    "wage": ("sustained", "earnings"),
    "record_also": ("sustained", "earnings"),
    "look_back": ("earnings",),
    "every": ("periodic",),
    "unit_minutes": ("units",),
    "rounding": ("units",),
    "start_minimum": ("event", "sustained"),
}
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "sustained": ("window",),
    "earnings": ("window", "threshold"),
    "periodic": ("every",),
    "units": ("unit_minutes", "rounding"),
}
_REACHED_BY: Mapping[str, tuple[str, ...]] = {
    "sustained": ("in_work", "work_resumed"),
    "earnings": ("earnings",),
    "units": ("contact_minutes",),
}
_ONLY_THERE: Mapping[str, str] = {
    "in_work": "sustained",
    "earnings": "earnings",
    "contact_minutes": "units",
}
_MONEY = ("amount", "tiers", "split", "retention_percent")
_NOT_NEGATIVE = (
    "within_days",
    "deadline_days",
    "gap_tolerance_days",
    "min_gap_days",
)
_AT_LEAST_ONE = (
    "n",
    "of",
    "count",
    "max_count",
    "unit_minutes",
    "months",
    "person",
    "contract",
)


def faults_of_milestones(document: Document) -> Iterator[Fault]:
    """Yield faults of milestones, of what they require, and of what names them."""
    data = document.data
    found = list(milestones(data))
    names = [each.get("id") for _at, each in found]
    for number, (at, each) in enumerate(found):
        if isinstance(each.get("id"), str) and each["id"] in names[:number]:
            yield (
                (*at, "id"),
                f"'{each['id']}' is the id of two milestones. Rename one.",
            )
        yield from _kind(at, each)
        yield from _paid(at, each)
        yield from _windows(at, each)
        yield from _start(at, each)
        yield from _tiers(at, each)
    yield from _named(data, names)
    yield from _circles(found)
    yield from _settled(found)
    yield from _counted(data)
    yield from _excluded(data)


def _kind(at: Key, each: Mapping[str, Any]) -> Iterator[Fault]:
    kind = each.get("kind")
    if kind not in _KINDS:
        return  # told as a fault of form
    for key in _NEEDS.get(kind, ()):
        if key not in each:
            why = " that gives its unit" if key == "window" else ""
            yield at, f"A milestone of the kind '{kind}' needs '{key}'{why}. Add it."
    for key, kinds in _ONLY.items():
        if key in each and kind not in kinds:
            yield (
                (*at, key),
                f"'{key}' is for milestones of the kind {' or '.join(kinds)}, and this "
                f"one is '{kind}'. Take it out, or change the kind.",
            )
    word = part(each, "reached").get("word")
    if kind in _REACHED_BY and word is not None and word not in _REACHED_BY[kind]:
        yield (
            (*at, "reached"),
            f"A milestone of the kind '{kind}' is reached by the word "
            f"{' or '.join(_REACHED_BY[kind])}, not by '{word}'.",
        )
    needed = _ONLY_THERE.get(str(word), kind)
    if needed != kind and kind not in _REACHED_BY and kind != "settlement":
        yield (
            (*at, "reached"),
            f"The word '{word}' needs the kind '{needed}', and this milestone is "
            f"'{kind}'. Change one of them.",
        )


_KINDS = ("event", "sustained", "earnings", "periodic", "units", "settlement")


def _paid(at: Key, each: Mapping[str, Any]) -> Iterator[Fault]:
    settles, pays = each.get("kind") == "settlement", each.get("pays", True)
    if settles or pays is False:
        why = "A settlement" if settles else "A milestone that never pays"
        for key in _MONEY:
            if key in each:
                yield (*at, key), f"{why} has no '{key}'. Take it out."
        return
    given = [key for key in ("amount", "tiers") if key in each]
    if len(given) == 2:
        yield (*at, "tiers"), "There are an amount and tiers. Keep one of them."
    elif not given:
        yield (
            at,
            "It pays, and says no amount. Give 'amount' or 'tiers', or 'pays: false'.",
        )


def _windows(at: Key, each: Mapping[str, Any]) -> Iterator[Fault]:
    for key in ("window", "look_back"):
        window = part(each, key)
        n, of = window.get("n"), window.get("of")
        if isinstance(n, int) and isinstance(of, int) and n > of:
            yield (*at, key, "n"), f"{n} of {of} can never be reached. Correct one."
    window = part(each, "window")
    unit = window.get("unit")
    if window.get("boundary") == "elapsed" and unit not in (None, "day"):
        yield (
            (*at, "window", "boundary"),
            f"'elapsed' counts days, and the window counts by {unit}. Take it out.",
        )
    if "week" in window and unit not in (None, "week"):
        yield (
            (*at, "window", "week"),
            f"'week' is for windows of weeks, and this one counts by {unit}. "
            "Take it out.",
        )
    if each.get("reached_on") == "period_end" and "window" not in each:
        yield (
            (*at, "reached_on"),
            "There is no period that could end: 'window' is missing. Add it.",
        )
    for first, second in (("within_days", "since"), ("since", "within_days")):
        if first in each and second not in each:
            yield (*at, first), f"'{first}' means nothing without '{second}'. Add it."


def _start(at: Key, each: Mapping[str, Any]) -> Iterator[Fault]:
    if "start_minimum" not in each or not isinstance(each["start_minimum"], dict):
        return
    here, given = (*at, "start_minimum"), each["start_minimum"]
    full = ("full_day_hours", "part_time_below", "part_time_hours")
    if given.get("full_day") is True:
        for key in full:
            if key not in given:
                yield here, f"A full day needs '{key}'. Add it."
        if "hours" in given:
            yield (*here, "hours"), "Give hours or a full day, not both."
        return
    if "hours" not in given:
        yield here, "It says no minimum. Give 'hours', or 'full_day' with its hours."
    for key in full:
        if key in given:
            yield (*here, key), f"'{key}' means nothing without 'full_day: true'."


def _tiers(at: Key, each: Mapping[str, Any]) -> Iterator[Fault]:
    tiers = list(listed(each, "tiers", at))
    for number, (place, tier) in enumerate(tiers[:-1]):
        if "when" not in tier:
            yield (
                place,
                f"This tier takes everybody, so that the {len(tiers) - number - 1} after "
                "it are never read. Put it last, or give it a 'when'.",
            )


def _named(data: Mapping[str, Any], names: list[Any]) -> Iterator[Fault]:
    known_ids = [str(each) for each in names if each]
    for at, found in mappings(data):
        name = found.get("milestone")
        if isinstance(name, str) and name not in names:
            yield (
                (*at, "milestone"),
                f"There is no milestone '{name}'. Known are: {known(known_ids)}.",
            )
    for at, each in milestones(data):
        for number, name in enumerate(texts(each.get("requires"))):
            if name not in names:
                yield (
                    (*at, "requires", number),
                    f"There is no milestone '{name}'. Known are: {known(known_ids)}.",
                )
        if "order" in each and "requires" not in each:
            yield (*at, "order"), "There is no 'requires' to be in order. Add it."


def _circles(found: list[tuple[Key, Mapping[str, Any]]]) -> Iterator[Fault]:
    """Yield each circle of milestones that wait for one another, once."""
    waits = {str(each.get("id")): _waits_for(each) for _at, each in found}
    told: set[frozenset[str]] = set()
    for at, each in found:
        circle = _circle(str(each.get("id")), waits)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            way = ", which needs ".join(
                f"'{name}'" for name in (*circle[1:], circle[0])
            )
            key = (
                "requires" if circle[1 % len(circle)] in _requires(each) else "reached"
            )
            yield (
                (*at, key),
                f"'{circle[0]}' needs {way}: none of them can ever be reached. "
                "Take one of these out.",
            )


def _requires(each: Mapping[str, Any]) -> list[str]:
    return texts(each.get("requires"))


def _waits_for(each: Mapping[str, Any]) -> list[str]:
    found = [
        part_of["milestone"]
        for key in ("reached", "conditions")
        for _at, part_of in mappings(each.get(key))
        if isinstance(part_of.get("milestone"), str)
    ]
    return [*_requires(each), *found]


def _circle(start: str, waits: Mapping[str, list[str]]) -> list[str]:
    """Return the way from a milestone back to itself, nothing where there is none."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for name in waits.get(way[-1], ()):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _settled(found: list[tuple[Key, Mapping[str, Any]]]) -> Iterator[Fault]:
    if any(each.get("kind") == "settlement" for _at, each in found):
        return
    for at, each in found:
        if "retention_percent" in each:
            yield (
                (*at, "retention_percent"),
                "A part is held back, and no milestone of the kind 'settlement' ever "
                "pays it. Add one, or take this out.",
            )


def _counted(data: Mapping[str, Any]) -> Iterator[Fault]:
    for at, found in mappings(data):
        for key in (*_NOT_NEGATIVE, *_AT_LEAST_ONE):
            value, least = found.get(key), 1 if key in _AT_LEAST_ONE else 0
            if isinstance(value, int) and not isinstance(value, bool) and value < least:
                yield (*at, key), f"'{key}' is {value}. It is at least {least}."
    caps = [((), data), *milestones(data)]
    for at, found in caps:
        if found.get("cap") == {}:
            yield (*at, "cap"), "The cap is empty. Say person, contract or amount."


def _excluded(data: Mapping[str, Any]) -> Iterator[Fault]:
    out, beside = texts(data.get("exclusive_with")), data.get("complementary_with")
    for number, name in enumerate(texts(beside)):
        if name in out:
            yield (
                ("complementary_with", number),
                f"'{name}' is excluded and complementary. Keep one of them.",
            )
    for key in ("exclusive_with", "complementary_with"):
        for number, name in enumerate(texts(data.get(key))):
            if name == data.get("contract"):
                yield (key, number), "A contract cannot name itself here. Take it out."
