"""The braid picture of one person: where health, employment and applicant met."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from braid.method.clocks import EpisodeFacts
from braid.web.pictures.braid_picture import BraidPicture, Mark, Meeting, Strand, draw
from braid.work.queries import CurrentJob


def braid_of(
    episode: Any,
    facts: EpisodeFacts,
    jobs: Iterable[CurrentJob],
    joint_days: Iterable[tuple[date, UUID]],
    today: date,
) -> BraidPicture | None:
    """Draw an episode from its referral until today, or until it ended."""
    dates = (episode.referred_on, episode.accepted_on, episode.entered_on)
    begun = min((day for day in dates if day is not None), default=None)
    if begun is None:
        return None
    last = max(begun, min(episode.exited_on or today, today))
    meetings = [
        Meeting(day, _("Contact with the clinician")) for day, _key in joint_days
    ]
    if episode.referral_source == "clinician" and episode.referred_on:
        meetings.append(Meeting(episode.referred_on, _("Referral by the clinician")))
    marks = [Mark(day, label) for day, label in _marks(episode, facts, jobs)]
    return draw(
        (
            Strand(_("Treatment"), "strand-health"),
            Strand(_("Employment"), "strand-employment"),
            Strand(episode.applicant.given_name, "strand-applicant"),
        ),
        sorted(
            (m for m in meetings if begun <= m.day <= last),
            key=lambda meeting: meeting.day,
        ),
        [mark for mark in marks if begun <= mark.day <= last],
        first_day=begun,
        last_day=last,
    )


def _marks(
    episode: Any, facts: EpisodeFacts, jobs: Iterable[CurrentJob]
) -> Iterable[tuple[date, str]]:
    if episode.referred_on:
        yield episode.referred_on, _("referred")
    if facts.first_employer_contact_on:
        yield facts.first_employer_contact_on, _("first employer")
    for job in jobs:
        yield job.first_day, _("job start")
        if job.last_day:
            yield job.last_day, _("job end")
