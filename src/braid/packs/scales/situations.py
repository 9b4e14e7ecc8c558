"""Run a situation of a scale.

    input: {item: 1, quantities: {active_clients: 80, es_fte: 4}, rules: {HR-1a: rounded}}
    input: {scores: [5, 4, …]}             # null is insufficient, no_fit where there is one
    input: {total: "91.7", is_mean: true}
    input: {bounds: {1: [2, 4]}}           # items left out are open
    expect: {score: 5, floor: 5, notes: []}

Of the answer only what is expected is compared; fractions are written as text.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from fractions import Fraction
from typing import Any

from braid.kernel.errors import InputFault
from braid.method import scales as engine
from braid.packs.scales.schema import ScalePack
from braid.packs.shapes import Situation


def item_document(found: engine.Scored) -> dict[str, Any]:
    """Return a score as a document: fractions as text, extras beside the rest."""
    document = {
        "status": found.status,
        "score": found.score,
        "floor": found.floor,
        "ceiling": found.ceiling,
        "value": found.value,
        "rule": list(found.rule),
        "notes": list(found.notes),
    }
    return {
        name: plain(value) for name, value in (document | dict(found.extras)).items()
    }


def plain(value: Any) -> Any:
    """Return a value of the engine as JSON has it: a fraction as text, all else as is."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value


def _item(scale: engine.Scale, given: Mapping[str, Any]) -> dict[str, Any]:
    rules = engine.rules_of(scale, given.get("rules", {}))
    item = scale.item(given["item"])
    found = engine.scored(item, given["quantities"], rules=rules)
    lift = engine.what_would_raise(item, found, given["quantities"], rules=rules)
    return item_document(found) | {"raise": plain(lift)}


def _scores(scale: engine.Scale, given: Mapping[str, Any]) -> dict[str, Any]:
    found = asdict(engine.total(scale, given["scores"]))
    return {name: plain(value) for name, value in found.items()}


def _total(scale: engine.Scale, given: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in given.items() if name != "total"}
    rules = engine.rules_of(scale, said.pop("rules", {}))
    found = engine.banded(scale, given["total"], rules=rules, **said)
    return {name: plain(value) for name, value in asdict(found).items()}


def _bounds(scale: engine.Scale, given: Mapping[str, Any]) -> dict[str, Any]:
    bounds = {no: (low, high) for no, (low, high) in given["bounds"].items()}
    return {n: plain(v) for n, v in asdict(engine.interval(scale, bounds)).items()}


ASKING: Mapping[str, Callable[[engine.Scale, Mapping[str, Any]], dict[str, Any]]] = {
    "item": _item,
    "scores": _scores,
    "total": _total,
    "bounds": _bounds,
}


def run_situation(pack: ScalePack, situation: Situation) -> list[str]:
    """Ask the scale what `input` asks; return where the answer is not as expected."""
    given = situation.input if isinstance(situation.input, dict) else {}
    ask = next((ASKING[name] for name in ASKING if name in given), None)
    if ask is None:
        return [f"its input has one of {', '.join(ASKING)}."]
    if not isinstance(situation.expect, dict) or not situation.expect:
        return ["nothing is expected. Name a part of the answer and its value."]
    try:
        answer = ask(pack.scale, given)
    except InputFault as fault:
        answer = {"error": fault.reason}
    except (KeyError, TypeError, ValueError) as error:
        return [f"the question cannot be asked: {error}."]
    return [
        f"{part} is {answer.get(part)!r}, expected was {expected!r}."
        for part, expected in situation.expect.items()
        if answer.get(part) != expected
    ]
