"""The states of an episode and who has it: accepted, held, ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit, blocks
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.people import rules
from braid.people.choices import EndedBecause, EpisodeState, ExitReason
from braid.people.models import (
    CaseloadSpell,
    CaseworkSpell,
    Episode,
    EpisodeEntry,
    Refusal,
    TreatmentSpell,
)

if TYPE_CHECKING:
    from braid.access.models import Team, User

DAY = timedelta(days=1)


def enter_state(
    actor: Actor,
    episode: Episode,
    state: EpisodeState,
    day: date | None,
    reason: str = "",
    words: str = "",
    until_on: date | None = None,
) -> None:
    """Append a state; the episode keeps the last one for lists."""
    entries = EpisodeEntry.objects.filter(episode=episode).system("append")
    last = entries.last()
    finding = rules.can_move(last.state if last else "", state)
    if not finding.ok:
        raise InputFault(state_sentence(finding.reasons[0]), reason=finding.reasons[0])
    EpisodeEntry.objects.create(
        episode=episode,
        number=last.number + 1 if last else 1,
        state=state,
        day=day,
        until_on=until_on,
        reason=reason,
        words=words,
        recorded_by_id=actor.id,
    )
    edit(
        actor,
        episode,
        action=f"episode_{state}",
        applicant=episode.applicant_id,
        state=state,
    )


def state_sentence(reason: str) -> str:
    if reason == "episode_ended":
        return _(
            "This episode has ended. Somebody who comes back is referred again, "
            "in one sentence, and gets a new episode."
        )
    return _(
        "The episode's state has changed meanwhile. Reload the page and try again."
    )


@transaction.atomic
def accept(
    *, actor: Actor, episode: Episode, specialist: User | None, day: date
) -> None:
    """Take somebody on, on a specialist's caseload or waiting for one."""
    require(actor, Action.ASSIGN, episode.subject(Information.ATTENDANCE))
    if episode.state not in (EpisodeState.REFERRED, EpisodeState.WAITING):
        raise InputFault(state_sentence(""), reason="not_from_here")
    enter_state(actor, episode, EpisodeState.ACTIVE, day)
    edit(
        actor,
        episode,
        action="accepted",
        applicant=episode.applicant_id,
        accepted_on=day,
        acknowledged_on=episode.acknowledged_on or day,
    )
    hold(actor, episode, specialist, day)


@transaction.atomic
def assign(*, actor: Actor, episode: Episode, specialist: User, day: date) -> None:
    """Hand the episode to a specialist from `day` on."""
    require(actor, Action.ASSIGN, episode.subject(Information.ATTENDANCE))
    hold(actor, episode, specialist, day)


def hold(
    actor: Actor,
    episode: Episode,
    specialist: User | None,
    day: date,
    because: EndedBecause = EndedBecause.HANDOVER,
) -> None:
    """Give the episode to a specialist, or to nobody yet, from `day` on.

    Whoever waits may be held by nobody already. A choice of the same day is corrected.
    Raises InputFault for one whom the person has blocked.
    """
    if specialist is not None:
        _must_not_be_blocked(episode, specialist)
    present = open_spell(CaseloadSpell, episode)
    if present is not None and present.first_day == day:
        edit(
            actor,
            present,
            action="assigned",
            applicant=episode.applicant_id,
            specialist=specialist,
        )
        return
    if present is not None and present.specialist == specialist:
        return
    ended = because if present and present.specialist_id else ""
    end_spell(actor, present, day, ended_because=ended)
    spell = CaseloadSpell.objects.create(
        episode=episode, specialist=specialist, first_day=day, created_by_id=actor.id
    )
    audit.record(actor, "assigned", spell, applicant=episode.applicant_id)


def _must_not_be_blocked(episode: Episode, specialist: User) -> None:
    whom = {episode.applicant_id: (specialist.pk, specialist.name)}
    if blocks.blocked_among(whom, timezone.now()):
        raise InputFault(
            _("The person must not come to this specialist. Choose somebody else."),
            field="specialist",
            reason="blocked",
        )


@transaction.atomic
def set_treatment(
    *,
    actor: Actor,
    episode: Episode,
    team: Team,
    key_clinician: User | None,
    day: date,
) -> None:
    """Say which treatment team, and which clinician, the person has from `day` on."""
    _turn_to(actor, TreatmentSpell, episode, team, day, key_clinician=key_clinician)


@transaction.atomic
def set_casework(
    *, actor: Actor, episode: Episode, team: Team, caseworker: User | None, day: date
) -> None:
    """Say which job centre, and which caseworker, the person has from `day` on."""
    _turn_to(actor, CaseworkSpell, episode, team, day, caseworker=caseworker)


# What the audit calls a new team and a new person of it.
_TURNS: dict[type[Any], tuple[str, str]] = {
    TreatmentSpell: ("treatment_team_set", "key_clinician_set"),
    CaseworkSpell: ("job_centre_set", "caseworker_set"),
}


def _turn_to(
    actor: Actor, model: type[Any], episode: Episode, team: Team, day: date, **who: Any
) -> None:
    """End the open spell with another team; with the same team, change who it is."""
    require(actor, Action.RECORD, episode.subject(Information.ATTENDANCE))
    new_team, new_person = _TURNS[model]
    present = open_spell(model, episode)
    if present is not None and present.team_id == team.pk:
        about = episode.applicant_id
        edit(actor, present, action=new_person, applicant=about, **who)
        return
    end_spell(actor, present, day)
    spell = model.objects.create(
        episode=episode, team=team, first_day=day, created_by_id=actor.id, **who
    )
    audit.record(actor, new_team, spell, applicant=episode.applicant_id)


def open_spell(model: type[Any], episode: Episode) -> Any:
    spells = model.objects.filter(episode=episode, last_day__isnull=True)
    return spells.system("the open spell of an episode").first()


def end_spell(actor: Actor, spell: Any, day: date, **values: Any) -> None:
    """End an open spell the day before `day`; one that begins then is taken back."""
    if spell is None:
        return
    if day <= spell.first_day:
        raise InputFault(
            _(
                "The change is dated %(day)s, and what it replaces began on %(first)s. "
                "Choose a later day."
            )
            % {"day": day, "first": spell.first_day},
            field="day",
        )
    edit(actor, spell, action="spell_ended", last_day=day - DAY, **values)


def change_episode(
    *, actor: Actor, episode: Episode, row_version: int, **values: Any
) -> bool:
    """Change dates or referral details of an episode. Raises Refused or Stale."""
    require(actor, Action.RECORD, episode.subject(Information.ATTENDANCE))
    return edit(
        actor,
        episode,
        action="episode_changed",
        expected_version=row_version,
        applicant=episode.applicant_id,
        **values,
    )


@transaction.atomic
def change_state(
    *,
    actor: Actor,
    episode: Episode,
    state: EpisodeState,
    day: date,
    words: str = "",
    until_on: date | None = None,
) -> None:
    """Pause, step down or take up again; waiting and not started before acceptance.

    What did not start needs a logged refusal first: who said no, and why.
    """
    require(actor, Action.ASSIGN, episode.subject(Information.ATTENDANCE))
    if state == EpisodeState.NOT_STARTED and not _is_refusal_logged(episode):
        raise InputFault(
            _(
                "Nobody has logged yet why this does not start. "
                "Log who said no and why; then it can be closed."
            ),
            field="state",
            reason="no_refusal_logged",
        )
    enter_state(actor, episode, state, day, words=words, until_on=until_on)


def _is_refusal_logged(episode: Episode) -> bool:
    logged = Refusal.objects.filter(episode=episode)
    found: bool = logged.system("nothing ends unlogged").exists()
    return found


@transaction.atomic
def exit_episode(
    *,
    actor: Actor,
    episode: Episode,
    exited_on: date,
    reason: ExitReason,
    words: str,
    attempts: Collection[rules.Attempt] = (),
    team_asked_on: date | None = None,
) -> None:
    """End the episode; `exited_on` is the first day off the caseload.

    Never automatic: lost contact and missed appointments end nothing before assertive
    outreach, whose `attempts` the caller brings (`rules.may_exit`). `words` say how the
    door stays open.
    """
    require(actor, Action.ASSIGN, episode.subject(Information.ATTENDANCE))
    if episode.accepted_on and exited_on <= episode.accepted_on:
        raise InputFault(
            _(
                "The first day off is %(day)s, but the person was taken on on "
                "%(accepted)s. Choose a later day."
            )
            % {"day": exited_on, "accepted": episode.accepted_on},
            field="exited_on",
        )
    finding = rules.may_exit(reason, attempts, team_asked_on, exited_on)
    if not finding.ok:
        raise InputFault(
            _(
                "Contact was not sought enough to end this. "
                "What is still missing stands above the form; until then they stay with you."
            ),
            field="reason",
            reason=finding.reasons[0],
        )
    enter_state(
        actor, episode, EpisodeState.EXITED, exited_on, reason=reason, words=words
    )
    edit(
        actor,
        episode,
        action="exited",
        applicant=episode.applicant_id,
        exited_on=exited_on,
        exit_reason=reason,
        team_asked_on=team_asked_on,
        door_open_words=words,
    )
    _close_spells(actor, episode, exited_on)


def _close_spells(actor: Actor, episode: Episode, exited_on: date) -> None:
    ends: tuple[tuple[Any, dict[str, Any]], ...] = (
        (CaseloadSpell, {"ended_because": EndedBecause.EXIT}),
        (TreatmentSpell, {}),
        (CaseworkSpell, {}),
    )
    for model, values in ends:
        spell = open_spell(model, episode)
        if spell is not None:
            last = max(exited_on - DAY, spell.first_day)
            edit(actor, spell, action="spell_ended", last_day=last, **values)
