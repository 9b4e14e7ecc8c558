"""Frameworks for pattern matching: ideal types, and what each expects on each dimension.

A study copies a framework and edits the copy; the pack itself stays as it was published.
Each cell is a code `logic:dimension` that a passage matches, partly, contradicts or not.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self, cast

from pydantic import Field, model_validator

from braid.packs import loader, questions
from braid.packs.jurisdictions import in_language
from braid.packs.measures.schema import Sentence
from braid.packs.shapes import Pack, Strict

SLUG = r"^[a-z][a-z-]*$"


class Fit(StrEnum):
    """How a passage stands to what a logic expects."""

    MATCH = "match"
    PARTIAL = "partial"
    CONTRADICTS = "contradicts"
    ABSENT = "absent"


class Logic(Strict):
    """An ideal type: a way of seeing the world that makes things self-evident."""

    id: str = Field(pattern=SLUG)
    title: Sentence


class Dimension(Strict):
    """A row of the table, with what each logic expects there."""

    id: str = Field(pattern=SLUG)
    title: Sentence
    expects: dict[str, Sentence]


class Framework(Pack):
    """A table of logics by dimensions; every cell is filled."""

    title: Sentence
    valid_from: date
    reviewed: bool = False
    logics: tuple[Logic, ...] = Field(min_length=2)
    dimensions: tuple[Dimension, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_a_whole_table(self) -> Self:
        for what, held in (("logic", self.logics), ("dimension", self.dimensions)):
            counted = Counter(each.id for each in held)
            if again := sorted(name for name, count in counted.items() if count > 1):
                raise ValueError(f"the {what} '{again[0]}' stands here more than once")
        logics = {logic.id for logic in self.logics}
        for row in self.dimensions:
            if set(row.expects) != logics:
                wrong = sorted(set(row.expects) ^ logics)
                raise ValueError(
                    f"'{row.id}' says nothing, or too much, of {', '.join(wrong)}"
                )
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """Return its locked codes, `logic:dimension`, row by row."""
        return tuple(
            f"{logic.id}:{row.id}" for row in self.dimensions for logic in self.logics
        )

    def expected(self, logic: str, dimension: str, language: str = "en") -> str:
        """Return what a logic expects. Raises: KeyError where there is no such cell."""
        rows = {row.id: row for row in self.dimensions}
        return in_language(rows[dimension].expects[logic], language)


@dataclass(frozen=True, slots=True)
class Fitting:
    """How one dimension came out: counts of fits by logic, and the logics that fit best.

    `best` has several where they fit alike, and none where nothing matches.
    """

    counts: Mapping[str, Mapping[Fit, int]]
    best: tuple[str, ...]


def fitting(
    framework: Framework, coded: Mapping[str, Mapping[Fit, int]]
) -> dict[str, Fitting]:
    """Return by dimension how the logics fit: `coded` are passages by code and fit.

    A logic fits better by more matches, then by more partial ones, then by fewer that
    contradict. Raises: ValueError for a code that the framework does not have.
    """
    if unknown := sorted(set(coded) - set(framework.codes)):
        raise ValueError(f"'{unknown[0]}' is no code of '{framework.id}'.")
    found = {}
    for row in framework.dimensions:
        counts = {
            logic.id: {
                fit: coded.get(f"{logic.id}:{row.id}", {}).get(fit, 0) for fit in Fit
            }
            for logic in framework.logics
        }
        ranks = {
            logic: (held[Fit.MATCH], held[Fit.PARTIAL], -held[Fit.CONTRADICTS])
            for logic, held in counts.items()
        }
        top = max(ranks.values())
        best = tuple(logic for logic, rank in ranks.items() if rank == top)
        found[row.id] = Fitting(counts, best if top[0] or top[1] else ())
    return found


def without_data(
    framework: Framework, coded: Mapping[str, Mapping[Fit, int]]
) -> tuple[str, ...]:
    """Return the dimensions of which no passage speaks. Raises: ValueError."""
    return tuple(
        name
        for name, met in fitting(framework, coded).items()
        if not any(
            count
            for held in met.counts.values()
            for fit, count in held.items()
            if fit is not Fit.ABSENT
        )
    )


def load() -> dict[str, Framework]:
    """Return all frameworks by id. Raises: PackFaults."""
    return loader.load("frameworks")


def get(name: str, version: str | None = None) -> Framework:
    """Return one framework. Raises: PackFault, PackFaults."""
    return cast(Framework, loader.get("frameworks", name, version))


# Situations: cells, and how invented passages fit.


def _table(pack: Framework) -> dict[str, Any]:
    return {
        "logics": [logic.id for logic in pack.logics],
        "dimensions": len(pack.dimensions),
        "codes": len(pack.codes),
    }


def _cell(pack: Framework, logic: str, dimension: str) -> dict[str, Any]:
    return {"expects": pack.expected(logic, dimension)}


def _fit(pack: Framework, coded: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    counted = {
        code: {Fit(fit): count for fit, count in fits.items()}
        for code, fits in coded.items()
    }
    met = fitting(pack, counted)
    return {
        "best": {name: list(each.best) for name, each in met.items() if each.best},
        "without_data": len(without_data(pack, counted)),
    }


QUESTIONS: Mapping[str, Callable[..., Any]] = {
    "table": _table,
    "cell": _cell,
    "fit": _fit,
}
run_situation = questions.runner(QUESTIONS)
loader.register("frameworks", Framework, run_situation)
