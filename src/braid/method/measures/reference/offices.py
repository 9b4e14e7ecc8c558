"""The word about being there: days with a specialist at the office of a team."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from braid.method.measures.reference.meetings import KIND
from braid.method.measures.reference.populations import by, caseload_days, spell
from braid.method.measures.reference.teams import (
    Around,
    in_post_on,
    is_specialist,
    treated,
    weekdays,
)
from braid.method.measures.words import BASIS, Asked, Row, Tables, Word

OFFICE = "treatment_office"
SOURCES = ("contact_id", "meeting_id", "entry_id")

OFFICE_DAYS = Word(
    name="office_days",
    family="offices",
    about="Days from Monday to Friday in the period, for each treatment team that treats "
    "somebody on the caseload of the unit that day. A specialist of the unit was there by "
    "an attended contact at the treatment office about somebody of the team, by its "
    "meeting in person, or by time at a treatment office while all the specialist's "
    "people on the caseload are of the team. Public holidays are among the days.",
    ids=("day", *SOURCES),
    keys=("team_id",),
    amounts={
        "days": "days of teams with whom the unit shares somebody",
        "at_office": "of these, with a specialist of the unit at the team's office",
    },
    left_out={
        "office_unknown": "At which team's office this was is not known.",
        "specialist_unknown": "Who made this contact is not known.",
        "meeting_mode_unknown": "Whether this meeting was in person is not known.",
    },
    parameters={"basis": BASIS},
)
Presence = tuple[str, str | None, date, str, str, str | None]
"""Unit, team, day, by what, its id, and why it cannot be counted."""


def office_days(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is OFFICE_DAYS."""
    shared = treated(tables, basis)
    found = [
        *_by_contact(tables),
        *_by_meeting(tables),
        *_by_time(tables, basis),
    ]
    there: dict[Any, dict[str, str]] = defaultdict(dict)
    for unit, team, day, source, key, why in found:
        if why is None:
            ids = there[unit, team, day]
            ids[source] = min(key, ids.get(source, key))
    rows = []
    for each in asked:
        for day in weekdays(each.days):
            for unit, team in {(u, t) for u, t, days in shared if days.contains(day)}:
                ids = there.get((unit, team, day), {})
                rows.append(
                    OFFICE_DAYS.row(
                        period=each.period,
                        unit_id=unit,
                        team_id=team,
                        day=day.isoformat(),
                        **ids,
                        days=1,
                        at_office=int(bool(ids)),
                    )
                )
        rows += [_left_out(each, one) for one in found if _is_left_out(each, one)]
    return rows


def _is_left_out(asked: Asked, found: Presence) -> bool:
    day, why = found[2], found[5]
    return why is not None and asked.days.contains(day) and day.weekday() < 5


def _left_out(asked: Asked, found: Presence) -> dict[str, Any]:
    unit, team, day, source, key, why = found
    return OFFICE_DAYS.row(
        period=asked.period,
        unit_id=unit,
        team_id=team,
        day=day.isoformat(),
        **{source: key},
        left_out=why,
    )


def _by_contact(tables: Tables) -> Iterator[Presence]:
    around, held = Around(tables), in_post_on(tables)
    for row in tables["contacts"]:
        if row["place"] != OFFICE or row["attended"] is not True:
            continue
        team = around.team(row["episode_id"], row["day"])
        why = None if team else "office_unknown"
        if row["staff_id"] is None:
            why = "specialist_unknown"
        elif not is_specialist(held, row["unit_id"], row["staff_id"], row["day"]):
            continue
        yield row["unit_id"], team, row["day"], "contact_id", row["contact_id"], why


def _by_meeting(tables: Tables) -> Iterator[Presence]:
    held, people = in_post_on(tables), by(tables["attendance"], "meeting_id")
    for row in tables["meetings"]:
        there = any(
            one["present"]
            and is_specialist(held, row["unit_id"], one["staff_id"], row["day"])
            for one in people[row["meeting_id"]]
        )
        if row["kind"] != KIND or row["mode"] not in ("in_person", None) or not there:
            continue
        why = "meeting_mode_unknown" if row["mode"] is None else None
        if row["team_id"] is None:
            why = "office_unknown"
        yield (
            *(row["unit_id"], row["team_id"], row["day"]),
            *("meeting_id", row["meeting_id"], why),
        )


def _by_time(tables: Tables, basis: str) -> Iterator[Presence]:
    held, caseload = in_post_on(tables), by(tables["caseload"], "staff_id")
    on = {row["episode_id"]: caseload_days(row, basis) for row in tables["episodes"]}
    treatment = by(tables["treatment"], "episode_id")
    for row in tables["time_entries"]:
        staff, day = row["staff_id"], row["day"]
        if row["place"] != OFFICE or not is_specialist(
            held, row["unit_id"], staff, day
        ):
            continue
        teams = {
            spell_of["team_id"]
            for own in _holding(caseload[staff], row["unit_id"], day)
            if (days := on.get(own["episode_id"])) and days.contains(day)
            for spell_of in treatment[own["episode_id"]]
            if spell(spell_of).contains(day)
        }
        team = min(teams) if len(teams) == 1 else None
        why = None if team else "office_unknown"
        yield row["unit_id"], team, day, "entry_id", row["entry_id"], why


def _holding(spells: Sequence[Row], unit: str, day: date) -> Iterator[Row]:
    for row in spells:
        if row["unit_id"] == unit and spell(row).contains(day):
            yield row
