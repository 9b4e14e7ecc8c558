"""The word about being there, as an Ibis expression."""

import ibis

from braid.method.measures.meetings import attended
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    caseload_bounds,
    in_span,
    one,
    shaped,
    with_spell,
)
from braid.method.measures.reference.offices import OFFICE, OFFICE_DAYS, SOURCES
from braid.method.measures.teams import (
    in_period,
    of_specialists,
    treated,
    weekdays,
    with_one,
)

DATED = ("contacts", "meetings", "time_entries")


def office_days(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is OFFICE_DAYS."""
    cut = {name: in_span(tables[name], asked) for name in DATED}
    tables = {**tables, **cut}
    found = ibis.union(
        *(_by_contact(tables), _by_meeting(tables), _by_time(tables, basis))
    )
    counted = found.filter(found.left_out.isnull())
    there = counted.group_by(
        of_unit=counted.unit_id, of_team=counted.team_id, of_day=counted.day
    ).agg(**{name: counted[name].min() for name in SOURCES})
    days = with_one(weekdays(asked), treated(tables, basis), "day")
    rows = days.left_join(
        there,
        [
            days.unit_id == there.of_unit,
            days.team_id == there.of_team,
            days.day == there.of_day,
        ],
    )
    rows = rows.mutate(days=1, at_office=one(rows.of_day.notnull()))
    others = in_period(found.filter(found.left_out.notnull()), asked)
    others = others.filter(others.day.day_of_week.index() < 5)
    return ibis.union(
        *(
            shaped(each.mutate(day=each.day.strftime("%Y-%m-%d")), OFFICE_DAYS)
            for each in (rows, others)
        )
    )


def _shown(rows: ibis.Table, source: str) -> ibis.Table:
    ids = {
        name: rows[name] if name == source else ibis.null("string") for name in SOURCES
    }
    return rows.select("unit_id", "team_id", "day", **ids, left_out=rows.left_out)


def _by_contact(tables: Relations) -> ibis.Table:
    rows = tables["contacts"]
    rows = rows.filter(rows.place == OFFICE, rows.attended.fill_null(False))
    rows = rows.select("contact_id", "unit_id", "episode_id", "staff_id", "day")
    by_one = of_specialists(rows, tables)
    rows = by_one.union(rows.filter(rows.staff_id.isnull()))
    rows = with_spell(rows, tables["treatment"], "team_id", "day", ["contact_id"])
    why = ibis.cases(
        (rows.staff_id.isnull(), "specialist_unknown"),
        (rows.team_id.isnull(), "office_unknown"),
    )
    return _shown(rows.mutate(left_out=why), "contact_id")


def _by_meeting(tables: Relations) -> ibis.Table:
    rows = attended(tables)
    rows = rows.filter((rows["mode"] == "in_person").fill_null(True))
    rows = rows.select("meeting_id", "unit_id", "team_id", "day", "mode").distinct()
    why = ibis.cases(
        (rows.team_id.isnull(), "office_unknown"),
        (rows["mode"].isnull(), "meeting_mode_unknown"),
    )
    return _shown(rows.mutate(left_out=why), "meeting_id")


def _by_time(tables: Relations, basis: str) -> ibis.Table:
    rows = tables["time_entries"]
    rows = of_specialists(rows.filter(rows.place == OFFICE), tables)
    rows = rows.select("entry_id", "unit_id", "staff_id", "day")
    held = tables["caseload"].select(
        held_by="staff_id",
        held_in="unit_id",
        of_episode="episode_id",
        since="first_day",
        until=tables["caseload"].last_day.fill_null(FOREVER),
    )
    on = caseload_bounds(tables, basis).select("episode_id", "enters", "exits")
    held = held.join(on, [held.of_episode == on.episode_id])
    own = rows.left_join(
        held.drop("episode_id"),
        [
            rows.staff_id == held.held_by,
            rows.unit_id == held.held_in,
            held.since <= rows.day,
            rows.day <= held.until,
            held.enters <= rows.day,
            rows.day < held.exits,
        ],
    ).drop("since", "until", "enters", "exits")
    with_team = tables["treatment"].select(
        "team_id",
        spell_of="episode_id",
        since="first_day",
        until=tables["treatment"].last_day.fill_null(FOREVER),
    )
    own = own.left_join(
        with_team,
        [
            own.of_episode == with_team.spell_of,
            with_team.since <= own.day,
            own.day <= with_team.until,
        ],
    )
    found = own.group_by("entry_id", "unit_id", "day").agg(
        teams=own.team_id.nunique(), any_team=own.team_id.min()
    )
    team = (found.teams == 1).ifelse(found.any_team, None)
    found = found.mutate(team_id=team)
    why = found.team_id.isnull().ifelse("office_unknown", None)
    return _shown(found.mutate(left_out=why), "entry_id")
