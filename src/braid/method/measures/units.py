"""Words about a unit itself, as Ibis expressions."""

from decimal import Decimal

import ibis

from braid.method.measures.populations import (
    Relations,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.units import LATEST_REVIEWS, UNIT_QUARTERS


def unit_quarters(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is UNIT_QUARTERS."""
    periods, rows = windows(asked), tables["unit_quarters"]
    day = periods.closes
    named = day.year().cast("string") + "Q" + day.quarter().cast("string")
    periods = periods.select("period", in_quarter=named)
    rows = rows.join(periods, [rows.quarter == periods.in_quarter])
    nothing = ibis.literal(Decimal(0)).cast("decimal(18, 4)")
    return shaped(
        rows.mutate(
            vacancies_known=one(rows.vacant_fte.notnull()),
            vacant_fte=rows.vacant_fte.fill_null(nothing),
            unemployment_known=one(rows.local_unemployment.notnull()),
            local_unemployment=rows.local_unemployment.fill_null(nothing),
        ),
        UNIT_QUARTERS,
    )


def latest_reviews(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is LATEST_REVIEWS."""
    reviews, periods = tables["reviews"], windows(asked)
    reviews = reviews.filter(reviews.status == "final")
    rows = reviews.join(periods, [reviews.day <= periods.closes])
    rows = rows.mutate(days_since=rows.closes.delta(rows.day, unit="day"))
    # Of two on one day the one whose name comes last.
    newest = ibis.window(
        group_by=["period", "unit_id", "scale_id"],
        order_by=[rows.days_since, rows.review_id.desc()],
    )
    rows = rows.mutate(place=ibis.row_number().over(newest))
    rows = rows.filter(rows.place == 0)
    scores = tables["ratings"]
    scores = scores.filter(scores.stage == "final", scores.score.notnull())
    scores = scores.group_by(scored="review_id").agg(
        score=scores.score.sum(), items=scores.count()
    )
    found = rows.left_join(scores, [rows.review_id == scores.scored])
    return shaped(
        found.mutate(
            reviewed=1,
            score=found.score.fill_null(0),
            items=found["items"].fill_null(0),
        ),
        LATEST_REVIEWS,
    )
