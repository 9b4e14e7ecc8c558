"""Handing people over to another specialist: one, or a whole caseload at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit, blocks
from braid.access.policy import Action, Actor, Information
from braid.access.queries import names_of, require
from braid.kernel.errors import InputFault
from braid.people.choices import EndedBecause, EpisodeState
from braid.people.commands.episodes import hold, open_spell
from braid.people.models import CaseloadSpell, Episode, Handover

if TYPE_CHECKING:
    from braid.access.models import User

OVER = (EpisodeState.EXITED, EpisodeState.NOT_STARTED)


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    episode: Episode,
    specialist: User,
    day: date,
    words: str = "",
    met_on: date | None = None,
) -> Handover:
    """Give somebody to another specialist from `day`, with what that one should know."""
    require(actor, Action.ASSIGN, episode.subject(Information.ATTENDANCE))
    require(actor, Action.RECORD, episode.subject(Information.CONVERSATION))
    present = open_spell(CaseloadSpell, episode)
    before = present.specialist_id if present else None
    if before == specialist.pk:
        raise InputFault(
            _("They are with this specialist already. Choose who takes over."),
            field="specialist",
        )
    hold(actor, episode, specialist, day)
    return _written(actor, episode, before, specialist.pk, day, words, met_on)


def _written(
    actor: Actor,
    episode: Episode,
    before: UUID | None,
    after: UUID | None,
    day: date,
    words: str = "",
    met_on: date | None = None,
) -> Handover:
    handover = Handover.objects.create(
        episode=episode,
        day=day,
        from_specialist_id=before,
        to_specialist_id=after,
        words=words,
        met_on=met_on,
        created_by_id=actor.id,
    )
    audit.record(actor, "handed_over", handover, applicant=episode.applicant_id)
    return handover


@transaction.atomic
def hand_over_caseload(
    *,
    actor: Actor,
    leaving: UUID,
    day: date,
    choices: Mapping[UUID, User | None],
) -> int:
    """Give everybody whom a specialist has to others from `day`, or to nobody yet.

    All or nothing: `choices` names every episode. Who gets nobody waits for a specialist
    and stays on the unit's list. Raises InputFault where the list is not the present one
    or somebody has blocked the one chosen.
    """
    held = _held_by(actor, leaving)
    if set(held) != set(choices):
        raise InputFault(
            _("The caseload has changed meanwhile. Look at the list again.")
        )
    _must_not_be_blocked(held, choices)
    for key, episode in held.items():
        require(actor, Action.ASSIGN, episode.subject(Information.ATTENDANCE))
        chosen = choices[key]
        hold(actor, episode, chosen, day, EndedBecause.SPECIALIST_LEFT)
        _written(actor, episode, leaving, chosen.pk if chosen else None, day)
    return len(held)


def _held_by(actor: Actor, specialist: UUID) -> dict[UUID, Episode]:
    spells = CaseloadSpell.objects.visible_to(actor, Action.RECORD).filter(
        specialist_id=specialist, last_day__isnull=True
    )
    episodes = (
        Episode.objects.visible_to(actor, Action.RECORD)
        .filter(pk__in=spells.values("episode_id"))
        .exclude(state__in=OVER)
        .select_related("unit")
    )
    return {episode.pk: episode for episode in episodes}


def _must_not_be_blocked(
    held: Mapping[UUID, Episode], choices: Mapping[UUID, User | None]
) -> None:
    chosen = {one.pk for one in choices.values() if one}
    names = names_of(chosen)
    whom: dict[UUID, tuple[UUID, str]] = {}
    for key, episode in held.items():
        one = choices[key]
        if one is not None:
            whom[episode.applicant_id] = (one.pk, names[one.pk])
    if blocks.blocked_among(whom, timezone.now()):
        raise InputFault(
            _(
                "Somebody on this list must not come to the one chosen for them. "
                "Choose per person, with the list of those who need another specialist."
            )
        )
