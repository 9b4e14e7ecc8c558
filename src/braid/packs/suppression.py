"""Suppression profiles: which small numbers are hidden when a statistic leaves, and how.

A measure or report names a profile by its id; `nhs-mhsds` is the usual one. Values
marked R are read once more at their source before anybody relies on them.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any, Literal, Self, cast

from pydantic import Field, model_validator

from braid.method.small_numbers import magnitudes
from braid.method.small_numbers.rules import Rule, Sum
from braid.method.small_numbers.tables import protect
from braid.packs import loader, questions
from braid.packs.jurisdictions import Language, Names, in_language
from braid.packs.shapes import Pack, Strict

USUAL = "nhs-mhsds"


class Marks(Strict):
    """What stands in place of a number.

    `small` for a small count, `beside` for one hidden for its neighbours' sake; the
    same where the publisher has one mark. `file` stands in files.
    """

    small: Names
    beside: Names
    file: str = "9999999"


class Survival(Strict):
    """What is shown of a survival curve: from how many at risk, and its median."""

    at_risk: int = Field(default=10, gt=0)
    events: int = Field(default=10, gt=0)


class Spread(Strict):
    """What is shown of a median or quantile: of how many values at least."""

    behind: int = Field(default=10, gt=0)


class Profile(Pack):
    """A profile. Counts under `below` are hidden, others rounded to `rounded_to`.

    `zero` says whether nought is shown. `rates`: a rate is hidden with its numerator,
    its denominator or their difference, and is worked out from printed numbers.
    `dominance`: sums are hidden where one contribution is more than this share of them.
    """

    label: Names
    about: Names
    valid_from: date
    evidence: Literal["S", "R"]
    below: int = Field(gt=1)
    zero: Literal["shown", "hidden"]
    rounded_to: int | None = Field(default=None, gt=1)
    marks: Marks
    rates: Literal["complement"] = "complement"
    dominance: Decimal | None = Field(default=None, gt=0, lt=1)
    survival: Survival = Survival()
    spread: Spread = Spread()

    @model_validator(mode="after")
    def _rounds_to_odd(self) -> Self:
        if self.rounded_to is not None and self.rounded_to % 2 == 0:
            raise ValueError("'rounded_to' is odd, so that rounding up equals down")
        return self

    @property
    def open_values(self) -> list[str]:
        """Return that the rule must still be read at its source, where it must."""
        return [] if self.evidence == "S" else ["rule not read at its source"]

    @property
    def rule(self) -> Rule:
        """Return the rule of one count."""
        has_two_marks = self.marks.small != self.marks.beside
        return Rule(self.below, self.zero == "shown", self.rounded_to, has_two_marks)

    @property
    def largest_share(self) -> Fraction | None:
        """Return the share from which one contribution dominates a sum."""
        return None if self.dominance is None else Fraction(self.dominance)

    def mark(self, is_small: bool, language: Language) -> str:
        """Return what a page shows in place of a number."""
        marks = self.marks.small if is_small else self.marks.beside
        return in_language(marks, language)

    def text(self, language: Language) -> str:
        """Return what is hidden and rounded, in `language`, else English."""
        return " ".join(in_language(self.about, language).split())

    def name(self, language: Language) -> str:
        """Return the label in `language`, else in its base or in English."""
        return in_language(self.label, language)


def load() -> dict[str, Profile]:
    """Return all profiles by id. Raises: PackFaults."""
    return loader.load("suppression")


def get(profile: str, version: str | None = None) -> Profile:
    """Return a profile by its id. Raises: PackFault, PackFaults."""
    return cast(Profile, loader.get("suppression", profile, version))


# Situations: each asks one question of the pack.


def _row(pack: Profile, row: list[int], total: int, language: str = "en") -> Any:
    """Print a row and its total, and say what a reader can still work out."""
    counts = [*row, total]
    found = protect(counts, [Sum(len(row), tuple(range(len(row))))], pack.rule)
    printed = [
        cell.printed if cell.printed is not None else pack.mark(cell.is_small, language)
        for cell in found.cells
    ]
    left = {n: list(found.possible(n)) for n in found.hidden}
    return {"printed": printed, "left": [left[n] for n in sorted(left)]}


def _middle(pack: Profile, values: list[int], language: str = "en") -> Any:
    """Print the median of some values, which is never one person's."""
    whole = [Fraction(value) for value in values]
    exact = Fraction(median(whole))
    found = magnitudes.middle(exact, whole, pack.rule, behind=pack.spread.behind)
    return {"printed": None if found is None else float(found)}


def _sum(pack: Profile, values: list[int], language: str = "en") -> Any:
    """Say whether the sum of some values is shown."""
    whole = [Fraction(value) for value in values]
    is_small = pack.rule.is_small(len(whole))
    may = magnitudes.may_add_up(whole, pack.largest_share)
    return {"shown": may and not is_small}


def _rate(pack: Profile, of: int, to: int, language: str = "en") -> Any:
    """Print a rate as hits, whole, and whether its value is shown."""
    parts = (of, to - of, to)
    found = protect(parts, [Sum(2, (0, 1))], pack.rule, of_rates=(0, 1))
    shown = not found.hidden
    return {"shown": shown}


QUESTIONS: Mapping[str, Callable[..., Any]] = {
    "row": _row,
    "rate": _rate,
    "median": _middle,
    "sum": _sum,
}
run_situation = questions.runner(QUESTIONS)
loader.register("suppression", Profile, run_situation)
