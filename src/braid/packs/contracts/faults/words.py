"""Words: known, given what they need, nothing else, and compared once."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from braid.method.contracts.shape import COMPARISONS, EVIDENCE, LABELS
from braid.method.contracts.vocabulary import NAMED_RULES, WORDS, Argument, Defined
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


def faults_of_words(document: Document) -> Iterator[Fault]:
    """Yield faults of words, thresholds, named rules and kinds of evidence."""
    data = document.data
    for at, found in mappings(data):
        if "word" in found:
            yield from _word(at, found)
    for at, milestone in milestones(data):
        if isinstance(milestone.get("threshold"), dict):
            yield from _compared(
                (*at, "threshold"), milestone["threshold"], "a threshold"
            )
        for place, threshold in listed(milestone, "record_also", at):
            yield from _compared(place, threshold, "a threshold")
        yield from _evidence((*at, "evidence"), part(milestone, "evidence"))
    rules = data.get("rules")
    for number, name in enumerate(rules if isinstance(rules, list) else ()):
        if isinstance(name, str) and name not in NAMED_RULES:
            yield (
                ("rules", number),
                f"'{name}' is no named rule. Known are: {known(NAMED_RULES)}.",
            )


def _word(at: Key, found: Mapping[str, Any]) -> Iterator[Fault]:
    name = found["word"]
    word = WORDS.get(name) if isinstance(name, str) else None
    if word is None:
        yield (*at, "word"), _no_word(str(name))
        return
    for key in found:
        if key != "word" and key not in word.keys and (key in _OF_WORDS):
            yield (*at, key), f"The word '{name}' takes no '{key}'. Take it out."
    for key, argument in word.arguments.items():
        yield from _argument(at, word, key, argument, found)
    if word.comparison == "required":
        yield from _compared(at, found, f"the word '{name}'")


_OF_WORDS = frozenset(
    {*COMPARISONS, *(key for word in WORDS.values() for key in word.arguments)}
)


def _no_word(name: str) -> str:
    near = difflib.get_close_matches(name, list(WORDS), 1)
    cure = f"Did you mean '{near[0]}'?" if near else f"Known are: {known(WORDS)}."
    return f"'{name}' is not a word of the vocabulary. {cure}"


def _argument(
    at: Key, word: Defined, key: str, argument: Argument, found: Mapping[str, Any]
) -> Iterator[Fault]:
    if key not in found:
        if argument.required:
            yield at, f"The word '{word.name}' needs '{key}'. {argument.about}"
        return
    given = found[key]
    values = given if isinstance(given, list) else [given]
    for number, value in enumerate(values):
        if argument.choices and value not in argument.choices:
            place = (*at, key, number) if isinstance(given, list) else (*at, key)
            yield (
                place,
                f"'{value}' is no '{key}' of the word '{word.name}'. Known are: "
                f"{known(argument.choices)}.",
            )


def _compared(at: Key, found: Mapping[str, Any], what: str) -> Iterator[Fault]:
    given = [name for name in COMPARISONS if name in found]
    if not given:
        yield (
            at,
            f"There is no comparison: {what} needs exactly one of "
            f"{known(COMPARISONS)}. Say whether the limit itself counts.",
        )
    for name in given[1:]:
        yield (
            (*at, name),
            f"There are two comparisons: {what} needs exactly one of "
            f"{known(COMPARISONS)}. Keep one.",
        )


def _evidence(at: Key, evidence: Mapping[str, Any]) -> Iterator[Fault]:
    sets = evidence.get("any_of")
    for number, each in enumerate(sets if isinstance(sets, list) else ()):
        for kind in texts(each):
            if kind not in EVIDENCE:
                place = (*at, "any_of", number, each.index(kind))
                cure = (
                    "Write it as {other: LABEL}."
                    if kind in {"other", *LABELS}
                    else f"Known are: {known(EVIDENCE)}, or {{other: LABEL}}."
                )
                yield place, f"'{kind}' is no kind of evidence. {cure}"
    for place, other in mappings(sets, (*at, "any_of")):
        label = other.get("other")
        if isinstance(label, str) and label not in LABELS:
            yield (
                (*place, "other"),
                f"'{label}' is no label of other evidence. Known are: {known(LABELS)}.",
            )
