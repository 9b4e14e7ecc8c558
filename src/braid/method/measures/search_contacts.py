"""Words about contacts with employers in a search, as Ibis expressions."""

import ibis

from braid.method.measures.populations import (
    FOREVER,
    Relations,
    made_by_staff,
    one,
    posts_in,
    shaped,
)
from braid.method.measures.reference.employer_contacts import BY_SPECIALIST
from braid.method.measures.reference.search_contacts import (
    AFTER,
    EMPLOYER_VISITS,
    FITTING_CONTACTS,
    LOGGED_SEARCHES,
)
from braid.method.measures.teams import in_period


def logged_searches(
    tables: Relations, asked: ibis.Table, after: int = AFTER
) -> ibis.Table:
    """Return the rows of the word; its definition is LOGGED_SEARCHES."""
    episodes = tables["episodes"]
    episodes = episodes.select(
        "episode_id",
        "unit_id",
        "accepted_on",
        "entered_on",
        exits=episodes.exited_on.fill_null(FOREVER),
    )
    rows = in_period(episodes, asked, "entered_on")
    rows = rows.filter(rows.accepted_on <= rows.as_of)
    made = tables["employer_contacts"]
    first = made.group_by(made_for=made.episode_id).agg(first_logged=made.day.min())
    rows = rows.left_join(first, [rows.episode_id == first.made_for])
    logged = (rows.first_logged <= rows.as_of).fill_null(False)
    passed = ibis.least(rows.exits, rows.as_of).delta(rows.entered_on, unit="day")
    due = logged | (passed >= after)
    return shaped(
        rows.mutate(
            searches=one(due),
            searches_logged=one(logged),
            left_out=due.ifelse(None, "too_early"),
        ),
        LOGGED_SEARCHES,
    )


def fitting_contacts(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is FITTING_CONTACTS."""
    made = tables["employer_contacts"]
    rows = in_period(made.filter(made.client_specific.fill_null(True)), asked)
    reason = ibis.cases(
        (rows.client_specific.isnull(), "person_unknown"),
        (rows.fits_plan.isnull(), "fit_unknown"),
    )
    rows = rows.mutate(left_out=reason)
    known = rows.left_out.isnull()
    return shaped(
        rows.mutate(
            for_a_person=one(known),
            fitting=one(known & rows.fits_plan),
            fit_unknown=one(rows.left_out == "fit_unknown"),
        ),
        FITTING_CONTACTS,
    )


def employer_visits(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is EMPLOYER_VISITS."""
    made = tables["employer_contacts"]
    made = made.filter(made.made_by.isin(BY_SPECIALIST), made["mode"] == "in_person")
    rows = made_by_staff(made, posts_in(tables, asked), asked)
    known = rows.staff_id.notnull()
    return shaped(
        rows.mutate(
            visits=one(known),
            number_known=one(known & rows.visit_no.notnull()),
            repeated=one(known & (rows.visit_no > 1)),
            whom_known=one(known & rows.with_hiring_role.notnull()),
            with_hiring_role=one(known & rows.with_hiring_role),
            for_whom_known=one(known & rows.client_specific.notnull()),
            for_one_person=one(known & rows.client_specific),
            left_out=known.ifelse(None, "specialist_unknown"),
        ),
        EMPLOYER_VISITS,
    )
