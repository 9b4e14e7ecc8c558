"""Words about who comes in and who is kept out, as Ibis expressions."""

from collections.abc import Sequence

import ibis

from braid.method.measures.populations import (
    FOREVER,
    Relations,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.courses import BREACHES
from braid.method.measures.reference.zero_exclusion import (
    DEPARTURES,
    MISSED,
    REFERRING_CLINICIANS,
    REFUSALS,
    TIME_LIMIT,
)
from braid.method.measures.teams import in_period, treated


def refusals(
    tables: Relations, asked: ibis.Table, reasons: Sequence[str] = BREACHES
) -> ibis.Table:
    """Return the rows of the word; its definition is REFUSALS."""
    rows = in_period(tables["refusals"], asked)
    breaches = one(rows.reason.isin(list(reasons)))
    return shaped(rows.mutate(refusals=1, refused_for_breaches=breaches), REFUSALS)


def departures(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is DEPARTURES."""
    rows = in_period(tables["episodes"], asked, "exited_on")
    rows = rows.filter(rows.accepted_on <= rows.as_of)
    known = rows.exit_reason.notnull()
    return shaped(
        rows.mutate(
            departures=one(known),
            for_missed_appointments=one(rows.exit_reason == MISSED),
            for_time_limit=one(rows.exit_reason == TIME_LIMIT),
            left_out=known.ifelse(None, "exit_reason_unknown"),
        ),
        DEPARTURES,
    )


def referring_clinicians(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is REFERRING_CLINICIANS."""
    rows = _clinicians(tables, asked, basis)
    episodes = tables["episodes"]
    sent = episodes.group_by(sent_to="unit_id", sent_by="referred_by_staff").agg(
        sent_on=episodes.referred_on.min()
    )
    rows = rows.left_join(
        sent, [rows.unit_id == sent.sent_to, rows.staff_id == sent.sent_by]
    )
    return shaped(
        rows.mutate(clinicians=1, ever_referred=one(rows.sent_on <= rows.closes)),
        REFERRING_CLINICIANS,
    )


def _clinicians(tables: Relations, asked: ibis.Table, basis: str) -> ibis.Table:
    """Return the clinicians around each unit on the last day of each period, once."""
    shared, periods = treated(tables, basis), windows(asked)
    teams = shared.join(
        periods,
        [
            shared.begins <= periods.closes,
            periods.opens <= shared.until,
            periods.opens < shared.exits,
        ],
    )
    teams = teams.select("period", "closes", "unit_id", "team_id").distinct()
    posts = tables["staff_teams"]
    posts = posts.filter(posts["role"] == "clinician").select(
        "staff_id",
        post_in="team_id",
        since="first_day",
        until=posts.last_day.fill_null(FOREVER),
    )
    rows = teams.join(
        posts,
        [
            teams.team_id == posts.post_in,
            posts.since <= teams.closes,
            teams.closes <= posts.until,
        ],
    )
    return rows.select("period", "closes", "unit_id", "staff_id").distinct()
