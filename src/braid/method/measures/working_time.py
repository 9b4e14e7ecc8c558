"""Words about where a specialist works, as Ibis expressions."""

import ibis

from braid.method.measures.populations import Relations, one, posts_in, shaped
from braid.method.measures.reference.contacts import COMMUNITY
from braid.method.measures.reference.working_time import (
    JOB_CENTRE,
    JOB_CENTRE_CONTACTS,
    LOGGED_TIME,
    OFFICES,
)
from braid.method.measures.specialist_weeks import weeks_in_post, with_logged
from braid.method.measures.teams import in_period


def of_posts(rows: ibis.Table, tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows in each period of specialists in post in it."""
    staff = posts_in(tables, asked).select("period", "unit_id", "staff_id")
    return in_period(rows, asked).semi_join(staff, ["period", "unit_id", "staff_id"])


def logged_time(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is LOGGED_TIME."""
    weeks = with_logged(weeks_in_post(tables, asked), tables)
    weeks = weeks.mutate(
        week=weeks.day.strftime("%Y-%m-%d"),
        weeks=1,
        weeks_logged=one(weeks.days_logged.notnull()),
    )
    return ibis.union(
        *(shaped(rows, LOGGED_TIME) for rows in (_entries(tables, asked), weeks))
    )


def _entries(tables: Relations, asked: ibis.Table) -> ibis.Table:
    entries = tables["time_entries"]
    rows = of_posts(entries.filter(entries.activity != "leave"), tables, asked)
    travel, place = rows.activity == "travel", rows.place
    unknown = place.isnull() & ~travel
    known = place.notnull() & ~travel
    minutes = {
        "outside_minutes": known & place.isin(COMMUNITY),
        "in_person_minutes": known & place.isin((*COMMUNITY, *OFFICES)),
        "scheduled_minutes": known,
        "travel_minutes": travel,
        "job_centre_minutes": known & (place == JOB_CENTRE),
        "place_unknown_minutes": unknown,
    }
    return rows.mutate(
        **{name: one(which) * rows.minutes for name, which in minutes.items()},
        left_out=unknown.ifelse("place_unknown", None),
    )


def job_centre_contacts(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is JOB_CENTRE_CONTACTS."""
    contacts = tables["contacts"]
    contacts = contacts.filter(
        contacts.attended,
        contacts.minutes > 0,
        contacts["mode"] == "in_person",
        contacts.place == JOB_CENTRE,
    )
    rows = of_posts(contacts, tables, asked)
    return shaped(
        rows.mutate(job_centre_contact_minutes=rows.minutes), JOB_CENTRE_CONTACTS
    )
