"""Derived tables of a set of facts that was made from an earlier one.

Rows are made anew for the episodes of which something else is told now, or of which
something has happened by the later of the two days and had not by the earlier.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from braid.facts import derived, engine, parts
from braid.facts.schema import DERIVED

Tables = Mapping[str, pa.Table]
Changed = Mapping[str, pa.Array | None]
"""By tables in which rows changed: whose rows these are; None: it may be anybody's."""

MADE_OF = ("episodes", "jobs", "paid_work")
EPISODES = """
    WITH jobs AS (FROM jobs_now UNION ALL FROM jobs_before),
    paid AS (
        FROM changed_paid_work UNION ALL FROM changed_jobs UNION ALL
        SELECT job_id FROM paid_work_now WHERE last_day > $since AND last_day <= $until
    )
    SELECT owner AS episode_id FROM changed_episodes UNION
    SELECT episode_id FROM jobs WHERE job_id IN (FROM paid)
        OR (first_day > $since AND first_day <= $until)
        OR (last_day > $since AND last_day <= $until)
"""


def write(
    folder: Path, earlier: Path, changed: Changed, *, as_of: date, was: date
) -> None:
    """Write the derived tables of `folder`, by those of an `earlier` set as of `was`."""
    now = {name: parts.read(folder, name) for name in derived.NEEDED}
    before = {
        name: parts.read(earlier, name) if name in changed else now[name]
        for name in derived.NEEDED
    }
    place = folder / derived.FOLDER
    place.mkdir()
    owners = {}
    if not _must_begin_afresh(now, before, changed):
        episodes = _episodes(now, before, changed, *sorted((was, as_of)))
        owners = _owners(episodes, now, before)
    chosen = {
        name: rows.filter(pc.is_in(rows.column(0), owners[name]))
        if name in owners
        else rows
        for name, rows in now.items()
    }
    for name, of in (("work_spells", "episodes"), ("job_weeks", "jobs")):
        made = derived.made(name, chosen, as_of)
        pieces = [made]
        if owners:
            stood = parts.files(earlier / derived.FOLDER, name)
            pieces = list(parts.exchanged(stood, owners[of], made))
        parts.lay(place, name, pieces, derived.arrow_schema(DERIVED[name]))


def _must_begin_afresh(now: Tables, before: Tables, changed: Changed) -> bool:
    """Say whether rows of anybody may be others."""
    is_unknown = any(changed.get(name, ()) is None for name in MADE_OF)
    return is_unknown or _countries(now) != _countries(before)


def _countries(tables: Tables) -> dict[str, str]:
    """Return the countries of the units of jobs."""
    plain = {name: tables[name].to_pylist() for name in ("organisations", "teams")}
    units = set(tables["jobs"]["unit_id"].unique().to_pylist())
    found = derived.countries(plain)
    return {unit: found.get(unit, "") for unit in units}


def _episodes(
    now: Tables, before: Tables, changed: Changed, since: date, until: date
) -> pa.Array:
    """Return the episodes of which other rows may follow."""
    nobody = pa.array([], pa.string())
    with engine.connect() as connection:
        for name in MADE_OF:
            owners = pa.table({"owner": changed.get(name, nobody)})
            connection.register(f"changed_{name}", owners)
            connection.register(f"{name}_now", now[name])
        connection.register("jobs_before", before["jobs"])
        days = {"since": since, "until": until}
        found = connection.sql(EPISODES, params=days)
        return found.to_arrow_table()["episode_id"].combine_chunks()


def _owners(episodes: pa.Array, now: Tables, before: Tables) -> dict[str, pa.Array]:
    """Return whose rows of each table are looked at again: these episodes' and jobs'."""
    jobs = pa.concat_tables(
        [tables["jobs"].select(["job_id", "episode_id"]) for tables in (now, before)]
    )
    of_them = jobs.filter(pc.is_in(jobs["episode_id"], episodes))["job_id"]
    owned = of_them.unique()
    return {"episodes": episodes, "jobs": owned, "paid_work": owned}
