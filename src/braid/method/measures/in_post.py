"""Who works in an IPS unit and when, in Ibis; posts in other teams are none of it."""

import ibis

from braid.method.measures.composing import spells_joined
from braid.method.measures.populations import Relations, posts, posts_in

MEMBER = ("period", "unit_id", "staff_id")


def days_in_post(
    tables: Relations, asked: ibis.Table, role: str = "specialist"
) -> ibis.Table:
    """Return the days in post in each period, joined where they touch.

    From `first_day` to `last_day`, for each period, `unit_id` and `staff_id`.
    """
    rows = posts_in(tables, asked, role)
    rows = rows.select(
        *MEMBER,
        first_day=ibis.greatest(rows.starts, rows.opens),
        last_day=ibis.least(rows.ends, rows.closes),
    )
    return spells_joined(rows, MEMBER, 0)


def units_at_work(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return period and unit where a specialist is in post on at least one day."""
    return posts_in(tables, asked).select("period", "unit_id").distinct()


def of_role(
    rows: ibis.Table, tables: Relations, role: str = "specialist"
) -> ibis.Table:
    """Return rows of a `staff_id` who is in a post of a role in `unit_id` on `day`."""
    held = posts(tables, role).rename(post_of="staff_id", post_in="unit_id")
    return rows.semi_join(
        held,
        [
            rows.staff_id == held.post_of,
            rows.unit_id == held.post_in,
            held.starts <= rows.day,
            rows.day <= held.ends,
        ],
    )


def while_in_post(rows: ibis.Table, tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of each period that a specialist made on a `day` in post.

    Of many rows a join with days that do not overlap takes a sixth of `of_role`.
    """
    held = days_in_post(tables, asked).rename(held_in="unit_id", held_by="staff_id")
    found = rows.join(
        held,
        [
            rows.unit_id == held.held_in,
            rows.staff_id == held.held_by,
            held.first_day <= rows.day,
            rows.day <= held.last_day,
        ],
    )
    return found.select("period", *rows.columns)
