"""The rows behind a figure, with the people they are about where these may be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.reading import Facts
    from braid.packs.measures import Measure

ROOM = 50  # rows a page
# Where the day of a thing stands in the facts, the most telling id first.
DAY_OF: Mapping[str, tuple[str, str]] = {
    "contact_id": ("contacts", "day"),
    "employer_contact_id": ("employer_contacts", "day"),
    "job_id": ("jobs", "first_day"),
    "episode_id": ("episodes", "accepted_on"),
}
THINGS = {
    "contact_id": lambda: _("contact"),
    "employer_contact_id": lambda: _("employer contact"),
    "job_id": lambda: _("job"),
    "episode_id": lambda: _("episode"),
    "person_key": lambda: _("person"),
}


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row: what it is, when, about whom, by whom, and what it adds to the figure."""

    thing: str
    day: date | None
    person: str
    person_url: str
    applicant_id: UUID | None
    specialist: str
    counts: tuple[str, ...]
    left_out: str


def rows(
    actor: Actor,
    unit: Team,
    measure: Measure,
    day: date,
    *,
    period: str = "",
    staff: str = "",
    page: str | None = None,
) -> Page[RowLine]:
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
        found.sort(key=_newest_first(drawn, found))
        shown: Any = Paginator(found, ROOM).get_page(page)
        shown.object_list = _lines(actor, measure, drawn, shown.object_list)
        return shown


def _newest_first(
    drawn: Facts, found: Iterable[Mapping[str, Any]]
) -> Callable[[Mapping[str, Any]], int]:
    days = {key: _days(drawn, key, found) for key in DAY_OF}

    def order(row: Mapping[str, Any]) -> int:
        told = (days[key].get(row.get(key) or "") for key in DAY_OF)
        return -next((day.toordinal() for day in told if day), 0)

    return order


def _lines(
    actor: Actor, measure: Measure, drawn: Facts, found: Sequence[Mapping[str, Any]]
) -> tuple[RowLine, ...]:
    episode_of = _episodes(drawn, found)
    names = _people(actor, episode_of)
    days = {key: _days(drawn, key, found) for key in DAY_OF}
    staff = access.names_of({UUID(r["staff_id"]) for r in found if r.get("staff_id")})
    return tuple(
        _line(measure, row, names, days, {str(k): name for k, name in staff.items()})
        for row in found
    )


def _line(
    measure: Measure,
    row: Mapping[str, Any],
    names: Mapping[str, tuple[UUID, str]],
    days: Mapping[str, Mapping[str, date]],
    staff: Mapping[str, str],
) -> RowLine:
    thing = next((key for key in THINGS if row.get(key)), "")
    about = row.get("episode_id") or row.get("person_key") or ""
    applicant_id, name = names.get(about, (None, ""))
    counts = tuple(
        _adds(row[amount], in_language(means, get_language() or "en"))
        for amount, means in measure.amounts.items()
        if row.get(amount)
    )
    left_out = row["left_out"]
    return RowLine(
        thing=THINGS[thing]() if thing else _("post"),
        day=days.get(thing, {}).get(row.get(thing) or ""),
        person=name,
        person_url=reverse("desk:person", args=[applicant_id]) if applicant_id else "",
        applicant_id=applicant_id,
        specialist=staff.get(row.get("staff_id") or "", ""),
        counts=counts,
        left_out="".join(presenters.left_out_texts({left_out: 1})) if left_out else "",
    )


def _adds(amount: Any, means: str) -> str:
    """Return what a row adds; one thing counted needs no number."""
    number = presenters.number_text(amount, 2)
    return means if amount == 1 else f"{number} {means}"


def _episodes(drawn: Facts, found: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return an episode for each episode or person that a row is about."""
    known = {
        row["episode_id"]: row["episode_id"] for row in found if row.get("episode_id")
    }
    people_met = {row["person_key"] for row in found if row.get("person_key")}
    if people_met:
        table = drawn.table("episodes").select(["person_key", "episode_id"])
        known |= {
            row["person_key"]: row["episode_id"]
            for row in table.to_pylist()
            if row["person_key"] in people_met
        }
    return known


def _people(actor: Actor, episode_of: Mapping[str, str]) -> dict[str, tuple[UUID, str]]:
    """Return applicant and name by what a row names, as far as `actor` may read them."""
    seen = people.names_of(actor, {UUID(key) for key in episode_of.values()})
    return {
        about: seen[UUID(key)] for about, key in episode_of.items() if UUID(key) in seen
    }


def _days(
    drawn: Facts, key: str, found: Iterable[Mapping[str, Any]]
) -> dict[str, date]:
    wanted = {row[key] for row in found if row.get(key)}
    if not wanted:
        return {}
    name, column = DAY_OF[key]
    table = drawn.table(name).select([key, column])
    return {row[key]: row[column] for row in table.to_pylist() if row[key] in wanted}
