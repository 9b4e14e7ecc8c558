"""What is learned when a job ends, and the search that begins again."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault, Stale
from braid.people.choices import EpisodeState
from braid.people.commands import take_up
from braid.work.models import Job, JobEndReview

RESTING = (EpisodeState.PAUSED, EpisodeState.STEPPED_DOWN)
OF_JOB = "rows of a job already opened by policy"


@transaction.atomic
def review_end(
    *, actor: Actor, job: Job, row_version: int | None, **values: Any
) -> JobEndReview:
    """Write what is learned from the end of a job, or change it.

    How the employer sees it is kept only where the person said that the workplace may
    be talked to. Raises Refused, Stale, InputFault.
    """
    require(actor, Action.RECORD, job.subject())
    require(actor, Action.RECORD, job.subject(Information.CONVERSATION))
    _check_review(job, values)
    review = _of(job)
    if (review is None) != (row_version is None):
        raise Stale(())
    return _keep(actor, job, review, row_version, values)


def _check_review(job: Job, values: dict[str, Any]) -> None:
    if job.last_day is None:
        raise InputFault(
            _("This job goes on. Record its last day first, then what you learned."),
            reason="goes_on",
        )
    worked = values.get("last_day_worked")
    if worked is not None and not job.first_day <= worked <= job.last_day:
        raise InputFault(
            _(
                "The last day worked lies outside the job, which ran from %(first)s to "
                "%(last)s. Correct it, or the days of the job."
            )
            % {"first": job.first_day, "last": job.last_day},
            field="last_day_worked",
        )
    if values.get("employer_view") and not job.may_contact_workplace:
        raise InputFault(
            _(
                "Nobody agreed that the workplace may be talked to, so what it thinks "
                "is not kept. Ask the person, and note the answer on the job."
            ),
            field="employer_view",
            reason="no_consent",
        )


def _of(job: Job) -> JobEndReview | None:
    found: JobEndReview | None = (
        JobEndReview.objects.filter(job=job).system(OF_JOB).first()
    )
    return found


def _keep(
    actor: Actor,
    job: Job,
    review: JobEndReview | None,
    row_version: int | None,
    values: dict[str, Any],
) -> JobEndReview:
    applicant_id = job.episode.applicant_id
    if review is not None:
        edit(
            actor,
            review,
            action="job_end_review_changed",
            expected_version=row_version,
            applicant=applicant_id,
            **values,
        )
        return review
    made = JobEndReview.objects.create(job=job, created_by_id=actor.id, **values)
    audit.record(actor, "job_end_reviewed", made, applicant=applicant_id)
    return made


@transaction.atomic
def search_again(*, actor: Actor, job: Job, day: date) -> None:
    """Note that the search begins again after a job: the same episode, no referral.

    Who rested or stepped down is taken up again with it. Raises Refused, InputFault
    while the job goes on.
    """
    require(actor, Action.RECORD, job.subject())
    if job.last_day is None:
        raise InputFault(
            _("This job goes on. Record its last day first."), reason="goes_on"
        )
    review = _of(job)
    values: dict[str, Any] = {"search_again_on": day}
    if review is None:
        values["day"] = day
    _keep(actor, job, review, None, values)
    if job.episode.state in RESTING:
        take_up(actor=actor, episode=job.episode, day=day)
