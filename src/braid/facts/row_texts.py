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
from braid.facts.schema_words import THINGS

if TYPE_CHECKING:
    from braid.facts.rows import RowLine

MORE: Mapping[str, Callable[[], str]] = {
    "week": lambda: _("week"),
    "post": lambda: _("post"),
}
"""What a row is called that stands in no table."""


@dataclass(frozen=True, slots=True)
class RowText:
    """A row as it is shown; `url` leads to the thing, `person_url` to the person.

    `beside` says with whom: a team, an employer, a specialist.
    """

    thing: str
    url: str
    day: date | None
    beside: str
    person: str
    person_url: str
    counts: str


def row_text(
    line: RowLine, means: Mapping[str, str], *beside: str, links_people: bool
) -> RowText:
    """Return a row in words; `means` says what each amount counts."""
    counts = [
        f"{means[name]}: {figures.number_text(amount, 2)}"
        for name, amount in line.amounts.items()
    ]
    if line.left_out:
        why = ", ".join(figures.left_out_texts({line.left_out: 1}))
        counts = [_("left out: %(why)s") % {"why": why}]
    is_linked = links_people and line.applicant_id is not None
    return RowText(
        _thing(line),
        _url(line) if links_people else "",
        line.day,
        ", ".join(name for name in beside if name),
        line.name,
        reverse("desk:person", args=[line.applicant_id]) if is_linked else "",
        " · ".join(counts),
    )


def _url(line: RowLine) -> str:
    """Return where a thing has a page of its own."""
    if line.thing == "jobs" and line.applicant_id is not None:
        return reverse("work:job", args=[line.key])
    if line.thing == "employer_contacts" and line.employer:
        return reverse("work:employer", args=[line.employer])
    return ""


def _thing(line: RowLine) -> str:
    """Return what a row is; rows of persons and of days name no thing."""
    if line.thing in THINGS:
        return str(THINGS[line.thing])
    if line.thing in MORE:
        return MORE[line.thing]()
    return _("day") if line.day or not line.name else _("person")


def kept_back_text(number: int) -> str:
    """Say how many people are counted whose record the reader may not open."""
    said = ngettext(
        "and %(n)s person whose record you may not open",
        "and %(n)s people whose record you may not open",
        number,
    )
    return said % {"n": figures.number_text(number, 0)}
