"""What happened in the work of some people since a day, for a meeting about them."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, Value

from braid.access.policy import Actor
from braid.access.timeline import Part, Row, part, told_as
from braid.kernel.moments import Moment, Strand
from braid.work.models import Contact, EmployerContact, Job


def news(actor: Actor, episode_ids: Collection[UUID], since: date) -> list[Part]:
    """Return contacts, employer contacts, job starts and ends after a day.

    Each class through its own query, each value with its episode. The unit's own notes
    of contacts are left out: who reads about contacts need not read those.
    """
    of = Q(episode_id__in=episode_ids)
    told = {name: name for name in _CONTACT}
    jobs = Job.objects.visible_to(actor).filter(of)
    job = {
        "episode": "episode_id",
        "employer": "employer__name",
        "title": "title",
        "placement": "placement",
    }
    return [
        part(
            Contact.objects.visible_to(actor).filter(of, day__gt=since),
            _contact,
            by="staff__name",
            values={"episode": "episode_id", "words": "shared_note", **told},
        ),
        part(
            EmployerContact.objects.visible_to(actor).filter(of, day__gt=since),
            told_as("employer_contact", Strand.EMPLOYMENT),
            by="staff__name",
            values={
                "episode": "episode_id",
                "employer": "employer__name",
                "mode": "mode",
                "outcome": "outcome",
            },
        ),
        part(
            jobs.filter(first_day__gt=since),
            told_as("job_start", Strand.APPLICANT),
            day="first_day",
            values={**job, "reason": Value("")},
        ),
        part(
            jobs.filter(last_day__gt=since),
            told_as("job_end", Strand.APPLICANT),
            day="last_day",
            values={**job, "reason": "end_reason"},
        ),
    ]


_CONTACT = (
    *("mode", "place", "minutes", "attended"),
    *("with_applicant", "with_clinician", "with_caseworker", "with_family"),
)


def _contact(row: Row) -> Moment:
    attended = row.values["attended"]
    missed = attended is not None and not attended
    title = "contact_missed" if missed else "contact"
    return told_as(title, Strand.EMPLOYMENT)(row)


class Step(NamedTuple):
    """What is agreed next with an employer for somebody."""

    words: str
    day: date
    employer: str


def steps_ahead(
    actor: Actor, episode_ids: Collection[UUID], today: date
) -> dict[UUID, list[Step]]:
    """Return what is agreed with employers from today on, by episode, nearest first."""
    rows: Any = (
        EmployerContact.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids, next_on__gte=today)
        .exclude(next_step="")
        .order_by("next_on")
        .values_list("episode_id", "next_step", "next_on", "employer__name")
    )
    found: dict[UUID, list[Step]] = {}
    for episode, words, day, employer in rows:
        found.setdefault(episode, []).append(Step(words, day, employer or ""))
    return found
