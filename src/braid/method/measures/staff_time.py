"""Words about the time of specialists, as Ibis expressions."""

import ibis

from braid.method.measures.in_post import MEMBER, days_in_post, while_in_post
from braid.method.measures.populations import Relations, in_span, shaped
from braid.method.measures.reference.specialist_weeks import LEAVE_DAYS
from braid.method.measures.reference.staff_time import (
    LEAVE,
    SERVICE,
    WEEKS_WORKED,
    WORKING_TIME,
)
from braid.method.measures.specialist_weeks import leave_weeks


def working_time(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is WORKING_TIME."""
    rows = while_in_post(in_span(tables["time_entries"], asked), tables, asked)
    return shaped(
        rows.mutate(
            worked_minutes=(rows.activity != LEAVE).ifelse(rows.minutes, 0),
            employment_minutes=(rows.activity == SERVICE).ifelse(rows.minutes, 0),
            leave_minutes=(rows.activity == LEAVE).ifelse(rows.minutes, 0),
        ),
        WORKING_TIME,
    )


def weeks_worked(
    tables: Relations, asked: ibis.Table, leave_days: int = LEAVE_DAYS
) -> ibis.Table:
    """Return the rows of the word; its definition is WEEKS_WORKED."""
    held = days_in_post(tables, asked)
    length = held.last_day.delta(held.first_day, unit="day") + 1
    days = held.group_by(*MEMBER).agg(days_in_post=length.sum())
    away = leave_weeks(tables, asked, leave_days).group_by(*MEMBER)
    rows = days.left_join(away.agg(away=ibis._.leave_days.sum()), MEMBER)
    rows = rows.mutate(
        specialists=1, days_worked=rows.days_in_post - rows.away.fill_null(0)
    )
    return shaped(rows, WEEKS_WORKED)
