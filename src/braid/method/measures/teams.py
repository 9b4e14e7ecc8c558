"""Who is around a person, and what a unit and a treatment team share, in Ibis."""

from collections.abc import Sequence

import ibis

from braid.method.measures.populations import (
    FOREVER,
    Relations,
    caseload_bounds,
    first_of,
    on_caseload_in,
    windows,
    with_spell,
)


def around(
    rows: ibis.Table, tables: Relations, same: Sequence[str], day: str = "day"
) -> ibis.Table:
    """Return rows with the treatment team and the job centre of their episode on a day.

    `day` is the column with that day, `same` what tells one row from another.
    """
    casework = tables["casework"].rename(job_centre_id="team_id")
    rows = with_spell(rows, tables["treatment"], "team_id", day, same)
    return with_spell(rows, casework, "job_centre_id", day, same)


def in_period(rows: ibis.Table, asked: ibis.Table, day: str = "day") -> ibis.Table:
    """Return the rows whose day lies in each period."""
    periods = windows(asked)
    return rows.join(periods, [rows[day] >= periods.opens, rows[day] <= periods.closes])


def episodes_in(tables: Relations, asked: ibis.Table, basis: str) -> ibis.Table:
    """Return the episodes on the caseload in each period, with their last `day` there."""
    rows = on_caseload_in(tables, asked, basis)
    before_exit = later(rows.exits, ibis.literal(-1))
    return rows.mutate(day=ibis.least(rows.closes, before_exit))


def people_in(tables: Relations, asked: ibis.Table, basis: str) -> ibis.Table:
    """Return everybody on the caseload in each period, once, with those around them.

    By the episode that began last; around them on the last `day` on the caseload.
    """
    rows = episodes_in(tables, asked, basis)
    people = first_of(
        rows,
        ["period", "unit_id", "person_key"],
        age=rows.closes.delta(rows.enters, unit="day"),
        episode=rows.episode_id,
    )
    return around(people, tables, ("period", "episode_id"))


def treated(tables: Relations, basis: str) -> ibis.Table:
    """Return unit, team and days of everybody on a caseload while with a team.

    The days run from `begins` to `until`, and end before `exits`.
    """
    episodes, spells = caseload_bounds(tables, basis), tables["treatment"]
    spells = spells.select(
        "team_id",
        spell_of=spells.episode_id,
        since=spells.first_day,
        until=spells.last_day.fill_null(FOREVER),
    )
    rows = episodes.join(spells, [episodes.episode_id == spells.spell_of])
    rows = rows.mutate(begins=ibis.greatest(rows.enters, rows.since))
    rows = rows.filter(
        rows.enters.notnull(), rows.begins <= rows.until, rows.begins < rows.exits
    )
    return rows.select("unit_id", "team_id", "begins", "until", "exits")


def of_specialists(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return rows of `staff_id` who is a specialist of `unit_id` on `day`."""
    posts = tables["staff_teams"]
    posts = posts.filter(posts["role"] == "specialist").select(
        post_of=posts.staff_id,
        post_in=posts.team_id,
        since=posts.first_day,
        until=posts.last_day.fill_null(FOREVER),
    )
    return rows.semi_join(
        posts,
        [
            rows.staff_id == posts.post_of,
            rows.unit_id == posts.post_in,
            posts.since <= rows.day,
            rows.day <= posts.until,
        ],
    )


def with_one(rows: ibis.Table, spells: ibis.Table, name: str) -> ibis.Table:
    """Return those days, or weeks by their first and last day, that a spell touches."""
    found = rows.join(
        spells,
        [
            spells.begins <= rows[name],
            rows.day <= spells.until,
            rows.day < spells.exits,
        ],
    )
    return found.select(*rows.columns, "unit_id", "team_id").distinct()


def whole_weeks(asked: ibis.Table) -> ibis.Table:
    """Return the weeks that lie wholly in each period: Monday is `day`, Sunday `ends`."""
    periods = windows(asked)
    to_monday = (7 - periods.opens.day_of_week.index()) % 7
    periods = periods.mutate(monday=later(periods.opens, to_monday))
    length = periods.closes.delta(periods.monday, unit="day") + 1
    rows = periods.mutate(number=ibis.range(0, length // 7).unnest())
    rows = rows.mutate(day=later(rows.monday, 7 * rows.number))
    return rows.select("period", "day", ends=later(rows.day, ibis.literal(6)))


def weekdays(asked: ibis.Table) -> ibis.Table:
    """Return the days from Monday to Friday of each period as `day`."""
    periods = windows(asked)
    length = periods.closes.delta(periods.opens, unit="day") + 1
    rows = periods.mutate(number=ibis.range(0, length).unnest())
    rows = rows.select("period", day=later(rows.opens, rows.number))
    return rows.filter(rows.day.day_of_week.index() < 5)


def later(day: ibis.Value, days: ibis.Value) -> ibis.Value:
    """Return the day that comes so many days after another."""
    # Engines add to a moment and return one; Ibis takes it for a day as it is. Days are
    # compared with days alone, or no scan is spared what lies outside them.
    return (day.cast("timestamp") + days.as_interval("D")).cast("date")
