"""The kind `scale_texts`: what a scale says, by language.

A text of an installation (`BRAID_PACKS`) with the id of a shipped one stands in for it:
so a unit reads its own licensed wording.
"""

from collections.abc import Mapping
from typing import Any

from braid.kernel.errors import InputFault
from braid.packs import loader, scales
from braid.packs.jurisdictions import Language
from braid.packs.scale_texts.schema import ItemText, TextPack
from braid.packs.shapes import Situation

__all__ = ["ItemText", "TextPack", "load", "texts", "variant"]


def load() -> Mapping[str, TextPack]:
    """Return all texts by id, each in its latest edition. Raises: PackFaults."""
    found: dict[str, TextPack] = loader.load("scale_texts")
    return found


def texts(scale: str, locale: Language) -> TextPack:
    """Return the words of a scale in a language, else in its base, in English, or in any.

    Raises: InputFault (`texts_unknown`) where a scale has no words at all; PackFaults.
    """
    found = {each.locale: each for each in load().values() if each.scale == scale}
    for wanted in (locale, locale.partition("-")[0], "en"):
        if wanted in found:
            return found[wanted]
    if not found:
        raise InputFault(
            "There are no words for this scale. Add a text for it in a pack folder.",
            field="scale",
            reason="texts_unknown",
        )
    return next(iter(found.values()))


def variant(scale: str, chosen: str, locale: Language) -> str:
    """Return what a house rule says in a variant, such as `HR-17a=nearest`, with its id.

    In English where the words of a language do not say it, else the id of the variant.
    """
    rule, _is, name = chosen.partition("=")
    for wanted in (locale, "en"):
        if said := texts(scale, wanted).variants.get(rule, {}).get(name):
            return f"{rule}: {said}"
    return f"{rule}: {name.replace('_', ' ')}"


def run_situation(pack: TextPack, situation: Situation) -> list[str]:
    """Read the words of an `item`; return what is not as expected.

    Expected is a mapping of `title`, a score or a component to its words.
    """
    given = situation.input if isinstance(situation.input, dict) else {}
    if "item" not in given or not isinstance(situation.expect, dict):
        return ["its input names an 'item', and words are expected of it."]
    item = scales.get(pack.scale).item(given["item"])
    words: dict[Any, str] = {"title": pack.items[item.no].title, **pack.anchors(item)}
    words |= pack.items[item.no].components
    return [
        f"{part} says {words.get(part)!r}, expected was {expected!r}."
        for part, expected in situation.expect.items()
        if words.get(part) != expected
    ]


loader.register("scale_texts", TextPack, run_situation)
