"""What the facts do not tell, counted among the rows that a figure needs it of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache

import ibis
from ibis.expr.types import BooleanValue

from braid.facts.measuring import asked_arrow
from braid.facts.reading import Facts, asked_table, compiled, tables
from braid.method.measures import Asked
from braid.method.measures.populations import (
    FOREVER,
    held,
    on_caseload,
    posts_on,
    windows,
    with_spell,
)

BASIS = "accepted"
SPANS = {"day": 1, "weeks": 56, "year": 365}
Relations = Mapping[str, ibis.Table]
Conditions = Mapping[str, tuple[BooleanValue, BooleanValue]]
"""Gap -> among which rows it is counted, and when a row has it."""


def count_gaps(facts: Facts) -> dict[str, dict[str, int]]:
    """Return how many rows lack something, and among how many, by gap."""
    asked = asked_arrow(
        Asked(name, facts.as_of - timedelta(days - 1), facts.as_of, facts.as_of)
        for name, days in SPANS.items()
    )
    found: dict[str, dict[str, int]] = {}
    for relation in RELATIONS:
        (row,) = facts.run_sql(_sql(relation), asked)
        for name in row:
            gap, _, part = name.rpartition("_")
            found.setdefault(gap, {})[part] = row[name]
    return found


@cache
def _sql(relation: Callable[[Relations, ibis.Table], ibis.Table]) -> str:
    return compiled(relation(tables(), asked_table()))


def _counted(rows: ibis.Table, **gaps: tuple[BooleanValue, BooleanValue]) -> ibis.Table:
    sums = {}
    for gap, (among, lacks) in gaps.items():
        sums[f"{gap}_among"] = rows.count(where=among)
        sums[f"{gap}_missing"] = rows.count(where=among & lacks)
    return rows.aggregate(**sums)


def _during(rows: ibis.Table, asked: ibis.Table, span: str) -> ibis.Table:
    """Return events of a span of days that ends on the last one."""
    days = windows(asked).filter(ibis._.period == span)
    return rows.join(days, [rows.day >= days.opens, rows.day <= days.closes])


def _on(rows: ibis.Table) -> ibis.Table:
    return rows.filter(rows.period == "day")


def _posts(given: Relations, asked: ibis.Table) -> ibis.Table:
    units = given["teams"].filter(ibis._.kind == "ips_unit")
    rows = _on(posts_on(given, asked))
    rows = rows.semi_join(units, [rows.unit_id == units.team_id])
    return _counted(rows, fte=(ALL, rows.fte.isnull()))


def _caseload(given: Relations, asked: ibis.Table) -> ibis.Table:
    treated = with_spell(held(given, asked, BASIS), given["treatment"], "team_id")
    rows = _on(treated)
    return _counted(
        rows,
        holder=(ALL, rows.staff_id.isnull()),
        team=(ALL, rows.team_id.isnull()),
    )


def _contacts(given: Relations, asked: ibis.Table) -> ibis.Table:
    rows = _during(given["contacts"], asked, "weeks")
    kept = rows.attended.fill_null(True)
    in_person = kept & (rows.mode == "in_person").fill_null(False)
    return _counted(
        rows,
        contact_attended=(ALL, rows.attended.isnull()),
        contact_staff=(kept, rows.staff_id.isnull()),
        contact_minutes=(kept, rows.minutes.isnull()),
        contact_mode=(kept, rows["mode"].isnull()),
        contact_place=(in_person, rows.place.isnull()),
    )


def _visits(given: Relations, asked: ibis.Table) -> ibis.Table:
    rows = _during(given["employer_contacts"], asked, "weeks")
    return _counted(
        rows,
        visit_mode=(ALL, rows["mode"].isnull()),
        visit_staff=(ALL, rows.staff_id.isnull()),
        visit_person=(ALL, rows.episode_id.isnull()),
    )


def _episodes(given: Relations, asked: ibis.Table) -> ibis.Table:
    year = windows(asked).filter(ibis._.period == "year")
    rows = given["episodes"].cross_join(year)
    accepted = (rows.accepted_on <= rows.closes).fill_null(False)
    return _counted(
        rows,
        accepted=(ALL, rows.accepted_on.isnull()),
        at_referral=(accepted, rows.at_referral == "unknown"),
        entered=(accepted & (rows.accepted_on >= rows.opens), rows.entered_on.isnull()),
    )


def _jobs(given: Relations, asked: ibis.Table) -> ibis.Table:
    """Jobs begun by the day, and of them those that somebody on the caseload has."""
    on = _on(on_caseload(given, asked, BASIS)).select(current="person_key").distinct()
    people = given["episodes"].select("person_key", of="episode_id")
    day = windows(asked).filter(ibis._.period == "day")
    terms = _hours_in_force(given, day)
    jobs = given["jobs"]
    rows = jobs.join(day, [jobs.first_day <= day.closes])
    rows = rows.join(people, [rows.episode_id == people.of])
    rows = rows.left_join(on, [rows.person_key == on.current])
    rows = rows.left_join(terms, [rows.job_id == terms.timed])
    lasts = rows.last_day.fill_null(FOREVER) >= rows.closes
    competitive = (rows.placement == "competitive").fill_null(False)
    going = competitive & lasts & rows.current.notnull()
    return _counted(
        rows,
        job_placement=(ALL, rows.placement.isnull()),
        job_permanence=(going, rows.permanence.isnull()),
        job_hours=(going, rows.timed.isnull()),
    )


def _hours_in_force(given: Relations, day: ibis.Table) -> ibis.Table:
    terms = given["job_terms"].filter(ibis._.weekly_hours.notnull())
    rows = terms.join(day, [terms.first_day <= day.closes])
    rows = rows.filter(rows.last_day.fill_null(FOREVER) >= rows.closes)
    return rows.select(timed="job_id").distinct()


ALL = ibis.literal(True)
RELATIONS = (_posts, _caseload, _contacts, _visits, _episodes, _jobs)
