"""The rows behind a figure in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.facts import presenters as figures

if TYPE_CHECKING:
    from braid.facts.rows import RowLine

THINGS: Mapping[str, Callable[[], str]] = {
    "proposals": lambda: _("proposal"),
    "questions": lambda: _("question"),
    "tasks": lambda: _("decision"),
    "meetings": lambda: _("meeting"),
    "plan_events": lambda: _("plan"),
    "jobs": lambda: _("job"),
    "employer_contacts": lambda: _("employer contact"),
    "contacts": lambda: _("contact"),
    "refusals": lambda: _("refusal"),
    "episodes": lambda: _("episode"),
}
PAGES: Mapping[str, str] = {"jobs": "work:job"}
"""Where a thing has a page of its own, named by its id."""


@dataclass(frozen=True, slots=True)
class RowText:
    """A row as it is shown; `url` leads to the thing, `person_url` to the person."""

    thing: str
    url: str
    day: date | None
    team: str
    person: str
    person_url: str
    counts: str


def row_text(
    line: RowLine, means: Mapping[str, str], team: str = "", *, links_people: bool
) -> RowText:
    """Return a row in words; `means` says what each amount counts."""
    counts = [
        f"{means[name]}: {figures.number_text(amount, 2)}"
        for name, amount in line.amounts.items()
    ]
    if line.left_out:
        counts = [", ".join(figures.left_out_texts({line.left_out: 1}))]
    is_linked = links_people and line.applicant_id is not None
    page = PAGES.get(line.thing, "") if is_linked else ""
    return RowText(
        _thing(line),
        reverse(page, args=[line.key]) if page else "",
        line.day,
        team,
        line.name,
        reverse("desk:person", args=[line.applicant_id]) if is_linked else "",
        " · ".join(counts),
    )


def _thing(line: RowLine) -> str:
    """Return what a row is; rows of persons and of days name no thing."""
    if line.thing in THINGS:
        return THINGS[line.thing]()
    return _("day") if line.day or not line.name else _("person")


def kept_back_text(number: int) -> str:
    """Say how many people are counted whose record the reader may not open."""
    said = ngettext(
        "and %(n)s person whose record you may not open",
        "and %(n)s people whose record you may not open",
        number,
    )
    return said % {"n": figures.number_text(number, 0)}
