"""Words about how a unit is led, as Ibis expressions."""

import ibis

from braid.method.measures.divisions import divisions
from braid.method.measures.in_post import units_at_work
from braid.method.measures.populations import Relations, one, shaped
from braid.method.measures.reference.divisions import Division
from braid.method.measures.reference.leading import (
    FINAL_REVIEWS,
    HIGH,
    LEADERSHIP,
    LEADERSHIP_REPORTS,
    QUARTERS_REPORTED,
    RECENT,
    SCALE,
    SPANS,
    STEERING,
    STEERING_MEETINGS,
    TEAM,
)
from braid.method.measures.teams import in_period, later

SPAN = ("period", "unit_id", "begins", "ends")


def _spans(tables: Relations, asked: ibis.Table, every: Division) -> ibis.Table:
    """Return the stretches of each period for every unit at work in it."""
    spans = divisions(asked, every)
    return units_at_work(tables, asked).join(spans, "period").select(*SPAN)


def quarters_reported(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is QUARTERS_REPORTED."""
    rows, shared = _spans(tables, asked, "quarter"), tables["reports_shared"]
    shared = shared.select("audience", "shared_on", shared_by="unit_id")
    found = rows.left_join(
        shared,
        [
            rows.unit_id == shared.shared_by,
            rows.begins <= shared.shared_on,
            shared.shared_on <= rows.ends,
        ],
    )
    found = found.group_by(*SPAN).agg(
        shared_with_leadership=one(found.audience == LEADERSHIP).max(),
        shared_with_team=one(found.audience == TEAM).max(),
    )
    return shaped(
        found.mutate(
            day=found.begins.strftime("%Y-%m-%d"),
            quarters=1,
            shared_with_both=found.shared_with_leadership * found.shared_with_team,
        ),
        QUARTERS_REPORTED,
    )


def leadership_reports(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is LEADERSHIP_REPORTS."""
    shared = tables["reports_shared"]
    shared = shared.filter(shared.audience == LEADERSHIP)
    rows = in_period(
        shared.select("unit_id", "shared_on").distinct(), asked, "shared_on"
    )
    rows = rows.mutate(day=rows.shared_on.strftime("%Y-%m-%d"), leadership_reports=1)
    return shaped(rows, LEADERSHIP_REPORTS)


def final_reviews(
    tables: Relations,
    asked: ibis.Table,
    scale: str = SCALE,
    recent: int = RECENT,
    high: int = HIGH,
) -> ibis.Table:
    """Return the rows of the word; its definition is FINAL_REVIEWS."""
    reviews, scores = tables["reviews"], tables["ratings"]
    reviews = reviews.filter(reviews.status == "final", reviews.scale_id == scale)
    rows = in_period(reviews, asked)
    scores = scores.filter(scores.stage == "final")
    totals = scores.group_by(scored="review_id").agg(total=scores.score.sum())
    rows = rows.left_join(totals, rows.review_id == totals.scored)
    newest = ibis.window(
        group_by=["period", "unit_id"],
        order_by=[rows.day.desc(), rows.review_id.desc()],
    )
    rows = rows.mutate(place=ibis.row_number().over(newest))
    since = later(rows.closes, ibis.literal(1 - recent))
    return shaped(
        rows.mutate(
            final_reviews=1,
            recent_reviews=one(rows.day >= since),
            latest_is_high=one((rows.place == 0) & (rows.total >= high)),
        ),
        FINAL_REVIEWS,
    )


def steering_meetings(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is STEERING_MEETINGS."""
    held = tables["meetings"]
    held = held.filter(held.kind == STEERING).select(
        "meeting_id", met_by="unit_id", met_on="day"
    )
    parts = []
    for every, stretches, met in SPANS:
        rows = _spans(tables, asked, every)
        found = rows.left_join(
            held,
            [
                rows.unit_id == held.met_by,
                rows.begins <= held.met_on,
                held.met_on <= rows.ends,
            ],
        )
        found = found.group_by(*SPAN).agg(meeting_id=found.meeting_id.min())
        at = one(found.meeting_id.notnull())
        day = found.begins.strftime("%Y-%m-%d")
        parts.append(found.mutate(day=day, **{stretches: 1, met: at}))
    return ibis.union(*(shaped(part, STEERING_MEETINGS) for part in parts))
