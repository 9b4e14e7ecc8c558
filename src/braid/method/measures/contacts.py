"""Words about support contacts, as Ibis expressions."""

import ibis

from braid.method.measures.populations import (
    Relations,
    made_by_staff,
    posts_in,
    shaped,
)
from braid.method.measures.reference.contacts import COMMUNITY, CONTACT_MINUTES


def contact_minutes(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is CONTACT_MINUTES."""
    contacts = tables["contacts"]
    reason = ibis.cases(
        (contacts.staff_id.isnull(), "specialist_unknown"),
        (contacts.attended.isnull(), "attendance_unknown"),
        (contacts.minutes.isnull(), "minutes_unknown"),
    )
    contacts = contacts.filter(
        contacts.attended.fill_null(True), contacts.minutes.fill_null(1) != 0
    ).select(
        "contact_id",
        "unit_id",
        "episode_id",
        "staff_id",
        "day",
        mode=contacts["mode"].fill_null(""),
        place=contacts.place.fill_null(""),
        all_minutes=reason.isnull().ifelse(contacts.minutes, 0),
        left_out=reason,
    )
    rows = made_by_staff(contacts, posts_in(tables, asked), asked)
    in_person = rows["mode"] == "in_person"
    minutes = {
        "community_minutes": in_person & rows.place.isin(COMMUNITY),
        "f2f_minutes": in_person,
        "place_unknown_minutes": in_person & (rows.place == ""),
        "mode_unknown_minutes": rows["mode"] == "",
    }
    return shaped(
        rows.mutate(
            **{
                name: which.ifelse(rows.all_minutes, 0)
                for name, which in minutes.items()
            }
        ),
        CONTACT_MINUTES,
    )
