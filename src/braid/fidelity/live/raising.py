"""What would raise an item, as a sentence: a mirror of the record, no forecast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.facts.presenters import number_text
from braid.fidelity.live.values import defined, said

if TYPE_CHECKING:
    from braid.fidelity.live.reading import LiveItem
    from braid.method.scales import Item, Lift

Change = Mapping[str, Fraction | int | str]
Told = Callable[["Item", Change], str]
TENTH = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Raised:
    """The smallest change that would lift an item, and to which score."""

    no: int
    title: str
    url: str
    what: str
    score: int
    anchor: str


def sentence(one: LiveItem, lift: Lift | None = None) -> str:
    """Return the change of a lift in words, by default that of the item."""
    lift = lift or one.lift
    if lift is None:
        return ""
    if lift.text == "more_often":
        return _more_often(one, lift.change)
    return TEXTS[lift.text](one.item, lift.change)


def _number(change: Change, name: str) -> int:
    """Return a number of whole things."""
    return int(Fraction(change.get(name, 0)))


def _up(value: Fraction) -> str:
    """Return a number with one decimal, upwards: less of it would not be enough."""
    return number_text(Fraction((value / TENTH).__ceil__()) * TENTH, 1)


def _counted(text: str, n: int) -> str:
    return text % {"n": number_text(n, 0)}


def _fewer(item: Item, change: Change) -> str:
    if item.key == "caseload":
        return _counted(
            ngettext(
                "%(n)s person less for the same specialists",
                "%(n)s people less for the same specialists",
                _number(change, "count"),
            ),
            _number(change, "count"),
        )
    return _("%(n)s less") % {"n": _up(Fraction(change["points"]))}


def _more(item: Item, change: Change) -> str:
    if item.key == "generalists":
        return _counted(
            ngettext(
                "%(n)s more phase carried out",
                "%(n)s more phases carried out",
                _number(change, "points"),
            ),
            _number(change, "points"),
        )
    return _("%(n)s more") % {"n": _up(Fraction(change["points"]))}


def _more_of_them(item: Item, change: Change) -> str:
    n = _number(change, "count")
    texts = {
        "employment_staff": ngettext(
            "%(n)s minute more of the time worked on employment services",
            "%(n)s minutes more of the time worked on employment services",
            n,
        ),
        "individualised_search": ngettext(
            "%(n)s more of these employer contacts that fits the person's plan",
            "%(n)s more of these employer contacts that fit the person's plan",
            n,
        ),
        "competitive_jobs": ngettext(
            "%(n)s more of the current jobs that is competitive and permanent",
            "%(n)s more of the current jobs that are competitive and permanent",
            n,
        ),
    }
    usual = ngettext("%(n)s more of them", "%(n)s more of them", n)
    return texts.get(item.key, usual) % {"n": number_text(n, 0)}


def _fewer_alike(item: Item, change: Change) -> str:
    if item.key == "employer_diversity":
        return _counted(
            ngettext(
                "%(n)s job with another employer instead of one more with the same",
                "%(n)s jobs with other employers instead of more with the same",
                _number(change, "count"),
            ),
            _number(change, "count"),
        )
    return _counted(
        ngettext(
            "%(n)s job of another kind instead of one more of the same",
            "%(n)s jobs of other kinds instead of more of the same",
            _number(change, "count"),
        ),
        _number(change, "count"),
    )


def _more_jobs(item: Item, change: Change) -> str:
    return _counted(
        ngettext(
            "%(n)s more competitive and permanent job",
            "%(n)s more competitive and permanent jobs",
            _number(change, "count"),
        ),
        _number(change, "count"),
    )


def _more_from(item: Item, change: Change) -> str:
    return _counted(
        ngettext(
            "%(n)s more person of the caseload from the two largest teams",
            "%(n)s more people of the caseload from the two largest teams",
            _number(change, "count"),
        ),
        _number(change, "count"),
    )


def _fewer_teams(item: Item, change: Change) -> str:
    words = _counted(
        ngettext(
            "%(n)s treatment team fewer",
            "%(n)s treatment teams fewer",
            _number(change, "teams"),
        ),
        _number(change, "teams"),
    )
    more = _more_from(item, change) if _number(change, "count") else ""
    return _joined(words, more)


def _attach(item: Item, change: Change) -> str:
    return _("A treatment team that the specialist belongs to")


def _fewer_days(item: Item, change: Change) -> str:
    days = Fraction(change["days"]).__ceil__()
    words = ngettext(
        "%(n)s day sooner, on average, to the first meeting with an employer",
        "%(n)s days sooner, on average, to the first meeting with an employer",
        days,
    )
    return _joined(words % {"n": number_text(days, 0)}, _conditions(change))


def _more_contacts(item: Item, change: Change) -> str:
    more = Fraction(change["contacts_per_week"])
    words = _("%(n)s more face-to-face employer contacts a week") % {"n": _up(more)}
    return _joined(words, _conditions(change))


def _more_time(item: Item, change: Change) -> str:
    if "count" not in change:
        return _("%(n)s percentage points more of the time outside the offices") % {
            "n": _up(Fraction(change["points"]))
        }
    return _counted(
        ngettext(
            "%(n)s minute more of the time in person spent outside the offices",
            "%(n)s minutes more of the time in person spent outside the offices",
            _number(change, "count"),
        ),
        _number(change, "count"),
    )


def _meet_the_condition(item: Item, change: Change) -> str:
    return _conditions(change)


def _more_components(item: Item, change: Change) -> str:
    return _counted(
        ngettext(
            "%(n)s more part in place",
            "%(n)s more parts in place",
            _number(change, "components"),
        ),
        _number(change, "components"),
    )


def _reviewer_decides(item: Item, change: Change) -> str:
    return _("A reviewer's look: the record has all that it can show")


def _points(item: Item, change: Change) -> str:
    return _counted(
        ngettext(
            "%(n)s point more of the scores of specialists together",
            "%(n)s points more of the scores of specialists together",
            _number(change, "points"),
        ),
        _number(change, "points"),
    )


TEXTS: Mapping[str, Told] = {
    "fewer": _fewer,
    "more": _more,
    "more_of_them": _more_of_them,
    "fewer_alike": _fewer_alike,
    "more_jobs": _more_jobs,
    "more_from": _more_from,
    "fewer_teams": _fewer_teams,
    "attach_to_a_team": _attach,
    "fewer_days": _fewer_days,
    "more_contacts": _more_contacts,
    "more_time_outside": _more_time,
    "meet_the_condition": _meet_the_condition,
    "more_components": _more_components,
    "reviewer_decides": _reviewer_decides,
    "points_of_specialists": _points,
}
"""Every sentence by its key; `more_often` is told by what the measures count."""


def _more_often(one: LiveItem, change: Change) -> str:
    """Return how much more is missing of what the item's measures count."""
    labels = {
        name: said(label)
        for figure in one.figures.values()
        for name, label in defined(figure).amounts.items()
    }
    words = _("%(what)s: %(n)s more")
    return _joined(
        *(
            words % {"n": number_text(_number(change, name), 0), "what": labels[name]}
            for name in change
            if name in labels
        )
    )


def _conditions(change: Change) -> str:
    """Return the answers to gates that are missing."""
    return _joined(
        *(
            CONDITIONS[name, str(answer)]()
            for name, answer in change.items()
            if (name, str(answer)) in CONDITIONS
        )
    )


CONDITIONS: Mapping[tuple[str, str], Callable[[], str]] = {
    ("contacts_tracked", "true"): lambda: _(
        "A dated log of employer contacts for nearly everybody who seeks work"
    ),
    ("form_review", "weekly"): lambda: _(
        "The log of employer contacts looked through and signed each week"
    ),
    ("form_review", "monthly"): lambda: _(
        "The log of employer contacts looked through and signed in each month"
    ),
}


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
