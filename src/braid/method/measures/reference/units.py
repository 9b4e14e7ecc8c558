"""Words about a unit itself: what it adds by hand each quarter, its latest review."""

from collections.abc import Sequence
from typing import Any

from braid.kernel.dates import days_between, quarter_id
from braid.method.measures.reference.populations import by
from braid.method.measures.words import Asked, Tables, Word

UNIT_QUARTERS = Word(
    name="unit_quarters",
    family="units",
    about="What a unit adds by hand about the calendar quarter of the last day.",
    ids=("quarter",),
    amounts={
        "vacancies_known": "units that said how many posts are vacant",
        "vacant_fte": "vacant posts of specialists, in full-time equivalents",
        "unemployment_known": "units that said the unemployment in their area",
        "local_unemployment": "unemployment in the area in per cent; of several units "
        "only its mean says anything",
    },
    decimals=frozenset({"vacant_fte", "local_unemployment"}),
)


def unit_quarters(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is UNIT_QUARTERS."""
    return [
        UNIT_QUARTERS.row(
            period=each.period,
            unit_id=row["unit_id"],
            quarter=row["quarter"],
            vacancies_known=int(row["vacant_fte"] is not None),
            vacant_fte=row["vacant_fte"] or 0,
            unemployment_known=int(row["local_unemployment"] is not None),
            local_unemployment=row["local_unemployment"] or 0,
        )
        for each in asked
        for row in tables["unit_quarters"]
        if row["quarter"] == quarter_id(each.last_day)
    ]


LATEST_REVIEWS = Word(
    name="latest_reviews",
    family="units",
    about="The latest final fidelity review of a unit on each scale, on the last day.",
    ids=("review_id",),
    keys=("scale_id",),
    amounts={
        "reviewed": "reviews, one for each unit and scale",
        "score": "sum of the final scores of its items",
        "items": "items with a final score",
        "days_since": "days from the review to the last day of the period",
    },
)


def latest_reviews(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is LATEST_REVIEWS."""
    scores = by(
        (
            row
            for row in tables["ratings"]
            if row["stage"] == "final" and row["score"] is not None
        ),
        "review_id",
    )
    final = [row for row in tables["reviews"] if row["status"] == "final"]
    rows = []
    for each in asked:
        done = [row for row in final if row["day"] <= each.last_day]
        for reviews in by(done, "unit_id", "scale_id").values():
            latest = max(reviews, key=lambda row: (row["day"], row["review_id"]))
            found = [row["score"] for row in scores[latest["review_id"]]]
            rows.append(
                LATEST_REVIEWS.row(
                    period=each.period,
                    unit_id=latest["unit_id"],
                    review_id=latest["review_id"],
                    scale_id=latest["scale_id"],
                    reviewed=1,
                    score=sum(found),
                    items=len(found),
                    days_since=days_between(latest["day"], each.last_day),
                )
            )
    return rows
