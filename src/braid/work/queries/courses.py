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
from braid.method.clocks import ClockLimit, EpisodeFacts, JobSpell, Talks
from braid.people.queries import CaseloadRow
from braid.work.choices import Mode
from braid.work.models import (
    Contact,
    DisclosureDecision,
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


Episodes = Collection[UUID] | QuerySet[Any]
"""Ids of episodes, or the query that finds them."""


def job_rows(actor: Actor, episodes: Episodes) -> QuerySet[Any]:
    """Ask for the jobs of the episodes, the earliest first, for `jobs_by_episode`."""
    return (
        Job.objects.visible_to(actor)
        .filter(episode__in=episodes)
        .order_by("first_day")
        .values_list(
            "episode_id",
            "pk",
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


def jobs_by_episode(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, list[CurrentJob]]:
    """Return jobs by episode, in the order of `job_rows`."""
    found: dict[UUID, list[CurrentJob]] = {}
    for episode_id, pk, employer, *rest in rows:
        found.setdefault(episode_id, []).append(
            CurrentJob(pk, episode_id, employer or "", *rest)
        )
    return found


def jobs_of(
    actor: Actor, episode_ids: Collection[UUID]
) -> dict[UUID, list[CurrentJob]]:
    """Return the jobs of the episodes, by episode, the earliest first."""
    return jobs_by_episode(job_rows(actor, episode_ids))


def current(jobs: Iterable[CurrentJob], today: date) -> list[CurrentJob]:
    """Return the jobs that somebody is in on `today`, placements of every kind."""
    return [
        job
        for job in jobs
        if job.first_day <= today and (job.last_day is None or today <= job.last_day)
    ]


ENDS = ("last_spoken_on", "last_seen_on", "first_met_on", "disclosure_on")


def ends(actor: Actor, today: date) -> dict[str, Subquery]:
    """Return what to ask of an episode besides: last spoken to and seen, first talks.

    Each is the first row of an index, so the length of a course costs nothing; grouped
    maxima would read all of it.
    """
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
    spoken = (*method_clocks.CONTACT_MODES, "")
    last_spoken, last_seen = (
        attended.filter(mode__in=modes) for modes in (spoken, (Mode.IN_PERSON,))
    )
    talked = (
        DisclosureDecision.objects.visible_to(actor)
        .filter(episode=OuterRef("pk"))
        .order_by("discussed_on")
        .values("discussed_on")
    )
    firsts = (Subquery(rows[:1]) for rows in (last_spoken, last_seen, met, talked))
    return dict(zip(ENDS, firsts, strict=True))


def days_seen(actor: Actor, episodes: Episodes, today: date) -> QuerySet[Any]:
    """Ask for (episode, day) face to face of those who started lately or start soon."""
    return (
        Contact.objects.visible_to(actor)
        .filter(
            episode__in=episodes,
            episode__jobs__first_day__gte=today - RECENT,
            attended=True,
            mode=Mode.IN_PERSON,
            day__range=(today - RECENT, today),
        )
        .order_by()
        .values_list("episode_id", "day")
    )


def course(
    rows: Iterable[CaseloadRow], days: Iterable[tuple[UUID, date]]
) -> dict[UUID, EpisodeFacts]:
    """Return what the clocks ask of each episode.

    The rows know their `ends`; `days` are those of `days_seen`.
    """
    seen: dict[UUID, set[date]] = {}
    for key, day in days:
        seen.setdefault(key, set()).add(day)
    return {
        row.episode_id: _facts(row, seen.get(row.episode_id, set())) for row in rows
    }


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


def _facts(row: CaseloadRow, seen: set[date]) -> EpisodeFacts:
    last_seen = row.also["last_seen_on"]
    days = seen | {last_seen} if last_seen else seen
    return EpisodeFacts(
        episode_id=row.episode_id,
        referred_on=row.referred_on,
        entered_on=row.entered_on,
        exited_on=row.exited_on,
        state=row.state,
        last_attended_on=row.also["last_spoken_on"],
        in_person_days=tuple(sorted(days)),
        first_employer_contact_on=row.also["first_met_on"],
        step_down_offered_on=row.step_down_offered_on,
        seeks_job=row.at_referral != "employed_retention",
        talks=Talks(
            bool(row.also["profile_drafted"]),
            *(row.also[name] for name in _TALKS),
        ),
    )


_TALKS = (
    "disclosure_on",
    "plan_seen_on",
    "counselling_due_on",
    "ask_again_on",
    "look_again_on",
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
