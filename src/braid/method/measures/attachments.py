"""The word about the teams that a specialist is attached to, as an Ibis expression."""

import ibis

from braid.method.measures.in_post import MEMBER
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    held,
    one,
    posts_in,
    shaped,
    windows,
    with_spell,
)
from braid.method.measures.reference.attachments import ATTACHED_CASELOADS, TREATMENT


def attached_caseloads(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is ATTACHED_CASELOADS."""
    posts = posts_in(tables, asked)
    staff = posts.filter(posts.closes <= posts.ends).select(*MEMBER).distinct()
    attached = _attached(tables, asked).join(staff, ["period", "staff_id"])
    rows = held(tables, asked, basis).semi_join(staff, MEMBER)
    rows = with_spell(rows, tables["treatment"], "team_id")
    rows = rows.left_join(_top_two(rows, attached), [*MEMBER, "team_id"])
    rows = rows.mutate(
        caseload=1,
        with_team=one(rows.team_id.notnull()),
        from_top_two=one(rows.place < 2),
    )
    attached = attached.mutate(attached_teams=1)
    return ibis.union(*(shaped(each, ATTACHED_CASELOADS) for each in (rows, attached)))


def _attached(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the staff and the treatment teams that they are in on each day, once."""
    teams, rows, periods = tables["teams"], tables["staff_teams"], windows(asked)
    rows = rows.semi_join(teams.filter(teams.kind == TREATMENT), "team_id")
    rows = rows.mutate(until=rows.last_day.fill_null(FOREVER))
    rows = rows.join(
        periods, [rows.first_day <= periods.closes, periods.closes <= rows.until]
    )
    return rows.select("period", "staff_id", "team_id").distinct()


def _top_two(rows: ibis.Table, attached: ibis.Table) -> ibis.Table:
    """Return the teams of each caseload by `place`, those not attached to left out."""
    sizes = rows.filter(rows.team_id.notnull()).group_by(*MEMBER, "team_id")
    sizes = sizes.agg(size=ibis._.count())
    any_at_all = attached.select(*MEMBER).distinct().mutate(some=1)
    own = attached.select(*MEMBER, "team_id").mutate(own=1)
    sizes = sizes.left_join(any_at_all, MEMBER).drop(
        *(f"{name}_right" for name in MEMBER)
    )
    sizes = sizes.left_join(own, [*MEMBER, "team_id"])
    sizes = sizes.filter(sizes.some.isnull() | sizes.own.notnull())
    largest = ibis.window(
        group_by=list(MEMBER), order_by=[sizes["size"].desc(), sizes.team_id]
    )
    sizes = sizes.mutate(place=ibis.row_number().over(largest))
    return sizes.select(*MEMBER, "team_id", "place")
