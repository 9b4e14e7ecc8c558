"""Checklists for reporting and appraising studies: topics, short prompts, what fills them.

The prompts are our own words; the published text is linked to. A checklist gives a
profile of answers, never a sum: none of its publishers advises one.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal, Self, cast, get_args

from pydantic import Field, model_validator

from braid.packs import loader, questions
from braid.packs.jurisdictions import in_language
from braid.packs.measures.schema import Sentence
from braid.packs.shapes import Pack, Strict

Filled = Literal[
    "",
    # from interviews and their coding
    "sample_size",
    "refusals",
    "setting",
    "others_present",
    "sample",
    "guide",
    "repeats",
    "recording",
    "field_notes",
    "durations",
    "saturation",
    "transcripts_returned",
    "coders",
    "code_tree",
    "origin_of_codes",
    "software",
    "member_checks",
    "quotes",
    # from a meta-ethnography
    "protocol",
    "searches",
    "screening",
    "flow",
    "extraction",
    "characteristics",
    "relations",
    "translations",
    "constructs",
    "findings",
]
"""What the record can say by itself; an empty one is answered by a person."""
FILLED: tuple[Filled, ...] = get_args(Filled)


class Group(Strict):
    """Items that belong together."""

    id: str = Field(pattern=r"^[a-z][a-z_-]*$")
    title: Sentence


class Item(Strict):
    """One thing to report or to judge. `screens`: a “no” here may end the appraisal."""

    id: str = Field(pattern=r"^[0-9]+$")
    group: str
    topic: Sentence
    prompt: Sentence
    filled_from: Filled = ""
    screens: bool = False


class Checklist(Pack):
    """A checklist as its publisher orders it.

    `answers` are the closed answers; without any the answer is text with a page.
    """

    title: Sentence
    valid_from: date
    about: Literal["report", "appraisal"]
    reviewed: bool = False
    answers: dict[str, Sentence] = {}
    groups: tuple[Group, ...] = Field(min_length=1)
    items: tuple[Item, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if [item.id for item in self.items] != [
            str(number) for number in range(1, len(self.items) + 1)
        ]:
            raise ValueError("the items are not numbered from 1 on")
        order = [group for group, _ in groupby(item.group for item in self.items)]
        if order != [group.id for group in self.groups]:
            raise ValueError("the items do not stand in the order of their groups")
        if (self.about == "appraisal") != bool(self.answers):
            raise ValueError("an appraisal has closed answers, and a report has none")
        return self

    def named(self, language: str) -> str:
        """Return its title in `language`, else in English."""
        return in_language(self.title, language)


@dataclass(frozen=True, slots=True)
class Profile:
    """How a checklist was answered: a count for each answer, and what is open."""

    counts: Mapping[str, int]
    open: tuple[str, ...]
    stopped_by: tuple[str, ...]


def profile(checklist: Checklist, answers: Mapping[str, str]) -> Profile:
    """Return how many items have each answer; `answers` by the item's number.

    There is no sum. `stopped_by` are screening items answered “no”. Raises: ValueError
    for an item or an answer that the checklist does not have.
    """
    known = {item.id for item in checklist.items}
    if unknown := sorted(set(answers) - known):
        raise ValueError(f"There is no item '{unknown[0]}' in '{checklist.id}'.")
    given = {item: said for item, said in answers.items() if said.strip()}
    if checklist.answers and (
        strange := sorted(set(given.values()) - set(checklist.answers))
    ):
        raise ValueError(
            f"'{strange[0]}' is no answer. Known are: {', '.join(checklist.answers)}."
        )
    counted = (
        Counter(given.values()) if checklist.answers else Counter(answered=len(given))
    )
    names = tuple(checklist.answers) or ("answered",)
    return Profile(
        {name: counted[name] for name in names},
        tuple(item.id for item in checklist.items if item.id not in given),
        tuple(
            item.id
            for item in checklist.items
            if item.screens and given.get(item.id) == "no"
        ),
    )


def load() -> dict[str, Checklist]:
    """Return all checklists by id. Raises: PackFaults."""
    return loader.load("checklists")


def get(name: str, version: str | None = None) -> Checklist:
    """Return one checklist. Raises: PackFault, PackFaults."""
    return cast(Checklist, loader.get("checklists", name, version))


# Situations: counts of the published list, and profiles of answers.


def _items(pack: Checklist) -> dict[str, Any]:
    groups = Counter(item.group for item in pack.items)
    return {
        "items": len(pack.items),
        "by_group": [groups[group.id] for group in pack.groups],
        "filled": sum(bool(item.filled_from) for item in pack.items),
        "screening": [item.id for item in pack.items if item.screens],
    }


def _item(pack: Checklist, number: str) -> dict[str, Any]:
    found = next((item for item in pack.items if item.id == str(number)), None)
    if found is None:
        return {}
    return {"group": found.group, "filled_from": found.filled_from}


def _profile(pack: Checklist, answers: Mapping[Any, str]) -> dict[str, Any]:
    met = profile(pack, {str(item): said for item, said in answers.items()})
    return {
        "counts": dict(met.counts),
        "open": len(met.open),
        "stopped_by": list(met.stopped_by),
    }


QUESTIONS: Mapping[str, Callable[..., Any]] = {
    "items": _items,
    "item": _item,
    "profile": _profile,
}
run_situation = questions.runner(QUESTIONS)
loader.register("checklists", Checklist, run_situation)
