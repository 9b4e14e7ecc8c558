"""Writing what was agreed to share, in the order of the days, as the specialists did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.utils import timezone

from braid.access import consent
from braid.access.choices import ConsentWay
from braid.access.models import Team
from braid.access.policy import Actor, Information, Purpose, Subject
from braid.site.demo.agreed import Agreed

WHEN = time(11, 20)
LANGUAGE = "da"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an agreement with whose it is and who recorded it."""

    agreed: Agreed
    applicant_id: UUID
    unit: Team
    actor: Actor


def subject(unit: Team, applicant_id: UUID) -> Subject:
    """Return the name of an applicant as the unit holds it."""
    care = frozenset({unit.pk})
    return Subject(Information.IDENTITY, unit.organisation_id, care, applicant_id)


def write(steps: Iterable[Step], organisations: dict[str, UUID]) -> int:
    """Record the steps; the ledger of an organisation follows the days. Return how many."""
    number = 0
    for step in sorted(steps, key=lambda one: one.agreed.day):
        _record(step, organisations[step.agreed.receiver])
        number += 1
    return number


def _record(step: Step, receiver: UUID) -> None:
    agreed = step.agreed
    about = consent.About(
        subject(step.unit, step.applicant_id),
        Purpose(agreed.purpose),
        receiver,
    )
    now = timezone.make_aware(datetime.combine(agreed.day, WHEN))
    taken = consent.Taken(ConsentWay.SPOKEN, LANGUAGE)
    if not agreed.is_given or agreed.last_day is None:
        consent.withdraw(actor=step.actor, about=about, taken=taken, now=now)
        return
    consent.give(
        actor=step.actor,
        about=about,
        information=[Information(one) for one in agreed.information],
        first_day=agreed.day,
        last_day=agreed.last_day,
        taken=taken,
        now=now,
    )
