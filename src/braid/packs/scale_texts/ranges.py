"""Descriptions of scores made from the numbers of a scale and the phrases of a language."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from braid.method.scales import Item, Step

Number = Callable[[Fraction], str]
"""Writes a limit in a language, with the sign of per cent where it is one."""

PHRASES: Mapping[str, frozenset[str]] = {
    "anchor": frozenset({"measure", "range"}),
    "percent": frozenset({"n"}),
    "up_to": frozenset({"high"}),
    "above": frozenset({"low"}),
    "above_up_to": frozenset({"low", "high"}),
    "from": frozenset({"low"}),
    "from_under": frozenset({"low", "high"}),
    "above_under": frozenset({"low", "high"}),
    "under": frozenset({"high"}),
    "about": frozenset({"n"}),
    "parts": frozenset({"n", "k"}),
    "or": frozenset({"a", "b"}),
}
"""Every phrase with the names that it has a place for."""

# Words of the engine whose bands are in per cent whatever the pack gives them.
IN_PERCENT = frozenset({"variety", "teams", "time_outside", "jobs"})


def scores_told(item: Item, measure: str | None) -> frozenset[int]:
    """Return the scores of which the numbers of the scale say enough."""
    if item.components:
        return frozenset(range(1, 6))
    if not item.bands or not measure:
        return frozenset()
    low, high = item.bands.otherwise or (0, -1)
    told = {step.score for step in item.bands.steps} | item.bands.anchors.keys()
    return frozenset(told | ({low} if low == high else set()))


def of_bands(item: Item, measure: str, phrases: Mapping[str, str]) -> dict[int, str]:
    """Return what the bands of an item say of each score."""
    if item.bands is None or item.quantity is None:
        return {}
    is_share = item.quantity.given.get("as") == "percent"
    in_percent = is_share or item.quantity.word in IN_PERCENT

    def number(at: Fraction) -> str:
        text = f"{float(at):g}"
        return phrases["percent"].format(n=text) if in_percent else text

    if item.bands.anchors:
        found = {
            score: phrases["about"].format(n=number(at))
            for score, at in item.bands.anchors.items()
        }
    else:
        steps = item.bands.steps
        edges = zip(steps, (None, *steps[:-1]), strict=True)
        found = {step.score: _range(step, up, phrases, number) for step, up in edges}
        for rest in scores_told(item, measure) - found.keys():
            found[rest] = _rest(steps[-1], phrases, number)
    anchor = phrases["anchor"]
    return {
        score: anchor.format(measure=measure, range=each)
        for score, each in found.items()
    }


def _range(
    step: Step, better: Step | None, phrases: Mapping[str, str], number: Number
) -> str:
    """Return the range of a step, up to the one of the next higher score."""
    here = number(step.at)
    if step.side == "at_most":
        if better is None:
            return phrases["up_to"].format(high=here)
        return phrases["above_up_to"].format(low=number(better.at), high=here)
    if better is None:
        name = "from" if step.side == "at_least" else "above"
        return phrases[name].format(low=here)
    name = "from_under" if step.side == "at_least" else "above_under"
    return phrases[name].format(low=here, high=number(better.at))


def _rest(last: Step, phrases: Mapping[str, str], number: Number) -> str:
    here = number(last.at)
    if last.side == "at_most":
        return phrases["above"].format(low=here)
    name = "under" if last.side == "at_least" else "up_to"
    return phrases[name].format(high=here)


def of_components(mapping: Sequence[int], phrases: Mapping[str, str]) -> dict[int, str]:
    """Return how many components each score stands for."""
    found = {}
    for score in set(mapping):
        counts = [str(n) for n, each in enumerate(mapping) if each == score]
        said = counts[0]
        for more in counts[1:]:
            said = phrases["or"].format(a=said, b=more)
        found[score] = phrases["parts"].format(n=said, k=len(mapping) - 1)
    return found
