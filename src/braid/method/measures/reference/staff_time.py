"""Words about the time of specialists: what it goes into, and the weeks they worked."""

from collections.abc import Sequence
from typing import Any

from braid.kernel.dates import days_between
from braid.method.measures.reference.in_post import days_in_post, is_held, posts_held
from braid.method.measures.reference.populations import by
from braid.method.measures.reference.specialist_weeks import (
    LEAVE_DAYS,
    LEAVE_WEEKS,
    leave_weeks,
)
from braid.method.measures.words import Asked, Tables, Word

LEAVE = "leave"
SERVICE = "employment"

WORKING_TIME = Word(
    name="working_time",
    family="staff_time",
    about="Working time in the period that specialists of the unit logged while in post, "
    "by activity.",
    ids=("entry_id",),
    keys=("staff_id", "activity"),
    amounts={
        "worked_minutes": "minutes worked; leave is none",
        "employment_minutes": "of these, minutes of employment services",
        "leave_minutes": "minutes of leave",
    },
)


def working_time(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is WORKING_TIME."""
    held = posts_held(tables)
    return [
        WORKING_TIME.row(
            period=each.period,
            unit_id=row["unit_id"],
            entry_id=row["entry_id"],
            staff_id=row["staff_id"],
            activity=row["activity"],
            worked_minutes=row["minutes"] if row["activity"] != LEAVE else 0,
            employment_minutes=row["minutes"] if row["activity"] == SERVICE else 0,
            leave_minutes=row["minutes"] if row["activity"] == LEAVE else 0,
        )
        for each in asked
        for row in tables["time_entries"]
        if each.days.contains(row["day"])
        and is_held(held, (row["unit_id"], row["staff_id"]), row["day"])
    ]


WEEKS_WORKED = Word(
    name="weeks_worked",
    family="staff_time",
    about="Specialists in post in the period, and the days that count as worked: those "
    "in post, less whole weeks of leave.",
    ids=(),
    keys=("staff_id",),
    amounts={
        "specialists": "specialists in post on at least one day of the period",
        "days_in_post": "their days in post in the period",
        "days_worked": "of these, days outside whole weeks of leave",
    },
    parameters={"leave_days": LEAVE_WEEKS.parameters["leave_days"]},
)


def weeks_worked(
    tables: Tables, asked: Sequence[Asked], leave_days: int = LEAVE_DAYS
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is WEEKS_WORKED."""
    rows = []
    for each in asked:
        away = by(leave_weeks(tables, [each], leave_days), "unit_id", "staff_id")
        for member, held in days_in_post(tables, each).items():
            days = sum(
                days_between(spell.first_day, spell.last_day or each.last_day) + 1
                for spell in held
            )
            leave = sum(week["leave_days"] for week in away[member])
            unit, staff = member
            rows.append(
                WEEKS_WORKED.row(
                    period=each.period,
                    unit_id=unit,
                    staff_id=staff,
                    specialists=1,
                    days_in_post=days,
                    days_worked=days - leave,
                )
            )
    return rows
