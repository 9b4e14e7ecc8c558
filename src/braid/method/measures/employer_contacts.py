"""Words about employer contacts, as Ibis expressions."""

import ibis

from braid.method.measures.equity import with_group
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    made_by_staff,
    one,
    posts_in,
    shaped,
    windows,
)
from braid.method.measures.reference.employer_contacts import (
    BY_SPECIALIST,
    EMPLOYER_CONTACTS_AND_POSTS,
    FIRST_EMPLOYER_CONTACT,
)
from braid.method.measures.teams import around


def employer_contacts_and_posts(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is EMPLOYER_CONTACTS_AND_POSTS."""
    contacts, posts = tables["employer_contacts"], posts_in(tables, asked)
    reason = ibis.cases(
        (contacts.staff_id.isnull(), "specialist_unknown"),
        (contacts["mode"].isnull(), "mode_unknown"),
    )
    contacts = contacts.filter(
        contacts.made_by.isin(BY_SPECIALIST),
        (contacts["mode"] == "in_person").fill_null(True),
    ).select(
        "employer_contact_id",
        "unit_id",
        "staff_id",
        "day",
        contacts=one(reason.isnull()),
        left_out=reason,
    )
    return ibis.union(
        *(
            shaped(rows, EMPLOYER_CONTACTS_AND_POSTS)
            for rows in (made_by_staff(contacts, posts, asked), _with_days(posts))
        )
    )


def _with_days(posts: ibis.Table) -> ibis.Table:
    """Return posts with their days; a day in two of one person counts in the earlier."""
    posts = posts.select(
        "period",
        "unit_id",
        "staff_id",
        "starts",
        first=ibis.greatest(posts.starts, posts.opens),
        last=ibis.least(posts.ends, posts.closes),
    )
    earlier = ibis.window(
        group_by=["period", "unit_id", "staff_id"],
        order_by=["starts", "last"],
        preceding=(None, 1),
        following=None,
    )
    posts = posts.mutate(counted_to=posts["last"].max().over(earlier))
    days = posts["last"].delta(posts["first"], unit="day") + 1
    new_days = posts["last"].delta(posts.counted_to, unit="day")
    return posts.mutate(
        days_in_post=ibis.greatest(0, ibis.least(days, new_days.fill_null(days)))
    )


def first_employer_contact(
    tables: Relations, asked: ibis.Table, group: str = "none"
) -> ibis.Table:
    """Return the rows of the word; its definition is FIRST_EMPLOYER_CONTACT."""
    periods, episodes = windows(asked), tables["episodes"]
    episodes = episodes.select(
        "episode_id",
        "unit_id",
        "person_key",
        "accepted_on",
        "entered_on",
        exits=episodes.exited_on.fill_null(FOREVER),
    )
    rows = episodes.join(periods, [episodes.accepted_on <= periods.as_of])
    # Without a first meeting the day of acceptance says which period misses it.
    entered = (rows.entered_on <= rows.as_of).fill_null(False)
    rows = rows.mutate(
        entered=entered, origin=entered.ifelse(rows.entered_on, rows.accepted_on)
    )
    rows = rows.filter(rows.origin >= rows.opens, rows.origin <= rows.closes)
    rows = _with_first_contact(rows, tables)
    rows = around(rows, tables, ("period", "episode_id"), "origin")
    rows = with_group(rows, tables, group)
    met = rows.met_on.notnull()
    last = ibis.greatest(rows.origin, ibis.least(rows.exits, rows.as_of))
    return shaped(
        rows.mutate(
            episodes=one(rows.entered),
            with_contact=one(met),
            days=rows.met_on.delta(rows.origin, unit="day").fill_null(0),
            without_contact=one(rows.entered & ~met),
            days_open=(rows.entered & ~met).ifelse(
                last.delta(rows.origin, unit="day"), 0
            ),
            left_out=rows.entered.ifelse(None, "first_meeting_missing"),
        ),
        FIRST_EMPLOYER_CONTACT,
    )


def _with_first_contact(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return episodes with `met_on`: the first contact face to face for the person."""
    # First whose contacts are looked for: far fewer than there are.
    others = tables["episodes"].select(met_for="episode_id", is_of="person_key")
    sought = rows.filter(rows.entered).select(
        *("unit_id", "person_key", "origin", "exits", "as_of"),
        met_in="period",
        met_of="episode_id",
    )
    sought = sought.join(others, sought.person_key == others.is_of)
    made = tables["employer_contacts"]
    made = made.filter(made["mode"] == "in_person").select(
        "employer_contact_id", made_in="unit_id", made_for="episode_id", met_on="day"
    )
    found = sought.join(
        made,
        [
            sought.met_for == made.made_for,
            sought.unit_id == made.made_in,
            sought.origin <= made.met_on,
            made.met_on <= sought.as_of,
            made.met_on < sought.exits,
        ],
    )
    contact = found.employer_contact_id
    in_order = ibis.struct({"day": found.met_on, "contact": contact})
    first = found.group_by("met_in", "met_of").agg(
        met_on=found.met_on.min(), employer_contact_id=contact.argmin(in_order)
    )
    found = rows.left_join(
        first,
        [rows.period == first.met_in, rows.episode_id == first.met_of],
    )
    return found.drop("met_in", "met_of")
