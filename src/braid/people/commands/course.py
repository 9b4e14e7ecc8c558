"""Resting and coming back: a pause, stepping down, and taking up again by one act."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.people.choices import EpisodeState
from braid.people.commands.episodes import enter_state
from braid.people.models import Episode, StepDownPlan


@transaction.atomic
def pause(
    *, actor: Actor, episode: Episode, day: date, until_on: date, words: str
) -> None:
    """Let an episode rest from `day`; `until_on` is when it is looked at again.

    One that rests already is looked at: it rests on, until the new day.
    """
    require(actor, Action.ASSIGN, episode.subject(Information.ATTENDANCE))
    if until_on <= day:
        raise InputFault(
            _(
                "The day of looking again is not after the pause begins. Choose a later."
            ),
            field="until_on",
        )
    enter_state(
        actor, episode, EpisodeState.PAUSED, day, words=words, until_on=until_on
    )


@transaction.atomic
def take_up(*, actor: Actor, episode: Episode, day: date) -> None:
    """Take up again who rested or stepped down: no referral, no question."""
    require(actor, Action.ASSIGN, episode.subject(Information.ATTENDANCE))
    if episode.accepted_on is None:
        raise InputFault(_("This person was not taken on yet. Take them on first."))
    enter_state(actor, episode, EpisodeState.ACTIVE, day)


@transaction.atomic
def step_down(
    *,
    actor: Actor,
    episode: Episode,
    agreed_on: date,
    supporter: str,
    way_back: str,
    person_agreed: bool,
    early_signs: str = "",
    team_meeting_on: date | None = None,
) -> StepDownPlan:
    """Let the support grow less, by a plan that the person agreed to.

    Raises InputFault where the person did not: it is offered, never forced.
    """
    require(actor, Action.ASSIGN, episode.subject(Information.ATTENDANCE))
    require(actor, Action.RECORD, episode.subject(Information.WORK_GOALS))
    require(actor, Action.RECORD, episode.subject(Information.HEALTH_AT_WORK))
    if not person_agreed:
        raise InputFault(
            _(
                "Stepping down is offered, never forced. "
                "Talk about it together; until then the support goes on."
            ),
            field="person_agreed",
        )
    plan = StepDownPlan.objects.create(
        episode=episode,
        agreed_on=agreed_on,
        supporter=supporter,
        early_signs=early_signs,
        way_back=way_back,
        person_agreed=person_agreed,
        team_meeting_on=team_meeting_on,
        created_by_id=actor.id,
    )
    audit.record(actor, "step_down_agreed", plan, applicant=episode.applicant_id)
    if episode.step_down_offered_on is None:
        edit(
            actor,
            episode,
            action="step_down_offered",
            applicant=episode.applicant_id,
            step_down_offered_on=agreed_on,
        )
    enter_state(actor, episode, EpisodeState.STEPPED_DOWN, agreed_on)
    return plan
