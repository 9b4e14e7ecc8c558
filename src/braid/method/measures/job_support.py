"""Words about support in jobs, as Ibis expressions."""

from decimal import Decimal
from functools import reduce
from operator import add

import ibis
from ibis.expr.types import BooleanValue, Value

from braid.method.competitive import Profile, Switches
from braid.method.measures.counselling import everybodys_starts
from braid.method.measures.in_work import in_spells, jobs_known
from braid.method.measures.job_variety import jobs_held_in
from braid.method.measures.populations import FOREVER, Relations, one, shaped
from braid.method.measures.reference.job_support import (
    AFTER,
    BEFORE,
    FOUR_HOURS,
    FOUR_MONTHS,
    MONTH,
    MONTHS,
    NO_SWITCHES,
    SUPPORT_AFTER_STARTS,
    SUPPORTS_GIVEN,
    WEEK,
    WEEKS,
)
from braid.method.measures.teams import in_period, later

START = ("period", "unit_id", "job_id", "episode_id")
ALONE = ("period", "job_id")  # what tells one start from another


def supports_given(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is SUPPORTS_GIVEN."""
    jobs = jobs_held_in(tables, asked, basis, profile, switches)
    rows = jobs.filter(jobs.counts).select("period", "unit_id", "episode_id").distinct()
    given = in_period(_supports(tables), asked).select(
        *("kind", "given_by", "of_episode"), in_period="period"
    )
    found = rows.left_join(
        given,
        [rows.period == given.in_period, rows.episode_id == given.of_episode],
    )
    found = found.group_by("period", "unit_id", "episode_id").agg(
        supported=one(found.kind.notnull()).max(),
        sources=found.given_by.nunique(),
        support_kinds=found.kind.nunique(),
        by_team=one(found.given_by == "treatment_team").max(),
        employer_supported=one(found.kind == "employer_contact").max(),
    )
    return shaped(
        found.mutate(working_people=1, by_several=one(found.sources > 1)),
        SUPPORTS_GIVEN,
    )


def _supports(tables: Relations) -> ibis.Table:
    """Return support given, with the episode of its job."""
    jobs = tables["jobs"].select(of_job="job_id", of_episode="episode_id")
    given = tables["supports"].select("job_id", "day", "kind", "given_by", "mode")
    return given.join(jobs, [given.job_id == jobs.of_job])


def support_after_starts(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is SUPPORT_AFTER_STARTS."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    starts = everybodys_starts(jobs, asked, basis, min_paid_hours)
    rows = _with_heard(starts, jobs, tables)
    rows = _with_step(rows, tables)
    # Nothing before these days is asked about.
    earliest = ibis.least(rows.starts, rows.heard_on.fill_null(rows.starts))
    rows = rows.select(
        *START,
        *("as_of", "starts", "heard_on", "stepped"),
        since=later(earliest, ibis.literal(-BEFORE)),
        ended=rows.spell_ends < FOREVER,
        now=rows.as_of.delta(rows.starts, unit="day"),
        last=rows.spell_ends.delta(rows.starts, unit="day"),
    )
    met = _meetings(tables)
    found = rows.left_join(
        met,
        [
            rows.episode_id == met.met_with,
            rows.since <= met.met_on,
            met.met_on <= rows.as_of,
        ],
    )
    alike = {n: found[n].arbitrary() for n in rows.columns if n not in ALONE}
    found = found.group_by(*ALONE).agg(**alike, **_hits(found))
    return shaped(found.mutate(**_asked_of(found)), SUPPORT_AFTER_STARTS)


def _with_heard(rows: ibis.Table, jobs: ibis.Table, tables: Relations) -> ibis.Table:
    """Return starts with the day on which the end of their last job was heard of."""
    numbered = in_spells(jobs)
    numbered = numbered.filter(numbered.ends < FOREVER).select(
        *("as_of", "ends"),
        of_unit="unit_id",
        of_spell="spell",
        last_job="job_id",
    )
    heard = tables["jobs"].select("end_known_on", known_of="job_id")
    ends = numbered.join(heard, [numbered.last_job == heard.known_of])
    ends = ends.group_by("of_unit", "of_spell", "ends", ended_by=ends.as_of).agg(
        heard_on=ends.end_known_on.max()
    )
    return rows.left_join(
        ends,
        [
            rows.unit_id == ends.of_unit,
            rows.as_of == ends.ended_by,
            rows.spell == ends.of_spell,
            rows.spell_ends == ends.ends,
        ],
    )


def _with_step(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return starts with whether the person was `stepped` down, or that was planned."""
    plans, states = tables["plan_events"], tables["status"]
    plans = plans.filter(plans.kind == "step_down_plan")
    states = states.filter(states.state == "stepped_down")
    steps = plans.select("episode_id", "day").union(
        states.select("episode_id", day="first_day")
    )
    steps = steps.group_by(step_of=steps.episode_id).agg(step_on=steps.day.min())
    found = rows.left_join(steps, [rows.episode_id == steps.step_of])
    return found.mutate(stepped=(found.step_on <= found.as_of).fill_null(False))


def _meetings(tables: Relations) -> ibis.Table:
    """Return the days on which somebody was met face to face."""
    contacts, given = tables["contacts"], _supports(tables)
    contacts = contacts.filter(
        contacts.attended,
        contacts["mode"] == "in_person",
        contacts.with_applicant.fill_null(True),
        contacts.episode_id.notnull(),
    )
    given = given.filter(given["mode"] == "in_person", given.given_by == "specialist")
    return contacts.select(met_with="episode_id", met_on="day").union(
        given.select(met_with="of_episode", met_on="day")
    )


def _hits(found: ibis.Table) -> dict[str, Value]:
    """Return what the meetings of a start add up to, its days counted from the start."""
    day = found.met_on.delta(found.starts, unit="day")
    heard = found.met_on.delta(found.heard_on, unit="day")
    return {
        "before": one(day.between(-BEFORE, -1)).max(),
        "after": one(day.between(0, ibis.least(AFTER, found["last"]))).max(),
        "weeks": _different(day, WEEK, WEEKS, found["last"]),
        "months": _different(day, MONTH, MONTHS, found["last"]),
        "first_months": _different(day, MONTH, FOUR_MONTHS, found["last"]),
        "later": one((day >= MONTH) & (day <= found["last"])).max(),
        "loss": one(heard.between(0, AFTER)).max(),
    }


def _to(last: Value, length: int, number: int) -> Value:
    return ibis.least(length * number - 1, last)


def _different(day: Value, length: int, number: int, last: Value) -> Value:
    """Return in how many weeks or months there is a day."""
    # A flag for each costs a fraction of a set of those met.
    each = (
        day.between(n * length, ibis.least((n + 1) * length - 1, last))
        for n in range(number)
    )
    return reduce(add, (one(inside).max() for inside in each))


def _asked_of(found: ibis.Table) -> dict[str, Value]:
    """Return the amounts: what is asked of each start, and met."""
    last, now = found["last"], found.now

    def lasted(months: int) -> BooleanValue:
        days = months * MONTH - 1
        return (last >= days) & (now >= days)

    def each(hits: Value, length: int, number: int) -> tuple[Value, Value]:
        to = _to(last, length, number)
        return now >= to, hits == to // length + 1

    heard = now - found.heard_on.delta(found.starts, unit="day")
    told = {
        "before": (ibis.literal(True), found.before == 1),
        "after": (now >= ibis.least(AFTER, last), found.after == 1),
        "weekly": each(found.weeks, WEEK, WEEKS),
        "monthly": each(found.months, MONTH, MONTHS),
        "four_months": (lasted(FOUR_MONTHS), found.first_months == FOUR_MONTHS),
        "later": (lasted(2), found.later == 1),
        "loss": (found.ended & (heard >= AFTER), found.loss == 1),
        "step_down": (lasted(MONTHS), found.stepped),
    }
    amounts = {f"{name}_due": one(due) for name, (due, _) in told.items()}
    amounts |= {f"{name}_met": one(due & holds) for name, (due, holds) in told.items()}
    unknown = found.ended & found.heard_on.isnull()
    return amounts | {"loss_day_unknown": one(unknown)}
