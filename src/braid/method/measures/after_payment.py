"""Words about what follows a payment, as Ibis expressions."""

import ibis

from braid.method.measures.contact_weeks import with_person
from braid.method.measures.populations import FOREVER, Relations, first_of, one, shaped
from braid.method.measures.reference.after_payment import (
    CLAIM_ANSWERS,
    CONTACTS_AROUND_PAYMENT,
    EVIDENCE_REASONS,
    JOB_ENDS,
    ONE_CLAIM,
)
from braid.method.measures.teams import in_period


def contacts_around_payment(
    tables: Relations, asked: ibis.Table, around: int = 60
) -> ibis.Table:
    """Return the rows of the word; its definition is CONTACTS_AROUND_PAYMENT."""
    rows = in_period(tables["claims"], asked, "reached_on")
    rows = rows.filter(rows.paid_on <= rows.as_of)
    same = ("period", "episode_id", "milestone", "reached_on")
    rows = first_of(rows, same, claim=rows.claim_id)
    people = tables["episodes"].select("person_key", of_episode="episode_id")
    rows = rows.join(people, [rows.episode_id == people.of_episode])
    since = (rows.reached_on - ibis.interval(days=around)).cast("date")
    until = (rows.reached_on + ibis.interval(days=around)).cast("date")
    rows = rows.mutate(since=since, until=until, over=until <= rows.as_of)
    rows = _with_contacts(rows, tables)
    among = ibis.window(
        group_by=["period", "unit_id", "person_key", "milestone", "over"],
        order_by=["reached_on", "claim_id"],
    )
    rows = rows.mutate(place=ibis.row_number().over(among))
    return shaped(
        rows.mutate(
            payments=one(rows.over),
            people=one(rows.over & (rows.place == 0)),
            contacts_before=rows.over.ifelse(rows.before, 0),
            contacts_after=rows.over.ifelse(rows.after, 0),
            left_out=rows.over.ifelse(None, "too_early"),
        ),
        CONTACTS_AROUND_PAYMENT,
    )


def _with_contacts(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return claims with the contacts kept `before` and `after` their day."""
    kept = with_person(tables["contacts"])
    kept = kept.filter(kept.attended).select("day", met="episode_id")
    found = rows.join(
        kept,
        [rows.episode_id == kept.met, rows.since <= kept.day, kept.day <= rows.until],
    )
    found = found.group_by(of_period="period", of_claim="claim_id").agg(
        before=one(found.day < found.reached_on).sum(),
        after=one(found.day > found.reached_on).sum(),
    )
    rows = rows.left_join(
        found, [rows.period == found.of_period, rows.claim_id == found.of_claim]
    )
    return rows.mutate(before=rows.before.fill_null(0), after=rows.after.fill_null(0))


def job_ends(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is JOB_ENDS."""
    rows = in_period(tables["jobs"], asked, "last_day")
    accepted = tables["episodes"].select("accepted_on", of_episode="episode_id")
    rows = rows.join(
        accepted,
        [rows.episode_id == accepted.of_episode, accepted.accepted_on <= rows.last_day],
    )
    known = (rows.end_known_on <= rows.as_of).fill_null(False)
    days = rows.end_known_on.delta(rows.last_day, unit="day")
    rows = rows.mutate(known=known, days=days)
    paid = _paid_after_end(tables)
    rows = rows.left_join(paid, [rows.job_id == paid.of_job])
    return shaped(
        rows.mutate(
            ends=one(rows.known),
            days_to_knowing=rows.known.ifelse(ibis.greatest(0, rows.days), 0),
            paid_after_end=one(rows.known & (rows.first_paid <= rows.as_of)),
            left_out=rows.known.ifelse(None, "known_day_unknown"),
        ),
        JOB_ENDS,
    )


def _paid_after_end(tables: Relations) -> ibis.Table:
    """Return the jobs of which something reached after the end was paid."""
    claims = tables["claims"]
    claims = claims.filter(claims.paid_on.notnull()).select(
        "claim_id", "reached_on", "paid_on", claimed="episode_id"
    )
    spells = tables["jobs"].select(
        works="episode_id",
        begins="first_day",
        ends=tables["jobs"].last_day.fill_null(FOREVER),
    )
    claims = claims.anti_join(
        spells,
        [
            claims.claimed == spells.works,
            spells.begins <= claims.reached_on,
            claims.reached_on <= spells.ends,
        ],
    )
    jobs = tables["jobs"].select(
        "last_day", "end_known_on", of_job="job_id", in_episode="episode_id"
    )
    found = jobs.join(
        claims,
        [
            jobs.in_episode == claims.claimed,
            jobs.last_day < claims.reached_on,
            claims.reached_on <= jobs.end_known_on,
        ],
    )
    return found.group_by("of_job").agg(first_paid=found.paid_on.min())


def claim_answers(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is CLAIM_ANSWERS."""
    rows = in_period(tables["claims"], asked, "submitted_on")
    same = ibis.window(group_by=["period", *ONE_CLAIM])
    rows = rows.mutate(first_payer=rows.payer.min().over(same))
    rows = rows.filter(rows.payer == rows.first_payer)
    rejected = (rows.state == "rejected") & (rows.decided_on <= rows.as_of)
    rows = rows.mutate(is_rejected=rejected.fill_null(False))
    rows = rows.mutate(reason=rows.is_rejected.ifelse(rows.reason, None))
    return shaped(
        rows.mutate(
            submitted=1,
            rejected=one(rows.is_rejected),
            rejected_for_evidence=one(rows.reason.isin(EVIDENCE_REASONS)),
        ),
        CLAIM_ANSWERS,
    )
