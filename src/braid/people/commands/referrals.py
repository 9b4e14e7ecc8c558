"""Referrals: from the wish to work, in one sentence, to its receipt and first meeting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit, referring
from braid.access.changes import edit
from braid.access.choices import TeamKind
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault, Refused
from braid.people import after
from braid.people.after import Said, What
from braid.people.choices import (
    AtReferral,
    EpisodeState,
    ReferralSource,
    ReferralWay,
)
from braid.people.commands.episodes import enter_state
from braid.people.models import Applicant, CaseworkSpell, Episode, TreatmentSpell

if TYPE_CHECKING:
    from braid.access.models import Team, User


@transaction.atomic
def refer(
    *,
    actor: Actor,
    unit: Team,
    referred_on: date,
    source: ReferralSource,
    words: str,
    at_referral: AtReferral = AtReferral.UNKNOWN,
    applicant: Applicant | None = None,
    treatment_team: Team | None = None,
    referrer: str = "",
    referred_by: User | None = None,
    way: str = "",
    consent_to_contact: bool | None = None,
    worried_about_benefits: bool = False,
    **identity: Any,
) -> Episode:
    """Begin an episode with its referral: who wants to work, in one sentence.

    `applicant` is somebody already known (a second referral), else `identity` makes one.
    `way` is how it came (`ReferralWay`); `referred_by` is the clinician or caseworker
    who referred in another way than here, and is told of it as if it were sent here.
    Raises Refused, or InputFault when the person has an open episode in this unit.
    """
    known = applicant.pk if applicant else None
    require(actor, Action.REFER, referring.subject(actor, unit, known))
    _must_work_beside(unit, referred_by, actor.day)
    if applicant is None:
        applicant = Applicant.objects.create(
            organisation_id=unit.organisation_id, created_by_id=actor.id, **identity
        )
    elif _open_episodes(applicant, unit):
        raise InputFault(
            _(
                "This person already has an open episode in this unit. "
                "Open it instead of referring again."
            )
        )
    episode = Episode.objects.create(
        applicant=applicant,
        unit=unit,
        referred_on=referred_on,
        referral_source=source,
        referred_by_id=referred_by.pk if referred_by else actor.id,
        referral_way=way,
        referrer=referrer or (referred_by.name if referred_by else ""),
        consent_to_contact=consent_to_contact,
        referral_words=words,
        goal=words if source == ReferralSource.SELF else "",
        at_referral=at_referral,
        created_by_id=actor.id,
    )
    enter_state(actor, episode, EpisodeState.REFERRED, referred_on)
    if treatment_team is not None:
        TreatmentSpell.objects.create(
            episode=episode,
            team=treatment_team,
            key_clinician_id=actor.id if treatment_team.pk in actor.teams else None,
            first_day=referred_on,
            created_by_id=actor.id,
        )
    audit.record(actor, "referred", episode, applicant=applicant.pk)
    if worried_about_benefits:
        after.tell(actor, Said(What.WORRIED, referred_on, episode))
    return episode


def _must_work_beside(unit: Team, referred_by: User | None, today: date) -> None:
    if referred_by is None:
        return
    if not referring.referrers(unit, today).filter(pk=referred_by.pk).exists():
        raise InputFault(
            _("Nobody of that name works with the unit now. Choose again."),
            field="referred_by",
        )


@transaction.atomic
def refer_from_outside(
    *, actor: Actor, unit: Team, referred_on: date, words: str, **identity: Any
) -> Episode:
    """Refer as a clinician or caseworker: who refers is around the person from then on."""
    treating = referring.own_team(actor, unit, TeamKind.TREATMENT_TEAM)
    centre = referring.own_team(actor, unit, TeamKind.JOB_CENTRE)
    if treating is None and centre is None:
        raise Refused("no_ground")
    source = ReferralSource.CLINICIAN if treating else ReferralSource.CASEWORKER
    episode = refer(
        actor=actor,
        unit=unit,
        referred_on=referred_on,
        source=source,
        words=words,
        treatment_team=treating,
        referrer=actor.name,
        way=ReferralWay.LIVE,
        consent_to_contact=True,
        **identity,
    )
    if centre is not None:
        CaseworkSpell.objects.create(
            episode=episode,
            team=centre,
            caseworker_id=actor.id,
            first_day=referred_on,
            created_by_id=actor.id,
        )
    return episode


@transaction.atomic
def refer_oneself_again(
    *,
    actor: Actor,
    applicant: Applicant,
    unit: Team,
    day: date,
    words: str,
    worried_about_benefits: bool = False,
) -> Episode:
    """Let an applicant come back by their own account: no one else is asked."""
    if actor.own != applicant.pk:
        raise Refused("not_own")
    return refer(
        actor=actor,
        unit=unit,
        referred_on=day,
        source=ReferralSource.SELF,
        words=words,
        applicant=applicant,
        way=ReferralWay.LIVE,
        consent_to_contact=True,
        worried_about_benefits=worried_about_benefits,
    )


def _open_episodes(applicant: Applicant, unit: Team) -> bool:
    ended = (EpisodeState.EXITED, EpisodeState.NOT_STARTED)
    episodes = Episode.objects.filter(applicant=applicant, unit=unit)
    found: bool = episodes.system("no two at once").exclude(state__in=ended).exists()
    return found


@transaction.atomic
def acknowledge(*, actor: Actor, episode: Episode, day: date) -> bool:
    """Confirm to whoever refers that the referral was received; once."""
    require(actor, Action.RECORD, episode.subject(Information.ATTENDANCE))
    if episode.acknowledged_on is not None:
        return False
    return edit(
        actor,
        episode,
        action="acknowledged",
        applicant=episode.applicant_id,
        acknowledged_on=day,
    )


@transaction.atomic
def enter(*, actor: Actor, episode: Episode, day: date) -> bool:
    """Say that the first meaningful contact was on `day`; a day that stands is kept."""
    require(actor, Action.RECORD, episode.subject(Information.ATTENDANCE))
    if episode.entered_on is not None:
        return False
    if episode.referred_on is not None and day < episode.referred_on:
        raise InputFault(
            _(
                "The contact is dated before the referral of %(referred)s. "
                "Correct one of the two days."
            )
            % {"referred": episode.referred_on},
            field="day",
        )
    return edit(
        actor, episode, action="entered", applicant=episode.applicant_id, entered_on=day
    )


@transaction.atomic
def same_person(*, actor: Actor, episode: Episode, known: Applicant) -> None:
    """Put a referral to somebody who is known already.

    The row that was made for it stays without a course, and goes when its time is up.
    Raises InputFault where the person is with the unit already, or work has begun.
    """
    require(actor, Action.RECORD, episode.subject(Information.ATTENDANCE))
    require(actor, Action.RECORD, known.subject(Information.IDENTITY))
    if episode.applicant_id == known.pk:
        return
    if episode.state not in (EpisodeState.REFERRED, EpisodeState.WAITING):
        raise InputFault(
            _("Work with them has begun already. They cannot become one here.")
        )
    if _open_episodes(known, episode.unit):
        raise InputFault(
            _(
                "This person is with the unit already. Log this referral as refused "
                "with the reason “other”, then let it not start."
            )
        )
    edit(
        actor,
        episode,
        action="same_person",
        applicant=known.pk,
        applicant_id=known.pk,
    )
    episode.applicant = known
