"""Education beside or instead of work: begun, changed, ended. Never employment."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.people.queries import EpisodeRef
from braid.work.models import Education


@transaction.atomic
def start_education(
    *, actor: Actor, episode: EpisodeRef, title: str, first_day: date, **values: Any
) -> Education:
    """Record an education. Raises Refused or InputFault."""
    require(actor, Action.RECORD, episode.subject(Information.JOBS))
    _in_order(first_day, values.get("last_day"))
    made = Education.objects.create(
        episode_id=episode.id,
        title=title,
        first_day=first_day,
        created_by_id=actor.id,
        **values,
    )
    audit.record(actor, "education_started", made, applicant=episode.applicant_id)
    return made


def change_education(
    *, actor: Actor, education: Education, row_version: int, **values: Any
) -> bool:
    """Change an education, or end it. Raises Refused, Stale or InputFault."""
    require(actor, Action.RECORD, education.subject())
    _in_order(values["first_day"], values.get("last_day"))
    return edit(
        actor,
        education,
        action="education_changed",
        expected_version=row_version,
        **values,
    )


def _in_order(first_day: date, last_day: date | None) -> None:
    if last_day is not None and last_day < first_day:
        raise InputFault(
            _("The last day lies before the first. Check the two days."),
            field="last_day",
        )
