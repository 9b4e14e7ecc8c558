"""The word about meetings that specialists are at, as an Ibis expression."""

from collections.abc import Collection

import ibis

from braid.method.measures.divisions import divisions
from braid.method.measures.in_post import days_in_post, of_role
from braid.method.measures.populations import Relations, one, shaped
from braid.method.measures.reference.attendance import KINDS, MEETINGS_ATTENDED
from braid.method.measures.reference.divisions import Division

STRETCH = ("period", "unit_id", "staff_id", "begins", "ends")


def meetings_of(tables: Relations, kinds: Collection[str]) -> ibis.Table:
    """Return the meetings of some kinds, each with `said`: is it known who was there."""
    rows = tables["meetings"]
    rows = rows.filter(rows.kind.isin(list(kinds)), rows.unit_id.notnull())
    said = tables["attendance"].select(said_of="meeting_id").distinct()
    rows = rows.select("meeting_id", "unit_id", "team_id", "day", "kind")
    rows = rows.left_join(said, rows.meeting_id == said.said_of)
    return rows.mutate(said=rows.said_of.notnull()).drop("said_of")


def present_at(
    meetings: ibis.Table, tables: Relations, role: str = "specialist"
) -> ibis.Table:
    """Return meetings with each `staff_id` there who is in such a post that day."""
    there = tables["attendance"]
    there = there.filter(there.present).select("meeting_id", "staff_id")
    return of_role(meetings.join(there, "meeting_id"), tables, role)


def meetings_attended(
    tables: Relations,
    asked: ibis.Table,
    kinds: Collection[str] = KINDS,
    every: Division = "week",
) -> ibis.Table:
    """Return the rows of the word; its definition is MEETINGS_ATTENDED."""
    meetings = meetings_of(tables, kinds)
    rows = _in_post(tables, asked, every)
    rows = _with(rows, present_at(meetings, tables), "at", ("unit_id", "staff_id"))
    rows = _with(rows, meetings, "held", ("unit_id",))
    rows = _with(rows, meetings.filter(~meetings.said), "unsaid", ("unit_id",))
    at = rows["at"].notnull()
    unknown = ~at & rows.unsaid.notnull()
    return shaped(
        rows.mutate(
            day=rows.begins.strftime("%Y-%m-%d"),
            meeting_id=rows["at"],
            stretches_with=one(at),
            stretches_unknown=one(unknown),
            stretches_recorded=one(rows.held.notnull()),
            whole_stretches=rows.whole,
            whole_with=rows.whole * one(at),
            whole_unknown=rows.whole * one(unknown),
        ),
        MEETINGS_ATTENDED,
    )


def _in_post(tables: Relations, asked: ibis.Table, every: Division) -> ibis.Table:
    """Return the stretches in which somebody is in post, and which are `whole`."""
    held = days_in_post(tables, asked)
    stretches = divisions(asked, every).rename(of_period="period")
    rows = held.join(
        stretches,
        [
            held.period == stretches.of_period,
            held.first_day <= stretches.ends,
            stretches.begins <= held.last_day,
        ],
    )
    whole = (rows.first_day <= rows.begins) & (rows.ends <= rows.last_day)
    return rows.group_by(*STRETCH).agg(whole=one(whole).max())


def _with(
    rows: ibis.Table, meetings: ibis.Table, name: str, same: tuple[str, ...]
) -> ibis.Table:
    """Return stretches with the first meeting of their own, null where there is none."""
    met = meetings.select(
        met_on="day", met="meeting_id", **{f"met_{key}": meetings[key] for key in same}
    )
    found = rows.left_join(
        met,
        [
            *(rows[key] == met[f"met_{key}"] for key in same),
            rows.begins <= met.met_on,
            met.met_on <= rows.ends,
        ],
    )
    return found.group_by(*rows.columns).agg(**{name: found.met.min()})
