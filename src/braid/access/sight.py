"""What an actor sees of one applicant, class by class, and why not the rest.

The facts are loaded once for all classes (`Circumstances`, by the room that keeps the
record); each class is then decided by the policy, without a further query.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from braid.access import policy, shared
from braid.access.models import Sharing
from braid.access.policy import (
    ABOUT_A_PERSON,
    Action,
    Actor,
    Decision,
    Ground,
    Information,
    Purpose,
    Subject,
)

# By these grounds somebody reads what another organisation holds.
FROM_OUTSIDE = frozenset({Ground.CONSENT, Ground.DUTY, Ground.BROKEN_GLASS})


class Agreement(NamedTuple):
    """One class that may be shared with one receiver for one purpose, with its entry."""

    information: Information
    purpose: Purpose
    receiver: UUID
    last_day: date
    number: int


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the policy needs to know of one applicant, for every class, on one day.

    `organisation` holds the record. `units` have own care of it, `noting` are the teams
    with treatment notes of their own, `around` the teams that work with the applicant;
    `agreements` are those in force. Around a secret address there is nobody.
    """

    applicant: UUID
    organisation: UUID
    day: date
    units: frozenset[UUID] = frozenset()
    noting: frozenset[UUID] = frozenset()
    around: frozenset[UUID] = frozenset()
    agreements: tuple[Agreement, ...] = ()
    secret_address: bool = False

    def around_for(self, information: Information) -> frozenset[UUID]:
        """Return the teams with which this class may be shared."""
        is_closed = self.secret_address and information == Information.CONTACT_DETAILS
        return frozenset() if is_closed else self.around

    def subject(self, information: Information) -> Subject:
        """Return the facts of one class, as the rows of that class would tell them."""
        match information:
            case Information.IDENTITY:  # who wrote notes knows about whom
                care = self.units | self.noting
            case Information.TREATMENT:
                care = self.noting
            case _:
                care = self.units
        return Subject(
            information,
            self.organisation,
            care,
            self.applicant,
            around=self.around_for(information),
            agreed=frozenset(
                (one.purpose, one.receiver)
                for one in self.agreements
                if one.information == information
            ),
            due=shared.due(information, self.day),
        )

    def agreement(self, actor: Actor, information: Information) -> Agreement | None:
        """Return what the actor's reading of this class rests on, by consent."""
        wanted = (information, actor.works_at, actor.organisation)
        found = [one for one in self.agreements if one[:3] == wanted]
        return max(found, key=lambda one: one.last_day, default=None)


def agreements(applicants: Collection[UUID], day: date) -> dict[UUID, list[Agreement]]:
    """Return what is agreed on `day`, by applicant."""
    rows = Sharing.objects.filter(
        applicant_id__in=applicants, first_day__lte=day, last_day__gte=day
    ).values_list(
        "applicant_id",
        "information",
        "purpose",
        "organisation_id",
        "last_day",
        "number",
    )
    found: dict[UUID, list[Agreement]] = {}
    for applicant, information, purpose, receiver, last_day, number in rows:
        found.setdefault(applicant, []).append(
            Agreement(
                Information(information), Purpose(purpose), receiver, last_day, number
            )
        )
    return found


# Which ground an entry of the audit names, where classes rest on several.
WEIGHT = (
    Ground.OWN_RECORD,
    Ground.BROKEN_GLASS,
    Ground.DUTY,
    Ground.CONSENT,
    Ground.OWN_CARE,
)


def heaviest(reasons: Collection[str]) -> str:
    """Return the ground that an entry of the audit names."""
    return next((ground for ground in WEIGHT if ground in reasons), "")


def agreement_number(
    actor: Actor, applicant_id: UUID, information: Information
) -> int | None:
    """Return the number of the agreement by which the actor reads a class today."""
    rows = Sharing.objects.filter(
        shared.in_force(actor, information), applicant_id=applicant_id
    )
    return rows.order_by("-last_day").values_list("number", flat=True).first()


class Why(StrEnum):
    """Why a class of a person who is known is withheld."""

    RESTRICTED = "restricted"
    NEVER_ROLE = "never_role"
    NEVER_PURPOSE = "never_purpose"
    OWN_CARE_ONLY = "own_care_only"
    HIDDEN_ADDRESS = "hidden_address"
    NOT_AROUND = "not_around"
    OTHER_PURPOSE = "other_purpose"
    NOT_AGREED = "not_agreed"


class Sight(NamedTuple):
    """The answer for one class: allowed with its agreement, or withheld with why."""

    decision: Decision
    agreement: Agreement | None
    why: Why | None


def sights(actor: Actor, about: Circumstances) -> Mapping[Information, Sight]:
    """Return what the actor sees of the applicant, for every class about a person."""
    return {one: _sight(actor, about, one) for one in ABOUT_A_PERSON}


def _sight(actor: Actor, about: Circumstances, information: Information) -> Sight:
    decision = policy.decide(actor, Action.READ, about.subject(information))
    if not decision.allowed:
        return Sight(decision, None, _why(actor, about, information, decision.reason))
    by_consent = decision.reason == Ground.CONSENT
    return Sight(
        decision, about.agreement(actor, information) if by_consent else None, None
    )


def _why(
    actor: Actor, about: Circumstances, information: Information, reason: str
) -> Why | None:
    """Return why a class is withheld; of somebody who is absent nothing is said."""
    if reason == "absent":
        return None
    if reason == "restricted":
        return Why.RESTRICTED
    if reason == "not_granted":
        granted = (Action.READ, information) in policy.GRANTS[actor.role]
        return Why.NEVER_PURPOSE if granted else Why.NEVER_ROLE
    possible = policy.grounds(actor, Action.READ, information)
    if Ground.CONSENT not in possible:
        return Why.OWN_CARE_ONLY
    if not actor.teams & about.around:
        return Why.NOT_AROUND
    if not about.around_for(information):
        return Why.HIDDEN_ADDRESS
    elsewhere = any(
        (one.information, one.receiver) == (information, actor.organisation)
        for one in about.agreements
    )
    return Why.OTHER_PURPOSE if elsewhere else Why.NOT_AGREED


def cares_for_people(actor: Actor) -> bool:
    """Say whether the role works with the unit's own record: caseload, Today, search."""
    return policy.may(actor, Action.RECORD, Information.ATTENDANCE)


def reads_from_outside(actor: Actor) -> bool:
    """Say whether the actor may meet people whose record another organisation holds."""
    possible = FROM_OUTSIDE & set(
        policy.grounds(actor, Action.READ, Information.IDENTITY)
    )
    return bool(possible - {Ground.BROKEN_GLASS}) or bool(possible and actor.opened)


def reviews_services(actor: Actor) -> bool:
    """Say whether the role takes part in reviews of services without working at one."""
    rates = policy.may(actor, Action.RATE, Information.STATISTICAL)
    return rates and not policy.may(actor, Action.TAKE_PART)


def reads_by_seat_alone(actor: Actor) -> bool:
    """Say whether figures open to the role only by a seat in a review."""
    of_figures = policy.grounds(actor, Action.READ, Information.STATISTICAL)
    return set(of_figures) == {Ground.INVITED}


def decides_on_benefits(actor: Actor) -> bool:
    """Say whether a statute can give the role what it needs: the work of a job centre."""
    return Ground.DUTY in policy.GRANTS[actor.role].get(
        (Action.READ, Information.IDENTITY), ()
    )
