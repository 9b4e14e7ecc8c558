"""Words about how far people come, and days to any event, as Ibis expressions."""

from typing import Any

import ibis

from braid.method.measures.contact_weeks import with_person
from braid.method.measures.equity import with_group
from braid.method.measures.in_work import jobs_known, with_start, work_spells
from braid.method.measures.populations import FOREVER, Relations, one, shaped
from braid.method.measures.reference.pathway import (
    DAYS_COLUMNS,
    DAYS_TO,
    LATER_STEPS,
    Steps,
)
from braid.method.measures.reference.stays import part
from braid.method.measures.starts import with_counted
from braid.method.measures.teams import in_period

EPISODE = ("period", "unit_id", "episode_id", "person_key")


def later_steps(tables: Relations, asked: ibis.Table, **given: Any) -> ibis.Table:
    """Return the rows of the word; its definition is LATER_STEPS."""
    of = part(Steps, given)
    rows = in_period(tables["episodes"], asked, "referred_on")
    rows = rows.select(*EPISODE, "as_of")
    met = tables["employer_contacts"].select("episode_id", "day")
    rows = _with_first(rows, met, "met_on")
    rows = _with_first(rows, _starts(tables, asked, of), "started_on")
    rows = rows.filter(rows.met_on.notnull() | rows.started_on.notnull())
    rows = rows.mutate(
        employer_contact=one(rows.met_on.notnull()),
        job_start=one(rows.started_on.notnull()),
    )
    return shaped(with_group(rows, tables, of.group), LATER_STEPS)


def _starts(tables: Relations, asked: ibis.Table, of: Steps) -> ibis.Table:
    """Return the days of the job starts on the caseload, with the day they are known."""
    jobs = jobs_known(tables, asked, of.basis, of.profile, of.switches)
    spells = with_counted(with_start(work_spells(jobs, of.basis), of.min_paid_hours))
    spells = spells.filter(spells.is_start, spells.on_caseload)
    return spells.select("episode_id", day="starts", known_on="as_of")


def _with_first(
    rows: ibis.Table, events: ibis.Table, name: str, since: str | None = None
) -> ibis.Table:
    """Return episodes with the day of the first event known, from `since` on."""
    events = events.rename(of_episode="episode_id", of_day="day")
    same = [rows.episode_id == events.of_episode, events.of_day <= rows.as_of]
    if "known_on" in events.columns:
        same.append(rows.as_of == events.known_on)
    if since is not None:
        same.append(rows[since] <= events.of_day)
        same.append(events.of_day <= rows.cut)
    found = rows.join(events, same)
    found = found.group_by(of_period=found.period, of_episode=found.episode_id).agg(
        **{name: found.of_day.min()}
    )
    rows = rows.left_join(
        found,
        [rows.period == found.of_period, rows.episode_id == found.of_episode],
    )
    return rows.drop("of_period", "of_episode")


def days_to(tables: Relations, asked: ibis.Table, **given: Any) -> ibis.Table:
    """Return the rows of the word; its definition is DAYS_TO."""
    of = part(Steps, given)
    episodes = tables["episodes"]
    episodes = episodes.select(
        "episode_id",
        "unit_id",
        "person_key",
        origin=episodes[DAYS_COLUMNS[of.origin]],
        exits=episodes.exited_on.fill_null(FOREVER),
    )
    rows = in_period(episodes, asked, "origin")
    ends = ibis.least(rows.exits, rows.as_of) if of.censor == "exit" else rows.as_of
    rows = rows.mutate(cut=ends).select(*EPISODE, "as_of", "origin", "cut")
    rows = _with_first(rows, _events(tables, asked, of), "reached_on", "origin")
    end = rows.reached_on.fill_null(ibis.greatest(rows.origin, rows.cut))
    rows = rows.mutate(
        episodes=1,
        reached=one(rows.reached_on.notnull()),
        event=one(rows.reached_on.notnull()),
        days=end.delta(rows.origin, unit="day"),
    )
    return shaped(with_group(rows, tables, of.group), DAYS_TO)


def _events(tables: Relations, asked: ibis.Table, of: Steps) -> ibis.Table:
    if of.event == "job_start":
        return _starts(tables, asked, of)
    if of.event in DAYS_COLUMNS:
        return tables["episodes"].select("episode_id", day=DAYS_COLUMNS[of.event])
    if of.event == "contact":
        kept = with_person(tables["contacts"])
        return kept.filter(kept.attended).select("episode_id", "day")
    return tables["employer_contacts"].select("episode_id", "day")
