"""Reading for the desk's pages: the rooms below, asked once each and put together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Value

from braid.access import timeline
from braid.access.policy import Actor
from braid.access.prepared import prepared
from braid.benefits import queries as benefits
from braid.desk import presenters
from braid.desk.presenters import PersonLine
from braid.kernel.moments import Clock, Moment
from braid.method.clocks import ClockLimit, EpisodeFacts
from braid.packs import jurisdictions
from braid.people import queries as people
from braid.people.choices import EpisodeState
from braid.people.queries import CaseloadRow
from braid.teamwork.queries import proposals
from braid.work import queries as work
from braid.work.queries import CurrentJob

PAGE = 50
TOLD = (
    people.timeline,
    work.timeline,
    benefits.timeline,
    proposals.timeline,
)  # rooms that tell what happened
A_DAY = 25  # entries of one kind that a day may hold, for one person


def ends(actor: Actor, today: date) -> dict[str, Any]:
    """Return what the rooms ask of an episode besides, for its clocks."""
    return people.talks(actor) | work.ends(actor, today) | benefits.ends(actor)


ENDS = (*people.TALKS, *work.ENDS, *benefits.ENDS)


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
    """Ask the rooms about these lines: two queries whatever their number."""
    keys = [row.episode_id for row in rows]
    jobs = work.jobs_of(actor, keys)
    return _course(actor, rows, jobs, work.days_seen(actor, keys, today), today)


def _course(
    actor: Actor,
    rows: list[CaseloadRow],
    jobs: dict[UUID, list[CurrentJob]],
    seen: Iterable[tuple[UUID, date]],
    today: date,
) -> Course:
    facts = work.course(rows, seen)
    clocks = work.clocks(facts, jobs, limits(actor.country), today)
    return Course(rows, jobs, facts, clocks)


def caseload(actor: Actor, today: date, **choice: Any) -> Course:
    """Return a caseload, or the part of it that `chosen` is asked for: three queries."""
    rows = people.caseload_rows(_rows(actor, today, **choice), ENDS)
    jobs = work.jobs_by_episode(_jobs(actor, today, **choice))
    return _course(actor, rows, jobs, _seen(actor, today, **choice), today)


@prepared
def _rows(actor: Actor, today: date, **choice: Any) -> QuerySet[Any]:
    return people.columns(chosen(actor, today, **choice), ends(actor, today))


@prepared
def _jobs(actor: Actor, today: date, **choice: Any) -> QuerySet[Any]:
    return work.job_rows(actor, chosen(actor, today, **choice).values("pk"))


@prepared
def _seen(actor: Actor, today: date, **choice: Any) -> QuerySet[Any]:
    episodes = chosen(actor, today, **choice).values("pk")
    return work.days_seen(actor, episodes, today)


def size(actor: Actor, today: date, **choice: Any) -> int:
    """Return how many lines a caseload has."""
    return sum(number for (number,) in _size(actor, today, **choice))


@prepared
def _size(actor: Actor, today: date, **choice: Any) -> QuerySet[Any]:
    rows = chosen(actor, today, **choice).order_by()
    counted = rows.values(whole=Value("caseload")).annotate(number=Count("pk"))
    return counted.values_list("number")


def chosen(
    actor: Actor,
    today: date,
    *,
    stage: str = "",
    first: int = 0,
    last: int | None = None,
    **who: Any,
) -> QuerySet[Any]:
    """Ask for the caseload of `who`, in one stage or in all, whole or a part of it."""
    rows = people.episodes_on_caseload(actor, **who)
    return in_stage(rows, actor, stage, today)[first:last]


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
    told = [room_of(actor, episode_ids, before) for room_of in TOLD]
    found = timeline.moments([part for parts in told for part in parts], room)
    found += work.job_moments(jobs, before)
    found.sort(key=lambda moment: moment.day, reverse=True)
    if len(found) <= PAGE:
        return found, None
    last = found[PAGE - 1].day
    page = [moment for moment in found if moment.day >= last]
    return page, last if len(page) < len(found) else None
