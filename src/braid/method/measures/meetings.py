"""Words about treatment-team meetings, as Ibis expressions."""

import ibis

from braid.method.measures.populations import (
    Relations,
    first_of,
    on_caseload,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.meetings import (
    DECISIONS,
    DISCUSSED,
    KIND,
    MEETING_WEEKS,
    WITHIN_DAYS,
)
from braid.method.measures.teams import (
    around,
    later,
    of_specialists,
    treated,
    whole_weeks,
    with_one,
)


def meeting_weeks(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is MEETING_WEEKS."""
    weeks = with_one(whole_weeks(asked), treated(tables, basis), "ends")
    weeks = weeks.rename(monday="day")
    held = _with_attendance(tables)
    rows = weeks.left_join(
        held,
        [
            weeks.unit_id == held.of_unit,
            weeks.team_id == held.of_team,
            weeks.monday <= held.day,
            held.day <= weeks.ends,
        ],
    )
    rows = rows.group_by("period", "unit_id", "team_id", "monday").agg(
        meeting_id=rows.attended.min(),
        unknown=one(rows.attendance_unknown).max(),
    )
    met = rows.meeting_id.notnull()
    unknown = ~met & (rows.unknown == 1)
    return shaped(
        rows.mutate(
            week=rows.monday.strftime("%Y-%m-%d"),
            weeks=one(~unknown),
            with_specialist=one(met),
            left_out=unknown.ifelse("meeting_attendance_unknown", None),
        ),
        MEETING_WEEKS,
    )


def of_treatment_teams(tables: Relations) -> ibis.Table:
    """Return the meetings of treatment teams with the unit."""
    meetings = tables["meetings"]
    return meetings.filter(meetings.kind == KIND)


def attended(tables: Relations) -> ibis.Table:
    """Return such meetings with each `staff_id` of the unit's specialists present."""
    there = tables["attendance"]
    there = there.filter(there.present).select("meeting_id", "staff_id")
    return of_specialists(of_treatment_teams(tables).join(there, "meeting_id"), tables)


def _with_attendance(tables: Relations) -> ibis.Table:
    """Return meetings with `attended`: their id, null where no specialist was there."""
    meetings = of_treatment_teams(tables).select(
        "meeting_id", "day", of_unit="unit_id", of_team="team_id"
    )
    by_one = attended(tables).select(attended="meeting_id").distinct()
    said = tables["attendance"].select(said_of="meeting_id").distinct()
    found = meetings.left_join(by_one, meetings.meeting_id == by_one.attended)
    found = found.left_join(said, found.meeting_id == said.said_of)
    return found.select(
        "of_unit",
        "of_team",
        "day",
        "attended",
        attendance_unknown=found.said_of.isnull() & found.meeting_id.notnull(),
    )


def discussed(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is DISCUSSED."""
    same = ["period", "episode_id"]
    people = around(on_caseload(tables, asked, basis), tables, same, "closes")
    lines = tables["discussions"].select("meeting_id", about="episode_id")
    lines = of_treatment_teams(tables).join(lines, "meeting_id")
    lines = lines.select("meeting_id", "about", "day", of_team="team_id")
    earliest = later(people.closes, ibis.literal(1 - WITHIN_DAYS))
    people = people.mutate(since=earliest)
    rows = people.left_join(
        lines,
        [
            people.episode_id == lines.about,
            people.team_id == lines.of_team,
            people.since <= lines.day,
            lines.day <= people.closes,
        ],
    )
    rows = first_of(rows, same, day=rows.day, meeting=rows.meeting_id)
    with_team = rows.team_id.notnull()
    return shaped(
        rows.mutate(
            people=one(with_team),
            discussed=one(rows.meeting_id.notnull()),
            left_out=with_team.ifelse(None, "no_team"),
        ),
        DISCUSSED,
    )


def decisions(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is DECISIONS."""
    meetings = of_treatment_teams(tables).select("meeting_id", "team_id", met_on="day")
    tasks, periods = tables["tasks"].join(meetings, "meeting_id"), windows(asked)
    tasks = tasks.mutate(placed_on=tasks.due_on.fill_null(tasks.met_on))
    rows = tasks.join(
        periods,
        [
            tasks.placed_on >= periods.opens,
            tasks.placed_on <= periods.closes,
            tasks.met_on <= periods.as_of,
        ],
    )
    return shaped(
        rows.mutate(
            decisions=one(rows.due_on.notnull()),
            in_time=one(rows.done_on <= rows.due_on),
            left_out=rows.due_on.isnull().ifelse("no_due_day", None),
        ),
        DECISIONS,
    )
