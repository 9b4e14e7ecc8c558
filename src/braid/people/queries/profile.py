"""The career profile as it may be read: each class asked for by itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Min
from django.http import Http404
from django.utils import timezone

from braid.access import changes
from braid.access.policy import Action, Actor, Information
from braid.people.choices import AnswerKind, Section
from braid.people.circle import OVER
from braid.people.models import (
    Applicant,
    Episode,
    PastJob,
    ProfileAnswer,
    ProfileUpdate,
)
from braid.people.profile import FIRST_MEETINGS

ANSWER, PAST_JOB, EPISODE = "people.profileanswer", "people.pastjob", "people.episode"
CONFIDED = ("disliked", "why_left")
PAST_JOB_FIELDS = (
    "title",
    "employer",
    "duties",
    "first_year",
    "last_year",
    "weekly_hours",
    "pay",
    "found_how",
    "liked",
    "supervisor",
    "reference",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, with its version and who wrote it last."""

    key: UUID
    question: str
    section: str
    kind: str
    text: str
    row_version: int
    at: datetime
    by: str
    by_id: UUID | None


@dataclass(frozen=True, slots=True)
class Past:
    """A job before IPS; what was said in confidence is empty where it may not be read."""

    id: UUID
    title: str
    employer: str
    duties: str
    first_year: int | None
    last_year: int | None
    weekly_hours: Decimal | None
    pay: str
    found_how: str
    liked: str
    supervisor: str
    reference: bool | None
    at: datetime
    by: str
    disliked: str = ""
    why_left: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """That the profile was looked at again, and why; `job_id` names a job of Braid."""

    id: UUID
    day: date
    because: str
    text: str
    by_role: str
    by: str
    job_id: UUID | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What one reader may see of a career profile. The goal is the open episode's."""

    episode: Episode | None
    goal: str
    answers: Mapping[str, Answer]
    past_jobs: tuple[Past, ...]
    updates: tuple[Update, ...]

    @property
    def touched(self) -> frozenset[str]:
        """Return the sections in which something is written."""
        found = {one.section for one in self.answers.values() if one.text}
        if self.past_jobs:
            found.add(Section.PAST_JOBS.value)
        if self.goal:
            found.add(Section.GOAL.value)
        return frozenset(found)


def profile(
    actor: Actor,
    applicant_id: UUID,
    kinds: Collection[AnswerKind] = tuple(AnswerKind),
) -> Profile:
    """Return the profile in the classes asked for, as far as the actor may read them."""
    episode = None
    if AnswerKind.WORK_GOALS in kinds:
        episode = goal_episode(actor, applicant_id)
    return Profile(
        episode,
        episode.goal if episode is not None else "",
        answers(actor, applicant_id, kinds),
        tuple(past_jobs(actor, applicant_id, kinds)),
        tuple(updates(actor, applicant_id) if AnswerKind.WORK_GOALS in kinds else ()),
    )


def goal_episode(actor: Actor, applicant_id: UUID) -> Episode | None:
    """Return the latest episode that goes on, whose goal is that of the profile."""
    found: Episode | None = (
        Episode.objects.visible_to(actor, Action.READ, Information.WORK_GOALS)
        .filter(applicant_id=applicant_id)
        .exclude(state__in=OVER)
        .order_by(F("referred_on").desc(nulls_last=True), "-created_at")
        .first()
    )
    return found


def answers(
    actor: Actor,
    applicant_id: UUID,
    kinds: Collection[AnswerKind] = tuple(AnswerKind),
    section: str = "",
) -> dict[str, Answer]:
    """Return the answers by question: one query a class, each as the policy opens it."""
    found: dict[str, Answer] = {}
    within = {"section": section} if section else {}
    for kind in kinds:
        opened = ProfileAnswer.objects.visible_to(
            actor, Action.READ, Information(kind)
        ).filter(applicant_id=applicant_id, kind=kind, **within)
        rows = changes.with_last_changed(opened).values_list(
            "pk",
            "question",
            "section",
            "kind",
            "text",
            "row_version",
            "created_at",
            "created_by__name",
            "created_by_id",
            "changed_at",
            "changed_by_name",
            "changed_by_id",
            named=True,
        )
        found |= {row.question: _answer(row) for row in rows}
    return found


def _answer(row: Any) -> Answer:
    """Return a row as it is shown: by whom it was changed last, else made."""
    is_changed = row.changed_at is not None
    by = row.changed_by_name if is_changed else row.created_by__name
    return Answer(
        key=row.pk,
        question=row.question,
        section=row.section,
        kind=row.kind,
        text=row.text,
        row_version=row.row_version,
        at=row.changed_at if is_changed else row.created_at,
        by=by or "",
        by_id=row.changed_by_id if is_changed else row.created_by_id,
    )


def past_jobs(
    actor: Actor,
    applicant_id: UUID,
    kinds: Collection[AnswerKind] = tuple(AnswerKind),
) -> list[Past]:
    """Return the jobs before IPS, the latest first."""
    if AnswerKind.JOBS not in kinds:
        return []
    confided: dict[UUID, dict[str, Any]] = {}
    if AnswerKind.CONVERSATION in kinds:
        told = PastJob.objects.visible_to(
            actor, Action.READ, Information.CONVERSATION
        ).filter(applicant_id=applicant_id)
        confided = {row.pop("pk"): row for row in told.values("pk", *CONFIDED)}
    opened = PastJob.objects.visible_to(actor, Action.READ).filter(
        applicant_id=applicant_id
    )
    rows = changes.with_last_changed(opened).values(
        "pk",
        *PAST_JOB_FIELDS,
        "created_at",
        "created_by__name",
        "changed_at",
        "changed_by_name",
    )
    return [
        Past(
            id=row["pk"],
            at=row["changed_at"] or row["created_at"],
            by=row["changed_by_name"] or row["created_by__name"] or "",
            **{name: row[name] for name in PAST_JOB_FIELDS},
            **confided.get(row["pk"], {}),
        )
        for row in rows
    ]


def past_job(actor: Actor, applicant_id: UUID, key: UUID) -> PastJob:
    """Return a job before IPS that the actor may write about, else answer 404."""
    kept = PastJob.objects.visible_to(actor, Action.CO_WRITE)
    found: PastJob | None = (
        kept.filter(pk=key, applicant_id=applicant_id)
        .select_related("applicant")
        .first()
    )
    if found is None:
        raise Http404
    return found


def updates(actor: Actor, applicant_id: UUID) -> list[Update]:
    """Return when the profile was looked at again, the latest first."""
    rows = (
        ProfileUpdate.objects.visible_to(actor, Action.READ)
        .filter(applicant_id=applicant_id)
        .values("pk", "day", "because", "text", "by_role", "created_by__name", "job_id")
    )
    return [
        Update(
            id=row["pk"],
            day=row["day"],
            because=row["because"],
            text=row["text"],
            by_role=row["by_role"],
            by=row["created_by__name"] or "",
            job_id=row["job_id"],
        )
        for row in rows
    ]


def history(
    actor: Actor,
    applicant_id: UUID,
    read: Mapping[str, Answer],
    jobs: Collection[Past],
) -> Any:
    """Ask for what was changed in answers and jobs that the actor has read, and the goal.

    Each row is (record_kind, record_key, field, old, new, changed_at, changed_by_id,
    changed_by__name), the latest first; of an answer `field` is always `text`.
    """
    may_confide = bool(jobs) and _reads(actor, applicant_id, Information.CONVERSATION)
    episodes = (
        Episode.objects.visible_to(actor, Action.READ, Information.WORK_GOALS)
        .filter(applicant_id=applicant_id)
        .order_by()
        .values_list("pk", flat=True)
    )
    return changes.log_of(
        {
            ANSWER: [one.key for one in read.values()],
            PAST_JOB: [one.id for one in jobs],
            EPISODE: list(episodes),
        },
        {
            ANSWER: ("text",),
            PAST_JOB: (*PAST_JOB_FIELDS, *(CONFIDED if may_confide else ())),
            EPISODE: ("goal",),
        },
    )


def _reads(actor: Actor, applicant_id: UUID, information: Information) -> bool:
    rows = PastJob.objects.visible_to(actor, Action.READ, information)
    found: bool = rows.filter(applicant_id=applicant_id).exists()
    return found


def profile_touched(
    actor: Actor, applicant_ids: Collection[UUID]
) -> dict[UUID, dict[str, date]]:
    """Return by applicant the first meetings' sections (A, D, K, M) with their first day.

    A section that nobody has touched is missing. Three queries, whatever the number.
    """
    found: dict[UUID, dict[str, date]] = {key: {} for key in applicant_ids}

    def note(applicant: UUID, section: str, day: date) -> None:
        known = found[applicant].get(section)
        found[applicant][section] = min(known, day) if known else day

    answered = (
        ProfileAnswer.objects.visible_to(actor, Action.RECORD, Information.ATTENDANCE)
        .filter(applicant_id__in=applicant_ids, section__in=FIRST_MEETINGS)
        .exclude(text="")
        .order_by()
        .values_list("applicant_id", "section", "created_at")
    )
    for applicant, section, at in answered:
        note(applicant, section, timezone.localdate(at))
    jobs = (
        PastJob.objects.visible_to(actor, Action.RECORD, Information.ATTENDANCE)
        .filter(applicant_id__in=applicant_ids)
        .order_by()
        .values_list("applicant_id", "created_at")
    )
    for applicant, at in jobs:
        note(applicant, Section.PAST_JOBS.value, timezone.localdate(at))
    talked = (
        Episode.objects.visible_to(actor, Action.RECORD, Information.ATTENDANCE)
        .filter(applicant_id__in=applicant_ids, goal_seen_on__isnull=False)
        .order_by()
        .values_list("applicant_id", "goal_seen_on", "profile_started_on")
    )
    for applicant, seen_on, started_on in talked:
        # The goal is looked at again and again; where the profile was begun on an
        # earlier day, the goal was talked about by then.
        note(applicant, Section.GOAL.value, min(seen_on, started_on or seen_on))
    return found


def sections_written(actor: Actor, applicant_id: UUID) -> dict[str, datetime]:
    """Return the sections with something in them, each with when it began: two queries.

    That something stands in a section is told to those who write the profile, and not
    what; the goal is the episode's.
    """
    answered = (
        ProfileAnswer.objects.visible_to(actor, Action.CO_WRITE, Information.WORK_GOALS)
        .filter(applicant_id=applicant_id)
        .exclude(text="")
        .order_by("section")
        .values_list("section")
        .annotate(begun=Min("created_at"))
    )
    found = dict(answered)
    jobs = PastJob.objects.visible_to(actor, Action.CO_WRITE, Information.WORK_GOALS)
    first = jobs.filter(applicant_id=applicant_id).aggregate(begun=Min("created_at"))
    if first["begun"] is not None:
        section = Section.PAST_JOBS.value
        found[section] = min(first["begun"], found.get(section, first["begun"]))
    return found


def owner(actor: Actor, applicant_id: UUID) -> Applicant:
    """Return whose profile the actor and the applicant write together, else 404."""
    seen = Applicant.objects.visible_to(actor, Action.CO_WRITE, Information.WORK_GOALS)
    found: Applicant | None = seen.filter(pk=applicant_id).first()
    if found is None:
        raise Http404
    return found
