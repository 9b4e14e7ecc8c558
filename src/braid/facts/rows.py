"""The rows behind a figure, told by the facts; whom they are about, as far as one reads.

Who may read whom is not known here: the lens hands in a function that names people.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from braid.facts.schema import TABLES, Table

if TYPE_CHECKING:
    from braid.facts.reading import Facts
    from braid.method.measures import Asked
    from braid.packs.measures import Measure

ROOM = 50  # rows a page
EPISODE = "episode_id"
# Tables that a row is never about: whose it is, and who did it.
BESIDE = frozenset({"organisations", "teams", "staff", "employers"})
BY = ("staff_id", "employer_id")
WEEK, POST = "week", "post"
"""What a row stands for that no table tells of."""
Named = Callable[[set[UUID]], Mapping[UUID, tuple[UUID, str]]]
"""Returns applicant and name by episode, of those whom the reader may read."""


def _by_id() -> Mapping[str, Table]:
    """Return the table that tells of each id, the most telling first."""
    ids = {TABLES[name].key[0] for name in BESIDE} | {"unit_id", "country"}
    named = [t for t in TABLES.values() if t.key and t.key[0] not in ids]
    # Later in a mapping wins: tables with one key over those with several, then those
    # that refer to others over what they refer to.
    named.sort(key=lambda table: -len(table.key))
    return {table.key[0]: table for table in named}


TOLD = _by_id()
PLACES = [table.name for table in TABLES.values()]


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row: what it is, on which day, about whom, and what it adds to the figure.

    `thing` is the table of the facts that it stands in, `key` its id there, `group` the
    values it is grouped by, `amounts` what it counts; a row that adds nothing has the
    reason instead. `staff` did it, with an `employer`; empty where nobody is named.
    """

    thing: str
    key: str
    day: date | None
    group: Mapping[str, str | None]
    applicant_id: UUID | None
    name: str
    amounts: Mapping[str, Any]
    left_out: str
    staff: str = ""
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of rows, and how many people's are not shown because they may not be read."""

    page: Page[RowLine]
    people_kept_back: int


def rows(
    measure: Measure,
    drawn: Facts,
    period: Asked,
    names: Named,
    *,
    group: Mapping[str, str | None] | None = None,
    parts: Collection[str] = (),
    is_about_nobody: bool = False,
    is_told_of_people: bool = False,
    page: str | None = None,
) -> Rows:
    """Return one page of the rows behind a figure, or of those that add to some `parts`.

    `is_told_of_people` leaves out what is about nobody: outside the unit its number
    would be told.
    """
    from braid.facts import measuring

    found = measuring.rows_behind(measure, drawn, periods=[period], group=group)
    if parts:
        found = [row for row in found if any(row.get(name) for name in parts)]
    things, person_of = _things(drawn, found), _persons(drawn)
    episode_of = {person: episode for episode, person in person_of.items()}
    told = [_told(row, things, episode_of) for row in found]
    if is_about_nobody:  # what shows a day to be one is about somebody
        told = [row | {"about": ""} for row in told]
    if is_told_of_people:
        told = [row for row in told if row["about"]]
    about = {UUID(row["about"]) for row in told if row["about"]}
    seen = names(about)
    lines = [line for row in told if (line := _line(row, seen, measure)) is not None]
    lines.sort(key=lambda line: (-(line.day or date.min).toordinal(), line.name))
    shown: Any = Paginator(lines, ROOM).get_page(page)
    kept_back = {person_of.get(str(key), "") for key in about - seen.keys()}
    return Rows(shown, len(kept_back))


def _persons(drawn: Facts) -> dict[str, str]:
    """Return whom each episode is about."""
    known = drawn.table("episodes").select([EPISODE, "person_key"]).to_pylist()
    return {row[EPISODE]: row["person_key"] for row in known}


Things = Mapping[str, Mapping[str, Mapping[str, Any]]]


def _things(drawn: Facts, found: Sequence[Mapping[str, Any]]) -> Things:
    """Return what the facts tell of everything that the rows name, by its id."""
    things = {}
    for key, table in TOLD.items():
        wanted = {row[key] for row in found if row.get(key)}
        if wanted:
            told = drawn.table(table.name).to_pylist()
            things[key] = {row[key]: row for row in told if row[key] in wanted}
    return things


def _told(
    row: Mapping[str, Any], things: Things, episode_of: Mapping[str, str]
) -> dict[str, Any]:
    """Return a row with its thing, its day and the episode that it is about."""
    key = _telling(row)
    more = things.get(key, {}).get(row.get(key) or "", {})
    days = [c.name for c in TOLD[key].columns if c.type == "day"]
    person = episode_of.get(row.get("person_key") or "", "")
    named = row.get("day") or row.get("week")  # rows of days and weeks name themselves
    return {
        **row,
        "thing": _thing(row, key),
        "key": row.get(key) or "",
        "day": date.fromisoformat(named)
        if named
        else next((more[name] for name in days if more.get(name)), None),
        "about": row.get(EPISODE) or more.get(EPISODE) or person,
        **{name: row.get(name) or more.get(name) or "" for name in BY},
    }


def _telling(row: Mapping[str, Any]) -> str:
    """Return the key of a row that says most about it."""
    keys = [key for key in TOLD if row.get(key)]
    return max(keys, key=lambda each: PLACES.index(TOLD[each].name), default=EPISODE)


def thing_of(row: Mapping[str, Any]) -> str:
    """Return the table of the facts that a row stands in, nothing where it has none."""
    key = _telling(row)
    return TOLD[key].name if row.get(key) else ""


def _thing(row: Mapping[str, Any], key: str) -> str:
    """Return what a row is: a table of the facts, a week or a post, else nothing."""
    if row.get("week"):
        return WEEK
    if row.get("day"):
        return ""
    if row.get(key):
        return TOLD[key].name
    return "" if row.get("person_key") or not row.get("staff_id") else POST


def _line(
    row: Mapping[str, Any],
    names: Mapping[UUID, tuple[UUID, str]],
    measure: Measure,
) -> RowLine | None:
    """Return a row as it is shown, None where whom it is about may not be read."""
    applicant_id, name = None, ""
    if row["about"]:
        seen = names.get(UUID(row["about"]))
        if seen is None:
            return None
        applicant_id, name = seen
    return RowLine(
        row["thing"],
        row["key"],
        row["day"],
        {key: row.get(key) for key in measure.by},
        applicant_id,
        name,
        {amount: row[amount] for amount in measure.amounts if row.get(amount)},
        row["left_out"] or "",
        *(row[name] for name in BY),
    )
