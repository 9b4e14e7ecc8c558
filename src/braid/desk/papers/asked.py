"""What a document is written from: the person, their course, and the day it is about."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from braid.access.policy import Action, Actor, Information, may
from braid.documents.paper import Part
from braid.people import queries as people
from braid.people.queries import PlanView
from braid.web.days import day_text
from braid.work import queries as work
from braid.work.queries import CurrentJob

# From the widest audience to the narrowest: who may read a class may not read a later one.
NARROWEST_LAST = (
    Information.ATTENDANCE,
    Information.WORK_GOALS,
    Information.JOBS,
    Information.BENEFITS,
    Information.HEALTH_AT_WORK,
    Information.CONVERSATION,
)

Written = Iterable[tuple[Information, Part]]


@dataclass(frozen=True)
class Asked:
    """Whom a document is about, as who asks for it may read them, on a day."""

    actor: Actor
    episode: Any
    day: date
    included: frozenset[Information]
    employer_id: UUID | None = None

    @property
    def applicant(self) -> Any:
        return self.episode.applicant

    @cached_property
    def jobs(self) -> list[CurrentJob]:
        return work.jobs_of(self.actor, [self.episode.pk]).get(self.episode.pk, [])

    @cached_property
    def plan(self) -> PlanView | None:
        return people.on_day(people.plans(self.actor, [self.episode.pk]), self.day)

    def reads(self, information: Information) -> bool:
        """Say whether a class goes in and the reader may read it at all."""
        allowed = may(self.actor, Action.READ, information)
        return information in self.included and allowed

    def written(self, day: date | None) -> str:
        """Return a day in words, with its year; a dash where it is not known."""
        return day_text(day) if day is not None else "–"

    def running(self) -> Iterator[CurrentJob]:
        """Yield the jobs that go on on the day, or begin after it."""
        return (
            job for job in self.jobs if job.last_day is None or job.last_day >= self.day
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: what it is, where it is used, and how it is written.

    `may_hold` are the classes that can go in, `usual` those that go in unless somebody
    chooses otherwise. `countries` are two small letters; empty is everywhere. `missing`
    says in a sentence what stands in the way, empty where nothing does. `for_decision`
    is what a job centre needs for what it decides while the course goes on.
    """

    name: str
    title: str | Promise
    about: str | Promise
    write: Callable[[Asked], Written]
    may_hold: tuple[Information, ...]
    usual: tuple[Information, ...]
    countries: frozenset[str] = frozenset()
    signatures: tuple[str | Promise, ...] = ()
    foot: str | Promise = ""
    missing: Callable[[Asked], str] = lambda asked: ""
    for_employer: bool = False
    for_decision: bool = False


def narrowest(found: Iterable[Information]) -> Information:
    """Return the class that decides who may read a document holding all of these."""
    return max(found, key=NARROWEST_LAST.index, default=Information.ATTENDANCE)


def job_rows(asked: Asked, jobs: Iterable[CurrentJob]) -> tuple[tuple[str, str], ...]:
    """Return jobs as lines: what and where, and since when or from when to when."""
    return tuple(
        (
            " · ".join(filter(None, (job.title, job.employer))) or _("Job"),
            _span(asked, job),
        )
        for job in jobs
    )


def _span(asked: Asked, job: CurrentJob) -> str:
    if job.last_day is None:
        return _("since %(day)s") % {"day": asked.written(job.first_day)}
    return _("%(first)s to %(last)s") % {
        "first": asked.written(job.first_day),
        "last": asked.written(job.last_day),
    }
