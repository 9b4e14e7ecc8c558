"""The rows behind a figure, with the people they are about where these may be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.access import queries as access
from braid.access.policy import Actor
from braid.facts import presenters
from braid.facts import queries as facts
from braid.packs.jurisdictions import in_language
from braid.people import queries as people
from braid.work import queries as work

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.reading import Facts
    from braid.packs.measures import Measure

ROOM = 50  # rows a page
# The table of the facts that tells more of a thing, and where its day stands; the most
# telling id of a row first.
TOLD: Mapping[str, tuple[str, str]] = {
    "contact_id": ("contacts", "day"),
    "employer_contact_id": ("employer_contacts", "day"),
    "job_id": ("jobs", "first_day"),
    "episode_id": ("episodes", "accepted_on"),
}
MORE = ("episode_id", "employer_id", "staff_id")
THINGS = {
    "contact_id": lambda: _("contact"),
    "employer_contact_id": lambda: _("employer contact"),
    "job_id": lambda: _("job"),
    "episode_id": lambda: _("episode"),
    "person_key": lambda: _("person"),
}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row: what it is, when, about whom, by whom, and what it adds to the figure.

    `values` are its amounts in the order of the columns; empty where it adds nothing.
    """

    thing: str
    url: str
    day: date | None
    person: str
    person_url: str
    applicant_id: UUID | None
    employer: str
    specialist: str
    values: tuple[tuple[str, str], ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of rows, and what each of their amounts counts."""

    page: Page[RowLine]
    columns: tuple[str, ...]
    has_specialists: bool


def rows(
    actor: Actor,
    unit: Team,
    measure: Measure,
    day: date,
    *,
    period: str = "",
    staff: str = "",
    page: str | None = None,
) -> Rows:
    """Return one page of the rows behind a figure of a unit. Raises Refused.

    `period` is the id of one of the measure's periods, the last one without it; `staff`
    the id of a specialist by whom the figure is grouped.
    """
    from braid.facts import measuring

    with facts.unit_facts(actor, unit, day) as drawn:
        periods = measuring.periods_of(measure, drawn)
        chosen = [one for one in periods if one.period == period] or periods[-1:]
        group = {"staff_id": staff} if staff else None
        found = measuring.rows_behind(measure, drawn, periods=chosen, group=group)
        told = _told(drawn, found)
    names = _people(actor, told)
    told.sort(key=lambda row: (-row["day"].toordinal(), names[row["about"]][1]))
    shown: Any = Paginator(told, ROOM).get_page(page)
    shown.object_list = _lines(actor, measure, shown.object_list, names)
    return Rows(
        shown,
        tuple(_said(measure.amounts[name]) for name in _amounts(measure)),
        any(line.specialist for line in shown.object_list),
    )


def _amounts(measure: Measure) -> tuple[str, ...]:
    """Return the amounts that a figure is made of, the whole before its part.

    What further words of the measure count comes after them.
    """
    for ratio in measure.ratios.values():
        made_of = dict.fromkeys((*ratio.to, *ratio.of))
        further = (
            name
            for use in measure.words
            if not made_of.keys() & use.defined.amounts.keys()
            for name in measure.amounts_of(use)
        )
        return (*made_of, *further)
    return tuple(measure.amounts)


def _said(names: Mapping[str, str]) -> str:
    return in_language(names, get_language() or "en")


def _told(drawn: Facts, found: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the rows with what the facts tell of their things: day, episode, employer.

    `about` is an episode of the person whom a row is about, or nothing.
    """
    things = {key: _things(drawn, key, found) for key in TOLD}
    of_person = _episodes(drawn, {row["person_key"] for row in found if _has(row)})
    rows = []
    for row in found:
        thing = next((key for key in THINGS if row.get(key)), "")
        more = things.get(thing, {}).get(row.get(thing) or "", {})
        about = row.get("episode_id") or more.get("episode_id")
        rows.append(
            {
                **{name: more.get(name) for name in MORE},
                **{key: value for key, value in row.items() if value is not None},
                "left_out": row["left_out"],
                "thing": thing,
                "day": more.get("day") or date.min,
                "about": about or of_person.get(row.get("person_key") or "", ""),
            }
        )
    return rows


def _has(row: Row) -> bool:
    return bool(row.get("person_key"))


def _things(
    drawn: Facts, key: str, found: Iterable[Row]
) -> dict[str, Mapping[str, Any]]:
    wanted = {row[key] for row in found if row.get(key)}
    if not wanted:
        return {}
    name, day = TOLD[key]
    table = drawn.table(name)
    kept = [column for column in (key, *MORE) if column in table.column_names]
    return {
        row[key]: row | {"day": row[day]}
        for row in table.select(list(dict.fromkeys((*kept, day)))).to_pylist()
        if row[key] in wanted
    }


def _episodes(drawn: Facts, persons: set[str]) -> dict[str, str]:
    """Return an episode of each person."""
    if not persons:
        return {}
    table = drawn.table("episodes").select(["person_key", "episode_id"])
    return {
        row["person_key"]: row["episode_id"]
        for row in table.to_pylist()
        if row["person_key"] in persons
    }


def _people(actor: Actor, told: Iterable[Row]) -> dict[str, tuple[UUID | None, str]]:
    """Return applicant and name by episode; nobody where `actor` may not read them."""
    about = {row["about"] for row in told}
    seen = people.names_of(actor, {UUID(key) for key in about if key})
    nobody = (None, "")
    return {key: seen.get(UUID(key), nobody) if key else nobody for key in about}


def _lines(
    actor: Actor,
    measure: Measure,
    told: Sequence[Row],
    names: Mapping[str, tuple[UUID | None, str]],
) -> tuple[RowLine, ...]:
    staff = access.names_of({UUID(row["staff_id"]) for row in told if row["staff_id"]})
    employers = dict(work.employer_names(actor)) if _any(told, "employer_id") else {}
    return tuple(
        RowLine(
            thing=THINGS[row["thing"]]() if row["thing"] else _("post"),
            url=_url(row),
            day=None if row["day"] == date.min else row["day"],
            person=names[row["about"]][1],
            person_url=_person_url(names[row["about"]][0]),
            applicant_id=names[row["about"]][0],
            employer=employers.get(UUID(row["employer_id"]), "")
            if row["employer_id"]
            else "",
            specialist=staff.get(UUID(row["staff_id"]), "") if row["staff_id"] else "",
            values=tuple(_values(measure, row)),
            left_out="".join(presenters.left_out_texts({row["left_out"]: 1}))
            if row["left_out"]
            else "",
        )
        for row in told
    )


def _any(told: Iterable[Row], key: str) -> bool:
    return any(row[key] for row in told)


def _values(measure: Measure, row: Row) -> Iterable[tuple[str, str]]:
    """Yield each amount of a row with what it counts."""
    for name in _amounts(measure):
        amount = row.get(name)
        number = presenters.number_text(amount, 2) if amount else ""
        yield _said(measure.amounts[name]), number


def _url(row: Row) -> str:
    """Return where a thing has a page of its own."""
    if row["thing"] == "job_id":
        return reverse("work:job", args=[row["job_id"]])
    if row["thing"] == "employer_contact_id" and row["employer_id"]:
        return reverse("work:employer", args=[row["employer_id"]])
    return ""


def _person_url(applicant_id: UUID | None) -> str:
    return reverse("desk:person", args=[applicant_id]) if applicant_id else ""
