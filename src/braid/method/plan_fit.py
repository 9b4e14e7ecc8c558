"""Whether an employer fits what somebody looks for: a proposal with its reasons.

A specialist decides. What a plan wants to avoid stands in words and is only shown.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from braid.method.likeness import fold
from braid.method.matching import INDUSTRY_DIVISION, OCCUPATION_GROUP

Answer = Literal["yes", "no", "open"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan names: codes of ISCO-08 and ISIC Rev. 4, and words without a code."""

    occupations: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownOf:
    """What is known of an employer: its industry, and the work that it has had."""

    industry: str = ""
    occupations: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlanFit:
    """A proposal; each reason is a slug with the code or the words that it is about."""

    answer: Answer
    reasons: tuple[tuple[str, str], ...] = field(default=())


def plan_fit(wanted: Wanted | None, known: KnownOf) -> PlanFit:
    """Propose whether a contact with an employer fits a plan; None is no plan.

    Yes when work that the employer has, or its industry, is named by the plan. No when
    everything that the plan names has a code, and the employer is known to be something
    else in each. Else open, saying what is not known.
    """
    if wanted is None:
        return PlanFit("open", (("no_plan", ""),))
    if not (wanted.occupations or wanted.industries or wanted.words):
        return PlanFit("open", (("plan_names_no_work", ""),))
    met = _met(wanted, known)
    if met:
        return PlanFit("yes", tuple(met))
    unknown = _not_known(wanted, known)
    if unknown:
        return PlanFit("open", tuple(unknown))
    return PlanFit("no", (("other_work", ""),))


def _met(wanted: Wanted, known: KnownOf) -> list[tuple[str, str]]:
    industries = {known.industry} if known.industry else set()
    found = [
        ("occupation", code)
        for code in sorted(wanted.occupations)
        if _alike(code, known.occupations, OCCUPATION_GROUP)
    ]
    found += [
        ("industry", code)
        for code in sorted(wanted.industries)
        if _alike(code, industries, INDUSTRY_DIVISION)
    ]
    titles = [fold(title) for title in known.titles]
    found += [
        ("words", words)
        for words in sorted(wanted.words)
        if any(fold(words) in title for title in titles)
    ]
    return found


def _alike(code: str, others: Collection[str], digits: int) -> bool:
    return any(code[:digits] == other[:digits] for other in others)


def _not_known(wanted: Wanted, known: KnownOf) -> list[tuple[str, str]]:
    found = [("words_only", words) for words in sorted(wanted.words)]
    if wanted.occupations and not known.occupations:
        found.append(("work_unknown", ""))
    if wanted.industries and not known.industry:
        found.append(("industry_unknown", ""))
    return found
