"""Who is counted: on the caseload of a unit, held by a specialist, in post."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from braid.kernel.dates import Period
from braid.method.measures.words import Row, Tables

BASIS_COLUMNS: Mapping[str, str] = {
    "referred": "referred_on",
    "accepted": "accepted_on",
    "entered": "entered_on",
    "profile": "profile_started_on",
}
"""The column with the day from which an episode is on the caseload."""
IPS_UNIT = "ips_unit"
Person = tuple[str, str]
"""A person in a unit: `unit_id` and `person_key`."""


def spell(row: Row) -> Period:
    """Return the days of a spell."""
    return Period(row["first_day"], row["last_day"])


def by(rows: Iterable[Row], *columns: str) -> dict[Any, list[Row]]:
    """Return rows by the value of a column, or of several as a tuple."""
    found: dict[Any, list[Row]] = defaultdict(list)
    value_of = itemgetter(*columns)
    for row in rows:
        found[value_of(row)].append(row)
    return found


def person_of(row: Row) -> Person:
    """Return the person of an episode."""
    return row["unit_id"], row["person_key"]


def have_a_common_day(*periods: Period) -> bool:
    """Say whether some day lies in every one of the periods."""
    last_days = [each.last_day or date.max for each in periods]
    return max(each.first_day for each in periods) <= min(last_days)


# The caseload


def caseload_days(episode: Row, basis: str) -> Period | None:
    """Return the days on the caseload; None when there is none.

    From the day of the basis to the day before `exited_on`, which is the first day off.
    """
    enters, exits = episode[BASIS_COLUMNS[basis]], episode["exited_on"]
    if enters is None or (exits is not None and exits <= enters):
        return None
    return Period(enters, exits and exits - timedelta(1))


def on_caseload(tables: Tables, day: date, basis: str) -> list[Row]:
    """Return the episodes that are on the caseload on a day."""
    return [
        episode
        for episode in tables["episodes"]
        if (days := caseload_days(episode, basis)) and days.contains(day)
    ]


def on_caseload_in(tables: Tables, period: Period, basis: str) -> list[Row]:
    """Return the episodes that are on the caseload on at least one day of a period."""
    return [
        episode
        for episode in tables["episodes"]
        if (days := caseload_days(episode, basis)) and days.overlaps(period)
    ]


def on_day(rows: Iterable[Row], day: date, name: str) -> str | None:
    """Return the id in column `name` of the spell that holds the day; None: nobody.

    Where spells overlap, which is an error in the facts, the one that began last.
    """
    holding = [row for row in rows if spell(row).contains(day)]
    latest = sorted(
        holding,
        key=lambda row: (-row["first_day"].toordinal(), row[name] or ""),
    )
    return latest[0][name] if latest else None


def holder_on(tables: Tables, day: date) -> Mapping[str, str | None]:
    """Return the specialist of every episode with a caseload spell on a day."""
    spells = by(tables["caseload"], "episode_id")
    return {episode: on_day(rows, day, "staff_id") for episode, rows in spells.items()}


# Posts


def posts(tables: Tables, role: str = "specialist") -> list[Row]:
    """Return the posts of a role in units; a team of an unknown kind is taken for one."""
    others = {row["team_id"] for row in tables["teams"] if row["kind"] != IPS_UNIT}
    return [
        row
        for row in tables["staff_teams"]
        if row["role"] == role and row["team_id"] not in others
    ]


def in_post(tables: Tables, period: Period) -> set[tuple[str, str]]:
    """Return unit and staff id of who is in post on at least one day of a period."""
    return {
        (row["team_id"], row["staff_id"])
        for row in posts(tables)
        if spell(row).overlaps(period)
    }
