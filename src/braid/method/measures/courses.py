"""Words about how episodes begin and end, as Ibis expressions."""

from collections.abc import Sequence

import ibis

from braid.method.measures.populations import Relations, one, shaped
from braid.method.measures.reference.courses import (
    BREACHES,
    ENDED_BY_SERVICE,
    EXITS,
    REFERRALS,
    REFUSALS_AND_REFERRALS,
)
from braid.method.measures.teams import around, in_period

EPISODE = ("period", "episode_id")


def referrals(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is REFERRALS."""
    rows = _referred(tables, asked)
    known = rows.referral_source.notnull()
    return shaped(
        rows.mutate(
            referrals=one(known),
            by_clinician=one(rows.referral_source == "clinician"),
            left_out=known.ifelse(None, "source_unknown"),
        ),
        REFERRALS,
    )


def _referred(tables: Relations, asked: ibis.Table) -> ibis.Table:
    rows = in_period(tables["episodes"], asked, "referred_on")
    return around(rows, tables, EPISODE, "referred_on")


def refusals_and_referrals(
    tables: Relations, asked: ibis.Table, reasons: Sequence[str] = BREACHES
) -> ibis.Table:
    """Return the rows of the word; its definition is REFUSALS_AND_REFERRALS."""
    refused = _before_exit(in_period(tables["refusals"], asked), tables)
    refused = around(refused, tables, ("period", "refusal_id"))
    breaches = refused.reason.isin(reasons)
    refused = refused.mutate(
        breaches=one(breaches), other_refusals=one(~breaches), left_out=ibis.null()
    )
    sent = _referred(tables, asked).mutate(referrals=1, left_out=ibis.null())
    return ibis.union(
        *(shaped(rows, REFUSALS_AND_REFERRALS) for rows in (refused, sent))
    )


def _before_exit(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return refusals on their day, at the latest the day before the episode's exit."""
    ends = tables["episodes"].select(ends="episode_id", exits="exited_on")
    rows = rows.left_join(ends, rows.episode_id == ends.ends)
    before = (rows.exits - ibis.interval(days=1)).cast("date")
    return rows.mutate(day=ibis.least(rows.day, before.fill_null(rows.day)))


def exits(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is EXITS."""
    rows = in_period(tables["episodes"], asked, "exited_on")
    rows = rows.filter(rows.accepted_on <= rows.as_of)
    last_day = (rows.exited_on - ibis.interval(days=1)).cast("date")
    rows = around(rows.mutate(day=last_day), tables, EPISODE)
    known = rows.exit_reason.notnull()
    return shaped(
        rows.mutate(
            exits=one(known),
            by_service=one(rows.exit_reason.isin(ENDED_BY_SERVICE)),
            left_out=known.ifelse(None, "exit_reason_unknown"),
        ),
        EXITS,
    )
