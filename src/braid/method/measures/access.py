"""Words about the way in, as Ibis expressions."""

import ibis
from ibis.expr.types import Value

from braid.method.measures.equity import with_group
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    on_caseload_in,
    one,
    shaped,
)
from braid.method.measures.reference.access import (
    ACCESS,
    BEGUN_EPISODES,
    EMPLOYED,
    IN_EDUCATION,
    NOT_EMPLOYED,
)
from braid.method.measures.reference.populations import BASIS_COLUMNS
from braid.method.measures.teams import in_period


def access(tables: Relations, asked: ibis.Table, group: str = "none") -> ibis.Table:
    """Return the rows of the word; its definition is ACCESS."""
    rows = in_period(tables["episodes"], asked, "referred_on")
    accepted = (rows.accepted_on <= rows.as_of).ifelse(rows.accepted_on, None)
    entered = (rows.entered_on <= rows.as_of).ifelse(rows.entered_on, None)
    rows = rows.mutate(accepted_by=accepted, entered_by=entered)
    both = rows.accepted_by.notnull() & rows.entered_by.notnull()
    rows = rows.mutate(
        referred=1,
        accepted=one(rows.accepted_by.notnull()),
        accessed=one(rows.entered_by.notnull()),
        days_to_acceptance=_days(rows.referred_on, rows.accepted_by),
        days_to_access=_days(rows.referred_on, rows.entered_by),
        days_accepted_to_access=_days(rows.accepted_by, rows.entered_by),
        accepted_and_accessed=one(both),
    )
    return shaped(with_group(rows, tables, group), ACCESS)


def _days(first: Value, later: Value) -> Value:
    """Return the days from one to the other; 0 where one is missing or comes late."""
    return ibis.greatest(0, later.delta(first, unit="day")).fill_null(0)


def begun_episodes(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    mode: str = "corrected",
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is BEGUN_EPISODES."""
    rows = in_period(tables["episodes"], asked, BASIS_COLUMNS[basis])
    if mode == "compatible":
        rows = rows.filter((rows.exited_on > rows.as_of).fill_null(True))
    before = rows.at_referral
    rows = rows.mutate(
        begun_episodes=1,
        employed_before=one(before.isin(EMPLOYED)),
        out_of_work_before=one(before.isin(NOT_EMPLOYED)),
        unknown_before=one(before.notin((*EMPLOYED, *NOT_EMPLOYED))),
    )
    return shaped(with_group(rows, tables, group), BEGUN_EPISODES)


def in_education(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is IN_EDUCATION."""
    on, courses = on_caseload_in(tables, asked, basis), tables["education"]
    courses = courses.select(
        "mainstream",
        course_of=courses.episode_id,
        since=courses.first_day,
        until=courses.last_day.fill_null(FOREVER),
    )
    rows = on.join(
        courses,
        [
            on.episode_id == courses.course_of,
            courses.since < on.exits,
            courses.since <= on.closes,
            courses.until >= on.enters,
            courses.until >= on.opens,
            courses.until >= courses.since,
        ],
    )
    people = rows.group_by("period", "unit_id", "person_key").agg(
        in_mainstream_education=one(rows.mainstream).max()
    )
    return shaped(people.mutate(in_education=1), IN_EDUCATION)
