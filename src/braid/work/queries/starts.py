"""Jobs that began in some days, to be glad of."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from braid.access.policy import Actor
from braid.work import rules
from braid.work.models import Job


class Start(NamedTuple):
    """An ordinary job that began: whose it is, where, and as what."""

    job_id: UUID
    applicant_id: UUID
    person: str
    employer: str
    title: str
    day: date


def starts(actor: Actor, first_day: date, last_day: date, unit_id: UUID) -> list[Start]:
    """Return job starts of a unit in these days, the latest first.

    Ordinary work by the service's own coding; jobs held at referral are no starts.
    """
    rows = Job.objects.visible_to(actor).filter(
        episode__unit_id=unit_id,
        first_day__range=(first_day, last_day),
        placement__in=rules.COUNTED_AS_CODED,
        held_at_referral=False,
    )
    found = rows.order_by("-first_day", "pk").values_list(
        "pk",
        "episode__applicant_id",
        "episode__applicant__given_name",
        "episode__applicant__family_name",
        "employer__name",
        "title",
        "first_day",
    )
    return [
        Start(key, applicant, f"{given} {family}".strip(), employer or "", title, day)
        for key, applicant, given, family, employer, title, day in found
    ]
