"""What a comparison of a lead and a plan says to people: an answer and its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.method.matching import Fit, Match, Reason
from braid.web.presenters import State, Tab

Compared = TypeVar("Compared")

# The answers stand in one colour: no plan is better or worse than another.
FITS: dict[Fit, Promise] = {
    Fit.FITS: _("fits"),
    Fit.DOES_NOT: _("does not fit"),
    Fit.OPEN: _("not known"),
}
SENTENCES: dict[str, Promise] = {
    "hours_free": _("The plan says nothing about hours."),
    "hours_not_known": _("The hours of the lead are not known. Ask the employer."),
    "hours_too_many": _("It is more hours than the plan says."),
    "hours_too_few": _("It is fewer hours than the plan says."),
    "hours_meet": _("The hours meet those of the plan."),
    "work_free": _("The plan is open to any kind of work."),
    "occupation_meets": _("It is work of a kind that the plan names."),
    "industry_meets": _("The employer is in an industry that the plan names."),
    "work_in_words": _("The plan names the work in words only. Read and judge."),
    "occupation_not_known": _("The occupation of the lead is not known."),
    "industry_not_known": _("The industry of the employer is not known."),
    "other_work": _("It is other work than the plan names."),
    "times_to_compare": _("When: the plan says “%(one)s”, the lead “%(other)s”."),
    "times_not_known": _("When: the plan says “%(one)s”; the lead says nothing."),
    "travel_to_check": _("At most %(one)s minutes on the way: look at the map."),
    "avoid_to_check": _("To avoid: “%(one)s”."),
    "avoid_met": _("To avoid: “%(one)s”. The lead has the word “%(other)s”."),
}
SHOWS: dict[str, tuple[Promise, frozenset[Fit]]] = {
    "possible": (_("Fits or not known"), frozenset({Fit.FITS, Fit.OPEN})),
    "fits": (_("Fits"), frozenset({Fit.FITS})),
    "all": (_("All, with why not"), frozenset(FITS)),
}


@dataclass(frozen=True, slots=True)
class MatchWords:
    """An answer in words: a label, why, and what a person weighs."""

    label: str
    state: State
    reasons: tuple[str, ...]
    to_weigh: tuple[str, ...]


def match_words(match: Match) -> MatchWords:
    """Return an answer in words."""
    return MatchWords(
        label=str(FITS[match.fit]),
        state=State.INFO,
        reasons=tuple(_say(one) for one in match.reasons if one.fit != Fit.LOOK),
        to_weigh=tuple(_say(one) for one in match.reasons if one.fit == Fit.LOOK),
    )


def _say(reason: Reason) -> str:
    one, *others = reason.words or ("",)
    return SENTENCES[reason.slug] % {"one": one, "other": ", ".join(others)}


def chosen(
    compared: Sequence[tuple[Compared, Match]], asked: str
) -> tuple[list[tuple[Compared, Match]], list[Tab]]:
    """Return the answers that are asked for in the order given, and the tabs."""
    show = asked if asked in SHOWS else "possible"
    tabs = [
        Tab(
            str(label),
            f"?show={slug}",
            slug == show,
            sum(match.fit in fits for _one, match in compared),
        )
        for slug, (label, fits) in SHOWS.items()
    ]
    wanted = SHOWS[show][1]
    return [pair for pair in compared if pair[1].fit in wanted], tabs
