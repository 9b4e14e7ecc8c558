"""The course of episodes: their jobs, and the facts from which clocks follow."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from braid.access.policy import Actor
from braid.kernel.moments import Clock
from braid.method import clocks as method_clocks
from braid.method.clocks import ClockLimit, EpisodeFacts, JobSpell
from braid.people import queries as people
from braid.people.queries import CaseloadRow
from braid.work.choices import Mode
from braid.work.models import (
    Contact,
    EmployerContact,
    Job,
)

# The rules about a start look back over the first four weeks and the week before it.
RECENT = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class CurrentJob:
    """A job on the day: what a line on a person says about work."""

    job_id: UUID
    episode_id: UUID
    employer: str
    title: str
    placement: str
    first_day: date
    last_day: date | None
    end_known_on: date | None
    end_reason: str
    end_words: str


def jobs_of(
    actor: Actor, episode_ids: Collection[UUID]
) -> dict[UUID, list[CurrentJob]]:
    """Return the jobs of the episodes, by episode, the earliest first."""
    rows = (
        Job.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids)
        .order_by("first_day")
        .values_list(
            "pk",
            "episode_id",
            "employer__name",
            "title",
            "placement",
            "first_day",
            "last_day",
            "end_known_on",
            "end_reason",
            "end_words",
        )
    )
    found: dict[UUID, list[CurrentJob]] = {}
    for pk, episode_id, employer, *rest in rows:
        found.setdefault(episode_id, []).append(
            CurrentJob(pk, episode_id, employer or "", *rest)
        )
    return found


def current(jobs: Iterable[CurrentJob], today: date) -> list[CurrentJob]:
    """Return the jobs that somebody is in on `today`, placements of every kind."""
    return [
        job
        for job in jobs
        if job.first_day <= today and (job.last_day is None or today <= job.last_day)
    ]


def course(
    actor: Actor, rows: Collection[CaseloadRow], today: date
) -> dict[UUID, EpisodeFacts]:
    """Return what the clocks ask of each episode; two queries whatever the number."""
    keys = [row.episode_id for row in rows]
    ends = {
        key: (spoken, seen, met) for key, spoken, seen, met in _ends(actor, keys, today)
    }
    seen: dict[UUID, set[date]] = {}
    for key, day in _seen_since_start(actor, keys, today):
        seen.setdefault(key, set()).add(day)
    return {
        row.episode_id: _facts(
            row,
            ends.get(row.episode_id, (None, None, None)),
            seen.get(row.episode_id, set()),
        )
        for row in rows
    }


def _ends(actor: Actor, keys: Collection[UUID], today: date) -> QuerySet[Any]:
    """Ask for last spoken to, last seen and first employer contact, by episode.

    Each is the first row of an index, so the length of a course costs nothing; grouped
    maxima would read all of it.
    """
    spoken = Q(mode__in=method_clocks.CONTACT_MODES) | Q(mode="")
    attended = (
        Contact.objects.visible_to(actor)
        .filter(episode=OuterRef("pk"), attended=True, day__lte=today)
        .order_by("-day")
        .values("day")
    )
    met = (
        EmployerContact.objects.visible_to(actor)
        .filter(episode=OuterRef("pk"), mode=Mode.IN_PERSON)
        .order_by("day")
        .values("day")
    )
    return people.episodes(actor, keys).values_list(
        "pk",
        Subquery(attended.filter(spoken)[:1]),
        Subquery(attended.filter(mode=Mode.IN_PERSON)[:1]),
        Subquery(met[:1]),
    )


def _seen_since_start(
    actor: Actor, keys: Collection[UUID], today: date
) -> QuerySet[Any]:
    """Ask for the days face to face of those who started lately or start soon."""
    return (
        Contact.objects.visible_to(actor)
        .filter(
            episode_id__in=keys,
            episode__jobs__first_day__gte=today - RECENT,
            attended=True,
            mode=Mode.IN_PERSON,
            day__range=(today - RECENT, today),
        )
        .order_by()
        .values_list("episode_id", "day")
    )


def clocks(
    facts: Mapping[UUID, EpisodeFacts],
    jobs: Mapping[UUID, list[CurrentJob]],
    limits: Mapping[str, ClockLimit],
    today: date,
) -> dict[UUID, tuple[Clock, ...]]:
    """Return the clocks that run today, by episode, the nearest due day first."""
    return {
        key: method_clocks.running(
            found, [_spell(job) for job in jobs.get(key, ())], limits, today
        )
        for key, found in facts.items()
    }


def _facts(
    row: CaseloadRow,
    ends: tuple[date | None, date | None, date | None],
    seen: set[date],
) -> EpisodeFacts:
    last_attended, last_seen, first_met = ends
    days = seen | ({last_seen} if last_seen else set())
    return EpisodeFacts(
        episode_id=row.episode_id,
        referred_on=row.referred_on,
        entered_on=row.entered_on,
        exited_on=row.exited_on,
        state=row.state,
        last_attended_on=last_attended,
        in_person_days=tuple(sorted(days)),
        first_employer_contact_on=first_met,
        step_down_offered_on=row.step_down_offered_on,
        seeks_job=row.at_referral != "employed_retention",
    )


def _spell(job: CurrentJob) -> JobSpell:
    return JobSpell(
        job.job_id, job.employer, job.first_day, job.last_day, job.end_known_on
    )


# Being there is not yet work: the search goes on beside these.
NOT_WORK = ("unpaid_internship", "work_trial", "volunteering")
FIRST_WEEKS = timedelta(days=28)


def in_work(actor: Actor, today: date) -> QuerySet[Any]:
    """Return the ids of episodes with paid work today, for filtering lists.

    Internships without pay, work trials and volunteering are not work.
    """
    running = Q(last_day__isnull=True) | Q(last_day__gte=today)
    return (
        Job.objects.visible_to(actor)
        .filter(running, first_day__lte=today)
        .exclude(placement__in=NOT_WORK)
        .values("episode_id")
    )


def new_in_work(actor: Actor, today: date) -> QuerySet[Any]:
    """Return the ids of episodes whose present work is in its first four weeks."""
    return in_work(actor, today).filter(first_day__gt=today - FIRST_WEEKS)


def is_work(job: CurrentJob) -> bool:
    """Say whether a job is paid work, as `in_work` has it."""
    return job.placement not in NOT_WORK
