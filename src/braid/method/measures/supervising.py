"""Words about the supervisor of a unit, as Ibis expressions."""

import ibis

from braid.method.measures.attendance import meetings_of, present_at, said_at
from braid.method.measures.divisions import divisions
from braid.method.measures.in_post import MEMBER
from braid.method.measures.populations import Relations, one, posts_in, shaped
from braid.method.measures.reference.supervising import (
    A_GROUP,
    GROUP_KINDS,
    GROUP_SUPERVISION,
    POSTS_OF_UNIT,
    SUPERVISOR,
    TEAM_VISITS,
)
from braid.method.measures.reference.team_contact import TEAM_KINDS
from braid.method.measures.teams import later, treated


def posts_of_unit(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is POSTS_OF_UNIT."""
    specialists = _on_last_day(posts_in(tables, asked))
    supervisors = _on_last_day(posts_in(tables, asked, SUPERVISOR))
    parts = (
        specialists.select(*MEMBER).distinct().mutate(specialists_in_post=1),
        supervisors.select(*MEMBER).distinct().mutate(supervisors_in_post=1),
        supervisors.mutate(
            supervisor_fte=supervisors.fte.fill_null(0),
            left_out=supervisors.fte.isnull().ifelse("supervisor_fte_unknown", None),
        ),
    )
    return ibis.union(*(shaped(part, POSTS_OF_UNIT) for part in parts))


def _on_last_day(posts: ibis.Table) -> ibis.Table:
    return posts.filter(posts.closes <= posts.ends)


def group_supervision(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is GROUP_SUPERVISION."""
    posts, weeks = posts_in(tables, asked), divisions(asked, "week")
    posts = posts.select("period", "unit_id", "starts", until="ends")
    weeks = weeks.rename(of_period="period")
    rows = posts.join(
        weeks,
        [
            posts.period == weeks.of_period,
            posts.starts <= weeks.ends,
            weeks.begins <= posts.until,
        ],
    )
    rows = rows.select("period", "unit_id", "begins", "ends").distinct()
    said = said_at(tables, asked, GROUP_KINDS)
    meetings = meetings_of(said)
    there = present_at(said, tables).group_by(group_of="meeting_id")
    there = there.agg(specialists=ibis._.staff_id.nunique())
    there = there.filter(there.specialists >= A_GROUP)
    led = present_at(said, tables, SUPERVISOR).select(led="meeting_id").distinct()
    meetings = meetings.left_join(there, meetings.meeting_id == there.group_of)
    meetings = meetings.left_join(led, meetings.meeting_id == led.led)
    meetings = meetings.mutate(
        good=meetings.group_of.notnull() & meetings.led.notnull()
    )
    rows = _with_meetings(rows, meetings)
    return shaped(
        rows.mutate(
            day=rows.begins.strftime("%Y-%m-%d"),
            unit_weeks=1,
            weeks_supervised=one(rows.meeting_id.notnull()),
            weeks_unsaid=one(rows.meeting_id.isnull() & rows.unsaid),
            weeks_met=one(rows.met > 0),
        ),
        GROUP_SUPERVISION,
    )


def team_visits(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is TEAM_VISITS."""
    shared = treated(tables, basis)
    shared = shared.mutate(
        until=ibis.least(shared.until, later(shared.exits, ibis.literal(-1)))
    ).select("unit_id", "team_id", "until", since="begins")
    quarters = divisions(asked, "quarter")
    rows = quarters.join(
        shared, [shared.since <= quarters.ends, quarters.begins <= shared.until]
    )
    rows = rows.select("period", "unit_id", "team_id", "begins", "ends").distinct()
    said = said_at(tables, asked, TEAM_KINDS)
    meetings = meetings_of(said)
    led = present_at(said, tables, SUPERVISOR).select(led="meeting_id").distinct()
    meetings = meetings.left_join(led, meetings.meeting_id == led.led)
    meetings = meetings.mutate(good=meetings.led.notnull())
    rows = _with_meetings(rows, meetings, "team_id")
    return shaped(
        rows.mutate(
            day=rows.begins.strftime("%Y-%m-%d"),
            team_quarters=1,
            quarters_visited=one(rows.meeting_id.notnull()),
            quarters_unsaid=one(rows.meeting_id.isnull() & rows.unsaid),
            quarters_met=one(rows.met > 0),
        ),
        TEAM_VISITS,
    )


def _with_meetings(rows: ibis.Table, meetings: ibis.Table, *same: str) -> ibis.Table:
    """Return stretches with the first `good` meeting of their unit, and what else met."""
    same = ("unit_id", *same)
    held = meetings.select(
        "said",
        held_on="day",
        held="meeting_id",
        good=meetings.good.ifelse(meetings.meeting_id, None),
        **{f"held_{key}": meetings[key] for key in same},
    )
    found = rows.left_join(
        held,
        [
            *(rows[key] == held[f"held_{key}"] for key in same),
            rows.begins <= held.held_on,
            held.held_on <= rows.ends,
        ],
    )
    return found.group_by(*rows.columns).agg(
        meeting_id=found.good.min(),
        met=found.held.count(),
        unsaid=one(found.held.notnull() & ~found.said).max() > 0,
    )
