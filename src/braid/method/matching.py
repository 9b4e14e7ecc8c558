"""Whether a shared lead fits what somebody looks for: a filter that gives its reasons.

Two answers decide: the hours, and the kind of work. What stands in words, such as times
of day and what to avoid, is shown for a person to weigh and never decides. There is no
score and no order: a fit is yes, no, or open for want of knowledge.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from braid.method.likeness import fold

OCCUPATION_GROUP = 3  # digits of ISCO-08 that make a minor group: work much alike
INDUSTRY_DIVISION = 2  # digits of ISIC Rev. 4 that make a division
LONG_ENOUGH = 4  # letters from which a word of a text means something by itself


class Fit(StrEnum):
    """Whether a lead and a plan fit; `look` is shown and decides nothing."""

    FITS = "fits"
    DOES_NOT = "does_not"
    OPEN = "open"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """A lead as far as it can be compared: hours a week, codes, and its words.

    `occupation` is ISCO-08, `industry` ISIC Rev. 4 of the employer; empty is not known.
    """

    hours_from: Decimal | None = None
    hours_to: Decimal | None = None
    occupation: str = ""
    industry: str = ""
    times: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What somebody looks for. An hour that is not said bounds nothing."""

    hours_from: Decimal | None = None
    hours_to: Decimal | None = None
    occupations: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    other_targets: bool = False  # work that the plan names without a code
    times: str = ""
    travel_minutes: int | None = None
    avoid: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a slug that pages word, what it means for the fit, and its words."""

    slug: str
    fit: Fit
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The answer with its reasons, those that decide first."""

    fit: Fit
    reasons: tuple[Reason, ...]


def compare(lead: LeadFacts, plan: PlanFacts) -> Match:
    """Say whether a lead fits a plan, and why."""
    deciding = (_hours(lead, plan), _work(lead, plan))
    return Match(
        fit=_together(reason.fit for reason in deciding),
        reasons=(*deciding, *_to_look_at(lead, plan)),
    )


def _together(fits: Iterable[Fit]) -> Fit:
    found = set(fits)
    if Fit.DOES_NOT in found:
        return Fit.DOES_NOT
    return Fit.OPEN if Fit.OPEN in found else Fit.FITS


def _hours(lead: LeadFacts, plan: PlanFacts) -> Reason:
    if plan.hours_from is None and plan.hours_to is None:
        return Reason("hours_free", Fit.FITS)
    if lead.hours_from is None and lead.hours_to is None:
        return Reason("hours_not_known", Fit.OPEN)
    if _is_above(lead.hours_from, plan.hours_to):
        return Reason("hours_too_many", Fit.DOES_NOT)
    if _is_above(plan.hours_from, lead.hours_to):
        return Reason("hours_too_few", Fit.DOES_NOT)
    return Reason("hours_meet", Fit.FITS)


def _is_above(least: Decimal | None, most: Decimal | None) -> bool:
    return least is not None and most is not None and least > most


def _work(lead: LeadFacts, plan: PlanFacts) -> Reason:
    if not (plan.occupations or plan.industries or plan.other_targets):
        return Reason("work_free", Fit.FITS)
    if _alike(lead.occupation, plan.occupations, OCCUPATION_GROUP):
        return Reason("occupation_meets", Fit.FITS)
    if _alike(lead.industry, plan.industries, INDUSTRY_DIVISION):
        return Reason("industry_meets", Fit.FITS)
    if plan.other_targets:
        return Reason("work_in_words", Fit.OPEN)
    if plan.occupations and not lead.occupation:
        return Reason("occupation_not_known", Fit.OPEN)
    if plan.industries and not lead.industry:
        return Reason("industry_not_known", Fit.OPEN)
    return Reason("other_work", Fit.DOES_NOT)


def _alike(code: str, wanted: Collection[str], digits: int) -> bool:
    """Say whether a code lies in a group that is wanted, or beside it in its group."""
    return bool(code) and any(
        code.startswith(one[:digits]) or one.startswith(code) for one in wanted if one
    )


def _to_look_at(lead: LeadFacts, plan: PlanFacts) -> Iterable[Reason]:
    if plan.times:
        slug = "times_to_compare" if lead.times else "times_not_known"
        words = (plan.times, lead.times) if lead.times else (plan.times,)
        yield Reason(slug, Fit.LOOK, words)
    if plan.travel_minutes is not None:
        yield Reason("travel_to_check", Fit.LOOK, (str(plan.travel_minutes),))
    if plan.avoid:
        met = _shared_words(plan.avoid, f"{lead.words} {lead.times}")
        slug = "avoid_met" if met else "avoid_to_check"
        yield Reason(slug, Fit.LOOK, (plan.avoid, *met))


def _shared_words(one: str, other: str) -> tuple[str, ...]:
    """Return the words of `one` that also stand in `other`, however they are written."""
    known = set(fold(other).split())
    words = dict.fromkeys(re.findall(r"\w+", one))
    return tuple(
        word for word in words if len(word) >= LONG_ENOUGH and fold(word) in known
    )
