"""The word about meetings of any kind, as an Ibis expression."""

import ibis

from braid.method.measures.populations import Relations, one, shaped
from braid.method.measures.reference.kinds import MEETINGS_OF_KIND
from braid.method.measures.teams import in_period, of_specialists


def meetings_of_kind(
    tables: Relations, asked: ibis.Table, kind: str = "treatment_team"
) -> ibis.Table:
    """Return the rows of the word; its definition is MEETINGS_OF_KIND."""
    meetings = tables["meetings"]
    meetings = meetings.filter(meetings.kind == kind, meetings.unit_id.notnull())
    rows = in_period(meetings.select("meeting_id", "unit_id", "day"), asked)
    there = tables["attendance"]
    present = there.filter(there.present).select("meeting_id", "staff_id")
    held = meetings.select("meeting_id", "unit_id", "day").join(present, "meeting_id")
    counted = (
        of_specialists(held, tables)
        .group_by(at_meeting="meeting_id")
        .agg(specialists=ibis._.staff_id.nunique())
    )
    said = there.select(said_of="meeting_id").distinct()
    rows = rows.left_join(counted, rows.meeting_id == counted.at_meeting)
    rows = rows.left_join(said, rows.meeting_id == said.said_of)
    known = rows.said_of.notnull()
    return shaped(
        rows.mutate(
            meetings=one(known),
            with_specialist=one(rows.specialists > 0),
            specialists=rows.specialists.fill_null(0),
            left_out=known.ifelse(None, "meeting_attendance_unknown"),
        ),
        MEETINGS_OF_KIND,
    )
