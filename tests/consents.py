"""Agreements of the cast, made and ended through the real commands."""

from datetime import UTC, date, datetime

from braid.access import consent
from braid.access.choices import ConsentWay
from braid.access.consent import About, Taken
from braid.access.models import ConsentEntry
from braid.access.policy import Information, Purpose
from braid.people.models import Applicant
from tests.cast import TODAY, Member, World

MORNING = datetime(TODAY.year, TODAY.month, TODAY.day, 6, tzinfo=UTC)
FIRST_DAY, LAST_DAY = date(2026, 9, 1), date(2027, 8, 31)


def about(
    applicant: Applicant, member: Member, purpose: Purpose | None = None
) -> About:
    """Return the agreement with the member's organisation for what the member works at."""
    return About(
        applicant.subject(),
        purpose or member.actor.works_at,
        member.actor.organisation,
    )


def agree(
    world: World,
    applicant: Applicant,
    member: Member,
    *information: Information,
    first_day: date = FIRST_DAY,
    last_day: date = LAST_DAY,
    purpose: Purpose | None = None,
    now: datetime = MORNING,
    by: str = "ada",
) -> ConsentEntry:
    """Let the applicant agree, as `by` records it, in a conversation."""
    actor = getattr(world, by).actor
    way = ConsentWay.OWN_ACCOUNT if actor.own else ConsentWay.SPOKEN
    return consent.give(
        actor=actor,
        about=about(applicant, member, purpose),
        information=information,
        first_day=first_day,
        last_day=last_day,
        taken=Taken(way, "da"),
        now=now,
    )


def withdraw(
    world: World,
    applicant: Applicant,
    member: Member,
    *,
    purpose: Purpose | None = None,
    now: datetime = MORNING,
    by: str = "ada",
) -> ConsentEntry:
    """Let the applicant withdraw what was agreed with the member's organisation."""
    actor = getattr(world, by).actor
    way = ConsentWay.OWN_ACCOUNT if actor.own else ConsentWay.SPOKEN
    return consent.withdraw(
        actor=actor,
        about=about(applicant, member, purpose),
        taken=Taken(way, "da"),
        now=now,
    )
