"""Words about contact with treatment teams, as Ibis expressions."""

import ibis

from braid.method.measures.attendance import meetings_of, present_at, said_at
from braid.method.measures.populations import Relations, held, one, shaped
from braid.method.measures.reference.team_contact import (
    IN_RECORD,
    SEEN,
    SHARED_DOCUMENTS,
    TEAM_KINDS,
    TEAM_MEETINGS,
)
from braid.method.measures.teams import in_period


def team_meetings(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is TEAM_MEETINGS."""
    said = said_at(tables, asked, TEAM_KINDS)
    there = present_at(said, tables).select(was_at="meeting_id").distinct()
    lines = tables["discussions"]
    lines = lines.group_by(line_of="meeting_id").agg(
        decided=one(lines.decision & lines.episode_id.notnull()).max(),
        named=one(lines.unreferred).sum(),
    )
    rows = in_period(meetings_of(said), asked)
    rows = rows.left_join(there, rows.meeting_id == there.was_at)
    rows = rows.left_join(lines, rows.meeting_id == lines.line_of)
    there = one(rows.was_at.notnull())
    unreferred = there * rows.named.fill_null(0)
    return shaped(
        rows.mutate(
            team_meetings=one(rows.said),
            with_specialist=there,
            with_decision=there * rows.decided.fill_null(0),
            unreferred=unreferred,
            with_unreferred=one(unreferred > 0),
            left_out=rows.said.ifelse(None, "meeting_attendance_unknown"),
        ),
        TEAM_MEETINGS,
    )


def shared_documents(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is SHARED_DOCUMENTS."""
    events = tables["plan_events"]
    events = events.filter(events.kind.isin([IN_RECORD, SEEN]))
    days = events.group_by(event_of="episode_id").agg(
        recorded=events.day.min(where=events.kind == IN_RECORD),
        seen=events.day.min(where=events.kind == SEEN),
    )
    rows = held(tables, asked, basis)
    rows = rows.left_join(days, rows.episode_id == days.event_of)
    recorded, seen = one(rows.recorded <= rows.closes), one(rows.seen <= rows.closes)
    return shaped(
        rows.mutate(
            open_episodes=1,
            documents_shared=ibis.greatest(recorded, seen),
            in_health_record=recorded,
            seen_by_team=seen,
        ),
        SHARED_DOCUMENTS,
    )
