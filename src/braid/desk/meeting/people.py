"""The people of a meeting: what happened since the last one, as far as each may be read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404

from braid.access.policy import Actor
from braid.access.seating import Table
from braid.access.timeline import moments
from braid.desk.presenters.people import SEARCHING, STARTING, Stage, stage_of
from braid.desk.presenters.timeline import timeline_entries
from braid.people.queries import treated
from braid.people.queries.treated import PlanAtTable, Treated
from braid.teamwork import rules
from braid.teamwork.queries import meetings
from braid.web.presenters import TimelineEntry
from braid.work.queries import CurrentJob, current, jobs_of
from braid.work.queries import news as work

MOST = 400  # moments of all people on a page together
SHOWN = 3  # of one person
FIRST_LOOK = timedelta(rules.UNMENTIONED_DAYS)  # before there was any meeting


@dataclass(frozen=True, slots=True)
class About:
    """One person: what is new about them, and how long nobody talked about them."""

    person: Treated
    news: tuple[TimelineEntry, ...] = ()
    more: int = 0
    jobs: tuple[CurrentJob, ...] = ()
    stage: Stage | None = None
    ahead: tuple[work.Step, ...] = ()
    plan: PlanAtTable | None = None
    spoken_on: date | None = None
    is_unmentioned: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of a meeting, from which day on the news is, and who is not shared."""

    since: date
    lines: tuple[About, ...] = ()
    not_shared: int = 0
    by_episode: Mapping[UUID, Treated] = field(default_factory=dict)


def sides(meeting: Any) -> tuple[UUID, UUID]:
    """Return the unit and the treatment team of a meeting."""
    if meeting.team_id is None:  # a meeting of another kind
        raise Http404
    return meeting.unit_id, meeting.team_id


def day_of(meeting: Any, actor: Actor) -> date:
    """Return the day as of which people are listed: the meeting's, today at the latest."""
    day: date = min(meeting.day, actor.day)
    return day


def listed(
    actor: Actor, meeting: Any, spoken: Collection[UUID], *, holders: bool
) -> list[Treated]:
    """Return whom the meeting is about: of both today, and those it talked about."""
    is_past = meeting.closed_on is not None or meeting.day < actor.day
    return treated.treated(
        actor,
        *sides(meeting),
        day_of(meeting, actor),
        also=spoken if is_past else (),
        holders=holders,
    )


def since_of(actor: Actor, meeting: Any) -> date:
    before = meetings.day_before(actor, meeting)
    return before or day_of(meeting, actor) - FIRST_LOOK


def about(actor: Actor, meeting: Any, table: Table, found: list[Treated]) -> People:
    """Return what is known of each person, every class through its own query."""
    day, since = day_of(meeting, actor), since_of(actor, meeting)
    keys = [one.episode_id for one in found]
    told = _news(actor, keys, since) if keys else {}
    jobs = jobs_of(actor, keys) if keys else {}
    ahead = work.steps_ahead(actor, keys, day) if keys else {}
    plans = treated.plans_at_table(actor, keys, table.team.pk, day)
    spoken = meetings.spoken_on(actor, keys)
    lines = tuple(
        About(
            one,
            tuple(told.get(one.episode_id, ())[:SHOWN]),
            max(0, len(told.get(one.episode_id, ())) - SHOWN),
            tuple(current(jobs.get(one.episode_id, ()), day)),
            _stage(one, jobs.get(one.episode_id, ()), table, day),
            tuple(ahead.get(one.episode_id, ())),
            plans.get(one.episode_id),
            spoken.get(one.episode_id),
            rules.is_unmentioned(spoken.get(one.episode_id), one.since_on, day),
        )
        for one in found
    )
    hidden = 0
    if not table.is_unit:
        hidden = treated.not_shared(actor, *sides(meeting), day)
    return People(since, lines, hidden, {one.episode_id: one for one in found})


def _stage(
    person: Treated, jobs: Collection[CurrentJob], table: Table, day: date
) -> Stage | None:
    """Return the stage as far as it is known here.

    Whom no job is known of may be in one that the treatment team does not read of.
    """
    found = stage_of(person, jobs, day)
    may_work_unread = not table.is_unit and not jobs
    return None if may_work_unread and found in (STARTING, SEARCHING) else found


def _news(
    actor: Actor, keys: Collection[UUID], since: date
) -> dict[UUID, list[TimelineEntry]]:
    parts = [*work.news(actor, keys, since), *treated.news(actor, keys, since)]
    found: dict[UUID, list[TimelineEntry]] = {}
    latest = moments(parts, MOST)
    for moment, entry in zip(latest, timeline_entries(latest), strict=True):
        episode = UUID(str(moment.values["episode"]))
        found.setdefault(episode, []).append(entry)
    return found
