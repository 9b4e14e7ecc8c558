"""What is shared with whom today, for one row and for a whole list.

`access` knows applicants by their key only. Which teams work with an applicant is known
to the room that keeps the record; it hands in a `Circle` (wired by the site), and
consent and duty count only for teams of that circle.
"""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from braid.access.models.consent import Sharing
from braid.access.policy import Actor, Ground, Information, Purpose, Subject
from braid.packs import jurisdictions


class Circle(Protocol):
    """Which teams work with which applicant on a day, as far as a class may be shared."""

    def applicants_of(
        self, teams: frozenset[UUID], day: date, information: Information
    ) -> QuerySet[Any, Any]:
        """Return a query of the applicants' keys with whom one of `teams` works."""

    def teams_of(
        self, applicant_id: UUID, day: date, information: Information
    ) -> frozenset[UUID]:
        """Return the teams that work with the applicant."""


_circle: list[Circle] = []


def hand_in(circle: Circle) -> None:
    """Take the circle of the room that keeps the record; the site calls this once."""
    _circle[:] = [circle]


@lru_cache(maxsize=64)
def due(information: Information, day: date) -> frozenset[tuple[Purpose, str]]:
    """Return the purposes and countries whose statutes give this class to a job centre.

    Countries are two small letters, as organisations have them.
    """
    return frozenset(
        (Purpose(purpose), pack.country.lower())
        for pack in jurisdictions.load().values()
        for duty in pack.duties
        if duty.body == "job_centre"
        and information.value in duty.information
        and duty.from_day <= day
        for purpose in duty.purposes
    )


def may_be(
    actor: Actor, information: Information | None, found: Collection[Ground]
) -> bool:
    """Say whether consent or a duty could open this class to the actor."""
    if information is None:
        return False
    if Ground.CONSENT in found:
        return True
    return Ground.DUTY in found and _is_due(actor, information)


def _is_due(actor: Actor, information: Information) -> bool:
    return (actor.works_at, actor.country) in due(information, actor.day)


def in_force(actor: Actor, information: Information) -> Q:
    """Return the condition of the sharing that the actor's purpose can use today."""
    return Q(
        organisation_id=actor.organisation,
        purpose=actor.works_at.value,
        information=information.value,
        first_day__lte=actor.day,
        last_day__gte=actor.day,
    )


def applicants(
    actor: Actor, information: Information, found: Collection[Ground]
) -> QuerySet[Any, Any]:
    """Return a query of the applicants of whom this class is shared with the actor.

    `found` are the grounds on which the actor may be allowed what is asked.
    """
    around = _circle[0].applicants_of(actor.teams, actor.day, information)
    if Ground.DUTY in found and _is_due(actor, information):
        return around
    agreed = Sharing.objects.filter(in_force(actor, information))
    return agreed.filter(applicant_id__in=around).values("applicant_id")


def agreed_with(actor: Actor, information: Information) -> QuerySet[Any, Any]:
    """Return a query of the applicants who agreed to share this class with the actor's
    organisation, for what the actor works at, whoever works with them now.
    """
    agreed = Sharing.objects.filter(in_force(actor, information))
    return agreed.values("applicant_id")


def around(
    applicant_id: UUID, day: date, information: Information = Information.IDENTITY
) -> frozenset[UUID]:
    """Return the teams that work with the applicant on a day and may share the class."""
    return _circle[0].teams_of(applicant_id, day, information)


def agreed(
    applicant_id: UUID, information: Information, day: date
) -> frozenset[tuple[Purpose, UUID]]:
    """Return the purposes and receivers with consent in force for this class."""
    rows = Sharing.objects.filter(
        applicant_id=applicant_id,
        information=information.value,
        first_day__lte=day,
        last_day__gte=day,
    )
    return frozenset(
        (Purpose(purpose), receiver)
        for purpose, receiver in rows.values_list("purpose", "organisation_id")
    )


def subject(
    information: Information | None,
    *,
    organisation: UUID,
    care: frozenset[UUID],
    applicant: UUID | None,
    day: date | None = None,
    invited: frozenset[UUID] = frozenset(),
) -> Subject:
    """Return a subject; what is shared is told for a day, without one it is not asked."""
    if applicant is None or day is None or information is None:
        return Subject(information, organisation, care, applicant, invited=invited)
    return Subject(
        information,
        organisation,
        care,
        applicant,
        around=around(applicant, day, information),
        agreed=agreed(applicant, information, day),
        due=due(information, day),
        invited=invited,
    )
