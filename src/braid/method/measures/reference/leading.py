"""Words about how a unit is led: reports shared, reviews, the steering group."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from braid.method.measures.reference.divisions import Division, divisions
from braid.method.measures.reference.in_post import units_at_work
from braid.method.measures.reference.populations import by
from braid.method.measures.words import Asked, Parameter, Row, Tables, Word

LEADERSHIP, TEAM = "leadership", "team"
SCALE, HIGH, RECENT = "ips-25", 100, 182
STEERING = "steering"

QUARTERS_REPORTED = Word(
    name="quarters_reported",
    family="leading",
    about="Calendar quarters that lie wholly in the period, of every unit with a "
    "specialist in post in it, and whether a report was shared in each.",
    ids=("day",),
    amounts={
        "quarters": "quarters",
        "shared_with_leadership": "of these, with a report shared with the leadership",
        "shared_with_team": "quarters with a report shared with the team",
        "shared_with_both": "quarters with both",
    },
)


def quarters_reported(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is QUARTERS_REPORTED."""
    shared, rows = by(tables["reports_shared"], "unit_id"), []
    for each in asked:
        for unit in units_at_work(tables, each):
            for days in divisions(each.days, "quarter"):
                found = {
                    row["audience"]
                    for row in shared[unit]
                    if days.contains(row["shared_on"])
                }
                rows.append(
                    QUARTERS_REPORTED.row(
                        period=each.period,
                        unit_id=unit,
                        day=days.first_day.isoformat(),
                        quarters=1,
                        shared_with_leadership=int(LEADERSHIP in found),
                        shared_with_team=int(TEAM in found),
                        shared_with_both=int({LEADERSHIP, TEAM} <= found),
                    )
                )
    return rows


LEADERSHIP_REPORTS = Word(
    name="leadership_reports",
    family="leading",
    about="Days of the period on which a unit shared reports with the leadership.",
    ids=("day",),
    amounts={"leadership_reports": "days with a report to the leadership"},
)


def leadership_reports(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is LEADERSHIP_REPORTS."""
    shared = {
        (row["unit_id"], row["shared_on"])
        for row in tables["reports_shared"]
        if row["audience"] == LEADERSHIP
    }
    return [
        LEADERSHIP_REPORTS.row(
            period=each.period, unit_id=unit, day=day.isoformat(), leadership_reports=1
        )
        for each in asked
        for unit, day in shared
        if each.days.contains(day)
    ]


FINAL_REVIEWS = Word(
    name="final_reviews",
    family="leading",
    about="Final fidelity reviews of a unit on one scale in the period.",
    ids=("review_id",),
    amounts={
        "final_reviews": "final reviews",
        "recent_reviews": "of these, in the last days of the period",
        "latest_is_high": "units whose latest review in the period reached the total of "
        "high fidelity",
    },
    parameters={
        "scale": Parameter("The scale.", SCALE, choices=(SCALE, "ips-15", "jisef")),
        "recent": Parameter("How many last days are recent.", RECENT, "number"),
        "high": Parameter("The total of high fidelity.", HIGH, "number"),
    },
)


def final_reviews(
    tables: Tables,
    asked: Sequence[Asked],
    scale: str = SCALE,
    recent: int = RECENT,
    high: int = HIGH,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is FINAL_REVIEWS."""
    scores = by((r for r in tables["ratings"] if r["stage"] == "final"), "review_id")
    final = [
        row
        for row in tables["reviews"]
        if row["status"] == "final" and row["scale_id"] == scale
    ]
    rows = []
    for each in asked:
        since = each.last_day - timedelta(recent - 1)
        done = [row for row in final if each.days.contains(row["day"])]
        for reviews in by(done, "unit_id").values():
            latest = max(reviews, key=_order)
            rows += [
                FINAL_REVIEWS.row(
                    period=each.period,
                    unit_id=row["unit_id"],
                    review_id=row["review_id"],
                    final_reviews=1,
                    recent_reviews=int(row["day"] >= since),
                    latest_is_high=int(
                        row is latest and _total(scores[row["review_id"]]) >= high
                    ),
                )
                for row in reviews
            ]
    return rows


def _order(review: Row) -> tuple[Any, ...]:
    return review["day"], review["review_id"]


def _total(ratings: Sequence[Row]) -> int:
    return sum(row["score"] or 0 for row in ratings)


STEERING_MEETINGS = Word(
    name="steering_meetings",
    family="leading",
    about="Calendar quarters and half-years that lie wholly in the period, of every unit "
    "with a specialist in post in it, and whether its steering group met in each.",
    ids=("day", "meeting_id"),
    amounts={
        "steering_quarters": "quarters",
        "quarters_with_steering": "of these, with a meeting of the steering group",
        "steering_half_years": "half-years",
        "half_years_with_steering": "of these, with a meeting of the steering group",
    },
)
SPANS: Sequence[tuple[Division, str, str]] = (
    ("quarter", "steering_quarters", "quarters_with_steering"),
    ("half_year", "steering_half_years", "half_years_with_steering"),
)


def steering_meetings(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is STEERING_MEETINGS."""
    held = by((m for m in tables["meetings"] if m["kind"] == STEERING), "unit_id")
    rows = []
    for each in asked:
        for unit in units_at_work(tables, each):
            for every, stretches, met in SPANS:
                for days in divisions(each.days, every):
                    on = [
                        row["meeting_id"]
                        for row in held[unit]
                        if days.contains(row["day"])
                    ]
                    rows.append(
                        STEERING_MEETINGS.row(
                            period=each.period,
                            unit_id=unit,
                            day=days.first_day.isoformat(),
                            meeting_id=min(on, default=None),
                            **{stretches: 1, met: int(bool(on))},
                        )
                    )
    return rows
