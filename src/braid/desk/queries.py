"""Reading for the desk's pages: the rooms below, asked once each and put together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from braid.access.policy import Actor
from braid.desk import presenters
from braid.desk.presenters import PersonLine
from braid.kernel.moments import Clock, Moment
from braid.method.clocks import ClockLimit, EpisodeFacts
from braid.packs import jurisdictions
from braid.people import queries as people
from braid.people.choices import EpisodeState
from braid.people.queries import CaseloadRow
from braid.work import queries as work
from braid.work.queries import CurrentJob

PAGE = 50
A_DAY = 25  # entries of one kind that a day may hold, for one person


def limits(country: str) -> Mapping[str, ClockLimit]:
    """Return the clocks' limits of a country's pack, the house defaults where it has none."""
    return jurisdictions.of_country(country).limits


@dataclass(frozen=True, slots=True)
class Course:
    """What several rooms know about the same lines: jobs, facts and running clocks."""

    rows: list[CaseloadRow]
    jobs: dict[UUID, list[CurrentJob]]
    facts: dict[UUID, EpisodeFacts]
    clocks: dict[UUID, tuple[Clock, ...]]

    def lines(self, today: date) -> list[PersonLine]:
        return presenters.person_lines(self.rows, self.jobs, self.clocks, today)


def course(actor: Actor, rows: list[CaseloadRow], today: date) -> Course:
    """Ask the rooms about these lines: three queries whatever their number."""
    jobs = work.jobs_of(actor, [row.episode_id for row in rows])
    facts = work.course(actor, rows, today)
    clocks = work.clocks(facts, jobs, limits(actor.country), today)
    return Course(rows, jobs, facts, clocks)


def in_stage(
    rows: QuerySet[Any], actor: Actor, stage: str, today: date
) -> QuerySet[Any]:
    """Keep the lines of one stage, in the database; the same answer as `stage_of`."""
    active = rows.filter(state=EpisodeState.ACTIVE)
    match stage:
        case "waiting":
            return rows.filter(state__in=(EpisodeState.REFERRED, EpisodeState.WAITING))
        case "resting":
            return rows.filter(
                state__in=(EpisodeState.PAUSED, EpisodeState.STEPPED_DOWN)
            )
        case "new_in_work":
            return active.filter(pk__in=work.new_in_work(actor, today))
        case "follow_along":
            new = work.new_in_work(actor, today)
            return active.filter(pk__in=work.in_work(actor, today)).exclude(pk__in=new)
        case "searching":
            entered = active.filter(entered_on__lte=today)
            return entered.exclude(pk__in=work.in_work(actor, today))
        case "starting":
            entered = active.filter(entered_on__lte=today).values("pk")
            idle = active.exclude(pk__in=work.in_work(actor, today))
            return idle.exclude(pk__in=entered)
    return rows


def moments(
    actor: Actor,
    episode_ids: Collection[UUID],
    jobs: dict[UUID, list[CurrentJob]],
    *,
    before: date | None,
) -> tuple[list[Moment], date | None]:
    """Return a page of the timeline, latest first, and where the next page begins.

    A day is never split: all of the last day shown is on the page.
    """
    room = PAGE + A_DAY
    found = people.timeline(actor, episode_ids, before=before, limit=room)
    found += work.timeline(actor, jobs, episode_ids, before=before, limit=room)
    found.sort(key=lambda moment: moment.day, reverse=True)
    if len(found) <= PAGE:
        return found, None
    last = found[PAGE - 1].day
    page = [moment for moment in found if moment.day >= last]
    return page, last if len(page) < len(found) else None
