"""What applicants write themselves: their own words, for those whom they choose."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit, shared
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault, Refused
from braid.people.choices import HowItGoes
from braid.people.models import Applicant, Episode, OwnWords


def _require_own(actor: Actor, applicant_id: UUID) -> None:
    """Raise Refused where it is not the actor's own record: these are nobody else's."""
    if actor.own != applicant_id:
        raise Refused("not_own")


def say_own_goal(
    *, actor: Actor, episode: Episode, goal: str, row_version: int
) -> bool:
    """Change the own words about work. Raises Refused or Stale."""
    _require_own(actor, episode.applicant_id)
    require(actor, Action.RECORD, episode.subject(Information.WORK_GOALS))
    return edit(
        actor,
        episode,
        action="own_goal_changed",
        expected_version=row_version,
        applicant=episode.applicant_id,
        goal=goal,
    )


@transaction.atomic
def say_how_it_goes(
    *,
    actor: Actor,
    applicant: Applicant,
    day: date,
    mood: str = "",
    text: str = "",
    readers: Collection[UUID] = (),
) -> OwnWords:
    """Keep how it is going, for the applicant and the teams they chose to tell."""
    _require_own(actor, applicant.pk)
    require(actor, Action.RECORD, applicant.subject(Information.CONVERSATION))
    if not mood and not text:
        raise InputFault(_("Choose a face or write a few words."))
    told = frozenset(readers)
    if told - shared.around(applicant.pk, day):
        raise InputFault(
            _("One of these teams no longer works with you. Choose again."),
            field="readers",
        )
    words = OwnWords.objects.create(
        applicant=applicant,
        day=day,
        mood=HowItGoes(mood) if mood else "",
        text=text,
        created_by_id=actor.id,
    )
    words.readers.set(told)
    audit.record(
        actor,
        "own_words_said",
        words,
        applicant=applicant.pk,
        information=(Information.CONVERSATION,),
    )
    return words


@transaction.atomic
def take_back_words(*, actor: Actor, key: UUID) -> None:
    """Take own words away, from everybody who could read them."""
    words = (
        OwnWords.objects.visible_to(actor, Action.RECORD)
        .filter(pk=key, applicant_id=actor.own)
        .first()
    )
    if words is None or actor.own is None:
        raise InputFault(_("These words are not there any more."))
    audit.record(
        actor,
        "own_words_taken_back",
        words,
        applicant=words.applicant_id,
        information=(Information.CONVERSATION,),
    )
    words.delete()
