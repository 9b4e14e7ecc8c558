"""Words in working days, as Ibis expressions."""

import ibis
from ibis.expr.types import Value

from braid.method.measures.equity import with_group
from braid.method.measures.populations import Relations, one, shaped
from braid.method.measures.reference.working_days import (
    A_WEEK,
    AT_WORK,
    MONDAY,
    REFERRAL_STEPS,
    STEPS,
)
from braid.method.measures.teams import in_period


def weekdays_by(day: Value) -> Value:
    """Return the days from Monday to Friday since Monday 5 January 1970, with `day`."""
    past = day.delta(ibis.literal(MONDAY), unit="day")
    return (past // A_WEEK) * AT_WORK + ibis.least(past % A_WEEK + 1, AT_WORK)


def _days_off(tables: Relations) -> ibis.Table:
    """Return the days from Monday to Friday that are off, by unit."""
    teams, organisations = tables["teams"], tables["organisations"]
    units = teams.join(organisations.select("org_id", "country"), "org_id")
    off = tables["calendar"]
    off = off.filter(~off.working, off.day.day_of_week.index() < AT_WORK)
    off = off.select(off_in="country", off_on="day")
    return units.join(off, [units.country == off.off_in]).select(
        "off_on", off_of="team_id"
    )


def referral_steps(
    tables: Relations,
    asked: ibis.Table,
    acknowledge_within: int = 2,
    start_within: int = 15,
    plan_within: int = 20,
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is REFERRAL_STEPS."""
    limits = dict(
        zip(STEPS, (acknowledge_within, start_within, plan_within), strict=True)
    )
    rows = in_period(tables["episodes"], asked, "referred_on")
    rows = rows.select(
        *("period", "as_of", "unit_id", "episode_id", "person_key", "referred_on"),
        **{
            f"{step}_on": (rows[column] <= rows.as_of).ifelse(rows[column], None)
            for step, (column, _) in STEPS.items()
        },
    )
    ends = {step: rows[f"{step}_on"].fill_null(rows.as_of) for step in STEPS}
    rows = rows.mutate(**{f"{step}_end": end for step, end in ends.items()})
    rows = _with_days_off(rows, tables)
    amounts = {}
    for step, limit in limits.items():
        taken = weekdays_by(rows[f"{step}_end"]) - weekdays_by(rows.referred_on)
        in_time = ibis.greatest(0, taken - rows[f"{step}_off"]) <= limit
        was_taken = rows[f"{step}_on"].notnull()
        amounts[f"{step}_in_time"] = one(was_taken & in_time)
        amounts[f"{step}_due"] = one(was_taken | ~in_time)
    rows = rows.mutate(referrals=1, starts=one(rows.started_on.notnull()), **amounts)
    rows = _with_people(rows)
    return shaped(with_group(rows, tables, group), REFERRAL_STEPS)


def _with_days_off(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return referrals with how many working days of each step were off."""
    off = _days_off(tables)
    found = rows.join(off, [rows.unit_id == off.off_of, rows.referred_on < off.off_on])
    counts = found.group_by(in_period="period", of_episode="episode_id").agg(
        **{
            f"{step}_off": one(found.off_on <= found[f"{step}_end"]).sum()
            for step in STEPS
        }
    )
    rows = rows.left_join(
        counts,
        [rows.period == counts.in_period, rows.episode_id == counts.of_episode],
    )
    return rows.mutate(
        **{f"{step}_off": rows[f"{step}_off"].fill_null(0) for step in STEPS}
    )


def _with_people(rows: ibis.Table) -> ibis.Table:
    """Return referrals, the first of each person marked; so with those started."""
    same = ["period", "unit_id", "person_key"]
    order = [rows.referred_on, rows.episode_id]
    first = ibis.window(group_by=same, order_by=order)
    started = ibis.window(group_by=[*same, "starts"], order_by=order)
    rows = rows.mutate(
        place=ibis.row_number().over(first), of_started=ibis.row_number().over(started)
    )
    return rows.mutate(
        people=one(rows.place == 0),
        people_started=one((rows.starts == 1) & (rows.of_started == 0)),
    )
