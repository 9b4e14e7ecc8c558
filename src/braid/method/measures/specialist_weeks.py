"""Words about the weeks of a specialist, as Ibis expressions."""

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.in_work import jobs_known
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    caseload_bounds,
    one,
    posts_in,
    shaped,
    windows,
)
from braid.method.measures.reference.caseloads import SET_ASIDE
from braid.method.measures.reference.specialist_weeks import (
    JOB_SEEKERS,
    LEAVE_DAYS,
    LEAVE_WEEKS,
    NO_SWITCHES,
    SIGNED_AFTER,
    SIGNED_WEEKS,
    SPAN,
)
from braid.method.measures.teams import in_period, later, whole_weeks


def weeks_in_post(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the weeks wholly in each period and in a post: `day` to `ends`."""
    posts = posts_in(tables, asked)
    weeks = whole_weeks(asked).select("day", "ends", in_period="period")
    rows = posts.join(
        weeks,
        [
            posts.period == weeks.in_period,
            posts.starts <= weeks.day,
            weeks.ends <= posts.ends,
        ],
    )
    return rows.select(
        *("period", "as_of", "closes", "unit_id", "staff_id", "day"),
        week_ends=later(rows.day, ibis.literal(6)),
    ).distinct()


def logged_weeks(tables: Relations) -> ibis.Table:
    """Return the weeks of which a specialist logged working time, and what of it."""
    entries = tables["time_entries"]
    entries = entries.mutate(monday=entries.day.truncate("W").cast("date"))
    return entries.group_by(
        logged_in=entries.unit_id, logged_by=entries.staff_id, logged_on=entries.monday
    ).agg(
        days_logged=entries.day.nunique(),
        other_entries=one(entries.activity != "leave").sum(),
    )


def with_logged(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return weeks with what was logged in them; null where nothing was."""
    logged = logged_weeks(tables)
    return rows.left_join(
        logged,
        [
            rows.unit_id == logged.logged_in,
            rows.staff_id == logged.logged_by,
            rows.day == logged.logged_on,
        ],
    )


def _with_leave(rows: ibis.Table, tables: Relations, leave_days: int) -> ibis.Table:
    rows = with_logged(rows, tables)
    leave = (rows.other_entries == 0) & (rows.days_logged >= max(1, leave_days))
    return rows.mutate(leave=leave.fill_null(False))


def leave_weeks(
    tables: Relations, asked: ibis.Table, leave_days: int = LEAVE_DAYS
) -> ibis.Table:
    """Return the rows of the word; its definition is LEAVE_WEEKS."""
    rows = _with_leave(weeks_in_post(tables, asked), tables, leave_days)
    rows = rows.filter(rows.leave)
    return shaped(
        rows.mutate(week=rows.day.strftime("%Y-%m-%d"), leave_days=7), LEAVE_WEEKS
    )


def signed_weeks(
    tables: Relations,
    asked: ibis.Table,
    leave_days: int = LEAVE_DAYS,
    signed_after: int = SIGNED_AFTER,
) -> ibis.Table:
    """Return the rows of the word; its definition is SIGNED_WEEKS."""
    rows = _with_leave(weeks_in_post(tables, asked), tables, leave_days)
    rows = _with_signed(rows.filter(~rows.leave), tables)
    rows = _with_log_kept(rows, tables, asked)
    due = rows.signed | (
        rows.as_of.delta(rows.week_ends, unit="day") >= ibis.literal(signed_after)
    )
    number = rows.closes.delta(rows.week_ends, unit="day") // SPAN
    rows = rows.mutate(due=due, span=number.cast("int64"))
    rows = rows.mutate(weeks_due=one(rows.due), weeks_signed=one(rows.signed))
    # One week stands for its span: a signed one before one that is due.
    best = ibis.window(
        group_by=["period", "unit_id", "staff_id", "span"],
        order_by=[ibis.desc("weeks_signed"), ibis.desc("weeks_due"), "day"],
    )
    rows = rows.mutate(stands=one(ibis.row_number().over(best) == 0))
    return shaped(
        rows.mutate(
            week=rows.day.strftime("%Y-%m-%d"),
            spans_due=rows.stands * rows.weeks_due,
            spans_signed=rows.stands * rows.weeks_signed,
            weeks_of_a_log=one(rows.log_kept),
        ),
        SIGNED_WEEKS,
    )


def _with_signed(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return weeks with whether they were `signed` by what is known."""
    signed = tables["log_reviews"]
    signed = signed.group_by(
        signed_in=signed.unit_id, signed_of=signed.staff_id, signed_week=signed.week
    ).agg(signed_on=signed.reviewed_on.min())
    found = rows.left_join(
        signed,
        [
            rows.unit_id == signed.signed_in,
            rows.staff_id == signed.signed_of,
            rows.day == signed.signed_week,
        ],
    )
    return found.mutate(signed=(found.signed_on <= found.as_of).fill_null(False))


def _with_log_kept(
    rows: ibis.Table, tables: Relations, asked: ibis.Table
) -> ibis.Table:
    """Return weeks with whether their unit signed any week of the period."""
    reviews = in_period(tables["log_reviews"], asked, "week")
    reviews = reviews.filter(reviews.reviewed_on <= reviews.as_of)
    kept = reviews.select(kept_in="unit_id", of_period="period").distinct()
    found = rows.left_join(
        kept, [rows.period == kept.of_period, rows.unit_id == kept.kept_in]
    )
    return found.mutate(log_kept=found.kept_in.notnull())


def job_seekers(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is JOB_SEEKERS."""
    rows = _held_in(tables, asked, basis)
    jobs = jobs_known(tables, asked, basis, profile, switches)
    jobs = jobs.filter(jobs.counts, jobs.starts <= jobs.ends).select(
        *("starts", "ends"),
        by_day=jobs.as_of,
        of_unit=jobs.unit_id,
        of_person=jobs.person_key,
    )
    found = rows.left_join(
        jobs,
        [
            rows.as_of == jobs.by_day,
            rows.unit_id == jobs.of_unit,
            rows.person_key == jobs.of_person,
            jobs.starts <= rows.closes,
            jobs.ends >= rows.first,
        ],
    )
    works = one((found.starts <= found.closes) & (found.closes <= found.ends))
    kept = one((found.starts <= found["first"]) & (found["last"] <= found.ends))
    # Each stretch on its own first: one job must hold the whole of it.
    stretches = found.group_by(
        *("period", "closes", "unit_id", "episode_id", "staff_id", "first", "last")
    ).agg(works=works.max(), kept=kept.max())
    on_day = one(stretches["last"] == stretches.closes)
    people = stretches.group_by(
        "period", "closes", "unit_id", "episode_id", "staff_id"
    ).agg(
        on_day=on_day.max(),
        works=stretches.works.max(),
        kept=stretches.kept.min(),
    )
    people = _with_aside(people, tables)
    return shaped(
        people.mutate(
            seekers=one((people.on_day == 1) & (people.works == 0) & ~people.aside),
            sought=1 - people.kept,
        ),
        JOB_SEEKERS,
    )


def _held_in(tables: Relations, asked: ibis.Table, basis: str) -> ibis.Table:
    """Return the stretches of days that somebody in post held a person on a caseload."""
    episodes, periods = caseload_bounds(tables, basis), windows(asked)
    episodes = episodes.select(
        *("unit_id", "person_key", "enters", "exits"), held="episode_id"
    )
    spells = tables["caseload"]
    spells = spells.filter(spells.staff_id.notnull()).select(
        *("episode_id", "staff_id", "first_day"),
        until=spells.last_day.fill_null(FOREVER),
    )
    rows = spells.join(episodes, [spells.episode_id == episodes.held])
    rows = rows.join(
        periods, [rows.first_day <= periods.closes, periods.opens <= rows.until]
    )
    rows = rows.filter(rows.enters.notnull())
    before_exit = (rows.exits - ibis.interval(days=1)).cast("date")
    rows = rows.select(
        *("period", "as_of", "closes", "unit_id", "person_key"),
        *("episode_id", "staff_id"),
        first=ibis.greatest(rows.first_day, rows.enters, rows.opens),
        last=ibis.least(rows.until, before_exit, rows.closes),
    )
    staff = posts_in(tables, asked).select("period", "unit_id", "staff_id")
    rows = rows.filter(rows["first"] <= rows["last"])
    return rows.semi_join(staff, ["period", "unit_id", "staff_id"])


def _with_aside(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return episodes with whether they are paused or stepped down on the last day."""
    states = tables["status"]
    states = states.filter(states.state.isin(SET_ASIDE)).select(
        "first_day",
        state_of="episode_id",
        until=states.last_day.fill_null(FOREVER),
    )
    days = rows.select("episode_id", "closes").distinct()
    aside = days.join(
        states,
        [
            days.episode_id == states.state_of,
            states.first_day <= days.closes,
            days.closes <= states.until,
        ],
    )
    aside = aside.select("state_of", on_day_of="closes").distinct()
    found = rows.left_join(
        aside, [rows.episode_id == aside.state_of, rows.closes == aside.on_day_of]
    )
    return found.mutate(aside=found.state_of.notnull())
