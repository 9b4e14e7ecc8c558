"""The word about meetings that specialists are at, as an Ibis expression."""

from collections.abc import Collection

import ibis

from braid.method.measures.divisions import divisions
from braid.method.measures.in_post import days_in_post, of_role
from braid.method.measures.kept import kept_of_periods
from braid.method.measures.populations import Relations, in_span, one, shaped
from braid.method.measures.reference.attendance import KINDS, MEETINGS_ATTENDED
from braid.method.measures.reference.divisions import Division

STRETCH = ("period", "unit_id", "staff_id", "begins", "ends")


@kept_of_periods
def said_at(tables: Relations, asked: ibis.Table, kinds: Collection[str]) -> ibis.Table:
    """Return the meetings of some kinds with each `staff_id` of whom something is said.

    Those between the first and the last day of all periods. Without anybody of whom it
    is said whether they were `present`, both are null.
    """
    rows, there = in_span(tables["meetings"], asked), tables["attendance"]
    rows = rows.filter(rows.kind.isin(sorted(kinds)), rows.unit_id.notnull())
    rows = rows.select("meeting_id", "unit_id", "team_id", "day", "kind")
    there = there.select("staff_id", "present", said_of="meeting_id")
    return rows.left_join(there, rows.meeting_id == there.said_of).drop("said_of")


def meetings_of(said: ibis.Table) -> ibis.Table:
    """Return each meeting once, with `said`: is it known who was there."""
    return said.select(
        *("meeting_id", "unit_id", "team_id", "day", "kind"),
        said=said.staff_id.notnull(),
    ).distinct()


def present_at(
    said: ibis.Table, tables: Relations, role: str = "specialist"
) -> ibis.Table:
    """Return meetings with each `staff_id` there who is in such a post that day."""
    return of_role(said.filter(said.present).drop("present"), tables, role)


def meetings_attended(
    tables: Relations,
    asked: ibis.Table,
    kinds: Collection[str] = KINDS,
    every: Division = "week",
) -> ibis.Table:
    """Return the rows of the word; its definition is MEETINGS_ATTENDED."""
    said = said_at(tables, asked, kinds)
    meetings = meetings_of(said)
    rows = _in_post(tables, asked, every)
    rows = _with(rows, present_at(said, tables), "at", ("unit_id", "staff_id"))
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
