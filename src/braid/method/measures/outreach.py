"""The word about people who stay away, as an Ibis expression."""

import ibis

from braid.method.measures.populations import (
    Relations,
    on_caseload_in,
    one,
    posts_in,
    shaped,
)
from braid.method.measures.reference.outreach import (
    AT_HOME,
    BY_RULE,
    ENDED,
    MISSED,
    REACHED_OUT,
    VISITS,
)
from braid.method.measures.teams import in_period


def reached_out(
    tables: Relations,
    asked: ibis.Table,
    missed: int = MISSED,
    basis: str = "accepted",
) -> ibis.Table:
    """Return the rows of the word; its definition is REACHED_OUT."""
    rows = on_caseload_in(tables, asked, basis)
    reasons = tables["episodes"].select("exit_reason", reason_of="episode_id")
    rows = rows.join(reasons, [rows.episode_id == reasons.reason_of])
    rows = rows.mutate(ended=rows.exits <= rows.closes)
    rows = rows.select("period", "unit_id", "episode_id", "exit_reason", "ended")
    rows = _with(rows, _attempts(tables, asked))
    rows = _with(rows, _missed(tables, asked))
    reason = rows.exit_reason
    tried = (rows.attempts > 0).fill_null(False)
    away = tried | (rows.missed_last >= missed).fill_null(False)
    away = away | (rows.ended & reason.isin(ENDED)).fill_null(False)
    rows = rows.mutate(away=away, was_tried=tried)
    rows = rows.filter(rows.away | (rows.ended & rows.exit_reason.isnull()))
    by_rule = rows.ended & rows.exit_reason.isin(BY_RULE)
    unknown = ~rows.was_tried & (rows.unknown > 0)
    return shaped(
        rows.mutate(
            disengaged=one(rows.away),
            ended_by_rule=one(rows.away & by_rule),
            tried=one(rows.was_tried),
            attempts=rows.attempts.fill_null(0),
            attempt_unknown=one(rows.away & unknown),
            by_others=one(rows.others > 0),
            others_unknown=one((rows.others == 0) & (rows.by_nobody > 0)),
            visited=one(rows.visits >= VISITS),
            visits_unknown=one(
                (rows.visits < VISITS) & (rows.visits + rows.nowhere >= VISITS)
            ),
            joint=one(rows.joined > 0),
            joint_unknown=one((rows.joined == 0) & (rows.joined_unknown > 0)),
            family=one(rows.with_kin > 0),
            left_out=rows.away.ifelse(None, "exit_reason_unknown"),
        ),
        REACHED_OUT,
    )


def _with(rows: ibis.Table, found: ibis.Table) -> ibis.Table:
    """Return episodes with what was found of each in the period, if anything."""
    found = found.rename(in_period="period", found_of="episode_id")
    rows = rows.left_join(
        found,
        [rows.period == found.in_period, rows.episode_id == found.found_of],
    )
    return rows.drop("in_period", "found_of")


def _attempts(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return what is recorded of attempts, by episode."""
    made = tables["contacts"]
    made = made.filter(made.episode_id.notnull(), made.outreach.fill_null(True))
    made = in_period(made, asked)
    staff = posts_in(tables, asked).select(
        staff_in="period", staff_of="unit_id", in_post="staff_id"
    )
    made = made.left_join(
        staff.distinct(),
        [
            made.period == staff.staff_in,
            made.unit_id == staff.staff_of,
            made.staff_id == staff.in_post,
        ],
    )
    tried = made.outreach.fill_null(False)
    others = (made.initiated_by == "clinician").fill_null(False) | (
        made.staff_id.notnull() & made.in_post.isnull()
    )
    return made.group_by("period", "episode_id").agg(
        attempts=one(tried).sum(),
        unknown=one(made.outreach.isnull()).sum(),
        others=one(tried & others).sum(),
        by_nobody=one(
            tried & made.staff_id.isnull() & made.initiated_by.isnull()
        ).sum(),
        visits=one(tried & made.place.isin(AT_HOME)).sum(),
        nowhere=one(tried & made.place.isnull()).sum(),
        joined=one(tried & made.with_clinician).sum(),
        joined_unknown=one(tried & made.with_clinician.isnull()).sum(),
        with_kin=one(tried & made.with_family).sum(),
    )


def _missed(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the appointments missed since the last that was kept, by episode."""
    made = tables["contacts"]
    made = made.filter(made.episode_id.notnull())
    made = made.filter(made.attended.notnull()).select("episode_id", "day", "attended")
    # One pass over many contacts: of nearly all of them only the last day is wanted.
    made = in_period(made, asked)
    found = made.group_by("period", "episode_id").agg(
        kept_on=made.day.max(where=made.attended),
        lost_on=made.day.collect(where=~made.attended),
    )
    # Nothing was lost where there is no list, or an empty one, as an engine has it.
    found = found.filter(found.lost_on.length() > 0)
    since = found.lost_on.filter(
        lambda day: found.kept_on.isnull() | (day > found.kept_on)
    )
    return found.select("period", "episode_id", missed_last=since.length())
